import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * An append-only file of JSON lines. Every change is written before its answer goes out, so that a stand-in killed with
 * `kill -9` still knows every token it granted and every note it took. Without a path it keeps nothing.
 */
export class Journal {
  constructor(private readonly path: string | undefined) {}

  /** The entries of an earlier life, oldest first; a last line cut short by a kill is left out. */
  read(): unknown[] {
    if (this.path === undefined || !existsSync(this.path)) return [];
    const entries: unknown[] = [];
    for (const line of readFileSync(this.path, 'utf8').split('\n')) {
      if (line === '') continue;
      try {
        entries.push(JSON.parse(line));
      } catch {
        break;
      }
    }
    return entries;
  }

  append(entries: readonly unknown[]): void {
    if (this.path === undefined || entries.length === 0) return;
    appendFileSync(this.path, toLines(entries), { mode: 0o600 });
  }

  /** Replaces the file in one rename: the old one or the new one, never half of either. */
  rewrite(entries: Iterable<unknown>): void {
    if (this.path === undefined) return;
    mkdirSync(dirname(this.path), { recursive: true });
    const fresh = `${this.path}.new`;
    const file = openSync(fresh, 'w', 0o600);
    let batch: unknown[] = [];
    for (const entry of entries) {
      batch.push(entry);
      if (batch.length < 1_000) continue;
      writeSync(file, toLines(batch));
      batch = [];
    }
    writeSync(file, toLines(batch));
    closeSync(file);
    renameSync(fresh, this.path);
  }
}

function toLines(entries: readonly unknown[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
