import {
  readPayment,
  Refused,
  textOf,
  toLedger,
  type FileRow,
  type NamedRow,
  type PaymentSeen,
} from '../../connectors/files/index.js';
import { formatMinor } from '../../kernel/index.js';
import type { KnownItem, RowState, StatedRow } from './file-book.repository.js';

/** The administration's own currency and country, as a mapping needs them. */
export interface Place {
  readonly currency: string;
  readonly country: string;
}

/** PURE. What a row will be in the books: open, settled, or refused with its reason when a pull maps it. */
export function stateOf({ sourceId, row }: NamedRow, object: 'debtors' | 'receivables', place: Place): RowState {
  const mapped = toLedger({ sourceId, version: '1', gone: false, row }, { object, ...place });
  if (mapped.outcome === 'debtor') return 'open';
  if (mapped.outcome !== 'receivable') return 'refused';
  return mapped.record.openAmount === 0n ? 'settled' : 'open';
}

export function stateAll(rows: readonly NamedRow[], object: 'debtors' | 'receivables', place: Place): StatedRow[] {
  return rows.map((row) => ({ ...row, state: stateOf(row, object, place) }));
}

/** More than 50 and more than 2 % gone, or most of ten and more: a person looks first. */
export function isSuspicious({ open, dropped }: { open: number; dropped: number }): boolean {
  return dropped > Math.max(50, open * 0.02) || (open >= 10 && dropped * 2 > open);
}

export interface PaymentOutcome {
  /** Items with their new payments. */
  readonly items: StatedRow[];
  /** Payments that fit no item; they are shown with their reason. */
  readonly refused: StatedRow[];
  readonly applied: number;
}

/** PURE. Sets payments against open items by invoice number. Nothing is guessed: what does not fit is refused. */
export function applyPayments(
  rows: readonly FileRow[],
  known: readonly KnownItem[],
  { fileId, place }: { fileId: string; place: Place },
): PaymentOutcome {
  const items = new Map(known.map((item) => [item.sourceId, item.raw]));
  const byNumber = groupByNumber(known);
  const touched = new Set<string>();
  const refused: StatedRow[] = [];
  for (const row of rows) {
    try {
      const sourceId = itemFor(row, byNumber);
      items.set(sourceId, withPayment(items.get(sourceId)!, row, { sourceId, place }));
      touched.add(sourceId);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const problem = { reason: error.reason, message: error.message };
      refused.push({ sourceId: `payment ${fileId}:${row.line}`, state: 'refused', row: { ...row, problem } });
    }
  }
  const changed = [...touched].map((sourceId) => ({ sourceId, row: items.get(sourceId)! }));
  return { items: stateAll(changed, 'receivables', place), refused, applied: rows.length - refused.length };
}

function groupByNumber(known: readonly KnownItem[]): ReadonlyMap<string, readonly KnownItem[]> {
  const groups = new Map<string, KnownItem[]>();
  for (const item of known) {
    const number = textOf(item.raw.values['invoiceNumber']) ?? '';
    groups.set(number, [...(groups.get(number) ?? []), item]);
  }
  return groups;
}

function itemFor(row: FileRow, byNumber: ReadonlyMap<string, readonly KnownItem[]>): string {
  const number = textOf(row.values['invoiceNumber']) ?? '';
  const found = byNumber.get(number) ?? [];
  const open = found.filter(({ state }) => state === 'open');
  const where = `Line ${row.line} of ${row.file}`;
  if (found.length === 0)
    throw new Refused('INVOICE_UNKNOWN', `${where}: no open item has invoice number "${number}".`);
  if (open.length > 1)
    throw new Refused('INVOICE_AMBIGUOUS', `${where}: ${open.length} open items have invoice number "${number}".`);
  const [item] = open.length === 1 ? open : found;
  return item!.sourceId;
}

function withPayment(item: FileRow, row: FileRow, { sourceId, place }: { sourceId: string; place: Place }): FileRow {
  const mapped = toLedger({ sourceId, version: '1', gone: false, row: item }, { object: 'receivables', ...place });
  if (mapped.outcome !== 'receivable') throw new Refused('INVOICE_UNREADABLE', `Line ${row.line} of ${row.file}: the open item itself was not understood.`); // prettier-ignore
  const { currency, openAmount } = mapped.record;
  const { amount, on } = readPayment(row, currency);
  const isMore = openAmount >= 0n ? amount > openAmount : amount < openAmount;
  if (isMore || openAmount === 0n) {
    const message = `Line ${row.line} of ${row.file}: expected at most ${formatMinor(openAmount, currency)} ${currency}, which is what is open, got ${formatMinor(amount, currency)}.`;
    throw new Refused('PAYMENT_TOO_LARGE', message);
  }
  const payment: PaymentSeen = { amount: formatMinor(amount, currency), on, file: row.file, line: row.line };
  return { ...item, payments: [...(item.payments ?? []), payment] };
}
