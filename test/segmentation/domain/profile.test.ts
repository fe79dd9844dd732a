import * as fc from 'fast-check';
import { computeProfile, type ProfileReceivable } from '../../../src/segmentation/domain/index.js';
import { addDays, type BusinessDate } from '../../../src/kernel/index.js';

const ON = '2026-11-22' as BusinessDate;
const daysAgo = (days: number): BusinessDate => addDays(ON, -days);

/** An invoice due 100 days ago that was paid so many days after its due date. */
function paid(daysLate: number, more: Partial<ProfileReceivable> = {}): ProfileReceivable {
  const dueDate = more.dueDate ?? daysAgo(100);
  const dates = { invoiceDate: addDays(dueDate, -30), dueDate, settledOn: addDays(dueDate, daysLate) };
  return { kind: 'invoice', currency: 'EUR', amount: 10_000n, open: 0n, ...dates, ...more };
}

function unpaid(daysOverdue: number, more: Partial<ProfileReceivable> = {}): ProfileReceivable {
  return { ...paid(0, { dueDate: daysAgo(daysOverdue) }), open: 10_000n, settledOn: null, ...more };
}

describe('what was paid', () => {
  it('a debtor without receivables has nothing to measure', () => {
    expect(computeProfile([], ON)).toEqual({
      asOf: ON,
      windowDays: 730,
      currency: null,
      paidCount: 0,
      paidAmount: 0n,
      amountWeightedDaysLate: null,
      medianDaysLate: null,
      shareOnTimeByCount: null,
      shareOnTimeByAmount: null,
      trend: { direction: 'stable', recentDaysLate: null, earlierDaysLate: null },
      openAmount: 0n,
      overdueAmount: 0n,
      overdueCount: 0,
      oldestOverdueDays: 0,
      turnover: 0n,
      lastPaymentOn: null,
    });
  });

  it('days late weigh by amount: a large invoice paid late outweighs small ones paid on time', () => {
    const profile = computeProfile([paid(20, { amount: 90_000n }), paid(0), paid(-5)], ON);
    expect(profile).toMatchObject({
      paidCount: 3,
      paidAmount: 110_000n,
      amountWeightedDaysLate: 16.4,
      medianDaysLate: 0,
    });
  });

  it.each([
    [[0], 0],
    [[1, 4], 2.5],
    [[30, 1, 2], 2],
    [[-10, -20, 5], 0],
  ])('the median of %j days late is %d (early counts as 0)', (days, median) => {
    expect(
      computeProfile(
        days.map((late) => paid(late)),
        ON,
      ).medianDaysLate,
    ).toBe(median);
  });

  it('on time is up to and including the due date, by count and by amount', () => {
    const rows = [paid(-1), paid(0), paid(1, { amount: 60_000n })];
    expect(computeProfile(rows, ON)).toMatchObject({ shareOnTimeByCount: 2 / 3, shareOnTimeByAmount: 0.25 });
  });

  it('the window: 730 days back, up to the day itself', () => {
    const settledOn = (days: number) => paid(0, { settledOn: daysAgo(days), dueDate: daysAgo(days) });
    expect(computeProfile([settledOn(730)], ON).paidCount).toBe(0);
    expect(computeProfile([settledOn(729)], ON).paidCount).toBe(1);
    expect(computeProfile([settledOn(0)], ON).paidCount).toBe(1);
    expect(computeProfile([settledOn(-1)], ON).paidCount).toBe(0);
    expect(computeProfile([settledOn(30)], ON, { windowDays: 30 }).paidCount).toBe(0);
  });

  it('credit notes and unallocated money are not payments of an invoice', () => {
    expect(
      computeProfile([paid(5, { kind: 'credit-note', amount: -5_000n }), paid(5, { kind: 'payment' })], ON),
    ).toMatchObject({
      paidCount: 0,
      lastPaymentOn: null,
    });
  });

  it('the last payment, also a part payment; what comes after the day is not known yet', () => {
    expect(computeProfile([paid(1), unpaid(10, { lastPaymentOn: daysAgo(3) })], ON).lastPaymentOn).toBe(daysAgo(3));
    expect(computeProfile([paid(1), paid(101)], ON).lastPaymentOn).toBe(daysAgo(99));
  });
});

