import * as fc from 'fast-check';
import {
  computeProfile,
  decideSegment,
  DEFAULT_SEGMENT_RULES,
  SEGMENT_FIELDS,
  validateSegmentRules,
  type BehaviourProfile,
  type DebtorFacts,
  type SegmentRule,
} from '../../../src/segmentation/domain/index.js';
import { InputError, type BusinessDate } from '../../../src/kernel/index.js';

const average: BehaviourProfile = {
  ...computeProfile([], '2026-11-22' as BusinessDate),
  currency: 'EUR',
  paidCount: 20,
  amountWeightedDaysLate: 7,
  medianDaysLate: 5,
  shareOnTimeByCount: 0.6,
  shareOnTimeByAmount: 0.6,
};
const excellent = { amountWeightedDaysLate: 2, shareOnTimeByAmount: 0.9, oldestOverdueDays: 14 };
const segmentOf = (profile: Partial<BehaviourProfile>, facts: DebtorFacts = {}): string =>
  decideSegment({ ...average, ...profile }, facts, DEFAULT_SEGMENT_RULES).id;

describe('the default segments, on both sides of each boundary', () => {
  it.each<[string, Partial<BehaviourProfile>, string]>([
    ['nothing remarkable', {}, 'normal'],
    ['2 paid invoices', { paidCount: 2 }, 'new'],
    ['3 paid invoices', { paidCount: 3 }, 'normal'],
    ['14 days late', { amountWeightedDaysLate: 14 }, 'normal'],
    ['14.1 days late', { amountWeightedDaysLate: 14.1 }, 'high-risk'],
    ['40 % on time', { shareOnTimeByAmount: 0.4 }, 'normal'],
    ['39.99 % on time', { shareOnTimeByAmount: 0.3999 }, 'high-risk'],
    ['60 days overdue', { oldestOverdueDays: 60 }, 'normal'],
    ['61 days overdue', { oldestOverdueDays: 61 }, 'high-risk'],
    ['excellent', excellent, 'low-risk'],
    ['excellent but for a day late', { ...excellent, amountWeightedDaysLate: 2.1 }, 'normal'],
    ['excellent but for the share', { ...excellent, shareOnTimeByAmount: 0.8999 }, 'normal'],
    ['excellent but for an old invoice', { ...excellent, oldestOverdueDays: 15 }, 'normal'],
    [
      'excellent but getting worse',
      { ...excellent, trend: { direction: 'worsening', recentDaysLate: 4, earlierDaysLate: 0 } },
      'normal',
    ],
  ])('%s', (_, profile, expected) => expect(segmentOf(profile)).toBe(expected));

  it.each<[DebtorFacts]>([
    [{ blocked: true }],
    [{ publicBody: true }],
    [{ intercompany: true }],
    [{ directDebit: true }],
  ])('%j is special, however it pays', (facts) => {
    expect(segmentOf(excellent, facts)).toBe('special');
    expect(segmentOf({ paidCount: 0 }, facts)).toBe('special');
  });

  it('a debtor without any receivable is new', () => {
    const nobody = computeProfile([], '2026-11-22' as BusinessDate);
    expect(decideSegment(nobody, {}, DEFAULT_SEGMENT_RULES).id).toBe('new');
  });
});

describe('the reason', () => {
  it('says what was true of this debtor, with its numbers', () => {
    const profile = { ...average, amountWeightedDaysLate: 41.2, oldestOverdueDays: 75 };
    expect(decideSegment(profile, {}, DEFAULT_SEGMENT_RULES)).toEqual({
      id: 'high-risk',
      name: 'High risk',
      reason:
        'High risk: the average days late, weighted by amount, is 41.2 (more than 14) and the number of days that the oldest invoice is overdue is 75 (more than 60).',
      reasonCode: 'CONDITIONS_MET',
      facts: {
        currency: 'EUR',
        conditions: [
          { field: 'amountWeightedDaysLate', op: '>', value: 14, actual: 41.2 },
          { field: 'oldestOverdueDays', op: '>', value: 60, actual: 75 },
        ],
      },
    });
  });

  it.each<[Partial<BehaviourProfile>, DebtorFacts, string, string]>([
    [{}, {}, 'DEFAULT_SEGMENT', 'Normal: no other segment applies.'],
    [{}, { publicBody: true }, 'CONDITIONS_MET', 'Special: a public body.'],
    [{}, { segmentOverride: 'low-risk' }, 'CHOSEN_BY_PERSON', 'Low risk: chosen by a person.'],
    [{}, { segmentOverride: 'gone', blocked: true }, 'CONDITIONS_MET', 'Special: blocked in the ledger.'],
  ])('%j %j: %s', (profile, facts, code, reason) => {
    expect(decideSegment({ ...average, ...profile }, facts, DEFAULT_SEGMENT_RULES)).toMatchObject({
      reasonCode: code,
      reason,
    });
  });
});

