import type { BusinessDate } from '../../kernel/index.js';
import { FIELDS, type FileKind, type Mapping, type TableKind } from './fields.js';
import type { Table, TableRow } from './table/index.js';
import { isCell, simple, textOf, type Cell } from './values.js';

/** Money that came in for an item, from a file of payments. */
export interface PaymentSeen {
  /** Decimal, as money travels in JSON. */
  readonly amount: string;
  readonly on: BusinessDate;
  readonly file: string;
  readonly line: number;
}

/** One row of a file: what it said, where, and how to read it. Kept raw, so that it can be read again without the file. */
export interface FileRow {
  readonly kind: FileKind;
  readonly file: string;
  readonly line: number;
  /** The day on which the file came in. */
  readonly on: BusinessDate;
  /** By field; empty cells are absent. */
  readonly values: Readonly<Record<string, Cell>>;
  /** The header of each field's column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly numbers: Mapping['numbers'];
  readonly dates: Mapping['dates'];
  /** Found wrong when the file was taken in, against its other rows or the open items. */
  readonly problem?: { readonly reason: string; readonly message: string };
  /** The day from which no list of open items held it any more. */
  readonly settledOn?: BusinessDate;
  readonly payments?: readonly PaymentSeen[];
}

/** A stored row as a pull gets it. */
export interface StoredRow {
  readonly sourceId: string;
  /** Rises with every import. */
  readonly version: string;
  /** It was never more than a row with a problem, and is no longer in the file. */
  readonly gone: boolean;
  readonly row: FileRow;
}

export interface NamedRow {
  readonly sourceId: string;
  readonly row: FileRow;
}

/** What a table's rows say, before anything is compared with what is known. */
export interface TableContent {
  readonly debtors: readonly NamedRow[];
  readonly receivables: readonly NamedRow[];
  readonly payments: readonly FileRow[];
}

const TOTALS = /^(sub|eind|grand)?(totaa?l|totaux|total)(en|s)?\b/i;

/** PURE. Rows by what they are about. A row of totals is no row; a name that comes twice is refused the second time. */
export function readRows(
  table: Table,
  how: { kind: TableKind; mapping: Mapping; file: string; on: BusinessDate },
): TableContent {
  const read = rowReader(table, how);
  const rows = table.rows.map(read).filter((row) => !isTotal(row));
  if (how.kind === 'payments') return { debtors: [], receivables: [], payments: rows };
  if (how.kind === 'debtors') return { debtors: named(rows, debtorIdOf), receivables: [], payments: [] };
  return { debtors: debtorsAmong(rows), receivables: named(rows, receivableIdOf), payments: [] };
}

const DEBTOR_KEYS = new Set(FIELDS.debtors.map(({ key }) => key));

/** The debtors that open items name: of each what its rows say together, the first row that says something wins. */
export function debtorsAmong(rows: readonly FileRow[]): NamedRow[] {
  const debtors = new Map<string, FileRow>();
  for (const row of rows) {
    const sourceId = debtorIdOf(row);
    if (sourceId === null) continue;
    const own = Object.fromEntries(Object.entries(row.values).filter(([key]) => DEBTOR_KEYS.has(key)));
    const known = debtors.get(sourceId);
    debtors.set(sourceId, { ...(known ?? row), values: { ...own, ...known?.values } });
  }
  return [...debtors].map(([sourceId, row]) => ({ sourceId, row }));
}

function rowReader(
  { headers }: Table,
  { kind, mapping, file, on }: { kind: TableKind; mapping: Mapping; file: string; on: BusinessDate },
): (row: TableRow) => FileRow {
  const { numbers, dates } = mapping;
  const places = FIELDS[kind].flatMap(({ key }) => {
    const header = mapping.columns[key];
    const place = header === undefined ? -1 : headers.indexOf(header);
    return place < 0 ? [] : [[key, place] as const];
  });
  const columns = Object.fromEntries(places.map(([key, place]) => [key, headers[place]!]));
  return ({ line, cells }) => {
    const values = places.flatMap(([key, place]) => {
      const cell = cells[place];
      return isCell(cell) && cell !== '' ? [[key, cell] as const] : [];
    });
    return { kind, file, line, on, values: Object.fromEntries(values), columns, numbers, dates };
  };
}

function isTotal({ kind, values }: FileRow): boolean {
  const first = Object.values(values).find((cell) => typeof cell === 'string');
  if (values['invoiceNumber'] !== undefined && kind !== 'debtors') return TOTALS.test(String(values['invoiceNumber']));
  return typeof first === 'string' && TOTALS.test(first.trim());
}

/** The debtor's number, or where files have none its name; null when the row has neither. */
export function debtorIdOf({ values }: Pick<FileRow, 'values'>): string | null {
  const code = textOf(values['debtorCode']);
  if (code !== null) return code;
  const name = textOf(values['debtorName']);
  return name === null ? null : `name:${simple(name) || name}`;
}

/** The invoice number, or the line's own number where invoice numbers are not unique. */
export function receivableIdOf({ values }: Pick<FileRow, 'values'>): string | null {
  return textOf(values['itemId']) ?? textOf(values['invoiceNumber']);
}

function named(rows: readonly FileRow[], idOf: (row: FileRow) => string | null): NamedRow[] {
  const lines = new Map<string, number>();
  return rows.map((row) => {
    const id = idOf(row);
    if (id === null) return { sourceId: `line ${row.line}`, row };
    const earlier = lines.get(id);
    if (earlier === undefined) {
      lines.set(id, row.line);
      return { sourceId: id, row };
    }
    const message = `Line ${row.line} of ${row.file}: "${id}" stands on line ${earlier} too; give each line a number of its own.`;
    return { sourceId: `${id} (line ${row.line})`, row: { ...row, problem: { reason: 'DUPLICATE_ROW', message } } };
  });
}
