import type { BusinessDate, CurrencyCode } from '../../kernel/index.js';
import type { LedgerObject, Mapped, ReceivableKind, ReceivableRecord } from '../../ledger/domain/index.js';
import { mappedOrRejected, readCurrency, show, Unreadable, type MapContext } from '../contract/index.js';
import { toDebtor } from './to-debtor.js';
import { filled, readAmount, readDate, readVersion } from './wire-values.js';
import { isElement } from './xml.js';

/**
 * One raw record of Twinfield in our words. PURE. What cannot be read comes back as `rejected` with a stable reason and
 * a message that names the field; nothing is guessed and nothing is thrown.
 */
export function toLedger(raw: unknown, context: MapContext): Mapped {
  return mappedOrRejected(
    () => MAPPERS[context.object](raw, context),
    () => nameOf(raw),
  );
}

const MAPPERS = {
  debtors: toDebtor,
  receivables: toReceivable,
  deletions: toTombstone,
  'open-items': toOpenItem,
} as const satisfies Record<LedgerObject, (raw: unknown, context: MapContext) => Mapped>;

/** The best name there is for a record that cannot be read. */
function nameOf(raw: unknown): string {
  if (!isElement(raw)) return 'unknown';
  const { key, code, daybook, number } = raw as Readonly<Record<string, unknown>>;
  if (isElement(key)) return [key['code'], key['number'], key['line']].filter((each) => typeof each === 'string').join('/') || 'unknown'; // prettier-ignore
  if (typeof code === 'string' && code !== '') return code;
  return typeof daybook === 'string' && typeof number === 'string' ? `${daybook}/${number}` : 'unknown';
}

/** A row of the browse, checked to be one. */
class Row {
  private constructor(
    readonly code: string,
    readonly number: string,
    readonly line: string,
    private readonly cells: Readonly<Record<string, unknown>>,
  ) {}

  static of(raw: unknown): Row {
    const { key, cells } = isElement(raw) ? (raw as Readonly<Record<string, unknown>>) : { key: null, cells: null };
    if (!isElement(key) || !isElement(cells)) throw new Unreadable('NOT_A_RECORD', 'This is not a row of a browse.');
    const part = (name: string): string => {
      const text = Object.hasOwn(key, name) ? key[name] : undefined;
      if (typeof text === 'string' && text.trim() !== '') return text.trim();
      throw new Unreadable('ID_MISSING', `The key of the row has no ${name}.`);
    };
    return new Row(part('code'), part('number'), part('line'), cells);
  }

  /** Code, number and line: Twinfield's own key within an office. */
  get sourceId(): string {
    return `${this.code}/${this.number}/${this.line}`;
  }

  /** Trimmed; null when empty or not in the answer. */
  find(column: string): string | null {
    const value = Object.hasOwn(this.cells, column) ? this.cells[column] : undefined;
    return typeof value === 'string' ? filled(value) : null;
  }

  /** As `find`, where "not in the answer" must not be taken for "empty": it would turn invoices into something else. */
  findAsked(column: string): string | null {
    if (typeof this.cells[column] === 'string') return this.find(column);
    throw new Unreadable('COLUMN_MISSING', `${column} is not in the answer.`);
  }

  get(column: string, reason: string): string {
    const text = this.find(column);
    if (text === null) throw new Unreadable(reason, `${column} is empty.`);
    return text;
  }

  date(column: string): BusinessDate | null {
    return readDate(this.find(column), column);
  }
}

/** The daybook of differences and write-offs that matching makes by itself. */
const WRITE_OFFS = 'AFLETTEREN';

function toReceivable(raw: unknown, context: MapContext): Mapped {
  const row = Row.of(raw);
  const status = statusOf(row);
  if (status === 'notmatchable') return { outcome: 'ignored' };
  const amounts = amountsOf(row, status, context);
  // Lines of a match are of no use to anybody once they are settled, and they are never open.
  if (row.code === WRITE_OFFS && amounts.openAmount === 0n) return { outcome: 'ignored' };
  const kind = kindOf(row, amounts.amount);
  const record: ReceivableRecord = {
    sourceId: row.sourceId,
    sourceVersion: versionOf(row.find('line.modified'), 'line.modified'),
    debtorSourceId: row.get('line.dim2', 'DEBTOR_MISSING'),
    entrySourceId: `${row.code}/${row.number}`,
    transactionSourceId: null,
    invoiceNumber: row.find('line.invnumber') ?? row.number,
    yourRef: null,
    kind,
    ...datesOf(row, kind),
    ...amounts,
    ...settlementOf(row, amounts.openAmount),
    description: null,
    paymentReference: null,
    // A debtor's line stands in a proposal when it is about to be collected from the bank.
    directDebit: status === 'proposed',
  };
  return { outcome: 'receivable', record };
}

