import { Injectable } from '@nestjs/common';
import { rowOf, type Transaction } from '../../persistence/index.js';

/** What the second reading of a pull has found so far. */
export interface RescanFound {
  /** The first day of the period that was read again. */
  readonly from: string;
  readonly read: number;
  /** Records that were not in our books, or not so. */
  readonly late: number;
}

/** When the open period is read again, and what that found. */
@Injectable()
export class RescanRepository {
  async isDue(transaction: Transaction, administrationId: string, now: Date): Promise<boolean> {
    const row = await rowOf(transaction, `select id from administration where id = $1 and rescan_next_at <= $2`, [
      administrationId,
      now.toISOString(),
    ]);
    return row !== null;
  }

  async next(transaction: Transaction, administrationId: string, at: Date): Promise<void> {
    await transaction.query(`update administration set rescan_next_at = $2 where id = $1`, [
      administrationId,
      at.toISOString(),
    ]);
  }

  /** Adds a page. A pull that was taken over reads again, and counts what is late once. */
  async add(transaction: Transaction, syncId: string, { from, read, late }: RescanFound): Promise<void> {
    await transaction.query(
      `update sync set rescan = jsonb_build_object('from', $2::text,
         'read', coalesce((rescan ->> 'read')::int, 0) + $3::int, 'late', coalesce((rescan ->> 'late')::int, 0) + $4::int) where id = $1`,
      [syncId, from, read, late],
    );
  }
}
