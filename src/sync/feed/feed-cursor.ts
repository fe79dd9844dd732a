/** A place in the feed of an administration: everything up to this event has been read. */
export interface FeedCursor {
  /** As PostgreSQL numbers transactions (xid8), decimal. */
  readonly transactionId: string;
  readonly id: string;
}

/** Before the first event. */
export const FEED_START: FeedCursor = { transactionId: '0', id: '0' };

/** PURE. A cursor as the API gives it out: `transaction.event`. */
export function writeCursor({ transactionId, id }: FeedCursor): string {
  return `${transactionId}.${id}`;
}

/** PURE. null when it is none of ours. */
export function parseCursor(text: string): FeedCursor | null {
  const [, transactionId, id] = /^(\d{1,19})\.(\d{1,19})$/.exec(text) ?? [];
  if (transactionId === undefined || id === undefined) return null;
  return BigInt(transactionId) <= MOST && BigInt(id) <= MOST ? { transactionId, id } : null;
}

const MOST = 2n ** 63n - 1n;
/** Behind every event of a transaction. */
export const LAST_ID = MOST.toString();
