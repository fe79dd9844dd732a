import { InputError, isKnownCurrency, parseBusinessDate, parseMinor } from '../../src/kernel/index.js';
import { paymentReferenceOf } from './assemble.js';
import { editDebtor } from './edit-debtor.js';
import type { Book, BookChange, BookCommand, BookDebtor, BookReceivable } from './model.js';
import { guidsOf } from './random.js';

type CommandOf<K extends BookCommand['kind']> = Extract<BookCommand, { kind: K }>;
type Handler<K extends BookCommand['kind']> = (book: Book, command: CommandOf<K>, today: string) => Partial<BookChange>;

const HANDLERS: { readonly [K in BookCommand['kind']]: Handler<K> } = {
  pay: (book, command, today) => {
    const receivable = openReceivable(book, command.receivable);
    settle(receivable, Math.abs(receivable.openMinor), { on: dateOr(today, command.on), money: true });
    return { receivables: [receivable.id] };
  },
  'part-pay': (book, command, today) => {
    const receivable = openReceivable(book, command.receivable);
    const amount = amountOf(command.amount, receivable.currency);
    if (amount > Math.abs(receivable.openMinor))
      throw new InputError('$.amount', `at most the open amount of receivable ${receivable.invoiceNumber}`);
    settle(receivable, amount, { on: dateOr(today, command.on), money: true });
    return { receivables: [receivable.id] };
  },
  credit,
  unmatch,
  'change-due-date': (book, command) => {
    const receivable = findReceivable(book, command.receivable);
    receivable.dueDate = parseBusinessDate(command.dueDate, '$.dueDate');
    return { receivables: [receivable.id] };
  },
  delete: (book, command) => {
    const { id } = findReceivable(book, command.receivable);
    book.receivables = book.receivables.filter((receivable) => receivable.id !== id);
    return { deletedReceivables: [id] };
  },
  'edit-debtor': (book, command) => {
    const debtor = findDebtor(book, command.debtor);
    editDebtor(book, debtor, command.changes);
    return { debtors: [debtor.id] };
  },
  'delete-debtor': (book, command) => {
    const { id } = findDebtor(book, command.debtor);
    const theirs = book.receivables.filter((receivable) => receivable.debtorId === id);
    book.debtors = book.debtors.filter((debtor) => debtor.id !== id);
    book.receivables = book.receivables.filter((receivable) => receivable.debtorId !== id);
    return { deletedDebtors: [id], deletedReceivables: theirs.map((receivable) => receivable.id) };
  },
  'add-invoice': addInvoice,
  receipt: (book, command, today) => {
    const on = dateOr(today, command.on);
    const amountMinor = -amountOf(command.amount, book.currency);
    const receipt = addReceivable(book, findDebtor(book, command.debtor), {
      kind: 'receipt',
      amountMinor,
      invoiceDate: on,
    });
    return { receivables: [receipt.id] };
  },
};

/**
 * Does to the books what a bookkeeper would, in place, and tells which records changed. A receivable is named by its
 * id, invoice number or your-reference, a debtor by its id or code. Nothing changes when the command is refused:
 * throws {@link InputError} naming the field.
 */
export function applyBookCommand(book: Book, command: BookCommand, today: string): BookChange {
  if (typeof command !== 'object' || command === null) throw new InputError('$', 'a command with a kind');
  if (!Object.hasOwn(HANDLERS, command.kind))
    throw new InputError('$.kind', `one of ${Object.keys(HANDLERS).join(', ')}, got ${JSON.stringify(command.kind)}`);
  const handler = HANDLERS[command.kind] as Handler<BookCommand['kind']>;
  const change = handler(book, command, parseBusinessDate(today, 'today'));
  return { debtors: [], receivables: [], deletedDebtors: [], deletedReceivables: [], ...change };
}

/** A credit note set against the invoice; what exceeds the open amount stays open on the credit note. */
function credit(book: Book, command: CommandOf<'credit'>, today: string): Partial<BookChange> {
  const invoice = findReceivable(book, command.receivable);
  if (invoice.kind !== 'invoice') throw new InputError('$.receivable', `an invoice, got a ${invoice.kind}`);
  const amount = amountOf(command.amount, invoice.currency);
  const on = dateOr(today, command.on);
  const note = addReceivable(book, debtorOf(book, invoice), {
    kind: 'credit-note',
    amountMinor: -amount,
    invoiceDate: on,
    currency: invoice.currency,
    yourRef: String(invoice.invoiceNumber),
  });
  const matched = Math.min(amount, invoice.openMinor);
  if (matched > 0) {
    settle(invoice, matched, { on, money: false });
    settle(note, matched, { on, money: false });
  }
  return { receivables: [invoice.id, note.id] };
}

/** The payment is taken back (a reversed collection, a wrong match): open again, save what credit notes took off. */
function unmatch(book: Book, command: CommandOf<'unmatch'>): Partial<BookChange> {
  const receivable = findReceivable(book, command.receivable);
  const credited = book.receivables
    .filter((note) => note.kind === 'credit-note' && note.debtorId === receivable.debtorId)
    .filter((note) => note.yourRef === String(receivable.invoiceNumber))
    .reduce((total, note) => total + Math.abs(note.amountMinor - note.openMinor), 0);
  const reopened = receivable.amountMinor - Math.sign(receivable.amountMinor) * credited;
  if (reopened === receivable.openMinor)
    throw new InputError('$.receivable', 'a receivable with a payment to take back');
  Object.assign(receivable, { openMinor: reopened, settledOn: null, lastPaymentDate: null });
  return { receivables: [receivable.id] };
}

