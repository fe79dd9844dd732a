import { writeCursor, type FeedCursor } from './feed-cursor.js';
import type { FeedEvent } from './feed.repository.js';

/** One record that is new, differs or is gone. */
export interface Change {
  /** The same at every reading: what was dealt with is known by it. */
  readonly id: string;
  readonly object: string;
  readonly recordId: string;
  readonly change: FeedEvent['change'];
  readonly detail: FeedEvent['detail'];
  readonly syncId: string;
  readonly at: string;
}

export interface ChangesView {
  readonly items: readonly Change[];
  /** Hand this in the next time. It stays the same while nothing is new. */
  readonly after: string;
  /** Whether another question at once may bring more. */
  readonly more: boolean;
}

/** PURE. Events one record at a time, in their order. */
export function toChanges(events: readonly FeedEvent[]): Change[] {
  return events.flatMap((event) =>
    event.recordIds.map((recordId, index) => ({
      id: `${writeCursor(event)}.${index + 1}`,
      object: event.object,
      recordId,
      change: event.change,
      detail: event.detail,
      syncId: event.syncId,
      at: event.at.toISOString(),
    })),
  );
}

/** PURE. `limit`: about how many records were asked for. */
export function toChangesView(events: readonly FeedEvent[], after: FeedCursor, limit: number): ChangesView {
  const items = toChanges(events);
  return { items, after: writeCursor(events.at(-1) ?? after), more: items.length >= limit };
}
