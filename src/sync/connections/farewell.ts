import type { ConnectionRef } from './connection-ref.js';

/**
 * What is told to a source before its tokens are erased. The rooms that keep something standing there (subscriptions to
 * webhooks) know what; they stand beside this one, so they are handed in.
 */
export abstract class Farewell {
  /** Never throws and takes seconds at most: who disconnects must not be held up by a source that is down. */
  abstract farewell(ref: ConnectionRef): Promise<void>;
}