function addInvoice(book: Book, command: CommandOf<'add-invoice'>): Partial<BookChange> {
  const currency = command.currency ?? book.currency;
  if (!isKnownCurrency(currency)) throw new InputError('$.currency', `a known ISO 4217 currency, got "${currency}"`);
  const number = command.invoiceNumber;
  if (number !== undefined && (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647))
    throw new InputError('$.invoiceNumber', 'a whole number from 1 to 2147483647');
  if (number !== undefined && book.receivables.some((receivable) => receivable.invoiceNumber === number))
    throw new InputError('$.invoiceNumber', `a number that is not used yet, got ${number}`);
  const invoice = addReceivable(book, findDebtor(book, command.debtor), {
    kind: 'invoice',
    amountMinor: amountOf(command.amount, currency),
    invoiceDate: parseBusinessDate(command.invoiceDate, '$.invoiceDate'),
    dueDate: parseBusinessDate(command.dueDate, '$.dueDate'),
    currency,
    ...(number === undefined ? {} : { invoiceNumber: number }),
  });
  return { receivables: [invoice.id] };
}

type Added = Pick<BookReceivable, 'kind' | 'amountMinor' | 'invoiceDate'> & Partial<BookReceivable>;

function addReceivable(book: Book, debtor: BookDebtor, added: Added): BookReceivable {
  const entryNumber = book.receivables.reduce((last, { entryNumber: number }) => Math.max(last, number), 0) + 1;
  const invoiceNumber = added.kind === 'receipt' ? 0 : (added.invoiceNumber ?? entryNumber);
  const [id, entryId, transactionId] = unusedGuids(book, entryNumber);
  const receivable: BookReceivable = {
    id,
    debtorId: debtor.id,
    entryId,
    transactionId,
    entryNumber,
    yourRef: '',
    dueDate: added.invoiceDate,
    currency: book.currency,
    openMinor: added.amountMinor,
    lastPaymentDate: null,
    settledOn: null,
    disputed: false,
    description: DESCRIPTIONS[added.kind],
    paymentReference: added.kind === 'invoice' ? paymentReferenceOf(book.country, invoiceNumber) : null,
    ...added,
    invoiceNumber,
  };
  book.receivables.push(receivable);
  return receivable;
}

const DESCRIPTIONS = { invoice: 'Levering', 'credit-note': 'Creditnota', receipt: 'Ontvangst zonder kenmerk' } as const;

/** How many records were added to a book: an id is not given out again after its record was deleted. */
const additions = new WeakMap<Book, number>();

function unusedGuids(book: Book, entryNumber: number): readonly [string, string, string] {
  const used = new Set(book.receivables.map((receivable) => receivable.id));
  for (;;) {
    const sequence = (additions.get(book) ?? 0) + 1;
    additions.set(book, sequence);
    const guids = guidsOf(`${book.code}|added|${entryNumber}|${sequence}`);
    if (!used.has(guids[0])) return guids;
  }
}

function settle(receivable: BookReceivable, amount: number, how: { on: string; money: boolean }): void {
  receivable.openMinor -= Math.sign(receivable.openMinor) * amount;
  if (how.money) receivable.lastPaymentDate = how.on;
  if (receivable.openMinor === 0) receivable.settledOn = how.on;
}

function findReceivable(book: Book, name: string): BookReceivable {
  if (typeof name === 'string' && name !== '') {
    const id = name.toLowerCase();
    const found =
      book.receivables.find((receivable) => receivable.id === id) ??
      book.receivables.find((receivable) => String(receivable.invoiceNumber) === name) ??
      book.receivables.find((receivable) => receivable.yourRef === name && receivable.kind === 'invoice');
    if (found !== undefined) return found;
  }
  throw new InputError('$.receivable', `a receivable of these books, got ${JSON.stringify(name)}`);
}

function openReceivable(book: Book, name: string): BookReceivable {
  const receivable = findReceivable(book, name);
  if (receivable.openMinor === 0) throw new InputError('$.receivable', `an open receivable; ${name} is settled`);
  return receivable;
}

function findDebtor(book: Book, name: string): BookDebtor {
  if (typeof name === 'string' && name !== '') {
    const id = name.toLowerCase();
    const found = book.debtors.find((debtor) => debtor.id === id || String(debtor.code) === name);
    if (found !== undefined) return found;
  }
  throw new InputError('$.debtor', `a debtor of these books, got ${JSON.stringify(name)}`);
}

function debtorOf(book: Book, receivable: BookReceivable): BookDebtor {
  return findDebtor(book, receivable.debtorId);
}

function dateOr(today: string, on: string | undefined): string {
  return on === undefined ? today : parseBusinessDate(on, '$.on');
}

function amountOf(decimal: string, currency: string): number {
  if (typeof decimal !== 'string') throw new InputError('$.amount', 'a decimal string such as "12.50"');
  const minor = parseMinor(decimal, currency, '$.amount');
  if (minor <= 0n || minor > BigInt(Number.MAX_SAFE_INTEGER)) throw new InputError('$.amount', 'an amount above zero');
  return Number(minor);
}
