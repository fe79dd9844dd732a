import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import { InputError, parseBusinessDate, parseMinor, type BusinessDate } from '../../src/kernel/index.js';

/** One line of a file with the columns of the late-payment histories. */
export interface DatasetRow {
  /** Line in the file, the header being line 1. */
  line: number;
  countryCode: string;
  customerId: string;
  invoiceNumber: string;
  invoiceDate: BusinessDate;
  dueDate: BusinessDate;
  /** Euro cents; negative for a credit note. */
  amountMinor: number;
  disputed: boolean;
  /** Null when the file leaves it empty: still open. */
  settledDate: BusinessDate | null;
}

const COLUMNS = [
  'countryCode',
  'customerID',
  'invoiceNumber',
  'InvoiceDate',
  'DueDate',
  'InvoiceAmount',
  'Disputed',
  'SettledDate',
] as const;
type Column = (typeof COLUMNS)[number];
type Cells = (column: Column) => string;

/**
 * Reads a CSV file of invoices. Columns are found by name, others are ignored; dates are `M/D/YYYY` or `YYYY-MM-DD`,
 * amounts decimal with at most two decimals. Throws {@link InputError} naming the row (line in the file) and column.
 */
export async function readDataset(path: string): Promise<DatasetRow[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError('--dataset', `a readable CSV file, got "${path}" (${error.code ?? error.message})`);
  });
  return parseDataset(text);
}

/** As {@link readDataset}, on the text itself. */
export function parseDataset(text: string): DatasetRow[] {
  const [header, ...records] = recordsOf(text);
  if (header === undefined) throw new InputError('row 1', `a header with the columns ${COLUMNS.join(', ')}`);
  const positions = positionsOf(header.record);
  if (records.length === 0) throw new InputError('row 2', 'at least one invoice below the header');
  return records.map(({ record, info }) => {
    if (record.length !== header.record.length)
      throw new InputError(
        `row ${info.lines}`,
        `${header.record.length} columns as in the header, got ${record.length}`,
      );
    return toRow(info.lines, (column) => record[positions[column]]!.trim());
  });
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

function recordsOf(text: string): CsvRecord[] {
  try {
    const options = { bom: true, info: true, skip_empty_lines: true, relax_column_count: true };
    return parse(text, options) as unknown as CsvRecord[];
  } catch (error) {
    const { message, lines } = error as { message: string; lines?: number };
    throw new InputError(lines === undefined ? 'the file' : `row ${lines}`, `well-formed CSV (${message})`);
  }
}

function positionsOf(header: readonly string[]): Record<Column, number> {
  const names = header.map((name) => name.trim());
  const positions = COLUMNS.map((column) => [column, names.indexOf(column)] as const);
  const missing = positions.find(([, position]) => position < 0);
  if (missing !== undefined) throw new InputError(`row 1, column ${missing[0]}`, 'this column in the header');
  return Object.fromEntries(positions) as Record<Column, number>;
}

function toRow(line: number, cell: Cells): DatasetRow {
  const invoiceDate = dateOf(line, 'InvoiceDate', cell);
  const dueDate = dateOf(line, 'DueDate', cell);
  if (dueDate < invoiceDate)
    throw wrong(line, 'DueDate', `a date on or after InvoiceDate ${cell('InvoiceDate')}`, cell);
  return {
    line,
    countryCode: filled(line, 'countryCode', cell),
    customerId: filled(line, 'customerID', cell),
    invoiceNumber: filled(line, 'invoiceNumber', cell),
    invoiceDate,
    dueDate,
    amountMinor: amountOf(line, cell),
    disputed: disputedOf(line, cell),
    settledDate: cell('SettledDate') === '' ? null : dateOf(line, 'SettledDate', cell),
  };
}

function wrong(line: number, column: Column, expected: string, cell: Cells): InputError {
  return new InputError(`row ${line}, column ${column}`, `${expected}, got ${JSON.stringify(cell(column))}`);
}

function filled(line: number, column: Column, cell: Cells): string {
  if (cell(column) === '') throw wrong(line, column, 'a value', cell);
  return cell(column);
}

function dateOf(line: number, column: Column, cell: Cells): BusinessDate {
  const text = cell(column);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const iso = american ? `${american[3]}-${american[1]!.padStart(2, '0')}-${american[2]!.padStart(2, '0')}` : text;
  try {
    return parseBusinessDate(iso);
  } catch {
    throw wrong(line, column, 'a calendar date M/D/YYYY or YYYY-MM-DD', cell);
  }
}

/** Far above any invoice, far below where a double loses cents. */
const LARGEST_MINOR = 10n ** 14n;

function amountOf(line: number, cell: Cells): number {
  try {
    const minor = parseMinor(cell('InvoiceAmount'), 'EUR');
    if (minor !== 0n && minor < LARGEST_MINOR && minor > -LARGEST_MINOR) return Number(minor);
  } catch {
    // Told below, with the row and the column.
  }
  throw wrong(line, 'InvoiceAmount', 'a decimal amount other than 0, with at most 2 decimals', cell);
}

function disputedOf(line: number, cell: Cells): boolean {
  const answer = cell('Disputed').toLowerCase();
  if (answer !== 'yes' && answer !== 'no') throw wrong(line, 'Disputed', 'Yes or No', cell);
  return answer === 'yes';
}
