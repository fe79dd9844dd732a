import { isUuid } from '../kernel/index.js';
import { invalid, type PageQuery } from '../http/index.js';

/** Where a page goes on: the sort value and the id of the last row shown. */
export interface After {
  readonly value: string;
  readonly id: string;
}

/**
 * Reads the cursor of a list that is sorted by `sort`, so that a cursor of another order, or one that somebody made up,
 * is a refusal and not an error of the database.
 * @throws Problem 400 naming `cursor`
 */
export function readAfter({ after }: PageQuery, sort: string, isValue: (text: string) => boolean): After | null {
  if (after === null) return null;
  const [sortedBy, value, id] = after;
  if (after.length !== 3 || sortedBy !== sort || value === undefined || !isValue(value) || !isUuid(id))
    throw invalid('cursor', 'the nextCursor of an earlier answer to the same question');
  return { value, id };
}

/** Fits Postgres' bigint. */
export const isWholeNumber = (text: string): boolean => /^-?\d{1,18}$/.test(text);

/** Postgres text cannot hold the zero character. */
export const isStorableText = (text: string): boolean => !text.includes('\0');
