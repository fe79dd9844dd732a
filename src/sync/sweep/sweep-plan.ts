/** More than this, and more than the share, is a question: a source that answers with too little must not empty the books. */
const MOST_UNASKED = 50;
const MOST_UNASKED_SHARE = 0.02;

export type SweepPlan = 'nothing' | 'sweep' | 'ask';

/** PURE. What to do with records that a full pull did not see, out of so many that the books hold. */
export function planSweep({ live, missing }: { live: number; missing: number }): SweepPlan {
  if (missing === 0) return 'nothing';
  if (missing === live) return 'ask';
  return missing > Math.max(MOST_UNASKED, live * MOST_UNASKED_SHARE) ? 'ask' : 'sweep';
}
