import { invalid } from './problem.js';

export interface PageQuery {
  readonly limit: number;
  /** The last row of the page before: the values of its sort key, in order. */
  readonly after: readonly string[] | null;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Reads `?limit=&cursor=`; 50 by default, 1–500. */
export function readPage(query: { limit?: unknown; cursor?: unknown }): PageQuery {
  const limit = query.limit === undefined ? 50 : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw invalid('limit', 'a whole number from 1 to 500');
  if (query.cursor === undefined || query.cursor === '') return { limit, after: null };
  try {
    const after: unknown = JSON.parse(Buffer.from(String(query.cursor), 'base64url').toString());
    if (!Array.isArray(after) || after.some((value) => typeof value !== 'string')) throw new Error('not a key');
    return { limit, after: after as string[] };
  } catch {
    throw invalid('cursor', 'the nextCursor of an earlier answer');
  }
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
