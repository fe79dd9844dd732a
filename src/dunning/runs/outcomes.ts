import type { Decision, ReasonCode } from '../domain/index.js';
import type { ReceivableRow } from './plan-facts.repository.js';
import type { RunLineRow } from './run-line.repository.js';

/**
 * What became of a line that was approved. With a message: the step was taken. Without one: it was not, and the code
 * says why. Reasons of the planner that need no translation (BELOW_MINIMUM, NET_CREDIT, …) stand as they are.
 */
export const OUTCOMES = {
  TAKEN: 'The step was taken.',
  AMOUNT_CHANGED: 'The step was taken, with the amount that was open at that moment.',
  PAID_SINCE_PLAN: 'It was paid after the plan was made.',
  DELETED_SINCE_PLAN: 'The ledger no longer has it.',
  DEBTOR_CHANGED: 'It belongs to another debtor now.',
  DUE_DATE_CHANGED: 'Its due date changed and the step is not due any more.',
  BLOCKED_SINCE_PLAN: 'It was blocked after the plan was made.',
  HELD_BY_PERSON: 'A person held it back in this run.',
  ALREADY_TAKEN: 'The step had been taken already.',
  STEP_CHANGED: 'Another step than the approved one is due now.',
  NOT_COMPOSED: 'The message could not be written; there is a task that says why.',
} as const satisfies Record<string, string>;

export type OutcomeCode = keyof typeof OUTCOMES;

const TRANSLATED: Partial<Record<ReasonCode, OutcomeCode>> = {
  PAID: 'PAID_SINCE_PLAN',
  LAST_STEP_DONE: 'STEP_CHANGED',
  INSOLVENT: 'BLOCKED_SINCE_PLAN',
  DISPUTED: 'BLOCKED_SINCE_PLAN',
  PLAN: 'BLOCKED_SINCE_PLAN',
  PROMISED: 'BLOCKED_SINCE_PLAN',
  PAUSED: 'BLOCKED_SINCE_PLAN',
  HELD_BY_PERSON: 'BLOCKED_SINCE_PLAN',
};

/** What is known about an approved line at the moment of acting. `row` is null when the ledger lost it altogether. */
export interface LineNow {
  readonly line: RunLineRow;
  readonly row: ReceivableRow | null;
  readonly decision: Decision | null;
}

/** Why an approved line is not taken; null when it is exactly the step that was approved. */
export function refusalOf({ line, row, decision }: LineNow): string | null {
  if (line.held) return 'HELD_BY_PERSON';
  if (row === null || row.deleted || decision === null) return 'DELETED_SINCE_PLAN';
  if (row.debtorId !== line.debtorId) return 'DEBTOR_CHANGED';
  if (BigInt(row.openAmount) <= 0n && row.kind === 'invoice') return 'PAID_SINCE_PLAN';
  if (decision.decision === 'take')
    return decision.level === line.level && decision.channel === line.channel ? null : refusedStep(line, decision);
  if (decision.level >= line.level) return 'ALREADY_TAKEN';
  if (decision.reason !== 'NOT_DUE_YET' && decision.reason !== 'NEXT_STEP_NOT_DUE')
    return TRANSLATED[decision.reason] ?? decision.reason;
  // Nobody took the step and yet it is not due any more: the invoice's terms changed, or the scenario's.
  return hasMoved(line, row) ? 'DUE_DATE_CHANGED' : 'STEP_CHANGED';
}

/** A higher level is due: this one was taken. A lower level or another channel: the scenario changed. */
function refusedStep(line: RunLineRow, decision: Decision): OutcomeCode {
  return decision.level > line.level && decision.facts.lastStep !== undefined ? 'ALREADY_TAKEN' : 'STEP_CHANGED';
}

/** How a line that was taken is reported. */
export function takenOutcome(line: RunLineRow, openNow: bigint): OutcomeCode {
  return BigInt(line.openAmount) === openNow ? 'TAKEN' : 'AMOUNT_CHANGED';
}

function hasMoved(line: RunLineRow, row: ReceivableRow): boolean {
  return line.facts.dueDate !== undefined && line.facts.dueDate !== row.dueDate;
}
