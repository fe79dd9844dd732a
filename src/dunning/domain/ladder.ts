import { parseMinor, type CurrencyCode } from '../../kernel/index.js';
import type { Scenario, Step } from './types.js';

/** One step, with what the rules ask of its neighbours worked out once. */
export interface Rung {
  readonly step: Step;
  /**
   * A step that counts from the previous one follows a reminder of something overdue. When the due date has since
   * moved into the future, it must wait until the receivable is overdue again.
   */
  readonly onlyWhenOverdue: boolean;
}

/** A scenario made ready for a run: its steps from the lowest level up. */
export interface Ladder {
  readonly scenario: Scenario;
  readonly rungs: readonly Rung[];
}

export function buildLadder(scenario: Scenario): Ladder {
  const steps = scenario.steps.toSorted((a, b) => a.level - b.level);
  const rungs = steps.map((step, index) => ({ step, onlyWhenOverdue: followsAnOverdueReminder(steps, index) }));
  return { scenario, rungs };
}

function followsAnOverdueReminder(steps: readonly Step[], index: number): boolean {
  if (steps[index]?.trigger.anchor !== 'previous-step') return false;
  const origin = steps.slice(0, index).findLast((step) => step.trigger.anchor !== 'previous-step');
  return origin?.trigger.anchor === 'due-date' && origin.trigger.days > 0;
}

/** The step's own threshold in minor units; 0 when it has none for the currency. */
export function ownMinimumOf(step: Step, currency: CurrencyCode): bigint {
  const decimal = step.minimumOpen?.[currency];
  return decimal === undefined ? 0n : parseMinor(decimal, currency, '$.minimumOpen');
}

/**
 * The lowest rung above `level`: a ladder, not a lift. A notice that says nothing after the due date is passed over
 * once the receivable is overdue. Null when no step is left.
 */
export function nextRung(ladder: Ladder, level: number, overdue: boolean): Rung | null {
  for (const rung of ladder.rungs) {
    if (rung.step.level <= level) continue;
    if (overdue && rung.step.onlyBeforeDue === true) continue;
    return rung;
  }
  return null;
}
