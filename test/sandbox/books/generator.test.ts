import { createBook, readDataset, summariseBook, summariseDataset, type Book } from '../../../sandbox/books/index.js';
import { InputError, daysBetween, type BusinessDate } from '../../../src/kernel/index.js';

const today = '2026-11-22';

/** What the file and the generator are compared in; every debtor's share counts once in the spread. */
interface Habits {
  lateShare: number;
  meanDaysLate: number;
  meanDaysFromDue: number;
  meanAmount: number;
  amountDeviation: number;
  disputedShare: number;
  lateShareDeviation: number;
  neverLate: number;
  mostlyLate: number;
}

interface Paid {
  debtor: string;
  days: number;
  amount: number;
  disputed: boolean;
}

const mean = (values: readonly number[]): number => values.reduce((left, right) => left + right, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

function habitsOf(payments: readonly Paid[]): Habits {
  const byDebtor = new Map<string, Paid[]>();
  for (const payment of payments) byDebtor.set(payment.debtor, [...(byDebtor.get(payment.debtor) ?? []), payment]);
  const late = (some: readonly Paid[]): number => mean(some.map(({ days }) => (days > 0 ? 1 : 0)));
  const shares = [...byDebtor.values()].map(late);
  return {
    lateShare: late(payments),
    meanDaysLate: mean(payments.filter(({ days }) => days > 0).map(({ days }) => days)),
    meanDaysFromDue: mean(payments.map(({ days }) => days)),
    meanAmount: mean(payments.map(({ amount }) => amount)),
    amountDeviation: deviation(payments.map(({ amount }) => amount)),
    disputedShare: mean(payments.map(({ disputed }) => (disputed ? 1 : 0))),
    lateShareDeviation: deviation(shares),
    neverLate: mean(shares.map((share) => (share === 0 ? 1 : 0))),
    mostlyLate: mean(shares.map((share) => (share > 0.5 ? 1 : 0))),
  };
}

/** Seen from far in the future nothing is open, so that every payment counts, as in the file. */
function paymentsOf(book: Book): Paid[] {
  return book.receivables
    .filter(({ settledOn }) => settledOn !== null)
    .map((receivable) => ({
      debtor: receivable.debtorId,
      days: daysBetween(receivable.dueDate as BusinessDate, receivable.settledOn as BusinessDate),
      amount: receivable.amountMinor / 100,
      disputed: receivable.disputed,
    }));
}

/** Measured on the late-payment histories, with how far a hundred drawn debtors may be off. */
const MEASURED: Readonly<Record<keyof Habits, readonly [value: number, tolerance: number]>> = {
  lateShare: [0.352, 0.05],
  meanDaysLate: [9.6, 1.2],
  meanDaysFromDue: [-3.6, 1.5],
  meanAmount: [59.9, 2.5],
  amountDeviation: [20.4, 2],
  disputedShare: [0.227, 0.05],
  lateShareDeviation: [0.333, 0.05],
  neverLate: [0.17, 0.08],
  mostlyLate: [0.34, 0.1],
};

function expectClose(actual: Habits, expected: Readonly<Record<keyof Habits, readonly [number, number]>>): void {
  const off = Object.entries(expected).filter(
    ([name, [value, tolerance]]) => Math.abs(actual[name as keyof Habits] - value) > tolerance,
  );
  expect(off.map(([name, [value]]) => `${name} ${actual[name as keyof Habits]} instead of ${value}`)).toEqual([]);
}

describe('generated books', () => {
  it('have 2,466 receivables of 100 debtors unless told otherwise, the newest of today', async () => {
    const book = await createBook({ today });
    expect(summariseBook(book, today)).toMatchObject({ debtors: 100, receivables: 2_466 });
    const dates = book.receivables.map(({ invoiceDate }) => invoiceDate);
    expect(dates.at(-1)).toBe(today);
    expect([...dates].sort()).toEqual(dates);
    expect(daysBetween(dates[0] as BusinessDate, today as BusinessDate)).toBeGreaterThan(650);
    expect(
      book.receivables.every((r) => daysBetween(r.invoiceDate as BusinessDate, r.dueDate as BusinessDate) === 30),
    ).toBe(true);
  });

  it('keep open and settled apart', async () => {
    const book = await createBook({ today });
    for (const receivable of book.receivables) {
      const settled = receivable.settledOn !== null;
      expect(receivable.openMinor).toBe(settled ? 0 : receivable.amountMinor);
      if (settled) expect(receivable.settledOn! <= today && receivable.settledOn! >= receivable.invoiceDate).toBe(true);
    }
    const { openCount } = summariseBook(book, today);
    expect(openCount).toBeGreaterThan(40);
    expect(openCount).toBeLessThan(140);
  });

  it.each([1, 2, 3])('pay as the measured debtors do (seed %i)', async (seed) => {
    expectClose(habitsOf(paymentsOf(await createBook({ today, seed }))), MEASURED);
  });

  it('are the same for the same seed, others for another', async () => {
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map((seed) => createBook({ today, seed, size: 300, debtors: 20 })),
    );
    expect(same).toEqual(one);
    expect(other!.debtors[0]!.name === one!.debtors[0]!.name && other!.debtors[1]!.name === one!.debtors[1]!.name).toBe(
      false,
    );
    expect(other!.receivables[0]!.id).not.toBe(one!.receivables[0]!.id);
  });

  it('grow to 100,000 receivables of 20,000 debtors, all ids, codes and mailboxes unique', async () => {
    const book = await createBook({ today, size: 100_000, debtors: 20_000 });
    const unique = (values: readonly unknown[]): number => new Set(values).size;
    expect(book.receivables).toHaveLength(100_000);
    expect(unique(book.receivables.flatMap((r) => [r.id, r.entryId, r.transactionId]))).toBe(300_000);
    expect(unique(book.receivables.map(({ invoiceNumber }) => invoiceNumber))).toBe(100_000);
    expect(unique(book.debtors.map(({ id }) => id))).toBe(20_000);
    expect(unique(book.debtors.map(({ name }) => name))).toBe(20_000);
    const mailboxes = book.debtors.flatMap(({ email }) => email ?? []);
    expect(unique(mailboxes)).toBe(mailboxes.length);
  });

  it.each([
    ['size', { size: 0 }],
    ['size', { size: 1_000_001 }],
    ['debtors', { size: 10, debtors: 11 }],
    ['seed', { seed: -1 }],
    ['code', { code: 2 ** 31 }],
    ['today', { today: 'now' }],
  ])('refuse a %s out of range', async (path, options) => {
    const attempt = createBook({ today, ...options });
    await expect(attempt).rejects.toThrow(InputError);
    await expect(attempt).rejects.toMatchObject({ path });
  });
});

const dataset = process.env['OPENPOST_DATASET'];
(dataset === undefined ? describe.skip : describe)('beside the file they were measured on', () => {
  it('generated books pay like the debtors of the file', async () => {
    const fromFile = habitsOf(paymentsOf(await createBook({ today, dataset: dataset! })));
    const expected = Object.fromEntries(
      Object.entries(MEASURED).map(([name, [, tolerance]]) => [name, [fromFile[name as keyof Habits], tolerance]]),
    ) as unknown as typeof MEASURED;
    expectClose(habitsOf(paymentsOf(await createBook({ today }))), expected);
  });

  it('books from the file have the figures of its rows', async () => {
    const book = await createBook({ today, dataset: dataset! });
    const rows = await readDataset(dataset!);
    expect(summariseBook(book, today)).toEqual(summariseDataset(rows));
    expect(summariseDataset(rows)).toMatchObject({
      debtors: 100,
      receivables: 2_466,
      openCount: 83,
      openMinor: 493_010,
    });
  });
});
