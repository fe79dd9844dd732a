import { InputError } from '../../../kernel/index.js';
import { isKnownHeader } from '../known-headers.js';
import { textOf } from '../values.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import { LIMITS, type Table, type TableRow } from './table.js';

export type Format = 'csv' | 'xlsx' | 'xml';

/** What a file is by its first bytes; its name says nothing. Throws {@link InputError} for what cannot be read. */
export function formatOf(bytes: Buffer): Format {
  if (bytes.length === 0) throw new InputError('file', 'a file with something in it', 'FILE_EMPTY');
  if (bytes.length > LIMITS.fileBytes)
    throw new InputError('file', `at most ${LIMITS.fileBytes / 1_000_000} MB`, 'FILE_TOO_LARGE');
  const head = bytes.subarray(0, 8).toString('latin1');
  if (head.startsWith('PK\u0003\u0004')) return 'xlsx';
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw new InputError('file', 'CSV or .xlsx; save this older Excel file as .xlsx', 'FILE_UNREADABLE');
  if (head.startsWith('%PDF')) throw new InputError('file', 'CSV, .xlsx or UBL, not a PDF', 'FILE_UNREADABLE');
  return /^(\u00ef\u00bb\u00bf)?\s*</.test(head) ? 'xml' : 'csv';
}

/** A CSV or XLSX file as a table. Throws {@link InputError} that says what is wrong and where. */
export async function readTable(bytes: Buffer): Promise<Table> {
  const rows = formatOf(bytes) === 'xlsx' ? await readXlsx(bytes) : await readCsv(bytes);
  const start = headerAt(rows);
  const header = rows[start];
  if (header === undefined || header.cells.filter((cell) => cell !== '').length < 2)
    throw new InputError('file', 'a row of headers with at least two columns', 'NO_HEADERS');
  const body = rows.slice(start + 1);
  if (body.length === 0) throw new InputError('file', 'at least one row below the headers', 'FILE_EMPTY');
  if (body.length > LIMITS.rows)
    throw new InputError('file', `at most ${LIMITS.rows} rows; split the file`, 'FILE_TOO_LARGE');
  if (header.cells.length > LIMITS.columns)
    throw new InputError('file', `at most ${LIMITS.columns} columns`, 'FILE_TOO_LARGE');
  return { headers: uniqueHeaders(header), rows: body };
}

const LOOK_AT = 20;

/** Reports begin with titles: the row with the most headers that we know, else the first of the widest. */
function headerAt(rows: readonly TableRow[]): number {
  const judged = rows.slice(0, LOOK_AT).map(({ cells }, index) => ({
    index,
    known: cells.filter((cell) => typeof cell === 'string' && isKnownHeader(cell)).length,
    width: cells.filter((cell) => typeof cell === 'string' && cell !== '').length,
  }));
  const best = judged.toSorted(
    (left, right) => right.known - left.known || right.width - left.width || left.index - right.index,
  );
  return best[0]?.index ?? 0;
}

function uniqueHeaders({ cells }: TableRow): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = textOf(cell) ?? `Column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