/** A moment in seconds, with room for one step between two: a deletion goes after a change in the same second. */
function versionOf(stamp: string | null, name: string): bigint {
  return readVersion(stamp, name) * 10n;
}

const STATUSES = ['available', 'proposed', 'matched', 'notmatchable'] as const;
type Status = (typeof STATUSES)[number];

function statusOf(row: Row): Status {
  const text = row.get('line.matchstatus', 'UNKNOWN_STATUS');
  const known = STATUSES.find((each) => each === text);
  if (known === undefined) throw new Unreadable('UNKNOWN_STATUS', `line.matchstatus is not one we know: ${show(text)}.`); // prettier-ignore
  return known;
}

/**
 * In the currency of the booking; a debit is positive, so what is owed to us is. The columns in that currency are
 * hidden in some definitions: then those in the currency of the books say the same, if that is the booking's.
 */
function amountsOf(
  row: Row,
  status: Status,
  context: MapContext,
): Pick<ReceivableRecord, 'currency' | 'amount' | 'openAmount'> {
  const currency = readCurrency(row.get('head.curcode', 'UNKNOWN_CURRENCY'), 'head.curcode');
  const amount = amountIn(row, 'valuesigned', currency, context);
  const openAmount = amountIn(row, 'openvaluesigned', currency, context);
  if (status === 'matched' && openAmount !== 0n)
    throw new Unreadable('OPEN_AMOUNT_CONTRADICTS', 'The line is matched, and yet something is open.');
  return { currency, amount, openAmount };
}

const BASE = { valuesigned: 'basevaluesigned', openvaluesigned: 'openbasevaluesigned' } as const;

function amountIn(row: Row, column: keyof typeof BASE, currency: CurrencyCode, context: MapContext): bigint {
  const own = `line.${column}`;
  const text = row.find(own) ?? (currency === context.currency ? row.find(`line.${BASE[column]}`) : null);
  if (text === null) throw new Unreadable('AMOUNT_NOT_A_NUMBER', `${own} is empty.`);
  return readAmount(text, own, currency);
}

/**
 * The browse does not say which daybooks are for sales, and their codes differ per office. A sale has an invoice number
 * and a due date; a line without both is money that came in or went out, and is never dunned.
 */
function kindOf(row: Row, amount: bigint): ReceivableKind {
  if (row.findAsked('line.invnumber') === null || row.findAsked('line.datedue') === null) return 'payment';
  return amount < 0n ? 'credit-note' : 'invoice';
}

/** Money has no due date: the day it was booked stands for it. */
function datesOf(row: Row, kind: ReceivableKind): { invoiceDate: BusinessDate; dueDate: BusinessDate } {
  const invoiceDate = row.date('head.date');
  if (invoiceDate === null) throw new Unreadable('DATE_MISSING', 'head.date is empty.');
  const dueDate = row.date('line.datedue') ?? (kind === 'payment' ? invoiceDate : null);
  if (dueDate === null) throw new Unreadable('DATE_MISSING', 'line.datedue is empty.');
  return { invoiceDate, dueDate };
}

/** The date of the last match; with a payment in advance it lies before the invoice. */
function settlementOf(row: Row, openAmount: bigint): Pick<ReceivableRecord, 'settledOn' | 'lastPaymentOn'> {
  const lastPaymentOn = row.date('line.matchdate');
  return { settledOn: openAmount === 0n ? lastPaymentOn : null, lastPaymentOn };
}

function toTombstone(raw: unknown): Mapped {
  const { daybook, number, line, deletedAt } = isElement(raw) ? (raw as Readonly<Record<string, unknown>>) : {};
  if (typeof daybook !== 'string' || typeof number !== 'string' || daybook === '' || number === '')
    throw new Unreadable('ID_MISSING', 'The deleted transaction has no daybook or no number.');
  if (typeof line !== 'number' || !Number.isInteger(line))
    throw new Unreadable('ID_MISSING', 'The deleted line has no number.');
  const sourceVersion = versionOf(typeof deletedAt === 'string' ? filled(deletedAt) : null, 'DeletionDate') + 1n;
  const sourceId = `${daybook}/${number}/${line}`;
  return { outcome: 'tombstone', record: { object: 'receivables', sourceId, sourceVersion } };
}

function toOpenItem(raw: unknown, context: MapContext): Mapped {
  const row = Row.of(raw);
  const { currency, openAmount } = amountsOf(row, statusOf(row), context);
  const debtorSourceId = row.get('line.dim2', 'DEBTOR_MISSING');
  const invoiceNumber = row.find('line.invnumber') ?? row.number;
  return {
    outcome: 'open-item',
    record: { sourceId: row.sourceId, debtorSourceId, invoiceNumber, currency, openAmount },
  };
}
