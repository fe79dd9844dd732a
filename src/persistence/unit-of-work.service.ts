import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { assert, isUuid } from '../kernel/index.js';

/** What a transaction hands out: TypeORM's manager, for repositories, or `query` for one statement at a time. */
export type Transaction = EntityManager;

const BEGIN = `select set_config('openpost.firm_id', $1, true)`;
const BEGIN_REPEATABLE = `select set_config('openpost.firm_id', $1, true), set_config('synchronous_commit', 'off', true)`;

/**
 * The only way to the tables. Every statement runs in a transaction that belongs to one firm; row-level security does
 * the rest, because the session's role (`openpost_app`) cannot bypass it.
 */
@Injectable()
export class UnitOfWork {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction in which only the rows of `firmId` exist. Rolls back when it throws. `repeatable` work
   * does not wait for the disk: what a power cut takes of it is done again, by whoever finds it undone.
   */
  async inFirm<T>(
    firmId: string,
    work: (transaction: Transaction) => Promise<T>,
    { repeatable = false }: { readonly repeatable?: boolean } = {},
  ): Promise<T> {
    assert(isUuid(firmId), 'a unit of work belongs to a firm');
    return this.dataSource.transaction(async (transaction) => {
      await transaction.query(repeatable ? BEGIN_REPEATABLE : BEGIN, [firmId]);
      return work(transaction);
    });
  }

  /**
   * Runs `work` across firms, as role `openpost_system`. Only for what has no firm yet or claims work for all of them
   * (sign-in, due schedules, outboxes, watchdogs): the architecture test lists the files that may.
   */
  async acrossFirms<T>(
    work: (transaction: Transaction) => Promise<T>,
    { repeatable = false }: { readonly repeatable?: boolean } = {},
  ): Promise<T> {
    return this.dataSource.transaction(async (transaction) => {
      await transaction.query('set local role openpost_system');
      if (repeatable) await transaction.query('set local synchronous_commit = off');
      return work(transaction);
    });
  }
}
