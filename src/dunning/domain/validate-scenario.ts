import { isKnownCurrency, type CurrencyCode } from '../../kernel/index.js';
import { isAmountIn, isPercent } from './charges.js';
import { JsonFields, optional, readStrictly, type Issue } from './json-fields.js';
import { ANCHORS, APPROVALS, CHANNELS, type Scenario, type Step, type StepFee, type Trigger } from './types.js';

const SCENARIO_KEYS = ['id', 'name', 'version', 'steps'];
const STEP_KEYS = 'level name channel template approval trigger fee interest final minimumOpen onlyBeforeDue'.split(
  ' ',
);
/** Ten years: further away it is a slip of the pen. */
const MOST_DAYS = 3660;

/**
 * Reads a scenario from JSON.
 * @throws InvalidJson with every issue: two steps at one level, levels that do not count 1, 2, 3 …, a first step that
 *   counts from a previous one, an unknown channel or anchor, days that are not whole or run backwards
 */
export function validateScenario(json: unknown, path = '$'): Scenario {
  return readStrictly((issues) => readScenario(new JsonFields(json, path, issues), issues));
}

export function readScenario(fields: JsonFields, issues: Issue[]): Scenario {
  fields.allow(SCENARIO_KEYS);
  const list = fields.list('steps');
  const before = issues.length;
  const steps = list.map(readStep);
  if (list.length === 0) fields.report(fields.at('steps'), 'at least one step');
  if (issues.length === before) for (const issue of inconsistenciesOf(steps, fields.at('steps'))) issues.push(issue);
  return {
    id: fields.text('id'),
    ...optional(fields, 'name', (key) => fields.text(key)),
    ...optional(fields, 'version', (key) => fields.integer(key, 0, 1e9)),
    steps,
  };
}

function readStep(fields: JsonFields): Step {
  fields.allow(STEP_KEYS);
  return {
    level: fields.integer('level', 1, 99),
    channel: fields.choice('channel', CHANNELS),
    trigger: readTrigger(fields.object('trigger', ['anchor', 'days', 'endOfMonth'])),
    ...optional(fields, 'name', (key) => fields.text(key)),
    ...optional(fields, 'template', (key) => fields.text(key)),
    ...optional(fields, 'approval', (key) => fields.choice(key, APPROVALS)),
    ...optional(fields, 'fee', (key) => readFee(fields.object(key, ['fixed', 'currency', 'percent']))),
    ...optional(fields, 'interest', (key) => {
      const interest = fields.object(key, ['annualPercent']);
      return { annualPercent: readPercent(interest, 'annualPercent') };
    }),
    ...optional(fields, 'final', (key) => fields.flag(key)),
    ...optional(fields, 'minimumOpen', (key) => readMinimums(fields, key)),
    ...optional(fields, 'onlyBeforeDue', (key) => fields.flag(key)),
  };
}

function readTrigger(fields: JsonFields): Trigger {
  return {
    anchor: fields.choice('anchor', ANCHORS),
    days: fields.integer('days', -MOST_DAYS, MOST_DAYS),
    ...optional(fields, 'endOfMonth', (key) => fields.flag(key)),
  };
}

function readFee(fields: JsonFields): StepFee {
  if (!fields.has('fixed') && !fields.has('percent')) fields.report(fields.path, 'a fee with "fixed" or "percent"');
  const currency = fields.has('currency') ? readCurrency(fields, 'currency') : undefined;
  return {
    ...optional(fields, 'fixed', (key) => readDecimal(fields, key, currency)),
    ...optional(fields, 'percent', (key) => readPercent(fields, key)),
    ...(currency === undefined ? {} : { currency }),
  };
}

function readPercent(fields: JsonFields, key: string): string {
  return fields.check(key, isPercent, 'a percentage of 0 or more such as "10.15"', '0');
}

function readCurrency(fields: JsonFields, key: string): CurrencyCode {
  const isCurrency = (value: unknown): value is CurrencyCode => typeof value === 'string' && isKnownCurrency(value);
  return fields.check(key, isCurrency, 'a known ISO 4217 currency', 'EUR');
}

