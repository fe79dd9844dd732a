import type { Cell } from '../values.js';

/** A row of a table; `line` is where a person finds it in the file, from 1. Empty cells are empty text. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** A file as rows below a row of headers; headers are unique and never empty. */
export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
}

/** What a file may be at most; beyond it is refused with the number in the message. */
export const LIMITS = {
  fileBytes: 20_000_000,
  unpackedBytes: 200_000_000,
  rows: 100_000,
  columns: 200,
  cellLength: 5_000,
  zipEntries: 2_000,
} as const;