describe('rules of one’s own', () => {
  const rulesFor = (...when: SegmentRule['when']): SegmentRule[] => [
    { id: 'mine', name: 'Mine', when },
    { id: 'rest', name: 'Rest', when: [] },
  ];
  const mine = (when: SegmentRule['when'][number], profile: Partial<BehaviourProfile> = {}, facts: DebtorFacts = {}) =>
    decideSegment({ ...average, ...profile }, facts, rulesFor(when)).id === 'mine';

  it.each([
    [999_999n, false],
    [1_000_000n, true],
  ])('an amount of %s cents against "10000.00"', (openAmount, expected) => {
    expect(mine({ field: 'openAmount', op: '>=', value: '10000.00' }, { openAmount })).toBe(expected);
  });

  it('an amount is told in the debtor’s currency', () => {
    const rules = rulesFor({ field: 'overdueAmount', op: '>', value: '0' });
    const { reason } = decideSegment({ ...average, currency: 'JPY', overdueAmount: 500n }, {}, rules);
    expect(reason).toBe('Mine: the overdue amount is 500 (more than 0).');
  });

  it('a text in a list', () => {
    const condition = { field: 'country', op: 'in', value: ['BE', 'LU'] } as const;
    expect([mine(condition, {}, { country: 'BE' }), mine(condition, {}, { country: 'NL' }), mine(condition)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('nothing can be said of what was never measured', () => {
    const unmeasured = { shareOnTimeByCount: null };
    expect(mine({ field: 'shareOnTimeByCount', op: '<', value: 1 }, unmeasured)).toBe(false);
    expect(mine({ field: 'shareOnTimeByCount', op: '!=', value: 1 }, unmeasured)).toBe(false);
  });

  it('the first rule that matches wins', () => {
    const rules: SegmentRule[] = ['first', 'second'].map((id) => ({
      id,
      name: id,
      when: [{ field: 'paidCount', op: '>', value: 1 }],
    }));
    expect(decideSegment(average, {}, [...rules, { id: 'rest', name: 'Rest', when: [] }]).id).toBe('first');
  });
});

describe('rules from outside', () => {
  const rest = { id: 'rest', name: 'Rest', when: [] };
  const rule = (condition: unknown) => [{ id: 'a', name: 'A', when: [condition] }, rest];

  it('the default rules pass and come back unchanged', () => {
    const json: unknown = JSON.parse(JSON.stringify(DEFAULT_SEGMENT_RULES));
    expect(validateSegmentRules(json)).toEqual(DEFAULT_SEGMENT_RULES);
  });

  it.each<[string, unknown, string]>([
    ['no list', {}, '$'],
    ['an empty list', [], '$'],
    ['a last rule with conditions', rule({ field: 'blocked', op: '=', value: true }).slice(0, 1), '$[0].when'],
    ['a rule without conditions in between', [rest, { ...rest, id: 'other' }], '$[0].when'],
    [
      'two rules of one id',
      [...rule({ field: 'blocked', op: '=', value: true }).slice(0, 1), { ...rest, id: 'a' }],
      '$[1].id',
    ],
    ['no name', [{ id: 'rest', when: [] }], '$[0].name'],
    ['an unknown key', [{ ...rest, colour: '#fff' }], '$[0].colour'],
    ['a colour that is none', [{ ...rest, color: 'red' }], '$[0].color'],
    ['an unknown match', [{ ...rest, match: 'some' }], '$[0].match'],
    ['an unknown field', rule({ field: 'mood', op: '=', value: 1 }), '$[0].when[0].field'],
    ['an unknown operator', rule({ field: 'paidCount', op: '~', value: 1 }), '$[0].when[0].op'],
    ['more or less of a flag', rule({ field: 'blocked', op: '>', value: true }), '$[0].when[0].op'],
    ['a number as text', rule({ field: 'paidCount', op: '>', value: '3' }), '$[0].when[0].value'],
    ['an amount as number', rule({ field: 'openAmount', op: '>', value: 3 }), '$[0].when[0].value'],
    ['a list that is none', rule({ field: 'country', op: 'in', value: 'NL' }), '$[0].when[0].value'],
    ['a condition that is none', rule('blocked'), '$[0].when[0]'],
  ])('%s', (_, json, path) => {
    let error: unknown = null;
    try {
      validateSegmentRules(json);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).path).toBe(path);
  });
});

it('every debtor gets exactly one segment of the list, whatever the rules ask', () => {
  const condition = fc.constantFrom(...SEGMENT_FIELDS).chain((field) =>
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const, 'in' as const),
      value: fc.oneof(fc.integer(), fc.boolean(), fc.constantFrom('1.00', '0.001', 'business'), fc.constant(['NL'])),
    }),
  );
  const rules = fc.array(
    fc.record({
      id: fc.uuid(),
      name: fc.constant('A'),
      match: fc.constantFrom('all' as const, 'any' as const),
      when: fc.array(condition),
    }),
    { minLength: 1 },
  );
  const facts = fc.record({
    blocked: fc.boolean(),
    kind: fc.constantFrom('business' as const, null),
    country: fc.constantFrom('NL', null),
  });
  fc.assert(
    fc.property(rules, facts, fc.constantFrom('EUR', 'JPY', null), (list, debtor, currency) => {
      const decision = decideSegment({ ...average, currency }, debtor, list);
      expect(list.map(({ id }) => id)).toContain(decision.id);
      expect(() => JSON.stringify(decision)).not.toThrow();
      expect(decision.reason.startsWith(`${decision.name}: `)).toBe(true);
    }),
  );
});
