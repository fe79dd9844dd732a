import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { InputError } from '../../../kernel/index.js';
import { decodeText } from './decode.js';
import { LIMITS, type TableRow } from './table.js';

const DELIMITERS = [';', '\t', ',', '|'] as const;

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The rows of a text with delimiters, with the line on which each begins. Throws {@link InputError} that names the line. */
export async function readCsv(bytes: Uint8Array): Promise<TableRow[]> {
  const text = decodeText(bytes).replace(/^\ufeff/, '');
  const told = /^sep=(.)\r?\n/i.exec(text);
  const body = told === null ? text : text.slice(told[0].length);
  const delimiter = told?.[1] ?? findDelimiter(body);
  const offset = told === null ? 0 : 1;
  const rows: TableRow[] = [];
  const parser = Readable.from([body]).pipe(
    parse({ delimiter, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 200_000 }),
  );
  try {
    let begins = 1;
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      // What is reported is where a row ends; it begins that many line breaks earlier.
      const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
      begins = info.lines - breaks;
      if (record.some((cell) => cell.trim() !== '')) rows.push({ line: begins + offset, cells: record.map(trimmed) });
      if (rows.length > LIMITS.rows + 50)
        throw new InputError('file', `at most ${LIMITS.rows} rows; split the file`, 'FILE_TOO_LARGE');
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 0) + offset;
    throw new InputError('file', `rows with closed quotes; near line ${line}: ${error.message}`, 'FILE_UNREADABLE');
  }
  return rows;
}

function trimmed(cell: string): string {
  return cell.trim().slice(0, LIMITS.cellLength);
}

/** The mark that splits the first lines into the most columns, alike on each; outside quotes. */
function findDelimiter(text: string): string {
  const lines = text.slice(0, 50_000).replaceAll(/"[^"]*"/g, '').split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, 20); // prettier-ignore
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0);
    const usual = counts.toSorted((left, right) => left - right)[Math.floor(counts.length / 2)] ?? 0;
    return { delimiter, score: counts.filter((count) => count === usual).length * usual };
  });
  return scores.toSorted((left, right) => right.score - left.score)[0]!.delimiter;
}
