import type { BusinessDate } from '../../kernel/index.js';
import type { PlanBlock, PlanInput, PlanOptions, PlanReceivable } from '../domain/index.js';
import { scenarioForSegment, type StoredScenario } from '../scenarios/scenario-definition.js';
import type { DebtorRow, PlanFacts, ReceivableRow } from './plan-facts.repository.js';
import { emailRecipientOf } from './recipient.js';

export interface PlanRules {
  readonly asOf: BusinessDate;
  readonly options: PlanOptions;
  readonly scenarios: readonly StoredScenario[];
}

/** Puts facts and rules in the planner's words. A debtor that the ledger deleted has no scenario. */
export function toPlanInput(facts: PlanFacts, rules: PlanRules, extraBlocks: readonly PlanBlock[] = []): PlanInput {
  return {
    asOf: rules.asOf,
    options: rules.options,
    scenarios: rules.scenarios.map(({ definition, version }) => ({ ...definition, version })),
    debtors: facts.debtors.map((debtor) => ({
      id: debtor.id,
      scenario: scenarioIdOf(debtor, rules.scenarios),
      name: debtor.name,
      country: debtor.country,
      kind: debtor.kind,
      language: debtor.language,
      email: emailRecipientOf(debtor)?.value ?? null,
      directDebit: debtor.directDebit,
    })),
    receivables: facts.receivables.map(toPlanReceivable),
    blocks: [
      ...facts.blocks.map(({ receivableId, debtorId, kind, until, amount }) => ({
        ...(receivableId === null ? { debtor: debtorId } : { receivable: receivableId }),
        kind,
        until,
        amount: amount === null ? null : BigInt(amount),
      })),
      ...extraBlocks,
    ],
    history: facts.history.map(({ receivableId, debtorId, level, sentOn }) => ({
      receivable: receivableId,
      debtor: debtorId,
      level,
      sentOn,
    })),
  };
}

function scenarioIdOf(debtor: DebtorRow, scenarios: readonly StoredScenario[]): string | null {
  return debtor.deleted ? null : (scenarioForSegment(scenarios, debtor.segment)?.definition.id ?? null);
}

function toPlanReceivable(row: ReceivableRow): PlanReceivable {
  return {
    id: row.id,
    debtor: row.debtorId,
    kind: row.kind,
    currency: row.currency,
    amount: BigInt(row.amount),
    open: row.deleted ? 0n : BigInt(row.openAmount),
    dueDate: row.dueDate,
    invoiceDate: row.invoiceDate,
    invoiceNumber: row.invoiceNumber,
    directDebit: row.directDebit,
  };
}
