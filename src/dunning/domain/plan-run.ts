import { composeMessages } from './compose-messages.js';
import { decideDue, decideHold, decideStep, eligibleDayOf, nextRungOf } from './decide-step.js';
import { PlannedDecision } from './planned-decision.js';
import { readInput } from './read-input.js';
import type { DebtorStanding, RunRules, Standing } from './standing.js';
import type { PlanInput, PlanResult } from './types.js';

/**
 * One evaluation of all receivables on one day: a decision with its reason for each, and the messages that the taken
 * steps make. Pure: the same input gives the same plan, in the nightly run, in a preview and in a replay of the past.
 * At most one step per receivable; planning again with these steps in the history adds nothing on the same day.
 * @throws AssertionError when a receivable or debtor refers to something that is not in the input
 */
export function planRun(input: PlanInput): PlanResult {
  const { rules, debtors, items } = readInput(input);
  const messages = debtors.flatMap((debtor) => {
    if (input.options.levelOf === 'debtor') decideTogether(debtor, rules);
    else for (const item of debtor.items) item.verdict = decideStep(item, rules);
    return composeMessages(debtor, rules);
  });
  return {
    asOf: input.asOf,
    decisions: items.map((item) => new PlannedDecision(item, item.verdict!, rules)),
    messages,
  };
}

/**
 * The level belongs to the debtor: the receivable whose step comes first carries the others along. One that is held
 * carries nobody before it is released, but its release may be the day that the others wait for.
 */
function decideTogether(debtor: DebtorStanding, rules: RunRules): void {
  let debtorDay = Number.POSITIVE_INFINITY;
  for (const item of debtor.items) {
    item.verdict = decideHold(item, rules);
    const releaseDay = item.verdict === null ? rules.asOf : item.verdict.eligibleDay;
    if (releaseDay !== null) debtorDay = Math.min(debtorDay, carryDayOf(item, rules, releaseDay));
  }
  for (const item of debtor.items) item.verdict ??= decideDue(item, rules, debtorDay);
}

function carryDayOf(item: Standing, rules: RunRules, releaseDay: number): number {
  const rung = nextRungOf(item, rules);
  const ownDay = rung === null ? null : eligibleDayOf(item, rung, rules);
  return ownDay === null ? Number.POSITIVE_INFINITY : Math.max(ownDay, releaseDay);
}
