import { textAnswer, type Answer, type ArmedFault, type Call, type Delivery, type FaultKind } from '../http/index.js';
import { FAULT_KINDS } from '../http/index.js';
import { tooMany } from './api/api.js';
import type { Served } from './api/read.js';
import type { Quota } from './quota.js';
import type { DivisionStore, Row } from './store/index.js';
import { errorAnswer, ExactError, scopeViolated, unauthorised } from './wire/errors.js';

/** Kinds that can strike this call; the others wait for one they fit. */
export function kindsFor(call: Call): readonly FaultKind[] {
  const out: FaultKind[] =
    call.path === '/api/oauth2/token' ? NOT_TOKEN : call.method === 'GET' ? ['reject'] : NOT_WRITE;
  return FAULT_KINDS.filter((kind) => kind !== 'token-slow' && !out.includes(kind));
}

const NOT_TOKEN: FaultKind[] = ['reject', 'page-drift', 'poison-record'];
const NOT_WRITE: FaultKind[] = ['page-drift', 'poison-record'];

/** The answer of a fault that strikes before anything is done; `null` when the call goes through first. */
export function answerBefore(armed: ArmedFault, quota: Quota): Answer | null {
  const { fault } = armed;
  const answers: Partial<Record<FaultKind, () => Answer>> = {
    '401': () => unauthorised('access token expired'),
    '403': () => errorAnswer(scopeViolated('organization.administration', 'read')),
    '429-minute': () => tooMany(quota.refusalHeaders('minute')),
    '429-day': () => tooMany(quota.refusalHeaders('day')),
    '429-bare': () => tooMany({}),
    '500': () => errorAnswer(new ExactError(500, 'An error occurred while processing this request.')),
    '503': () => textAnswer(503, '<html><body><h1>Service Unavailable</h1></body></html>', 'text/html; charset=utf-8'),
    'timeout-before-commit': () => textAnswer(504, ''),
    // Business refusals come as 400, and as 500 too.
    reject: () => errorAnswer(new ExactError(fault.status ?? 400, fault.message ?? 'Gegeven bestaat reeds.')),
  };
  return answers[fault.kind]?.() ?? null;
}

export function deliveryOf(kind: FaultKind | undefined): Delivery {
  if (kind === 'timeout-before-commit' || kind === 'timeout-after-commit') return 'never';
  return kind === 'reset-mid-body' || kind === 'truncated-body' ? kind : 'whole';
}

/** Spoils or moves what a call served. */
export function spoil(served: Served, armed: ArmedFault, divisions: ReadonlyMap<number, DivisionStore>): Answer {
  const { kind } = armed.fault;
  if (kind === 'malformed-body')
    return { ...served.answer, body: '<!doctype html><title>Exact Online</title>{"d":{"results":[' };
  if (kind === 'page-drift') drift(served.rows, divisions);
  return kind === 'poison-record' ? poison(served, armed) : served.answer;
}

/** Values no client can map, in every field that matters and was asked for; the key stays, so that it can be named. */
const POISON: Readonly<Record<string, unknown>> = {
  Currency: '???',
  CurrencyCode: '???',
  DueDate: '/Date(onbekend)/',
  InvoiceDate: '/Date(onbekend)/',
  AmountDC: 'n/a',
  AmountFC: 'n/a',
  Amount: 'n/a',
  TransactionAmountDC: null,
  TransactionAmountFC: null,
  Account: null,
  Code: null,
  Name: null,
};

function poison({ answer, rows }: Served, armed: ArmedFault): Answer {
  armed.record ??= rows[0]?.key ?? null;
  const index = rows.findIndex((row) => row.key === armed.record);
  if (index < 0) return answer;
  const body = JSON.parse(String(answer.body)) as {
    d: Record<string, unknown>[] & { results?: Record<string, unknown>[] };
  };
  const row = (body.d.results ?? (Array.isArray(body.d) ? body.d : [body.d as Record<string, unknown>]))[index];
  for (const [name, value] of Object.entries(POISON)) if (row !== undefined && name in row) row[name] = value;
  return { ...answer, body: JSON.stringify(body) };
}

/** While a client pages, somebody changes a record it has seen and one it has not: both move to the end. */
function drift(rows: readonly Row[], divisions: ReadonlyMap<number, DivisionStore>): void {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return;
  for (const division of divisions.values())
    for (const table of Object.values(division.tables)) {
      if (table.get(first.key) !== first) continue;
      const ahead = table.byVersion().find((row) => !row.dead && row.timestamp > last.timestamp);
      for (const row of [first, ahead]) if (row !== undefined) table.put(row.key, row.record, { now: row.modified });
    }
}
