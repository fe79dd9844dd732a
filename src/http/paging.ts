import { isBusinessDate, isUuid } from '../kernel/index.js';
import { invalid } from './problem.js';

/** What one value of a list's sort key is, so that a cursor somebody made up is a refusal, not an error of the database. */
export type KeyPart = 'instant' | 'uuid' | 'whole-number' | 'text';

const IS: Readonly<Record<KeyPart, (text: string) => boolean>> = {
  // As Postgres writes one in a session in UTC, to the microsecond.
  instant: (text) =>
    /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/.test(text) && isBusinessDate(text.slice(0, 10)),
  uuid: isUuid,
  'whole-number': (text) => /^-?\d{1,9}$/.test(text),
  text: (text) => !text.includes('\0'),
};

export interface PageQuery {
  readonly limit: number;
  /** The last row of the page before: the values of its sort key, in order. */
  readonly after: readonly string[] | null;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * Reads `?limit=&cursor=`; 50 by default, 1–500. `key` names the parts of the list's sort key; a list that leaves it out
 * checks its cursor itself.
 */
export function readPage(query: { limit?: unknown; cursor?: unknown }, ...key: readonly KeyPart[]): PageQuery {
  const limit = query.limit === undefined ? 50 : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw invalid('limit', 'a whole number from 1 to 500');
  if (query.cursor === undefined || query.cursor === '') return { limit, after: null };
  try {
    const after: unknown = JSON.parse(Buffer.from(String(query.cursor), 'base64url').toString());
    if (!Array.isArray(after) || after.some((value) => typeof value !== 'string')) throw new Error('not a key');
    if (key.length > 0 && !fits(after as string[], key)) throw new Error('the key of another list');
    return { limit, after: after as string[] };
  } catch {
    throw invalid('cursor', 'the nextCursor of an earlier answer');
  }
}

function fits(after: readonly string[], key: readonly KeyPart[]): boolean {
  return after.length === key.length && key.every((part, index) => IS[part](after[index]!));
}

/** Ask the database for `limit + 1` rows; the extra one only says that there is more. */
export function toListPage<Row, T>(
  rows: readonly Row[],
  page: PageQuery,
  shape: { key: (row: Row) => readonly string[]; item: (row: Row) => T },
): ListPage<T> {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return {
    items: shown.map((row) => shape.item(row)),
    nextCursor: more ? Buffer.from(JSON.stringify(shape.key(last))).toString('base64url') : null,
  };
}
