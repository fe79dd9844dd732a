import type { BudgetSeen, SourceError } from '../../connectors/contract/index.js';
import type { CallPurpose } from '../quota/index.js';

/** Waiting this long keeps the worker; anything longer gives the pull back to the queue with a time. */
export const PATIENCE_MS = 70_000;
const DOWN_PAUSES_MS: readonly number[] = [1_000, 4_000, 15_000];
const WAITS_PER_CALL = 4;
const MINUTE_MS = 60_000;
/** Left alone by a pull where only headers speak of a limit. */
const MINUTE_RESERVE = 2;
const DAY_RESERVE = 50;

export type BudgetPlan =
  | { readonly plan: 'go' }
  | { readonly plan: 'wait'; readonly milliseconds: number }
  | { readonly plan: 'stop'; readonly until: Date };

/** PURE. A pull that somebody waits for may use what the others leave. */
export function purposeOf(trigger: string): CallPurpose {
  return trigger === 'manual' || trigger === 'before-apply' ? 'urgent' : 'background';
}

/**
 * PURE. Whether the next call fits what the last answer's headers say is left. The quota ledger keeps the limits that a
 * connector declares; this is for those that show only in headers.
 */
export function planNextCall(budgets: readonly BudgetSeen[], now: Date, urgent: boolean): BudgetPlan {
  for (const { scope, remaining, resetsAt } of budgets) {
    const reserve = urgent ? 0 : scope === 'day' ? DAY_RESERVE : MINUTE_RESERVE;
    if (remaining > reserve || resetsAt === null || resetsAt <= now) continue;
    const milliseconds = resetsAt.getTime() - now.getTime();
    return milliseconds <= PATIENCE_MS ? { plan: 'wait', milliseconds } : { plan: 'stop', until: resetsAt };
  }
  return { plan: 'go' };
}

/** PURE. How long to wait before a read is tried again; null: not here and now. */
export function pauseBeforeRetry(error: SourceError, attempt: number, now: Date): number | null {
  if (error.kind === 'source_down' || error.kind === 'timeout_read') return DOWN_PAUSES_MS[attempt] ?? null;
  const resting = error.kind === 'rate_limited' || error.kind === 'quota_exhausted' || error.kind === 'auth_expired';
  if (!resting || attempt >= WAITS_PER_CALL) return null;
  const until = resumeAt(error, now);
  const milliseconds = until === null ? null : Math.max(0, until.getTime() - now.getTime()) + 100;
  return milliseconds === null || milliseconds > PATIENCE_MS ? null : milliseconds;
}

/** PURE. When a pull that was told to stop may go on by itself; null: somebody must act first. */
export function resumeAt(error: SourceError, now: Date): Date | null {
  if (error.kind === 'auth_expired') return error.until;
  if (error.kind === 'rate_limited') return error.until ?? new Date(now.getTime() + MINUTE_MS);
  if (error.kind === 'quota_exhausted') return error.until ?? new Date(now.getTime() + 60 * MINUTE_MS);
  return null;
}
