import { compile, lowerBound, toUrlLiteral, type OrderBy, type Query } from '../odata/index.js';
import { fieldOf, valueOf, type Context, type Resource } from '../resources/index.js';
import type { Row } from '../store/index.js';
import type { Raw } from '../wire/values.js';

export interface Page {
  readonly rows: readonly Row[];
  /** Where the next page starts (order values, then the key), as URL literals; `null` at the end. */
  readonly token: readonly string[] | null;
}

/** Cuts one page out of a resource's rows: token or filter bound, filter, `$skip`, at most `limit` rows. */
export function cutPage(resource: Resource, query: Query, context: Context, limit: number): Page {
  const order = orderOf(resource, query);
  const rows = ordered(resource, order, context);
  const start = startOf(resource, rows, { query, order, context });
  const keep = predicate(resource, query, context);
  const found: Row[] = [];
  let toSkip = query.skipToken === null ? (query.skip ?? 0) : 0;
  for (let index = start; index < rows.length; index += 1) {
    const row = rows[index]!;
    if (row.dead || !keep(row)) continue;
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    if (found.length === limit)
      return { rows: found, token: tokenOf(resource, order, { row: found.at(-1)!, context }) };
    found.push(row);
  }
  return { rows: found, token: null };
}

export function countRows(resource: Resource, query: Query, context: Context): number {
  const keep = predicate(resource, query, context);
  return resource.rows(context).reduce((count, row) => (!row.dead && keep(row) ? count + 1 : count), 0);
}

function predicate(resource: Resource, query: Query, context: Context): (row: Row) => boolean {
  if (query.filter === null) return () => true;
  const evaluate = compile(query.filter.expression);
  return (row) => evaluate((name) => valueOf(resource, name)(row, context)) === true;
}

/** The order asked for, always ended by the key; just the key when none was. */
function orderOf(resource: Resource, query: Query): readonly OrderBy[] {
  const asked = query.orderBy.filter(({ field }) => field !== resource.key);
  const own = query.orderBy.find(({ field }) => field === resource.key);
  return [...asked, own ?? { field: resource.key, descending: false }];
}

function ordered(resource: Resource, order: readonly OrderBy[], context: Context): readonly Row[] {
  const rows = resource.rows(context);
  if (order.length === 1 && !order[0]!.descending) return rows;
  const readers = order.map(({ field, descending }) => ({ read: valueOf(resource, field), descending }));
  const keyed = rows
    .filter((row) => !row.dead)
    .map((row) => ({ row, values: readers.map(({ read }) => read(row, context)) }));
  keyed.sort((left, right) => compareAll(left.values, right.values, order));
  return keyed.map(({ row }) => row);
}

function compareAll(left: readonly Raw[], right: readonly Raw[], order: readonly OrderBy[]): number {
  for (const [index, { descending }] of order.entries()) {
    const difference = compare(left[index] ?? null, right[index] ?? null);
    if (difference !== 0) return descending ? -difference : difference;
  }
  return 0;
}

/** Empty sorts first, as in the database underneath. */
function compare(left: Raw, right: Raw): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

interface Place {
  readonly query: Query;
  readonly order: readonly OrderBy[];
  readonly context: Context;
}

/** A binary search for the first row after the token, or at the filter's own lower bound. */
function startOf(resource: Resource, rows: readonly Row[], { query, order, context }: Place): number {
  const token = query.skipToken?.map((literal) => literal.value) ?? null;
  const byKey = order.length === 1 && !order[0]!.descending;
  const bound = query.filter !== null && byKey ? lowerBound(query.filter.expression, resource.key) : null;
  if (token === null && bound === null) return 0;
  const readers = order.map(({ field }) => valueOf(resource, field));
  const isBefore = (row: Row): boolean => {
    const values = readers.map((read) => read(row, context));
    return token === null ? compare(values[0]!, bound) < 0 : compareAll(values, token, order) <= 0;
  };
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(rows[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tokenOf(resource: Resource, order: readonly OrderBy[], end: { row: Row; context: Context }): string[] {
  return order.map(({ field }) =>
    toUrlLiteral(fieldOf(resource, field).type, valueOf(resource, field)(end.row, end.context)),
  );
}
