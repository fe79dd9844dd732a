import { Injectable } from '@nestjs/common';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import { FEED_START, LAST_ID, type FeedCursor } from './feed-cursor.js';

/** An event as it is stored: one record that changed or was deleted, or a page of new ones. */
export interface FeedEvent extends FeedCursor {
  readonly syncId: string;
  readonly object: string;
  readonly change: 'new' | 'changed' | 'deleted';
  readonly recordIds: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/**
 * Events behind a cursor, in the order of the feed. A transaction that still runs may have drawn a lower number than one
 * that has ended: nothing from the oldest running one on is shown, so that nothing ever appears behind a reader. An event
 * is never split; as many are given as hold about `limit` records, and at least one.
 */
const BEHIND = `
with upcoming as (
  select e.transaction_id, e.id, e.sync_id, e.object, e.change, e.detail, e.at, coalesce(e.record_ids, array[e.record_id]) as record_ids
  from change_event e
  where e.administration_id = $1 and (e.transaction_id, e.id) > ($2::xid8, $3::bigint)
    and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
  order by e.transaction_id, e.id limit $4
), counted as (
  select u.*, sum(cardinality(record_ids)) over (order by transaction_id, id) - cardinality(record_ids) as before from upcoming u
)
select transaction_id::text as "transactionId", id::text as id, sync_id as "syncId", object, change, detail, at, record_ids as "recordIds"
from counted where before < $4 order by counted.transaction_id, counted.id`;

/** The feed of changes and how far its readers are. */
@Injectable()
export class FeedRepository {
  /** `limit`: about how many records. */
  async read(
    transaction: Transaction,
    administrationId: string,
    { after, limit }: { after: FeedCursor; limit: number },
  ): Promise<FeedEvent[]> {
    return rowsOf<FeedEvent>(transaction, BEHIND, [administrationId, after.transactionId, after.id, limit]);
  }

  /** Behind everything that can be read now. */
  async latest(transaction: Transaction): Promise<FeedCursor> {
    const row = await rowOf<{ before: string }>(
      transaction,
      `select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text as before`,
    );
    return { transactionId: row?.before ?? FEED_START.transactionId, id: LAST_ID };
  }

  /** Whether a cursor names a transaction that this database has not come to: it was made by another one. */
  async isFromElsewhere(transaction: Transaction, { transactionId }: FeedCursor): Promise<boolean> {
    const row = await rowOf<{ ahead: boolean }>(
      transaction,
      `select $1::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) as ahead`,
      [transactionId],
    );
    return row?.ahead ?? false;
  }

  async hasAdministration(transaction: Transaction, administrationId: string): Promise<boolean> {
    return (await rowOf(transaction, `select id from administration where id = $1`, [administrationId])) !== null;
  }

  /** Where a consumer stands; whoever else consumes in its name waits until this transaction ends. */
  async lockPosition(transaction: Transaction, { firmId, administrationId, consumer }: Consumer): Promise<FeedCursor> {
    const key = [administrationId, consumer];
    await transaction.query(
      `insert into feed_position (administration_id, consumer, firm_id, transaction_id, id) values ($1, $2, $3, '0', 0)
       on conflict (administration_id, consumer) do nothing`,
      [...key, firmId],
    );
    const row = await rowOf<FeedCursor>(
      transaction,
      `select transaction_id::text as "transactionId", id::text as id from feed_position
       where administration_id = $1 and consumer = $2 for update`,
      key,
    );
    return row ?? FEED_START;
  }

  async savePosition(
    transaction: Transaction,
    { administrationId, consumer }: Consumer,
    { transactionId, id }: FeedCursor,
  ): Promise<void> {
    await transaction.query(
      `update feed_position set transaction_id = $3, id = $4, updated_at = now() where administration_id = $1 and consumer = $2`,
      [administrationId, consumer, transactionId, id],
    );
  }
}

/** A reader that the installation keeps the place of. */
export interface Consumer {
  readonly firmId: string;
  readonly administrationId: string;
  readonly consumer: string;
}
