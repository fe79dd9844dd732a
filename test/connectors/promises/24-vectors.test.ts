import { newBook } from '../../contract/reading.js';
import { Stage, type ContractSubject } from '../../contract/stage.js';
import { factsOfBook, Local, SUBJECTS } from './subjects.js';

/** Days and amounts on which other programs of this kind were seen to stumble. */
const DAYS = ['1969-12-31', '1970-01-01', '1999-12-31', '2024-02-29', '2026-03-29', '2026-10-25', '2038-01-20'];
const AMOUNTS: readonly (readonly [string, bigint])[] = [
  ['0.01', 1n],
  ['0.10', 10n],
  ['0.20', 20n],
  ['0.29', 29n],
  ['1.15', 115n],
  ['4.35', 435n],
  ['1234567.89', 123_456_789n],
  ['9999999999999.99', 999_999_999_999_999n],
];

describe.each(SUBJECTS)('what others stumbled over: %s', (_name, subject: ContractSubject) => {
  let stage: Stage;
  let local: Local;
  const pull = async (): Promise<void> => {
    const { records } = await stage.walk('receivables');
    local.take(records.map((raw) => stage.map('receivables', raw)));
  };
  beforeEach(async () => {
    stage = await Stage.open(subject, await newBook(120, 8));
    local = new Local();
  });
  afterEach(() => stage.standIn.close());

  const add = (amount: string, dueDate: string): string => {
    const debtor = stage.book.debtors[0]!.id;
    // Books are kept by year, and no package has one of before it was made.
    const invoiceDate = [dueDate, '2026-11-19'].toSorted()[0]! < '1999' ? '1999-12-01' : [dueDate, '2026-11-19'].toSorted()[0]!; // prettier-ignore
    stage.standIn.applyBookCommand({ kind: 'add-invoice', debtor, amount, invoiceDate, dueDate });
    return stage.book.receivables.at(-1)!.id;
  };

  it('keeps every digit of an amount', async () => {
    for (const [amount] of AMOUNTS) add(amount, '2026-12-18');
    await pull();
    expect(local.rejected).toEqual([]);
    const found = [...local.receivables.values()].filter(({ dueDate }) => dueDate === '2026-12-18').map(({ amount }) => amount); // prettier-ignore
    for (const [, minor] of AMOUNTS) expect(found).toContain(minor);
    expect(local.facts()).toEqual(factsOfBook(stage));
  });

  it('adds up without an error in the last digit', async () => {
    const id = add('0.30', '2026-12-18');
    stage.standIn.applyBookCommand({ kind: 'part-pay', receivable: id, amount: '0.10' });
    add('0.10', '2026-12-19');
    add('0.20', '2026-12-19');
    await pull();
    const openOn = (day: string): bigint => [...local.receivables.values()].filter(({ dueDate }) => dueDate === day).reduce((sum, { openAmount }) => sum + openAmount, 0n); // prettier-ignore
    expect([openOn('2026-12-18'), openOn('2026-12-19')]).toEqual([20n, 30n]);
  });

  it('keeps every day where it is, before 1970, on a leap day and when the clock changes', async () => {
    const { length } = stage.book.receivables;
    for (const day of DAYS) add('50.00', day);
    await pull();
    expect(local.rejected).toEqual([]);
    const found = [...local.receivables.values()].filter(({ amount }) => amount === 5_000n).map(({ dueDate }) => dueDate); // prettier-ignore
    expect(found).toEqual(expect.arrayContaining(DAYS));
    expect(stage.book.receivables).toHaveLength(length + DAYS.length);
  });

  it('replaces a record that changed, never adds a second', async () => {
    await pull();
    const before = local.receivables.size;
    for (const { id } of stage.book.receivables.slice(0, 30))
      stage.standIn.applyBookCommand({ kind: 'change-due-date', receivable: id, dueDate: '2027-05-05' });
    await pull();
    expect(local.receivables.size).toBe(before);
    expect(local.facts()).toEqual(factsOfBook(stage));
  });
});
