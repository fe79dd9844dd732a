import { InputError, parseBusinessDate, toEpochDay } from '../../src/kernel/index.js';
import { assembleBook, type BookFrame } from './assemble.js';
import { readDataset } from './dataset.js';
import { debtorsFromDataset, draftsFromDataset } from './from-dataset.js';
import { generateDrafts } from './generator.js';
import type { Book } from './model.js';

export interface BookOptions {
  /** The administration's number; default 1700101. */
  code?: number;
  name?: string;
  country?: 'NL' | 'BE';
  /** Receivables to generate, at most 1,000,000; default 2,466. Not with `dataset`. */
  size?: number;
  /** Debtors to generate, at most `size`; default 100 (or `size` when that is less). Not with `dataset`. */
  debtors?: number;
  /** Same seed, same books; default 1. */
  seed?: number;
  /** A CSV file with the columns of the late-payment histories, instead of generating. */
  dataset?: string;
  /** The day on which the books stand, YYYY-MM-DD. */
  today: string;
  /** `false` keeps the dates of the file; otherwise they move so that the newest invoice is of `today`. */
  shift?: boolean;
}

export const DEFAULT_SIZE = 2_466;
export const DEFAULT_DEBTORS = 100;
const LARGEST_SIZE = 1_000_000;
const DEFAULT_CODE = 1_700_101;

/** Makes books from a file or a seed. Throws `InputError` naming the option, or the row and column of the file. */
export async function createBook(options: BookOptions): Promise<Book> {
  const frame: BookFrame = {
    code: wholeNumber('code', options.code ?? DEFAULT_CODE, { least: 1, most: 2_147_483_647 }),
    name: options.name ?? 'Lindeboom Groothandel BV',
    country: options.country ?? 'NL',
    seed: wholeNumber('seed', options.seed ?? 1, { least: 0, most: Number.MAX_SAFE_INTEGER }),
    today: toEpochDay(parseBusinessDate(options.today, 'today')),
  };
  if (options.dataset !== undefined) {
    const rows = await readDataset(options.dataset);
    const drafts = draftsFromDataset(rows, { today: frame.today, shift: options.shift ?? true });
    return assembleBook(frame, debtorsFromDataset(rows), drafts);
  }
  const size = wholeNumber('size', options.size ?? DEFAULT_SIZE, { least: 1, most: LARGEST_SIZE });
  const wanted = options.debtors ?? Math.min(DEFAULT_DEBTORS, size);
  const debtors = wholeNumber('debtors', wanted, { least: 1, most: size });
  const generated = generateDrafts({ size, debtors, seed: frame.seed, today: frame.today });
  return assembleBook(frame, generated.debtors, generated.drafts);
}

function wholeNumber(name: string, value: number, range: { least: number; most: number }): number {
  if (Number.isSafeInteger(value) && value >= range.least && value <= range.most) return value;
  throw new InputError(name, `a whole number from ${range.least} to ${range.most}, got ${value}`);
}
