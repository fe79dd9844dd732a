import { JSON_TYPE, type Answer, type Call } from '../../http/index.js';
import { nextLink, parseLiterals, parseQuery, type Query } from '../odata/index.js';
import type { Resource } from '../resources/index.js';
import type { Row } from '../store/index.js';
import { ExactError } from '../wire/errors.js';
import { toAtom } from './atom.js';
import { countRows, cutPage } from './page.js';
import { rowWriter, type Target } from './project.js';

const SERVICE_HEADERS = { DataServiceVersion: '2.0;', 'Cache-Control': 'no-cache' };

/** What a list answer served, for faults that spoil or move rows. */
export interface Served {
  readonly answer: Answer;
  readonly rows: readonly Row[];
}

export function readList(target: Target, call: Call): Served {
  const { resource, context } = target;
  const query = parseQuery(call.search, resource.fields, resource.typeName);
  checkQuery(resource, query);
  if (lacksRights(target)) return { answer: dataAnswer(call, '{"results":[]}'), rows: [] };
  const limit = Math.min(query.top ?? Infinity, resource.pageSize);
  const page = cutPage(resource, query, context, limit);
  const results = writeRows(page.rows, rowWriter(target, query.select));
  // With a $top within one page the server does not page, and the answer is a bare array.
  if (query.top !== null && query.top <= resource.pageSize && resource.alwaysResults !== true)
    return { answer: dataAnswer(call, results), rows: page.rows };
  const count = query.inlineCount ? `,"__count":"${countRows(resource, query, context)}"` : '';
  const left = query.top === null ? null : query.top - page.rows.length;
  const more = page.token !== null && left !== 0;
  const next = more ? nextLink(target.address, query, { token: page.token, left }) : null;
  const link = next === null ? '' : `,"__next":${JSON.stringify(next)}`;
  return { answer: dataAnswer(call, `{"results":${results}${count}${link}}`), rows: page.rows };
}

/** Concatenation rather than a join: the engine then copies a page's text once instead of three times. */
function writeRows(rows: readonly Row[], write: (row: Row) => string): string {
  let text = '[';
  for (const [index, row] of rows.entries()) text += index === 0 ? write(row) : `,${write(row)}`;
  return `${text}]`;
}

/** A collection's number of rows as bare text; the service refuses it when JSON is asked for. */
export function readCount(target: Target, call: Call): Answer {
  if (wantsJson(call)) throw new ExactError(415, 'Unsupported media type requested.');
  const query = parseQuery(call.search, target.resource.fields, target.resource.typeName);
  checkQuery(target.resource, { ...query, hasSelect: true });
  const count = lacksRights(target) ? 0 : countRows(target.resource, query, target.context);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain;charset=utf-8', ...SERVICE_HEADERS },
    body: String(count),
  };
}

export function readOne(target: Target, call: Call, key: string): Served {
  const { resource, context } = target;
  const row = findRow(target, key);
  const query = parseQuery(call.search, resource.fields, resource.typeName);
  if (context.user.missingRights?.includes(resource.path)) throw notFound(resource);
  return { answer: dataAnswer(call, rowWriter(target, query.select)(row)), rows: [row] };
}

export function findRow({ resource, context }: Target, key: string): Row {
  const literal = parseLiterals(key)[0];
  if (literal === undefined || resource.find === undefined) throw notFound(resource);
  const row = resource.find(context, literal.value);
  if (row === undefined) throw notFound(resource);
  return row;
}

function notFound(resource: Resource): ExactError {
  return new ExactError(404, `Resource not found for the segment '${resource.path.split('/').at(-1)}'.`);
}

/** Missing user rights do not fail: the list is empty. */
function lacksRights({ resource, context }: Target): boolean {
  return context.user.missingRights?.some((path) => path.toLowerCase() === resource.path.toLowerCase()) ?? false;
}

function checkQuery(resource: Resource, query: Query): void {
  checkFilter(resource, query);
  if (resource.selectRequired === true && !query.hasSelect && query.top !== 1)
    throw new ExactError(400, 'Please add a $select or a $top=1 statement to the query string.');
  if (resource.noStar === true && query.select === null)
    throw new ExactError(400, '$select=* is not supported for this resource.'); // wording unverified
  if (resource.noSkip === true && query.skip !== null)
    throw new ExactError(400, "Query option '$skip' is not supported for this resource."); // wording unverified
  const order = query.orderBy.find(({ field }) => resource.orderBy !== undefined && !resource.orderBy.includes(field));
  if (order !== undefined) throw new ExactError(400, `Ordering on this field is not supported: ${order.field}`);
}

function checkFilter({ filter }: Resource, query: Query): void {
  if (filter === undefined) return;
  const used = [...(query.filter?.fields ?? [])];
  if ('only' in filter) {
    const refused = used.filter((name) => !filter.only.includes(name));
    if (refused.length > 0)
      throw new ExactError(400, `Filtering on these fields is not supported: ${refused.join(',')}`);
  } else if (!used.some((name) => filter.atLeastOne.includes(name)))
    throw new ExactError(
      400,
      'This endpoint has mandatory filtering applied. A GET request for this endpoint must have a $filter parameter ' +
        `with one of the following fields in the url:${filter.atLeastOne.join(',')}.`,
    );
}

/** Atom is the service's default; JSON comes only when it is asked for by name. */
export function wantsJson(call: Call): boolean {
  return (call.headers.accept ?? '').toLowerCase().includes('application/json');
}

/** Wraps data (JSON text) in the envelope the caller asked for. */
export function dataAnswer(call: Call, data: string, status = 200): Answer {
  if (wantsJson(call))
    return { status, headers: { 'Content-Type': JSON_TYPE, ...SERVICE_HEADERS }, body: `{"d":${data}}` };
  const type = 'application/atom+xml;type=feed;charset=utf-8';
  return { status, headers: { 'Content-Type': type, ...SERVICE_HEADERS }, body: toAtom(JSON.parse(data)) };
}
