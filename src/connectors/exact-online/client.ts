import { isRecord } from '../../kernel/index.js';
import {
  SourceError,
  type BudgetSeen,
  type ConnectorContext,
  type SourceRequest,
  type SourceResponse,
} from '../contract/index.js';
import { errorOf, readReset } from './errors.js';

/** One answer of a list, as it came. */
export interface WirePage {
  readonly rows: readonly unknown[];
  /** Path and query of the next page; null at the end. */
  readonly next: string | null;
  readonly budgets: readonly BudgetSeen[];
}

export interface Query {
  readonly select: readonly string[];
  readonly filter?: string;
}

/** The path of a list in a division. The division is always named: "current" moves when the user clicks elsewhere. */
export function listPath(division: string, resource: string, { select, filter }: Query): string {
  const options = [`$select=${select.join(',')}`];
  if (filter !== undefined) options.push(`$filter=${encodeURIComponent(filter)}`);
  return `${divisionPath(division)}/${resource}?${options.join('&')}`;
}

function divisionPath(division: string): string {
  if (!/^\d{1,10}$/.test(division)) throw new SourceError('bug', 'A division is a whole number.');
  return `/api/v1/${division}`;
}

/** Text as an OData literal. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A GET whose answer is JSON. Throws SourceError for every status but 2xx, and for a page instead of data. */
async function get(context: ConnectorContext, url: string): Promise<SourceResponse> {
  const response = await context.http.request({ method: 'GET', url, headers: { Accept: 'application/json' } });
  const error = errorOf(response, context.clock);
  if (error !== null) throw error;
  if (!isRecord(response.body))
    // Half an answer, or a page of somebody in between: asking again is what helps.
    throw new SourceError('source_down', 'Exact Online answered with something that is not JSON.', {
      status: response.status,
    });
  return response;
}

/** One page of a list: at `path`, which is either a fresh query or a `next` from before. */
export async function readPage(context: ConnectorContext, path: string): Promise<WirePage> {
  const response = await get(context, path);
  const { rows, next } = unwrap(response.body);
  return {
    rows,
    next: next === null ? null : nextPath(next, path, context.settings.baseUrl),
    budgets: readBudgets(response.headers),
  };
}

const MOST_PAGES = 50;

/** Every page of a short list (divisions, document types). */
export async function readAll(context: ConnectorContext, path: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let next: string | null = path;
  for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
    const page: WirePage = await readPage(context, next);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}

/** The value of a function such as `users/UserHasRights`; arguments are texts unless they are literals of another kind. */
export async function callFunction(
  context: ConnectorContext,
  division: string,
  call: { resource: string; query: Readonly<Record<string, string | { readonly literal: string }>> },
): Promise<unknown> {
  const literalOf = (value: string | { readonly literal: string }): string =>
    typeof value === 'string' ? textLiteral(value) : value.literal;
  const query = Object.entries(call.query).map(([name, value]) => `${name}=${encodeURIComponent(literalOf(value))}`);
  const response = await get(context, `${divisionPath(division)}/${call.resource}?${query.join('&')}`);
  const { rows } = unwrap(response.body);
  return rows[0];
}

/** A POST that asks for the filled record; without that header Exact answers nulls. Any status is an answer. */
export function create(
  context: ConnectorContext,
  division: string,
  call: { resource: string; body: unknown },
): Promise<SourceResponse> {
  const request: SourceRequest = {
    method: 'POST',
    url: `${divisionPath(division)}/${call.resource}`,
    headers: { Accept: 'application/json', Prefer: 'return=representation' },
    body: call.body,
  };
  return context.http.request(request);
}

/** Any status is an answer. */
export function removeRecord(
  context: ConnectorContext,
  division: string,
  record: { resource: string; id: string },
): Promise<SourceResponse> {
  const url = `${divisionPath(division)}/${record.resource}(guid'${record.id}')`;
  return context.http.request({ method: 'DELETE', url, headers: { Accept: 'application/json' } });
}

/** A PUT, which changes what it names and nothing else; 204 with nothing in it. Any status is an answer. */
export function change(
  context: ConnectorContext,
  division: string,
  call: { resource: string; id: string; body: unknown },
): Promise<SourceResponse> {
  const url = `${divisionPath(division)}/${call.resource}(guid'${call.id}')`;
  return context.http.request({ method: 'PUT', url, headers: { Accept: 'application/json' }, body: call.body });
}

/** The record in an answer to a POST; null when the answer does not hold one. */
export function createdRow(response: SourceResponse): Readonly<Record<string, unknown>> | null {
  const body = isRecord(response.body) ? response.body['d'] : null;
  return isRecord(body) ? body : null;
}

/** All shapes that Exact uses: `{d:{results,__next}}`, `{d:[…]}` (with a small `$top`) and `{d:{…}}` (one record). */
function unwrap(body: unknown): { rows: readonly unknown[]; next: string | null } {
  const d = isRecord(body) ? body['d'] : undefined;
  if (Array.isArray(d)) return { rows: d, next: null };
  if (!isRecord(d)) throw new SourceError('contract_changed', 'The answer has no "d".');
  const { results, __next: next } = d;
  if (results === undefined) return { rows: [d], next: null };
  if (!Array.isArray(results)) throw new SourceError('contract_changed', 'The answer has no list of results.');
  return { rows: results, next: typeof next === 'string' && next !== '' ? next : null };
}

/** `__next` is an absolute address made by the server: taken only when it stays on the same host and the same list. */
function nextPath(next: string, asked: string, baseUrl: string): string {
  const home = new URL(baseUrl);
  const url = URL.canParse(next, home) ? new URL(next, home) : null;
  if (url === null || url.host !== home.host)
    throw new SourceError('contract_changed', 'The next page lies on another host; it was not asked for.');
  const list = (path: string): string => path.split('?')[0]!.toLowerCase();
  if (list(url.pathname) !== list(asked))
    throw new SourceError('contract_changed', 'The next page lies in another list; it was not asked for.');
  return `${url.pathname}${url.search}`;
}

/** What the headers say is left. A limit whose headers are absent is unknown, never zero. */
export function readBudgets(headers: Readonly<Record<string, string>>): readonly BudgetSeen[] {
  return [readBudget(headers, 'minute', 'x-ratelimit-minutely'), readBudget(headers, 'day', 'x-ratelimit')].filter(
    (budget) => budget !== null,
  );
}

function readBudget(
  headers: Readonly<Record<string, string>>,
  scope: BudgetSeen['scope'],
  prefix: string,
): BudgetSeen | null {
  const remaining = readCount(headers[`${prefix}-remaining`]);
  if (remaining === null) return null;
  const limit = readCount(headers[`${prefix}-limit`]);
  return { scope, limit, remaining, resetsAt: readReset(headers[`${prefix}-reset`]) };
}

function readCount(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
