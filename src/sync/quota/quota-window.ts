import { Cron } from 'croner';
import type { BudgetSeen } from '../../connectors/contract/index.js';
import type { BudgetLine } from './budget-line.js';

/** How one budget stands in its running window. Instants in ms. */
export interface QuotaWindow {
  readonly endsAt: number;
  /** Units claimed, those that are lent out to workers and not used yet among them. */
  readonly used: number;
  /** Of the window before. */
  readonly previousUsed: number;
  /** Claimed in this window's last moment: the source may count them in the next. */
  readonly late: number;
  /** The limit that a header named. */
  readonly limitSeen: number | null;
}

/** What an answer's headers said, and when. */
export interface SeenAt {
  readonly seen: BudgetSeen;
  readonly at: number;
}

/**
 * Our clock and the source's differ by no more than this. A call this close to the end of a window is counted on both
 * sides of it.
 */
export const GUARD_MS = 1_000;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
/** A reset this near to ours means the same moment. */
const SAME_MS = 5_000;
/** Units that workers may hold unused between them; what is missing beyond that was lost by one that died. */
const LENT_AT_MOST = 100;

/** PURE. The end of the window that `now` lies in: a multiple of its length, or the midnight of the source's zone. */
export function endOfWindow(
  { perSeconds, timeZone }: Pick<BudgetLine, 'perSeconds' | 'timeZone'>,
  now: number,
): number {
  const length = perSeconds * 1_000;
  if (perSeconds < DAY_SECONDS || timeZone === 'UTC') return now - (now % length) + length;
  const midnight = new Cron('0 0 * * *', { timezone: timeZone, paused: true }).nextRun(new Date(now));
  return midnight?.getTime() ?? now - (now % length) + length;
}

/** PURE. A budget that nobody has used yet. */
export function freshWindow(line: BudgetLine, now: number): QuotaWindow {
  return { endsAt: endOfWindow(line, now), used: 0, previousUsed: 0, late: 0, limitSeen: null };
}

/** PURE. The window at `now`: the same one, or the next, which begins with what came too late for the last. */
export function rolled(window: QuotaWindow, line: BudgetLine, now: number): QuotaWindow {
  if (window.endsAt > now) return window;
  const { limitSeen } = window;
  const follows = now < window.endsAt + line.perSeconds * 1_000;
  return {
    endsAt: endOfWindow(line, now),
    used: follows ? window.late : 0,
    previousUsed: now < window.endsAt + GUARD_MS ? window.used : 0,
    late: 0,
    limitSeen,
  };
}

/** PURE. The window corrected by what the source itself says; it knows of callers that we do not. */
export function learned(window: QuotaWindow, line: BudgetLine, { seen, at }: SeenAt): QuotaWindow {
  const length = line.perSeconds * 1_000;
  const limitSeen = seen.limit ?? window.limitSeen;
  const theirs = Math.max(0, (limitSeen ?? line.limit) - seen.remaining);
  const resetsAt = seen.resetsAt?.getTime() ?? null;
  const isNext = resetsAt !== null && Math.abs(resetsAt - window.endsAt - length) <= SAME_MS;
  if (isNext)
    return {
      endsAt: window.endsAt + length,
      used: Math.max(theirs, window.late),
      previousUsed: window.used,
      late: 0,
      limitSeen,
    };
  const isOver = resetsAt === null ? at < window.endsAt - length : resetsAt < window.endsAt - SAME_MS;
  if (isOver) return { ...window, limitSeen };
  const most = line.perSeconds >= HOUR_SECONDS ? theirs + LENT_AT_MOST : Infinity;
  return { ...window, used: Math.min(Math.max(window.used, theirs), most), limitSeen };
}
