import type { Raw } from './wire/values.js';
import { wallMsToDate } from './wire/wall-time.js';
import type { DivisionStore, EntryRecord, Row } from './store/index.js';

/** The body of `GET /__sandbox/state`. `?division=` narrows it; `?rows=0` leaves the long lists of the books out. */
export function stateOf(
  divisions: ReadonlyMap<number, DivisionStore>,
  parts: { now: Date; tokens: number; query: URLSearchParams },
): Record<string, unknown> {
  const only = parts.query.get('division');
  const chosen = [...divisions.values()].filter(({ head }) => only === null || String(head.code) === only);
  const withRows = parts.query.get('rows') !== '0';
  return {
    vendor: 'exact-online',
    now: parts.now.toISOString(),
    // How many consents live; a token itself is never shown.
    tokens: parts.tokens,
    divisions: chosen.map((division) => divisionState(division, withRows)),
  };
}

function divisionState(division: DivisionStore, withRows: boolean): Record<string, unknown> {
  const { head, book } = division;
  const open = book.receivables.filter(({ openMinor }) => openMinor !== 0);
  return {
    code: head.code,
    name: head.name,
    country: head.country,
    counts: {
      debtors: book.debtors.length,
      receivables: book.receivables.length,
      open: open.length,
      notes: division.notes.size,
      tasks: division.tasks.size,
      documents: division.documents.size,
      attachments: division.attachments.size,
    },
    openMinor: totals(open),
    ...(withRows ? { debtors: book.debtors, receivables: book.receivables } : {}),
    // What clients and people wrote into accounts; those nobody wrote into are left out.
    accounts: [...division.accounts.values()]
      .filter(({ record }) => Object.keys(record.written).length > 0)
      .map(({ key, record }) => ({ id: key, written: record.written })),
    notes: entries(division.notes.values(), ['Account', 'Subject', 'Notes', 'Document', 'Date']),
    tasks: entries(division.tasks.values(), ['Account', 'Description', 'Notes', 'Document', 'ActionDate', 'TaskType']),
    documents: entries(division.documents.values(), [
      'Account',
      'Subject',
      'Body',
      'Type',
      'DocumentDate',
      'FinancialTransactionEntryID',
      'SalesInvoiceNumber',
    ]),
    subscriptions: [...division.subscriptions.values()].map(({ key, record }) => ({ id: key, ...record })),
    attachments: [...division.attachments.values()].map(({ key, record }) => ({
      id: key,
      document: record.document,
      fileName: record.fileName,
      bytes: record.bytes,
      base64Length: record.base64.length,
    })),
  };
}

function totals(open: DivisionStore['book']['receivables']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, openMinor } of open) sums[currency] = (sums[currency] ?? 0) + openMinor;
  return sums;
}

const DATES: readonly string[] = ['Date', 'ActionDate', 'DocumentDate'];

function entries(rows: Iterable<Row<EntryRecord>>, names: readonly string[]): Record<string, unknown>[] {
  return [...rows].map((row) => {
    const shown: Record<string, unknown> = {
      id: row.key,
      hid: row.record.hid,
      created: new Date(row.created).toISOString(),
      modified: new Date(row.modified).toISOString(),
    };
    for (const name of names) shown[toCamel(name)] = plain(name, row.record.fields[name] ?? null);
    return shown;
  });
}

function plain(name: string, value: Raw): Raw {
  return DATES.includes(name) && typeof value === 'number' ? wallMsToDate(value) : value;
}

function toCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
