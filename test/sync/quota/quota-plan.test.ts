import type { BudgetSeen } from '../../../src/connectors/contract/index.js';
import { lineSeen, linesOf, reserveOf, type BudgetLine } from '../../../src/sync/quota/budget-line.js';
import { restUntil } from '../../../src/sync/quota/error-budget.js';
import { planGrant, type Grant } from '../../../src/sync/quota/grant-plan.js';
import { endOfWindow, freshWindow, learned, rolled, type QuotaWindow } from '../../../src/sync/quota/quota-window.js';

const at = (instant: string): number => Date.parse(`2026-11-18T${instant}Z`);
const MINUTE: BudgetLine = {
  label: 'Calls per minute',
  scope: 'administration',
  holder: 'administration:1',
  limit: 60,
  reserve: 2,
  perSeconds: 60,
  timeZone: 'UTC',
};
const DAY: BudgetLine = { ...MINUTE, label: 'Calls per day', limit: 5_000, reserve: 250, perSeconds: 86_400 };
const window = (changes: Partial<QuotaWindow> = {}): QuotaWindow => ({
  endsAt: at('09:01:00'),
  used: 0,
  previousUsed: 0,
  late: 0,
  limitSeen: null,
  ...changes,
});
const grant = (used: number, { units = 1, urgent = false, now = '09:00:30', line = MINUTE } = {}): Grant =>
  planGrant([{ line, window: window({ used }) }], { units, urgent }, at(now));

describe('a claim on a budget', () => {
  it.each([
    // used, urgent, units granted
    [0, false, 14],
    [30, false, 7],
    [54, false, 1],
    [57, false, 1],
    [58, false, null],
    [58, true, 1],
    [59, true, 1],
    [60, true, null],
  ])(
    'takes a slice far from the limit, single calls near it, and the reserve only for who may: %j',
    (used, urgent, units) => {
      const answer = grant(used, { urgent });
      expect(answer.granted ? answer.units : null).toBe(units);
    },
  );

  it('says when there is room again: after the window, and a guard for clocks that differ', () => {
    expect(grant(58)).toMatchObject({ granted: false, until: at('09:01:01'), reserveOnly: true });
    expect(grant(60, { urgent: true })).toMatchObject({ granted: false, until: at('09:01:01'), reserveOnly: false });
  });

  it('takes from all budgets of the call or from none', () => {
    const full = window({ endsAt: Date.parse('2026-11-19T00:00:00Z'), used: 4_750 });
    const both = [
      { line: MINUTE, window: window() },
      { line: DAY, window: full },
    ];
    expect(planGrant(both, { units: 1, urgent: false }, at('09:00:30'))).toMatchObject({ granted: false, line: DAY });
    const urgent = planGrant(both, { units: 1, urgent: true }, at('09:00:30'));
    expect(urgent).toMatchObject({ granted: true, units: 1, windows: [{ used: 1 }, { used: 4_751 }] });
  });

  it('counts the last second of a window on both sides of its end', () => {
    const answer = grant(10, { now: '09:00:59.500' });
    expect(answer).toMatchObject({ granted: true, units: 1, windows: [{ used: 11, late: 1 }] });
    if (!answer.granted) throw new Error('refused');
    expect(rolled(answer.windows[0]!, MINUTE, at('09:01:00'))).toMatchObject({ used: 1, previousUsed: 11, late: 0 });
  });

  it('trusts the new window only when the source must have opened it too', () => {
    const next = rolled(window({ used: 58 }), MINUTE, at('09:01:00.300'));
    const ask = { units: 1, urgent: false };
    expect(planGrant([{ line: MINUTE, window: next }], ask, at('09:01:00.300'))).toMatchObject({
      granted: false,
      until: at('09:01:01'),
    });
    expect(planGrant([{ line: MINUTE, window: next }], ask, at('09:01:01'))).toMatchObject({ granted: true });
  });

  it('leaves a twentieth of a day and a thirtieth of a minute, or what is declared', () => {
    expect([reserveOf(DAY, 5_000), reserveOf(MINUTE, 60)]).toEqual([250, 2]);
    expect(reserveOf({ perSeconds: 86_400 }, 5_000)).toBe(250);
    expect(reserveOf({ perSeconds: 60 }, 60)).toBe(2);
  });
});