describe('what is open', () => {
  it('overdue starts the day after the due date', () => {
    const profile = computeProfile([unpaid(0), unpaid(1), unpaid(41), unpaid(-5)], ON);
    expect(profile).toMatchObject({
      openAmount: 40_000n,
      overdueAmount: 20_000n,
      overdueCount: 2,
      oldestOverdueDays: 41,
    });
  });

  it.each([-3_000n, 3_000n])('a credit of %s lowers what is open, not what is overdue', (open) => {
    const profile = computeProfile([unpaid(10), unpaid(10, { kind: 'credit-note', open })], ON);
    expect(profile).toMatchObject({ openAmount: 7_000n, overdueAmount: 10_000n, overdueCount: 1 });
  });

  it('turnover: what was invoiced within the window, credit notes deducted', () => {
    const rows = [
      paid(0),
      unpaid(10),
      paid(0, { kind: 'credit-note', amount: 4_000n }),
      paid(0, { dueDate: daysAgo(900) }),
    ];
    expect(computeProfile(rows, ON).turnover).toBe(16_000n);
  });

  it('currencies are never added up: amounts in the main one, counts in all', () => {
    const profile = computeProfile([paid(10), unpaid(3), paid(50, { currency: 'USD', amount: 99_999n })], ON);
    expect(profile).toMatchObject({
      currency: 'EUR',
      paidCount: 2,
      paidAmount: 10_000n,
      amountWeightedDaysLate: 10,
      medianDaysLate: 30,
    });
  });
});

describe('the trend', () => {
  const recent = (late: number) => paid(late, { dueDate: daysAgo(60) });
  const earlier = (late: number) => paid(late, { dueDate: daysAgo(400) });
  const three = (make: (late: number) => ProfileReceivable, late: number) => [make(late), make(late), make(late)];

  it.each([
    [10, 12.9, 'stable'],
    [10, 13, 'worsening'],
    [10, 7.1, 'stable'],
    [10, 7, 'improving'],
  ])('from %d to %d days late: %s', (before, after, direction) => {
    const whole = Math.floor(after);
    const tenths = Math.round((after - whole) * 10);
    // one decimal of days comes from the weights: nine tenths of the amount a day later
    const last = [recent(whole), recent(whole), paid(whole, { dueDate: daysAgo(60), amount: 1_000_000n })];
    const mixed = tenths === 0 ? last : [...last.slice(0, 2), ...weighted(whole, tenths)];
    const { trend } = computeProfile([...three(earlier, before), ...mixed], ON);
    expect(trend.earlierDaysLate).toBe(before);
    expect(trend.recentDaysLate).toBe(after);
    expect(trend.direction).toBe(direction);
  });

  function weighted(whole: number, tenths: number): ProfileReceivable[] {
    const amount = 100_000_000n;
    return [
      paid(whole + 1, { dueDate: daysAgo(60), amount: amount * BigInt(tenths) }),
      paid(whole, { dueDate: daysAgo(60), amount: amount * BigInt(10 - tenths) }),
    ];
  }

  it('needs three settled invoices on both sides', () => {
    const few = computeProfile([...three(earlier, 0), recent(40), recent(40)], ON);
    expect(few.trend).toEqual({ direction: 'stable', recentDaysLate: null, earlierDaysLate: null });
    expect(computeProfile([...three(earlier, 0), ...three(recent, 40)], ON).trend.direction).toBe('worsening');
  });
});

describe('whatever the books hold', () => {
  const rows = fc.array(
    fc.record({
      kind: fc.constantFrom('invoice' as const, 'credit-note' as const),
      currency: fc.constantFrom('EUR', 'USD'),
      amount: fc.bigInt({ min: 1n, max: 1_000_000n }),
      open: fc.bigInt({ min: 0n, max: 1_000_000n }),
      dueDate: fc.integer({ min: -60, max: 900 }).map(daysAgo),
      invoiceDate: fc.integer({ min: 0, max: 900 }).map(daysAgo),
      settledOn: fc.option(fc.integer({ min: -30, max: 900 }).map(daysAgo), { nil: null }),
    }),
    { maxLength: 30 },
  );

  it('shares lie between 0 and 1, days late between the least and the most, and order does not matter', () => {
    fc.assert(
      fc.property(rows, (receivables) => {
        const profile = computeProfile(receivables, ON);
        for (const share of [profile.shareOnTimeByCount, profile.shareOnTimeByAmount])
          if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
        if (profile.amountWeightedDaysLate !== null) expect(profile.amountWeightedDaysLate).toBeGreaterThanOrEqual(0);
        if (profile.shareOnTimeByAmount === 1) expect(profile.amountWeightedDaysLate).toBe(0);
        if (profile.medianDaysLate === 0) expect(profile.shareOnTimeByCount).toBeGreaterThanOrEqual(0.5);
        expect(profile.overdueCount === 0).toBe(profile.oldestOverdueDays === 0);
        expect(computeProfile(receivables.toReversed(), ON)).toEqual(profile);
      }),
    );
  });
});
