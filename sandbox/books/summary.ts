import { toEpochDay, type BusinessDate } from '../../src/kernel/index.js';
import type { DatasetRow } from './dataset.js';
import type { Book } from './model.js';

/** The figures in which two tellings of the same books must agree. Amounts in minor units of the books' currency. */
export interface BookSummary {
  debtors: number;
  receivables: number;
  openCount: number;
  openMinor: number;
  /** Of the receivables settled by today, the share settled after the due date; 0 when none is settled. */
  lateShare: number;
  /** Open and due before today. */
  overdueMinor: number;
}

interface Fact {
  dueDate: string;
  settledOn: string | null;
  openMinor: number;
}

/** Counts what a book says on a day. Receivables in another currency count, but their amounts stay out of the sums. */
export function summariseBook(book: Book, today: string): BookSummary {
  const facts = book.receivables.map((receivable) => ({
    dueDate: receivable.dueDate,
    settledOn: receivable.settledOn,
    openMinor: receivable.openMinor,
    counted: receivable.currency === book.currency,
  }));
  return { debtors: book.debtors.length, ...summarise(facts, today) };
}

/**
 * The same figures straight from the rows of a file, without making books: what a reader of the file would compute.
 * `today` is a day in the file's own calendar, by default that of the newest invoice (as when the dates are shifted).
 */
export function summariseDataset(
  rows: readonly DatasetRow[],
  today: BusinessDate = newestInvoiceDate(rows),
): BookSummary {
  const facts = rows.map((row) => {
    const settled = row.settledDate !== null && toEpochDay(row.settledDate) <= toEpochDay(today);
    return {
      dueDate: row.dueDate,
      settledOn: settled ? row.settledDate : null,
      openMinor: settled ? 0 : row.amountMinor,
      counted: true,
    };
  });
  return { debtors: new Set(rows.map((row) => row.customerId)).size, ...summarise(facts, today) };
}

function newestInvoiceDate(rows: readonly DatasetRow[]): BusinessDate {
  return rows.reduce<BusinessDate>(
    (newest, row) => (row.invoiceDate > newest ? row.invoiceDate : newest),
    '0001-01-01' as BusinessDate,
  );
}

function summarise(facts: readonly (Fact & { counted: boolean })[], today: string): Omit<BookSummary, 'debtors'> {
  const open = facts.filter((fact) => fact.openMinor !== 0);
  const settled = facts.filter((fact) => fact.settledOn !== null && fact.settledOn <= today);
  const late = settled.filter((fact) => fact.settledOn! > fact.dueDate);
  const sum = (some: typeof open): number =>
    some.reduce((total, fact) => total + (fact.counted ? fact.openMinor : 0), 0);
  return {
    receivables: facts.length,
    openCount: open.length,
    openMinor: sum(open),
    lateShare: settled.length === 0 ? 0 : late.length / settled.length,
    overdueMinor: sum(open.filter((fact) => fact.dueDate < today)),
  };
}
