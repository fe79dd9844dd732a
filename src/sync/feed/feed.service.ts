import { Injectable } from '@nestjs/common';
import { conflict, notFound } from '../../http/index.js';
import { rowOf, UnitOfWork, type Transaction } from '../../persistence/index.js';
import type { FeedCursor } from './feed-cursor.js';
import { toChanges, toChangesView, type Change, type ChangesView } from './feed-view.js';
import { FeedRepository, type Consumer } from './feed.repository.js';

const BATCH = 1_000;

/**
 * Every change of the books once, in an order in which nothing ever appears behind a reader: by the transaction that
 * made it, then by the event. What one transaction after another did to a record comes in that order.
 */
@Injectable()
export class ChangeFeed {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: FeedRepository,
  ) {}

  /**
   * For readers who keep their own place. `latest` begins behind everything there is.
   *
   * @throws Problem 404 for an administration that is not the firm's, 409 `FEED_RESTORED` for a place in another database
   */
  async read(
    firmId: string,
    administrationId: string,
    { after, limit }: { after: FeedCursor | 'latest'; limit: number },
  ): Promise<ChangesView> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      if (!(await this.events.hasAdministration(transaction, administrationId))) throw notFound('administration');
      if (after === 'latest') return toChangesView([], await this.events.latest(transaction), limit);
      if (await this.events.isFromElsewhere(transaction, after))
        throw conflict('FEED_RESTORED', 'this place is of before the database was restored: read everything again');
      const events = await this.events.read(transaction, administrationId, { after, limit });
      return toChangesView(events, after, limit);
    });
  }

  /**
   * Hands the next changes to a reader of ours, exactly once: what `work` does in its transaction and the reader's new
   * place commit together, and two processes never work for one reader at a time. Answers how many changes there were;
   * 0 when nothing is left for now.
   */
  async consume(
    consumer: Consumer,
    work: (transaction: Transaction, changes: readonly Change[]) => Promise<void>,
    limit = BATCH,
  ): Promise<number> {
    return this.unitOfWork.inFirm(consumer.firmId, async (transaction) => {
      const after = await this.events.lockPosition(transaction, consumer);
      const events = await this.events.read(transaction, consumer.administrationId, { after, limit });
      const last = events.at(-1);
      if (last === undefined) return 0;
      const changes = toChanges(events);
      await work(transaction, changes);
      await this.events.savePosition(transaction, consumer, last);
      return changes.length;
    });
  }
}

/**
 * Lets one transaction at a time write to the books of an administration: what waits here has no number yet, so the
 * numbers of transactions, and with them the feed, are in the order in which a record really changed. Call it before the
 * first statement that writes.
 */
export async function holdBooks(transaction: Transaction, administrationId: string): Promise<void> {
  await rowOf(transaction, `select pg_advisory_xact_lock(hashtextextended('books:' || $1, 0))`, [administrationId]);
}

/** As {@link holdBooks}, for pages of one pull that share no row: they may be written beside each other, and beside nothing else. */
export async function shareBooks(transaction: Transaction, administrationId: string): Promise<void> {
  await rowOf(transaction, `select pg_advisory_xact_lock_shared(hashtextextended('books:' || $1, 0))`, [
    administrationId,
  ]);
}
