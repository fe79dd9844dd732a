import type { SourceErrorKind } from '../../connectors/contract/index.js';

/** One booking gives several hints within a second or two: they are waited for. */
const QUIET_MS = 2_000;
/** Between two pulls that hints ask for. */
const GAP_MS = 60_000;
/** When the source's calls of today run short, they are kept for schedules and people. */
const SCARCE_GAP_MS = 15 * 60_000;
const SCARCE_CALLS = 1_000;

interface DueFacts {
  /** Already due then; null when nothing waits. */
  readonly dueAt: Date | null;
  readonly pulledAt: Date | null;
  /** Calls left today by the quota ledger; null when the source counts none, or none was made today. */
  readonly dayRemaining: number | null;
}

/** PURE. When the pull that a hint asks for begins. A hundred hints are one pull: whoever comes later joins it. */
export function hintDueAt({ dueAt, pulledAt, dayRemaining }: DueFacts, heardAt: Date): Date {
  if (dueAt !== null) return dueAt;
  const gap = dayRemaining !== null && dayRemaining < SCARCE_CALLS ? SCARCE_GAP_MS : GAP_MS;
  return new Date(Math.max(heardAt.getTime() + QUIET_MS, (pulledAt?.getTime() ?? -Infinity) + gap));
}

const MINUTE_MS = 60_000;

/** A subscription is looked at this often: a source may forget one without a word. */
export const CHECK_EVERY_MS = 24 * 60 * MINUTE_MS;
/** Long enough for a look to end; whoever dies while looking is followed after it. */
export const LOOK_MS = 10 * MINUTE_MS;
/** An event that comes again within this time is known. Exact tries ten times, waiting twice as long each time. */
export const REMEMBER_EVENTS_MS = 48 * 60 * MINUTE_MS;

/** PURE. How long after a failed subscription it is tried again: what only a person can mend waits longer. */
export function retryAfterMs(kind: SourceErrorKind): number {
  if (kind === 'scope_missing') return CHECK_EVERY_MS;
  return kind === 'rejected' ? 60 * MINUTE_MS : 15 * MINUTE_MS;
}
