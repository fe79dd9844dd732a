import type { AdministrationFacts } from './administration-facts.js';
import type { RunReason } from './run.repository.js';

/**
 * Why nothing automatic may happen on these books now; null when they are fresh.
 * @param standardMinutes the limit for administrations that have none of their own
 */
export function staleReason(administration: AdministrationFacts, standardMinutes: number): RunReason | null {
  if (administration.connectionState !== 'active') return 'CONNECTION_LOST';
  const limit = administration.dunning.maxStalenessMinutes ?? standardMinutes;
  const { booksAgeMinutes } = administration;
  return booksAgeMinutes === null || booksAgeMinutes > limit ? 'STALE_BOOKS' : null;
}

/** Fewer messages than this are never unusual. */
const QUIET_VOLUME = 50;
const USUAL_FACTOR = 3;

/** Whether a run sends far more than the recent ones did. The first run has nothing to compare with. */
export function isUnusualVolume(messages: number, recent: readonly number[]): boolean {
  if (recent.length === 0) return false;
  const mean = recent.reduce((sum, each) => sum + each, 0) / recent.length;
  return messages > Math.max(QUIET_VOLUME, USUAL_FACTOR * mean);
}

export const HOLD_TEXTS = {
  STALE_BOOKS: {
    title: 'Dunning is held: the books are not up to date',
    detail: 'The last good pull is too old, or the pull before sending failed. Nothing was sent. Sync, then go on with the run.',
  },
  CONNECTION_LOST: {
    title: 'Dunning is held: the connection is lost',
    detail: 'The accounting package no longer lets us in. Nothing was sent. Reconnect, then go on with the run.',
  },
  VOLUME_UNUSUAL: {
    title: 'Dunning is held: far more messages than usual',
    detail: 'The run would send more than three times the usual number of messages. Look at it and approve it if it is right.',
  },
} as const satisfies Partial<Record<RunReason, { title: string; detail: string }>>; // prettier-ignore

export type HoldReason = keyof typeof HOLD_TEXTS;

export function isHoldReason(reason: RunReason | null): reason is HoldReason {
  return reason !== null && Object.hasOwn(HOLD_TEXTS, reason);
}
