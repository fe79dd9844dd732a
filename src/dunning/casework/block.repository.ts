import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/index.js';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import type { BlockTerms } from './block-input.js';

export interface BlockRow {
  readonly id: string;
  readonly administrationId: string;
  readonly kind: string;
  readonly reason: string;
  readonly until: BusinessDate | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly receivableId: string | null;
  readonly debtorId: string;
  readonly owner: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** What a block can stand on. */
export interface BlockSubject {
  readonly administrationId: string;
  readonly debtorId: string;
  readonly receivableId: string | null;
  readonly currency: string;
  readonly open: string | null;
  readonly timeZone: string;
}

const COLUMNS = `id, administration_id as "administrationId", kind, reason, until, amount, currency, receivable_id as "receivableId",
  debtor_id as "debtorId", owner, created_at as "createdAt", ended_at as "endedAt", end_reason as "endReason"`;

/** The rows of `block`. */
@Injectable()
export class BlockRepository {
  async receivable(transaction: Transaction, id: string): Promise<BlockSubject | null> {
    return rowOf<BlockSubject>(
      transaction,
      `select r.administration_id as "administrationId", r.debtor_id as "debtorId", r.id as "receivableId", r.currency,
              r.open_amount as open, a.time_zone as "timeZone"
         from receivable r join administration a on a.id = r.administration_id where r.id = $1`,
      [id],
    );
  }

  async debtor(transaction: Transaction, id: string): Promise<BlockSubject | null> {
    return rowOf<BlockSubject>(
      transaction,
      `select d.administration_id as "administrationId", d.id as "debtorId", null as "receivableId", a.currency,
              null as open, a.time_zone as "timeZone"
         from debtor d join administration a on a.id = d.administration_id where d.id = $1`,
      [id],
    );
  }

  /** Of a receivable: its own and those of its debtor as a whole. Of a debtor: all. Newest first. */
  async list(transaction: Transaction, subject: BlockSubject): Promise<BlockRow[]> {
    return rowsOf<BlockRow>(
      transaction,
      `select ${COLUMNS} from block
        where debtor_id = $1 and ($2::uuid is null or receivable_id is null or receivable_id = $2)
        order by created_at desc, id desc`,
      [subject.debtorId, subject.receivableId],
    );
  }

  async insert(
    transaction: Transaction,
    block: { id: string; firmId: string; subject: BlockSubject; terms: BlockTerms; by: string; at: Date },
  ): Promise<BlockRow> {
    const { id, firmId, subject, terms, by, at } = block;
    const rows = await rowsOf<BlockRow>(
      transaction,
      `insert into block (id, firm_id, administration_id, debtor_id, receivable_id, kind, reason, until, amount, currency,
                          owner, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12) returning ${COLUMNS}`,
      [
        id,
        firmId,
        subject.administrationId,
        subject.debtorId,
        subject.receivableId,
        terms.kind,
        terms.reason,
        terms.until,
        terms.amount?.toString() ?? null,
        terms.currency,
        by,
        at,
      ],
    );
    return rows[0]!;
  }

  async find(transaction: Transaction, id: string): Promise<BlockRow | null> {
    return rowOf<BlockRow>(transaction, `select ${COLUMNS} from block where id = $1`, [id]);
  }

  /** Ends a block that has not ended; false when it had. */
  async end(transaction: Transaction, id: string, end: { by: string; at: Date; reason: string }): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `update block set ended_at = $2, ended_by = $3, end_reason = $4 where id = $1 and ended_at is null returning id`,
      [id, end.at, end.by, end.reason],
    );
    return row !== null;
  }
}