describe('the window of a budget', () => {
  it.each([
    ['UTC', '2026-11-18T23:30:00Z', '2026-11-19T00:00:00.000Z'],
    ['Europe/Amsterdam', '2026-11-18T22:30:00Z', '2026-11-18T23:00:00.000Z'],
    ['Europe/Amsterdam', '2026-11-18T23:30:00Z', '2026-11-19T23:00:00.000Z'],
    // The day on which summer time ends has 25 hours.
    ['Europe/Amsterdam', '2026-10-25T00:30:00Z', '2026-10-25T23:00:00.000Z'],
  ])('ends a day at midnight in the zone of the source: %s, %s', (timeZone, now, end) => {
    expect(new Date(endOfWindow({ perSeconds: 86_400, timeZone }, Date.parse(now))).toISOString()).toBe(end);
  });

  const seen = (changes: Partial<BudgetSeen>): BudgetSeen => ({
    scope: 'minute',
    limit: 60,
    remaining: 50,
    resetsAt: new Date(at('09:01:00')),
    ...changes,
  });
  const learn = (used: number, changes: Partial<BudgetSeen>): QuotaWindow =>
    learned(window({ used }), MINUTE, { seen: seen(changes), at: at('09:00:20') });

  it('believes the source when others called too', () => {
    expect(learn(10, { remaining: 20 })).toMatchObject({ used: 40 });
    expect(learn(10, { remaining: 0 })).toMatchObject({ used: 60 });
  });

  it('does not forget what is lent out when the source has counted less', () => {
    expect(learn(30, { remaining: 50 })).toMatchObject({ used: 30 });
  });

  it('ignores an answer of the window before, and moves on when the source has', () => {
    expect(learn(5, { remaining: 0, resetsAt: new Date(at('09:00:00')) })).toMatchObject({ used: 5 });
    const moved = learn(58, { remaining: 57, resetsAt: new Date(at('09:02:00')) });
    expect(moved).toMatchObject({ endsAt: at('09:02:00'), used: 3, previousUsed: 58 });
  });

  it('gives back to a day what a dead worker held', () => {
    const day = { ...freshWindow(DAY, at('09:00:00')), used: 1_000 };
    const resetsAt = new Date('2026-11-19T00:00:00Z');
    const heard = { seen: { scope: 'day' as const, limit: 5_000, remaining: 4_500, resetsAt }, at: at('09:00:20') };
    expect(learned(day, DAY, heard).used).toBe(600);
  });

  it('takes the limit of a certified app from the header, and never allows all together less than one', () => {
    const org = { ...MINUTE, limit: 25, reserve: 3, holder: 'connection:1' };
    const app = { ...MINUTE, limit: 50, reserve: 6, scope: 'app' as const, holder: 'app' };
    const none = (): null => null;
    expect(lineSeen([org, app], seen({ limit: 500 }), none)).toBe(org);
    expect(lineSeen([org, app], seen({ limit: 50 }), none)).toBe(app);
    expect(lineSeen([org, app], seen({ limit: 1_000 }), (line) => (line === org ? 500 : null))).toBe(app);
    const budgets = [
      { line: org, window: window({ used: 100, limitSeen: 500 }) },
      { line: app, window: window({ used: 100 }) },
    ];
    expect(planGrant(budgets, { units: 1, urgent: false }, at('09:00:30'))).toMatchObject({ granted: true, units: 20 });
  });
});

describe('whose budget a call takes from', () => {
  const budgets = [
    { label: 'a', count: 25, perSeconds: 60, scope: 'administration' as const },
    { label: 'b', count: 50, perSeconds: 60, scope: 'app' as const },
    { label: 'c', count: 10, perSeconds: 3_600, scope: 'endpoint' as const, counts: 'errors' as const },
  ];

  it.each([
    ['7095', 1, ['administration:7095', 'app']],
    [null, 3, ['connection:c1', 'app']],
    ['7095', 0, []],
  ])('of administration %s at %d units: %j', (administration, units, holders) => {
    const lines = linesOf({ budgets }, { administration, endpoint: 'x', units }, 'c1');
    expect(lines.map(({ holder }) => holder)).toEqual(holders);
  });
});

describe('the budget of errors', () => {
  const line = { stopAt: 6, perSeconds: 3_600 };
  const minutes = (...list: number[]): number[] => list.map((each) => at('09:00:00') + each * 60_000);

  it.each([
    [[0, 1, 2, 3, 4], null],
    [[0, 1, 2, 3, 4, 5], 60],
    [[0, 1, 2, 3, 4, 5, 6], 61],
    // The first two are more than an hour ago.
    [[-60, -55, 1, 2, 3, 4], null],
    [[-53, 0, 1, 2, 3, 4], 7],
  ])('rests after six errors within any hour, until they are five again: %j', (errors, until) => {
    expect(restUntil(minutes(...errors), line, at('09:06:00'))).toBe(until === null ? null : minutes(until)[0]);
  });
});
