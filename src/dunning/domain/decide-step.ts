import { nextRung, ownMinimumOf, type Rung } from './ladder.js';
import { BLOCK_REASONS, type ReasonCode } from './reasons.js';
import { isCredit, type RunRules, type Standing, type Verdict } from './standing.js';
import type { Anchor } from './types.js';

const verdictOf = (reason: ReasonCode): Verdict => ({ reason, rung: null, triggerDay: null, eligibleDay: null });
const PAID = verdictOf('PAID');
const CREDIT_NOTE = verdictOf('CREDIT_NOTE');
const UNALLOCATED_PAYMENT = verdictOf('UNALLOCATED_PAYMENT');
const NO_SCENARIO = verdictOf('NO_SCENARIO');
const LAST_STEP_DONE = verdictOf('LAST_STEP_DONE');

/**
 * Whether one receivable takes its next step today, and why or why not. Total: every receivable gets exactly one
 * reason. Looks at this receivable alone; what its message adds (credits, the gap within the run) comes after.
 */
export function decideStep(item: Standing, rules: RunRules): Verdict {
  return decideHold(item, rules) ?? decideDue(item, rules);
}

/** Reasons that have nothing to do with the calendar of the next step; null when only the calendar decides. */
export function decideHold(item: Standing, rules: RunRules): Verdict | null {
  if (item.open === 0n) return PAID;
  if (isCredit(item)) return item.receivable.kind === 'payment' ? UNALLOCATED_PAYMENT : CREDIT_NOTE;
  if (item.owner.ladder === null) return NO_SCENARIO;
  const rung = nextRungOf(item, rules);
  if (rung === null) return LAST_STEP_DONE;
  return decideBlocked(item, rung, rules) ?? decideBelowMinimum(item, rung, rules);
}

function decideBlocked(item: Standing, rung: Rung, rules: RunRules): Verdict | null {
  const { block } = item;
  if (block !== null) {
    const from = block.lastDay === null ? null : block.lastDay + 1;
    return waiting(BLOCK_REASONS[block.kind], item, rung, { rules, from });
  }
  if (item.receivable.directDebit === true || item.owner.debtor.directDebit === true)
    return waiting('DIRECT_DEBIT', item, rung, { rules, from: null });
  const lastDay = rules.options.levelOf === 'debtor' ? item.owner.lastMessageDay : (item.sent?.lastDay ?? null);
  if (lastDay === null || lastDay < rules.asOf) return null;
  return waiting('STEP_TAKEN_TODAY', item, rung, { rules, from: lastDay + 1 });
}

function decideBelowMinimum(item: Standing, rung: Rung, rules: RunRules): Verdict | null {
  const general = rules.options.minimumOpen[item.currency] ?? 0n;
  const own = rung.step.minimumOpen === undefined ? 0n : ownMinimumOf(rung.step, item.currency);
  const minimum = own > general ? own : general;
  if (item.open >= minimum) return null;
  return { reason: 'BELOW_MINIMUM', rung, triggerDay: null, eligibleDay: null, minimum };
}

/**
 * The calendar: is the next step due? With `debtorDay` (the level belongs to the debtor) the step comes due for the
 * debtor as a whole, by its oldest receivable, and whatever is overdue by then joins it.
 */
export function decideDue(item: Standing, rules: RunRules, debtorDay?: number): Verdict {
  const rung = nextRungOf(item, rules);
  if (rung === null) return LAST_STEP_DONE;
  const triggerDay = triggerDayOf(item, rung, rules);
  const ownDay = eligibleDayOf(item, rung, rules);
  if (triggerDay === null || ownDay === null)
    return { reason: 'DATE_MISSING', rung, triggerDay: null, eligibleDay: null };
  const dueDay = debtorDay === undefined ? ownDay : Math.max(debtorDay, joinDayOf(item, rung, ownDay));
  const gapDay = gapDayOf(item, rules);
  const eligibleDay = Math.max(dueDay, gapDay);
  if (dueDay > rules.asOf)
    return { reason: item.sent === null ? 'NOT_DUE_YET' : 'NEXT_STEP_NOT_DUE', rung, triggerDay, eligibleDay };
  if (rung.step.channel === 'email' && !item.owner.canEmail)
    return { reason: 'NO_RECIPIENT', rung, triggerDay, eligibleDay: null };
  if (gapDay > rules.asOf) return { reason: 'MINIMUM_GAP', rung, triggerDay, eligibleDay };
  return { reason: 'STEP_DUE', rung, triggerDay, eligibleDay: rules.asOf };
}

/** The lowest step that has not been taken; null when none is left. */
export function nextRungOf(item: Standing, rules: RunRules): Rung | null {
  const { owner } = item;
  if (owner.ladder === null) return null;
  const dueDay = rules.options.levelOf === 'debtor' ? owner.oldestDueDay : item.dueDay;
  return nextRung(owner.ladder, item.sent?.level ?? 0, dueDay !== null && rules.asOf > dueDay);
}

const ANCHOR_DAYS: Readonly<Record<Anchor, (item: Standing, rules: RunRules) => number | null>> = {
  'due-date': (item) => item.dueDay,
  'invoice-date': ({ receivable }, { days }) => (receivable.invoiceDate ? days.dayOf(receivable.invoiceDate) : null),
  'previous-step': (item) => item.sent?.lastDay ?? null,
};

function triggerDayOf(item: Standing, rung: Rung, rules: RunRules): number | null {
  const { anchor, days, endOfMonth } = rung.step.trigger;
  const from = ANCHOR_DAYS[anchor](item, rules);
  if (from === null) return null;
  return endOfMonth === true ? rules.days.monthEndOf(from + days) : from + days;
}

/** First day on which the step's own trigger lets it be taken; null when its anchor is not known. */
export function eligibleDayOf(item: Standing, rung: Rung, rules: RunRules): number | null {
  const triggerDay = triggerDayOf(item, rung, rules);
  if (triggerDay === null) return null;
  const day = triggerDay + rules.strictShift;
  return rung.onlyWhenOverdue && item.dueDay !== null ? Math.max(day, item.dueDay + 1) : day;
}

/** When a receivable joins its debtor's step: once overdue, or earlier when the step itself comes before the due date. */
function joinDayOf(item: Standing, rung: Rung, ownDay: number): number {
  if (item.dueDay === null) return ownDay;
  const overdueFrom = item.dueDay + 1;
  return rung.step.trigger.anchor === 'previous-step' ? overdueFrom : Math.min(ownDay, overdueFrom);
}

/** First day on which the debtor may get another message. */
function gapDayOf(item: Standing, rules: RunRules): number {
  const { lastMessageDay } = item.owner;
  return lastMessageDay === null ? Number.NEGATIVE_INFINITY : lastMessageDay + rules.options.minimumGapDays;
}

/** A wait whose own end is known or not; the step's own calendar and the gap may make it last longer. */
function waiting(
  reason: ReasonCode,
  item: Standing,
  rung: Rung,
  wait: { rules: RunRules; from: number | null },
): Verdict {
  const triggerDay = triggerDayOf(item, rung, wait.rules);
  if (wait.from === null) return { reason, rung, triggerDay, eligibleDay: null };
  // With the level at the debtor an older receivable may carry this one along before its own day.
  const carried = wait.rules.options.levelOf === 'debtor';
  const ownDay = (carried ? null : eligibleDayOf(item, rung, wait.rules)) ?? wait.from;
  return { reason, rung, triggerDay, eligibleDay: Math.max(wait.from, ownDay, gapDayOf(item, wait.rules)) };
}
