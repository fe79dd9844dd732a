import { createHash } from 'node:crypto';
import type { BrowseRow } from './wire.js';

/**
 * Times of change are read with an overlap, so that nothing is missed; this memory keeps what was read twice from being
 * handed on twice. A trace is a row's key and a hash of its content, because a row may change twice in one second.
 */
export type Trace = string;

/** Beyond so many, rows are simply handed on again: that changes nothing, and positions stay small. */
const MOST = 500;

export function traceOf({ key, cells }: BrowseRow): Trace {
  const content = createHash('sha256').update(JSON.stringify(cells)).digest('hex').slice(0, 12);
  return `${key.code}/${key.number}/${key.line} ${content}`;
}

/** PURE. The rows that were not handed on before. */
export function unseen(rows: readonly BrowseRow[], seen: readonly Trace[]): readonly BrowseRow[] {
  const known = new Set(seen);
  return known.size === 0 ? rows : rows.filter((row) => !known.has(traceOf(row)));
}

/** PURE. Traces of the rows that the next question, from `after` on, will bring again; in one order, whatever theirs. */
export function remember(rows: readonly BrowseRow[], after: string, before: readonly Trace[] = []): readonly Trace[] {
  const again = rows.filter(({ cells }) => (cells['line.modified'] ?? '') >= after);
  return [...new Set([...before, ...again.map(traceOf)])].sort().slice(0, MOST);
}
