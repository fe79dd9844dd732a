const DAY_MS = 86_400_000;

/** Why a pull reads everything. A closed set, kept on the pull and shown with it. */
export const FULL_REASONS = {
  asked: 'Somebody asked for everything to be read again.',
  'first-load': 'The first reading of this administration.',
  'deletions-expired':
    'The last good pull is so long ago that the source may have forgotten what was deleted meanwhile; everything is read again and compared.',
  renumbered: 'The source has given its records new version numbers, as it does when an administration moves.',
  'position-lost': 'The source no longer knew where we were.',
} as const;

export type FullReason = keyof typeof FULL_REASONS;

export interface PullKind {
  readonly kind: 'full' | 'delta';
  readonly reason: FullReason | null;
}

interface PullFacts {
  readonly kind: 'full' | 'delta';
  readonly fullReason: FullReason | null;
  readonly trigger: string;
  /** As of when the books are; of an administration that never had a good pull, since when it is in use. */
  readonly lastGoodPullAt: Date;
  /** Days that the source remembers deletions; null when they do not age. */
  readonly deletionsKeptDays: number | null;
}

/** PURE. What a pull that is about to begin has to read, and why: everything, or what changed since the last one. */
export function pullKindFor(facts: PullFacts, now: Date): PullKind {
  const { kind, fullReason, trigger, lastGoodPullAt, deletionsKeptDays } = facts;
  if (kind === 'full') return { kind, reason: fullReason ?? (trigger === 'first' ? 'first-load' : 'asked') };
  const age = now.getTime() - lastGoodPullAt.getTime();
  if (deletionsKeptDays !== null && age > deletionsKeptDays * DAY_MS)
    return { kind: 'full', reason: 'deletions-expired' };
  return { kind: 'delta', reason: null };
}
