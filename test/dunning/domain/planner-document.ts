import {
  parsePlanDocument,
  toPlanJson,
  type DecisionJson,
  type PlanJson,
} from '../../../src/dunning/plan-document/index.js';
import { planRun } from '../../../src/dunning/domain/index.js';

type Json = Record<string, unknown>;

/** A planner document with one debtor, one receivable due on 1 October 2026 and three steps, to be varied by a test. */
export function documentOf(changes: Json = {}): Json {
  return {
    asOf: '2026-10-11',
    options: { minimumOpen: {} },
    scenarios: [standard],
    debtors: [debtor('D1')],
    receivables: [invoice('R1')],
    ...changes,
  };
}

export const standard = scenario('standard', [
  step(1, 'due-date', 10),
  step(2, 'due-date', 30, { trigger: { anchor: 'due-date', days: 30, endOfMonth: true } }),
  step(3, 'previous-step', 10, { channel: 'letter', fee: { fixed: '10.00' }, final: true }),
]);

export function scenario(id: string, steps: readonly Json[]): Json {
  return { id, steps };
}

export function step(level: number, anchor: string, days: number, more: Json = {}): Json {
  return { level, channel: 'email', trigger: { anchor, days }, ...more };
}

export function debtor(id: string, more: Json = {}): Json {
  return {
    id,
    scenario: 'standard',
    country: 'NL',
    kind: 'business',
    language: 'nl',
    email: `${id}@example.com`,
    ...more,
  };
}

export function invoice(id: string, more: Json = {}): Json {
  const row = { id, debtor: 'D1', kind: 'invoice', invoiceDate: '2026-09-01', dueDate: '2026-10-01', currency: 'EUR' };
  return { ...row, amount: '100.00', open: '100.00', ...more };
}

export function sent(receivable: string, level: number, sentOn: string, more: Json = {}): Json {
  return { receivable, level, sentOn, ...more };
}

export function plan(document: Json): PlanJson {
  return toPlanJson(planRun(parsePlanDocument(document)));
}

/** The plan of the standard document on another day and with other rows. */
export function planOn(asOf: string, changes: Json = {}): PlanJson {
  return plan(documentOf({ asOf, ...changes }));
}

export function decisionOn(asOf: string, changes: Json = {}, receivable = 'R1'): DecisionJson {
  const found = planOn(asOf, changes).decisions.find((decision) => decision.receivable === receivable);
  if (found === undefined) throw new Error(`no decision about ${receivable}`);
  return found;
}

/** "take 1 STEP_DUE" or "wait 0 NOT_DUE_YET 2026-10-11": a decision in one line, for tables. */
export function lineOf({ decision, level, reason, until }: DecisionJson): string {
  return [decision, level, reason, until].filter((part) => part !== undefined).join(' ');
}

export function lineOn(asOf: string, changes: Json = {}, receivable = 'R1'): string {
  return lineOf(decisionOn(asOf, changes, receivable));
}

/** The history that applying a plan leaves behind. */
export function historyOf(planned: PlanJson): Json[] {
  return planned.decisions
    .filter(({ decision }) => decision === 'take')
    .map(({ receivable, level }) => sent(receivable, level, planned.asOf));
}
