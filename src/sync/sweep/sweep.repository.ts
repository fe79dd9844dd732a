import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/index.js';
import { closeTasks, openTask, rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import { buryOf, missingOf, type SweptObject } from './sweep-sql.js';

export interface SweepOwner {
  readonly firmId: string;
  readonly administrationId: string;
  readonly syncId: string;
}

export interface Missing {
  readonly live: number;
  readonly ids: readonly string[];
  readonly versions: readonly string[];
}

export interface SweepRow {
  readonly id: string;
  readonly administrationId: string;
  readonly syncId: string;
  readonly object: SweptObject;
  readonly live: number;
  readonly missing: number;
  readonly state: 'swept' | 'asked' | 'kept' | 'superseded';
  readonly createdAt: Date;
  readonly createdAtKey: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly note: string | null;
}

const COLUMNS = `id, administration_id as "administrationId", sync_id as "syncId", object, live, cardinality(record_ids) as missing,
  state, created_at as "createdAt", created_at::text as "createdAtKey", decided_at as "decidedAt", decided_by as "decidedBy", note`;

const taskKey = (object: SweptObject): string => `mass-delete/${object}`;

/** What full pulls saw and missed. */
@Injectable()
export class SweepRepository {
  /** The records of one page; also of an empty one, so that "nothing seen" differs from "not looked". */
  async markSeen(
    transaction: Transaction,
    owner: SweepOwner,
    object: SweptObject,
    ids: readonly string[],
  ): Promise<void> {
    await transaction.query(
      `insert into pull_seen (firm_id, administration_id, sync_id, object, record_ids) values ($1, $2, $3, $4, $5::uuid[])`,
      [owner.firmId, owner.administrationId, owner.syncId, object, `{${ids.join(',')}}`],
    );
  }

  async hasLooked(transaction: Transaction, owner: SweepOwner, object: SweptObject): Promise<boolean> {
    const found = await rowOf(
      transaction,
      `select from pull_seen where administration_id = $1 and sync_id = $2 and object = $3 limit 1`,
      [owner.administrationId, owner.syncId, object],
    );
    return found !== null;
  }

  /** Nothing of any pull of the administration is kept: a later one looks for itself. */
  async forgetSeen(transaction: Transaction, { administrationId }: SweepOwner): Promise<void> {
    await transaction.query(`delete from pull_seen where administration_id = $1`, [administrationId]);
  }

  async missing(
    transaction: Transaction,
    owner: SweepOwner,
    { object, onlyOpen }: { object: SweptObject; onlyOpen: boolean },
  ): Promise<Missing> {
    const found = await rowOf<Missing>(transaction, missingOf(object), [
      owner.administrationId,
      owner.syncId,
      onlyOpen,
    ]);
    return found!;
  }

  /** Returns how many were marked as deleted. */
  async bury(transaction: Transaction, owner: SweepOwner, object: SweptObject, missing: Missing): Promise<number> {
    const parameters = [owner.firmId, owner.administrationId, owner.syncId, missing.ids, missing.versions];
    return (await rowOf<{ deleted: number }>(transaction, buryOf(object), parameters))?.deleted ?? 0;
  }

  /** A newer full pull answers an older question. */
  async record(
    transaction: Transaction,
    owner: SweepOwner,
    { object, state, missing }: { object: SweptObject; state: 'swept' | 'asked'; missing: Missing },
  ): Promise<void> {
    await transaction.query(
      `insert into sweep (id, firm_id, administration_id, sync_id, object, live, record_ids, record_versions, state)
       values ($1, $2, $3, $4, $5, $6, $7::uuid[], $8::bigint[], $9)`,
      [
        newId(),
        owner.firmId,
        owner.administrationId,
        owner.syncId,
        object,
        missing.live,
        missing.ids,
        missing.versions,
        state,
      ],
    );
  }

  async supersede(transaction: Transaction, { administrationId }: SweepOwner, object: SweptObject): Promise<void> {
    await transaction.query(
      `update sweep set state = 'superseded' where administration_id = $1 and object = $2 and state = 'asked'`,
      [administrationId, object],
    );
    await this.closeTask(transaction, administrationId, object, {
      by: 'openpost',
      note: 'a later full pull looked again',
    });
  }

  async ask(transaction: Transaction, owner: SweepOwner, object: SweptObject, missing: Missing): Promise<void> {
    await openTask(transaction, {
      firmId: owner.firmId,
      administrationId: owner.administrationId,
      debtorId: null,
      kind: 'mass-delete',
      title: `The accounting package no longer shows ${missing.ids.length} of ${missing.live} ${object}`,
      detail:
        'That is more than we take out without asking. Nothing was taken out. Look in the package, then say on the page ' +
        'of the administration whether they are gone or stay.',
      dedupeKey: taskKey(object),
    });
  }

  async closeTask(
    transaction: Transaction,
    administrationId: string,
    object: SweptObject,
    { by, note }: { by: string; note: string },
  ): Promise<void> {
    await closeTasks(transaction, { administrationId, dedupeKeys: [taskKey(object)], by, note });
  }

  async list(
    transaction: Transaction,
    administrationId: string,
    page: { limit: number; after: readonly string[] | null },
  ): Promise<SweepRow[]> {
    return rowsOf(
      transaction,
      `select ${COLUMNS} from sweep where administration_id = $1
          and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [administrationId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
    );
  }

  /** Whose books a sweep is about; null when there is none. */
  async administrationOf(transaction: Transaction, id: string): Promise<string | null> {
    const row = await rowOf<{ id: string }>(transaction, `select administration_id as id from sweep where id = $1`, [
      id,
    ]);
    return row?.id ?? null;
  }

  /** Locked until the transaction ends: one answer counts. */
  async lock(transaction: Transaction, id: string): Promise<(SweepRow & Missing) | null> {
    return rowOf(
      transaction,
      `select ${COLUMNS}, record_ids as ids, record_versions as versions from sweep where id = $1 for update`,
      [id],
    );
  }

  async decide(
    transaction: Transaction,
    id: string,
    { state, by, note }: { state: 'swept' | 'kept'; by: string; note: string },
  ): Promise<void> {
    await transaction.query(
      `update sweep set state = $2, decided_at = now(), decided_by = $3, note = $4 where id = $1`,
      [id, state, by, note],
    );
  }

  async hasAdministration(transaction: Transaction, id: string): Promise<boolean> {
    return (await rowOf(transaction, `select from administration where id = $1`, [id])) !== null;
  }
}
