import { assert, formatMinor, InputError, parseMinor } from '../../kernel/index.js';
import { FIELD_RULES } from './fields.js';
import type {
  BehaviourProfile,
  ConditionValue,
  DebtorFacts,
  MetCondition,
  Operator,
  SegmentCondition,
  SegmentDecision,
  SegmentRule,
} from './types.js';

/**
 * The segment of a debtor: what a person chose, else the first rule that matches, else the last one. Total, and
 * every answer carries the conditions that decided it with the debtor's own numbers.
 */
export function decideSegment(
  profile: BehaviourProfile,
  debtor: DebtorFacts,
  rules: readonly SegmentRule[],
): SegmentDecision {
  const chosen = rules.find((rule) => rule.id === debtor.segmentOverride);
  if (chosen !== undefined) return toDecision(chosen, profile, { code: 'CHOSEN_BY_PERSON', met: [] });
  for (const rule of rules) {
    const met = rule.when.flatMap((condition) => checkCondition(condition, profile, debtor));
    const matches = rule.match === 'any' ? met.length > 0 : met.length === rule.when.length;
    if (matches && rule.when.length > 0) return toDecision(rule, profile, { code: 'CONDITIONS_MET', met });
  }
  const last = rules.at(-1);
  assert(last !== undefined, 'there is at least one segment rule');
  return toDecision(last, profile, { code: 'DEFAULT_SEGMENT', met: [] });
}

type Basis = { readonly code: SegmentDecision['reasonCode']; readonly met: readonly MetCondition[] };

function toDecision({ id, name }: SegmentRule, profile: BehaviourProfile, { code, met }: Basis): SegmentDecision {
  const said = met.map(sayCondition).join(' and ');
  const sentences = {
    CONDITIONS_MET: `${name}: ${said}.`,
    DEFAULT_SEGMENT: `${name}: no other segment applies.`,
    CHOSEN_BY_PERSON: `${name}: chosen by a person.`,
  };
  return {
    id,
    name,
    reason: sentences[code],
    reasonCode: code,
    facts: { conditions: met, currency: profile.currency },
  };
}

/** The condition with the debtor's value when it holds, else nothing. */
function checkCondition(condition: SegmentCondition, profile: BehaviourProfile, debtor: DebtorFacts): MetCondition[] {
  const actual = FIELD_RULES[condition.field].read(profile, debtor);
  if (actual === null) return [];
  if (typeof actual !== 'bigint')
    return compare(actual, condition.op, condition.value) ? [{ ...condition, actual }] : [];
  // Amounts compare in the debtor's own currency; without one there is nothing to compare.
  if (profile.currency === null || typeof condition.value !== 'string') return [];
  const bound = boundIn(condition.value, profile.currency);
  if (bound === null || !compare(actual, condition.op, bound)) return [];
  return [{ ...condition, actual: formatMinor(actual, profile.currency) }];
}

/** The rule's amount in minor units; null when the currency cannot express it ("0.50" in yen): then it does not hold. */
function boundIn(decimal: string, currency: string): bigint | null {
  try {
    return parseMinor(decimal, currency);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

type Comparable = number | bigint | boolean | string;

const COMPARISONS: Readonly<Record<Exclude<Operator, 'in'>, (a: Comparable, b: Comparable) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function compare(actual: Comparable, op: Operator, value: ConditionValue | bigint): boolean {
  if (op === 'in') return Array.isArray(value) && value.includes(String(actual));
  return typeof value === typeof actual && COMPARISONS[op](actual, value as Comparable);
}

const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  '=': '',
  '!=': 'not',
  '<': 'less than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
  in: 'one of',
};

function sayCondition({ field, op, value, actual }: MetCondition): string {
  const { label, kind } = FIELD_RULES[field];
  if (kind === 'flag') return `${actual === true ? '' : 'not '}${label}`;
  if (op === '=') return `${label} is ${String(actual)}`;
  const bound = Array.isArray(value) ? value.join(', ') : String(value);
  return `${label} is ${String(actual)} (${OPERATOR_WORDS[op]} ${bound})`;
}
