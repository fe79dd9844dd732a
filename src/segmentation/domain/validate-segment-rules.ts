import { InputError } from '../../kernel/index.js';
import { FIELD_RULES, type FieldKind } from './fields.js';
import { OPERATORS, SEGMENT_FIELDS, type ConditionValue, type Operator, type SegmentCondition } from './types.js';
import type { SegmentField, SegmentRule } from './types.js';

const RULE_KEYS = ['id', 'name', 'color', 'match', 'when'];

/**
 * Reads an ordered list of segment rules from JSON.
 * @throws InputError naming the path of the first thing that is wrong: two rules of one id, an unknown field or
 *   operator, a value of the wrong kind, or a rule without conditions that is not the last
 */
export function validateSegmentRules(json: unknown, path = '$'): readonly SegmentRule[] {
  if (!Array.isArray(json) || json.length === 0) throw new InputError(path, 'a list with at least one segment rule');
  const rules = json.map((rule: unknown, index) => readRule(rule, `${path}[${index}]`));
  rules.forEach(({ id, when }, index) => {
    const at = `${path}[${index}]`;
    const last = index === rules.length - 1;
    if (rules.findIndex((other) => other.id === id) < index)
      throw new InputError(`${at}.id`, `an id of its own, got "${id}"`);
    if (last && when.length > 0)
      throw new InputError(`${at}.when`, 'no conditions: the last rule takes whoever is left');
    if (!last && when.length === 0)
      throw new InputError(`${at}.when`, 'at least one condition: only the last rule has none');
  });
  return rules;
}

function readRule(json: unknown, path: string): SegmentRule {
  const rule = readRecord(json, path, RULE_KEYS);
  const { color, match, when } = rule;
  if (!Array.isArray(when)) throw new InputError(`${path}.when`, 'a list of conditions');
  if (color !== undefined && !(typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color)))
    throw new InputError(`${path}.color`, 'a colour such as "#0f766e"');
  if (match !== undefined && match !== 'all' && match !== 'any')
    throw new InputError(`${path}.match`, '"all" or "any"');
  return {
    id: readText(rule['id'], `${path}.id`),
    name: readText(rule['name'], `${path}.name`),
    ...(color === undefined ? {} : { color }),
    ...(match === undefined ? {} : { match }),
    when: when.map((condition: unknown, index) => readCondition(condition, `${path}.when[${index}]`)),
  };
}

function readCondition(json: unknown, path: string): SegmentCondition {
  const { field, op, value } = readRecord(json, path, ['field', 'op', 'value']);
  if (!isOneOf(SEGMENT_FIELDS, field)) throw new InputError(`${path}.field`, `one of ${SEGMENT_FIELDS.join(', ')}`);
  const allowed = operatorsOf(field);
  if (!isOneOf(allowed, op)) throw new InputError(`${path}.op`, `one of ${allowed.join(' ')} for ${field}`);
  const kind = op === 'in' ? 'list' : FIELD_RULES[field].kind;
  const { fits, expected } = VALUES[kind];
  if (!fits(value)) throw new InputError(`${path}.value`, `${expected}, got ${JSON.stringify(value)}`);
  return { field, op, value };
}

/** Flags and texts are equal or not; only numbers and amounts are more or less. */
function operatorsOf(field: SegmentField): readonly Operator[] {
  const { kind } = FIELD_RULES[field];
  if (kind === 'flag') return ['=', '!='];
  return kind === 'text' ? ['=', '!=', 'in'] : OPERATORS.filter((op) => op !== 'in');
}

interface ValueRule {
  readonly fits: (value: unknown) => value is ConditionValue;
  readonly expected: string;
}

const VALUES: Readonly<Record<FieldKind | 'list', ValueRule>> = {
  number: { fits: (value): value is number => Number.isFinite(value), expected: 'a number' },
  amount: {
    fits: (value): value is string => typeof value === 'string' && /^-?\d{1,15}(\.\d{1,3})?$/.test(value),
    expected: 'a decimal amount as text such as "1000.00"',
  },
  flag: { fits: (value): value is boolean => typeof value === 'boolean', expected: 'true or false' },
  text: { fits: (value): value is string => typeof value === 'string' && value !== '', expected: 'a text' },
  list: {
    fits: (value): value is string[] =>
      Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'),
    expected: 'a list of texts',
  },
};

function readRecord(json: unknown, path: string, known: readonly string[]): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new InputError(path, 'an object');
  for (const key of Object.keys(json))
    if (!known.includes(key)) throw new InputError(`${path}.${key}`, `one of the keys ${known.join(', ')}`);
  return json as Record<string, unknown>;
}

function readText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new InputError(path, 'a text that is not empty');
  return value;
}

function isOneOf<T extends string>(options: readonly T[], value: unknown): value is T {
  return options.includes(value as T);
}