/** An amount of 0 or more. Without a currency only its shape can be judged; four decimals are the most any has. */
function readDecimal(fields: JsonFields, key: string, currency: CurrencyCode | undefined): string {
  const fits = (value: unknown): value is string =>
    typeof value === 'string' &&
    /^\d{1,15}(\.\d{1,4})?$/.test(value) &&
    (currency === undefined || isAmountIn(value, currency));
  return fields.check(key, fits, 'a decimal amount of 0 or more such as "10.00"', '0');
}

function readMinimums(step: JsonFields, key: string): Record<CurrencyCode, string> {
  const raw = step.raw(key);
  const currencies = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  const fields = step.object(key, currencies);
  for (const code of currencies)
    if (!isKnownCurrency(code)) fields.report(fields.at(code), `a known ISO 4217 currency as key, got "${code}"`);
  return Object.fromEntries(
    currencies.filter(isKnownCurrency).map((currency) => [currency, readDecimal(fields, currency, currency)]),
  );
}

/** What each step alone cannot show: levels, anchors and signs that contradict each other. */
function inconsistenciesOf(steps: readonly Step[], path: string): Issue[] {
  return steps.flatMap((step, index) => {
    const at = (key: string, expected: string): Issue => ({ path: `${path}[${index}].${key}`, expected });
    return STEP_RULES.flatMap((rule) => rule({ step, index, steps, at }));
  });
}

interface StepInPlace {
  readonly step: Step;
  readonly index: number;
  readonly steps: readonly Step[];
  readonly at: (key: string, expected: string) => Issue;
}

const STEP_RULES: readonly ((place: StepInPlace) => Issue[])[] = [
  levelsCountUp,
  anchorsExist,
  daysRunForward,
  lastIsLast,
];

function levelsCountUp({ step, index, steps, at }: StepInPlace): Issue[] {
  const twin = steps.findIndex((other) => other.level === step.level);
  if (twin < index) return [at('level', `a level of its own, got ${step.level} which steps[${twin}] has already`)];
  return step.level === index + 1
    ? []
    : [at('level', `${index + 1} (levels count 1, 2, 3 … in order), got ${step.level}`)];
}

function anchorsExist({ step, index, steps, at }: StepInPlace): Issue[] {
  if (step.trigger.anchor !== 'previous-step') return [];
  // A notice that may be passed over is no previous step to count from.
  if (steps.slice(0, index).some((earlier) => earlier.onlyBeforeDue !== true))
    return step.trigger.days >= 0 ? [] : [at('trigger.days', '0 or more days after the previous step')];
  const expected = '"due-date" or "invoice-date": there is no earlier step to count from';
  return [at('trigger.anchor', `${expected}, got "previous-step"`)];
}

/** The inverted-sign trap: −30 where 30 was meant would send the second reminder before the first. */
function daysRunForward({ step, index, steps, at }: StepInPlace): Issue[] {
  const { anchor, days } = step.trigger;
  const early = anchor === 'due-date' && days < 0;
  if (anchor === 'previous-step') return [];
  if (early && (step.fee !== undefined || step.interest !== undefined || step.final === true))
    return [
      at(
        'trigger.days',
        `0 or more: a step with a fee, interest or "final" cannot come before the due date, got ${days}`,
      ),
    ];
  if (step.onlyBeforeDue === true && !early)
    return [at('onlyBeforeDue', 'a step that counts a negative number of days from the due date')];
  const earlier = steps.slice(0, index).findLast((other) => other.trigger.anchor === anchor);
  if (earlier === undefined || earlier.trigger.days <= days) return [];
  return [at('trigger.days', `at least ${earlier.trigger.days}, the days of level ${earlier.level}, got ${days}`)];
}

function lastIsLast({ step, index, steps, at }: StepInPlace): Issue[] {
  return step.final === true && index < steps.length - 1 ? [at('final', 'only the last step to be final')] : [];
}
