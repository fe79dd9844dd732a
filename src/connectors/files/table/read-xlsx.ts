import { Readable } from 'node:stream';
import { InputError } from '../../../kernel/index.js';
import type { Cell } from '../values.js';
import { LIMITS, type TableRow } from './table.js';
import { weighZip } from './weigh-zip.js';

/**
 * The rows of the first sheet that has any. Formulas are never computed: a cell gives the value that was saved with it.
 * Throws {@link InputError}.
 */
export async function readXlsx(bytes: Buffer): Promise<TableRow[]> {
  await weighZip(bytes);
  // Loaded when a spreadsheet comes: it takes half a second, which a start should not.
  const { default: excel } = await import('exceljs');
  const rows: TableRow[] = [];
  try {
    const reader = new excel.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
      entries: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      worksheets: 'emit',
    });
    for await (const sheet of reader) {
      if (rows.length > 0) continue;
      for await (const row of sheet) {
        const cells = toCells(row.values);
        if (cells.some((cell) => cell !== '')) rows.push({ line: row.number, cells });
        if (rows.length > LIMITS.rows + 50)
          throw new InputError('file', `at most ${LIMITS.rows} rows; split the file`, 'FILE_TOO_LARGE');
      }
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('file', 'a spreadsheet (.xlsx) that opens in Excel', 'FILE_UNREADABLE');
  }
  return rows;
}

/** Excel counts columns from 1; the first place of its list is empty. */
function toCells(values: unknown): Cell[] {
  if (!Array.isArray(values)) return [];
  return Array.from({ length: Math.min(values.length - 1, LIMITS.columns) }, (_, index) => toCell(values[index + 1]));
}

function toCell(value: unknown): Cell {
  if (typeof value === 'number') return Number.isFinite(value) ? value : '';
  if (typeof value === 'string') return value.trim().slice(0, LIMITS.cellLength);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  // Excel knows no zones: its day is the day in UTC of what was read.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value !== 'object' || value === null) return '';
  if ('richText' in value && Array.isArray(value.richText))
    return value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join('').trim(); // prettier-ignore
  if ('result' in value) return toCell(value.result);
  return 'text' in value ? toCell(value.text) : '';
}
