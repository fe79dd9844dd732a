import {
  applyBookCommand,
  createBook,
  summariseBook,
  type Book,
  type BookCommand,
  type BookReceivable,
} from '../../../sandbox/books/index.js';
import { InputError } from '../../../src/kernel/index.js';

const today = '2026-11-22';

async function smallBook(): Promise<{ book: Book; open: BookReceivable; settled: BookReceivable }> {
  const book = await createBook({ size: 200, debtors: 10, today });
  const open = book.receivables.find((receivable) => receivable.openMinor > 2_000)!;
  const settled = book.receivables.find((receivable) => receivable.openMinor === 0)!;
  return { book, open, settled };
}

function refused(book: Book, command: unknown): InputError {
  try {
    applyBookCommand(book, command as BookCommand, today);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the command was accepted');
}

describe('commands on the books', () => {
  it('pays a receivable in full on the day given, or today', async () => {
    const { book, open } = await smallBook();
    const before = summariseBook(book, today);
    const amount = open.openMinor;
    const change = applyBookCommand(book, { kind: 'pay', receivable: open.id, on: '2026-11-20' }, today);
    expect(change).toEqual({ debtors: [], receivables: [open.id], deletedDebtors: [], deletedReceivables: [] });
    expect(open).toMatchObject({ openMinor: 0, lastPaymentDate: '2026-11-20', settledOn: '2026-11-20' });
    const after = summariseBook(book, today);
    expect(after.openMinor).toBe(before.openMinor - amount);
    expect(after.openCount).toBe(before.openCount - 1);
  });

  it('finds a receivable by invoice number or your-reference, and a debtor by code', async () => {
    const { book, open } = await smallBook();
    applyBookCommand(book, { kind: 'part-pay', receivable: String(open.invoiceNumber), amount: '1.00' }, today);
    applyBookCommand(book, { kind: 'change-due-date', receivable: open.yourRef, dueDate: '2027-01-31' }, today);
    expect(open.dueDate).toBe('2027-01-31');
    const debtor = book.debtors[3]!;
    const edited = { kind: 'edit-debtor', debtor: String(debtor.code), changes: { email: null } } as const;
    expect(applyBookCommand(book, edited, today).debtors).toEqual([debtor.id]);
    expect(debtor.email).toBeNull();
  });

  it('takes a part payment off the open amount and settles with the last part', async () => {
    const { book, open } = await smallBook();
    const amount = open.openMinor;
    applyBookCommand(book, { kind: 'part-pay', receivable: open.id, amount: '5.25' }, today);
    expect(open).toMatchObject({
      openMinor: amount - 525,
      amountMinor: amount,
      lastPaymentDate: today,
      settledOn: null,
    });
    const rest = ((amount - 525) / 100).toFixed(2);
    const tooMuch = ((amount - 524) / 100).toFixed(2);
    expect(refused(book, { kind: 'part-pay', receivable: open.id, amount: tooMuch }).path).toBe('$.amount');
    applyBookCommand(book, { kind: 'part-pay', receivable: open.id, amount: rest }, today);
    expect(open).toMatchObject({ openMinor: 0, settledOn: today });
  });

  it('credits an invoice with a note of its own; the excess stays open on the note', async () => {
    const { book, open } = await smallBook();
    const amount = open.openMinor;
    const partly = applyBookCommand(book, { kind: 'credit', receivable: open.id, amount: '10.00' }, today);
    const note = book.receivables.find((receivable) => receivable.id === partly.receivables[1])!;
    expect(note).toMatchObject({ kind: 'credit-note', amountMinor: -1_000, openMinor: 0, settledOn: today });
    expect(open).toMatchObject({ openMinor: amount - 1_000, lastPaymentDate: null });
    const excess = ((amount - 1_000 + 250) / 100).toFixed(2);
    const fully = applyBookCommand(book, { kind: 'credit', receivable: open.id, amount: excess }, today);
    const second = book.receivables.find((receivable) => receivable.id === fully.receivables[1])!;
    expect(open).toMatchObject({ openMinor: 0, settledOn: today });
    expect(second).toMatchObject({ openMinor: -250, settledOn: null });
    expect(second.entryNumber).toBe(note.entryNumber + 1);
  });

  it('takes a payment back, but not what was credited', async () => {
    const { book, open } = await smallBook();
    const amount = open.amountMinor;
    applyBookCommand(book, { kind: 'credit', receivable: open.id, amount: '3.00' }, today);
    applyBookCommand(book, { kind: 'pay', receivable: open.id }, today);
    applyBookCommand(book, { kind: 'unmatch', receivable: open.id }, today);
    expect(open).toMatchObject({ openMinor: amount - 300, settledOn: null, lastPaymentDate: null });
    expect(refused(book, { kind: 'unmatch', receivable: open.id }).path).toBe('$.receivable');
  });

  it('adds an invoice and a receipt with ids and numbers of their own', async () => {
    const { book } = await smallBook();
    const debtor = book.debtors[0]!.id;
    const add = { kind: 'add-invoice', debtor, amount: '121.00', invoiceDate: today, dueDate: '2026-12-22' } as const;
    applyBookCommand(book, add, today);
    applyBookCommand(book, { ...add, invoiceNumber: 77, currency: 'USD' }, today);
    applyBookCommand(book, { kind: 'receipt', debtor, amount: '50.00' }, today);
    const [first, second, receipt] = book.receivables.slice(-3) as [BookReceivable, BookReceivable, BookReceivable];
    expect(first).toMatchObject({
      kind: 'invoice',
      openMinor: 12_100,
      currency: 'EUR',
      invoiceNumber: first.entryNumber,
    });
    expect(second).toMatchObject({ invoiceNumber: 77, currency: 'USD' });
    expect(receipt).toMatchObject({ kind: 'receipt', amountMinor: -5_000, openMinor: -5_000, invoiceNumber: 0 });
    expect(new Set(book.receivables.map(({ id }) => id)).size).toBe(203);
    expect(new Set(book.receivables.map(({ entryNumber }) => entryNumber)).size).toBe(203);
    expect(refused(book, { ...add, invoiceNumber: 77 }).path).toBe('$.invoiceNumber');
  });

  it('never gives an id out again after its record was deleted', async () => {
    const { book } = await smallBook();
    const debtor = book.debtors[0]!.id;
    const add = { kind: 'add-invoice', debtor, amount: '1.00', invoiceDate: today, dueDate: today } as const;
    const [gone] = applyBookCommand(book, add, today).receivables;
    expect(applyBookCommand(book, { kind: 'delete', receivable: gone! }, today).deletedReceivables).toEqual([gone]);
    expect(applyBookCommand(book, add, today).receivables).not.toEqual([gone]);
  });

  it('deletes a debtor together with its receivables', async () => {
    const { book } = await smallBook();
    const { id } = book.debtors[0]!;
    const theirs = book.receivables.filter(({ debtorId }) => debtorId === id).map((receivable) => receivable.id);
    const change = applyBookCommand(book, { kind: 'delete-debtor', debtor: id }, today);
    expect(change).toMatchObject({ deletedDebtors: [id], deletedReceivables: theirs });
    expect(theirs.length).toBeGreaterThan(0);
    expect(book.debtors).toHaveLength(9);
    expect(book.receivables.some(({ debtorId }) => debtorId === id)).toBe(false);
  });

  it('refuses a bad command, names the field and leaves the books as they were', async () => {
    const { book, open, settled } = await smallBook();
    const before = JSON.stringify(book);
    const debtor = book.debtors[0]!.id;
    const invoice = { kind: 'add-invoice', debtor, amount: '1.00', invoiceDate: today, dueDate: today };
    const cases: [unknown, string][] = [
      [null, '$'],
      [{ kind: 'burn' }, '$.kind'],
      [{ kind: 'toString' }, '$.kind'],
      [{ kind: 'pay', receivable: 'nobody' }, '$.receivable'],
      [{ kind: 'pay' }, '$.receivable'],
      [{ kind: 'pay', receivable: settled.id }, '$.receivable'],
      [{ kind: 'pay', receivable: open.id, on: '2026-02-30' }, '$.on'],
      [{ kind: 'part-pay', receivable: open.id, amount: '0.00' }, '$.amount'],
      [{ kind: 'part-pay', receivable: open.id, amount: 5 }, '$.amount'],
      [{ kind: 'credit', receivable: open.id, amount: '-1' }, '$.amount'],
      [{ kind: 'credit', receivable: open.id, amount: '1.00', on: 'today' }, '$.on'],
      [{ kind: 'unmatch', receivable: open.id }, '$.receivable'],
      [{ kind: 'change-due-date', receivable: open.id, dueDate: '1/2/2026' }, '$.dueDate'],
      [{ kind: 'edit-debtor', debtor, changes: {} }, '$.changes'],
      [{ kind: 'edit-debtor', debtor, changes: { id: 'x' } }, '$.changes.id'],
      [{ kind: 'edit-debtor', debtor, changes: { language: 'it' } }, '$.changes.language'],
      [{ kind: 'edit-debtor', debtor, changes: { code: book.debtors[1]!.code } }, '$.changes.code'],
      [{ kind: 'delete-debtor', debtor: '' }, '$.debtor'],
      [{ ...invoice, currency: 'XXX' }, '$.currency'],
      [{ ...invoice, invoiceDate: 'soon' }, '$.invoiceDate'],
      [{ ...invoice, dueDate: 'later' }, '$.dueDate'],
      [{ ...invoice, invoiceNumber: 2_147_483_648 }, '$.invoiceNumber'],
      [{ kind: 'receipt', debtor, amount: '1.234' }, '$.amount'],
    ];
    expect(cases.map(([command]) => refused(book, command).path)).toEqual(cases.map(([, path]) => path));
    expect(JSON.stringify(book)).toBe(before);
  });
});
