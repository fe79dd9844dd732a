import { isAmountIn, JsonFields, readScenario, readStrictly, type Issue } from '../domain/index.js';
import type { PlanInput, Scenario } from '../domain/index.js';
import { readOptions } from './read-options.js';
import { readBlock, readDebtor, readHistory, readReceivable, type Names } from './read-rows.js';

const KEYS = 'asOf options scenarios debtors receivables blocks history $schema comment'.split(' ');

/**
 * Reads a planner document (docs: interfaces, "The planner document") and checks that it agrees with itself.
 * @throws InvalidJson naming the JSON path of everything that is wrong and what was expected there
 */
export function parsePlanDocument(json: unknown): PlanInput {
  return readStrictly((issues) => {
    const root = new JsonFields(json, '$', issues).allow(KEYS);
    const asOf = root.date('asOf');
    const options = readOptions(root);
    const names: Names = { asOf, scenarios: new Map(), debtors: new Map(), receivables: new Map(), issues };
    const scenarios = root
      .list('scenarios')
      .map((fields) => named(names.scenarios, fields, readScenario(fields, issues)));
    const debtors = root.list('debtors').map((fields) => named(names.debtors, fields, readDebtor(fields, names)));
    const receivables = root.list('receivables').map((fields) => {
      return named(names.receivables, fields, readReceivable(fields, names));
    });
    const blocks = optionalList(root, 'blocks').map((fields) => readBlock(fields, names));
    const history = optionalList(root, 'history').map((fields) => readHistory(fields, names));
    const input = { asOf, options, scenarios, debtors, receivables, blocks, history };
    if (issues.length === 0) checkFees(input, issues);
    return input;
  });
}

function optionalList(root: JsonFields, key: string): readonly JsonFields[] {
  return root.has(key) ? root.list(key) : [];
}

/** Registers a row under its id; a second one with the same id is refused. */
function named<T extends { readonly id: string }>(known: Map<string, T>, fields: JsonFields, row: T): T {
  if (row.id === '') return row;
  if (known.has(row.id)) fields.report(fields.at('id'), `an id that is not used twice, got "${row.id}"`);
  else known.set(row.id, row);
  return row;
}

/** A fee of "10.50" has no meaning in yen: found here, where the path can be told, and not while planning. */
function checkFees(input: PlanInput, issues: Issue[]): void {
  const scenarioOf = new Map(input.debtors.map((debtor) => [debtor.id, debtor.scenario]));
  const used = new Set(input.receivables.map((row) => `${scenarioOf.get(row.debtor)} ${row.currency}`));
  input.scenarios.forEach((scenario, index) => {
    for (const pair of used) {
      const currency = pair.slice(-3);
      if (pair === `${scenario.id} ${currency}`)
        checkFeesIn(scenario, currency, { issues, path: `$.scenarios[${index}]` });
    }
  });
}

function checkFeesIn(scenario: Scenario, currency: string, found: { issues: Issue[]; path: string }): void {
  scenario.steps.forEach(({ fee }, index) => {
    if (fee?.fixed === undefined || (fee.currency ?? currency) !== currency || isAmountIn(fee.fixed, currency)) return;
    const path = `${found.path}.steps[${index}].fee.fixed`;
    found.issues.push({
      path,
      expected: `an amount that ${currency} can express (or a "currency"), got "${fee.fixed}"`,
    });
  });
}
