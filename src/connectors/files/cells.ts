import type { FileRow } from './rows.js';
import { textOf, Unreadable, type Cell } from './values.js';

/** A row that is ours and was not understood. */
export class Refused extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** Reads the cells of a row; what is wrong is said with its place in the file. */
export class Cells {
  constructor(private readonly row: FileRow) {}

  text(key: string): string | null {
    return textOf(this.row.values[key]);
  }

  needText(key: string): string {
    const text = this.text(key);
    if (text !== null) return text;
    throw this.refuse(key, 'a value');
  }

  read<T>(key: string, how: (cell: Cell) => T): T {
    const cell = this.row.values[key];
    if (cell === undefined || textOf(cell) === null) throw this.refuse(key, 'a value');
    try {
      return how(cell);
    } catch (error) {
      if (error instanceof Unreadable) throw this.refuse(key, error.expected);
      throw error;
    }
  }

  has(key: string): boolean {
    return this.text(key) !== null;
  }

  refuse(key: string, expected: string): Refused {
    const { line, file, columns } = this.row;
    const got = this.text(key);
    const column = columns[key] === undefined ? `no column was chosen for ${key}` : `column "${columns[key]}"`;
    const seen = got === null ? 'it is empty' : `got "${got.slice(0, 60)}"`;
    return new Refused(reasonOf(key, got), `Line ${line} of ${file}, ${column}: expected ${expected}, ${seen}.`);
  }
}

function reasonOf(key: string, got: string | null): string {
  const field = key.replaceAll(/([A-Z])/g, '_$1').toUpperCase();
  return `${field}_${got === null ? 'MISSING' : 'UNREADABLE'}`;
}
