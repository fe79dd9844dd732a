import type { BudgetLine } from './budget-line.js';
import { GUARD_MS, type QuotaWindow } from './quota-window.js';

/** A budget with its running window. */
export interface OpenBudget {
  readonly line: BudgetLine;
  readonly window: QuotaWindow;
}

export interface Ask {
  readonly units: number;
  /** A person waits, or a write-back: the reserve is theirs too. */
  readonly urgent: boolean;
}

export type Grant =
  | {
      readonly granted: true;
      /** At least what was asked; more is a slice to use without asking again. */
      readonly units: number;
      /** When the slice may no longer be used; the window itself ends a guard later. */
      readonly sliceUntil: number;
      readonly windows: readonly QuotaWindow[];
    }
  | { readonly granted: false; readonly until: number; readonly line: BudgetLine; readonly reserveOnly: boolean };

/** Far from a limit a worker takes this many calls at a time; near it ever fewer, so that nothing lies idle elsewhere. */
const SLICE_AT_MOST = 20;
const SLICE_PART = 4;

/** PURE. What one claim gets out of several budgets at once: all of them give, or none does. */
export function planGrant(budgets: readonly OpenBudget[], ask: Ask, now: number): Grant {
  const rooms = budgets.map((budget) => roomOf(budget, budgets, now));
  const refused = rooms.filter((room) => (ask.urgent ? room.all : room.open) < ask.units);
  if (refused.length > 0) return refusal(refused, ask);
  const isLate = budgets.some(({ window }) => window.endsAt - now <= GUARD_MS);
  const open = Math.min(...rooms.map((room) => room.open));
  const slice = Math.min(SLICE_AT_MOST, Math.floor(open / SLICE_PART));
  const units = isLate ? ask.units : Math.max(ask.units, slice);
  const windows = budgets.map(({ window }) => ({
    ...window,
    used: window.used + units,
    late: window.late + (window.endsAt - now <= GUARD_MS ? units : 0),
  }));
  return { granted: true, units, sliceUntil: Math.min(...windows.map(({ endsAt }) => endsAt)) - GUARD_MS, windows };
}

interface Room {
  readonly line: BudgetLine;
  /** For whoever may use the reserve. */
  readonly all: number;
  /** Without the reserve. */
  readonly open: number;
  readonly until: number;
}

function roomOf({ line, window }: OpenBudget, budgets: readonly OpenBudget[], now: number): Room {
  const left = limitOf({ line, window }, budgets) - window.used;
  const startsAt = window.endsAt - line.perSeconds * 1_000;
  // The source may still be in the window before.
  const guarded = now < startsAt + GUARD_MS ? left - window.previousUsed : left;
  const until = guarded < left && left > line.reserve ? startsAt + GUARD_MS : window.endsAt + GUARD_MS;
  return { line, all: guarded, open: guarded - line.reserve, until };
}

/** PURE. What the source said, or else the declaration; all administrations together are never allowed less than one. */
export function limitOf({ line, window }: OpenBudget, budgets: readonly OpenBudget[]): number {
  if (window.limitSeen !== null) return window.limitSeen;
  if (line.scope !== 'app') return line.limit;
  const narrower = budgets.filter((each) => each.line.scope !== 'app' && each.line.perSeconds === line.perSeconds);
  return Math.max(line.limit, ...narrower.map(({ window: { limitSeen } }) => limitSeen ?? 0));
}

function refusal(refused: readonly Room[], ask: Ask): Grant {
  const longest = refused.reduce((most, room) => (room.until > most.until ? room : most));
  return { granted: false, until: longest.until, line: longest.line, reserveOnly: longest.all >= ask.units };
}
