import {
  FAULT_KINDS,
  jsonAnswer,
  textAnswer,
  type Answer,
  type ArmedFault,
  type Delivery,
  type FaultKind,
} from '../http/index.js';
import type { Served } from './graphql/index.js';
import { unauthorised } from './oauth/index.js';

const NOT_TOKEN: readonly FaultKind[] = ['reject', 'page-drift', 'poison-record'];

/** Kinds that can strike a call; the others wait for one they fit. Everything at the API is one POST. */
export function kindsFor(isToken: boolean): readonly FaultKind[] {
  return FAULT_KINDS.filter((kind) => kind !== 'token-slow' && !(isToken && NOT_TOKEN.includes(kind)));
}

/** The answer of a fault that strikes before anything is done; `null` when the call goes through first. */
export function answerBefore(armed: ArmedFault, at: { now: Date; fields: readonly string[] }): Answer | null {
  const { fault } = armed;
  const answers: Partial<Record<FaultKind, () => Answer>> = {
    '401': unauthorised,
    '403': () => jsonAnswer(403, { errors: [{ message: 'Access denied.' }] }),
    '429-minute': () => tooMany(at.now, 60),
    '429-day': () => tooMany(at.now, 86_400),
    '429-bare': () => textAnswer(429, 'Too Many Requests'),
    // What the live API answers when it breaks: status 200, and words that say nothing.
    '500': () => refusal(200, 'Internal server error', at.fields),
    '503': () => textAnswer(503, '<html><body><h1>503 Service Unavailable</h1></body></html>', 'text/html'),
    'timeout-before-commit': () => textAnswer(504, ''),
    reject: () => refusal(fault.status ?? 200, fault.message ?? 'Ongeldige gegevens.', at.fields),
  };
  return answers[fault.kind]?.() ?? null;
}

function refusal(status: number, message: string, fields: readonly string[]): Answer {
  const data = Object.fromEntries(fields.map((field) => [field, null]));
  const body = JSON.stringify({ errors: [{ message }], data });
  return { status, headers: { 'Content-Type': 'application/json' }, body };
}

/** No limit is published; clients honour Retry-After. Seconds until the window ends. */
function tooMany(now: Date, window: number): Answer {
  const seconds = window - (Math.floor(now.getTime() / 1_000) % window);
  return jsonAnswer(429, { errors: [{ message: 'Too many requests.' }] }, { 'Retry-After': String(seconds) });
}

export function deliveryOf(kind: FaultKind | undefined): Delivery {
  if (kind === 'timeout-before-commit' || kind === 'timeout-after-commit') return 'never';
  return kind === 'reset-mid-body' || kind === 'truncated-body' ? kind : 'whole';
}

/** Spoils or moves what a call served. */
export function spoil(served: Served, armed: ArmedFault, now: Date): Answer {
  const { kind } = armed.fault;
  if (kind === 'malformed-body') return { ...served.answer, body: '<!doctype html><title>ClearFacts</title>{"data":{' };
  if (kind === 'page-drift') drift(served, now);
  return kind === 'poison-record' ? poison(served, armed) : served.answer;
}

/** Values no client can map, in every field that matters; the key and the moment stay, so that it can be named. */
const POISON: Readonly<Record<string, unknown>> = {
  name: null,
  number: null,
  currency: '???',
  amount: 'n/a',
  openAmount: 'n/a',
  dueDate: 'onbekend',
  customerId: null,
};

function poison({ answer, list }: Served, armed: ArmedFault): Answer {
  if (list === null) return answer;
  armed.record ??= list.ids[0] ?? null;
  const index = armed.record === null ? -1 : list.ids.indexOf(armed.record);
  const body = JSON.parse(String(answer.body)) as { data: Record<string, Record<string, unknown>[]> };
  const row = body.data[list.field]?.[index];
  for (const [name, value] of Object.entries(POISON)) if (row !== undefined && name in row) row[name] = value;
  return { ...answer, body: JSON.stringify(body) };
}

/** While a client pages, one record it has seen and one it has not move to the end. */
function drift({ list }: Served, now: Date): void {
  const [first, last] = [list?.ids[0], list?.ids.at(-1)];
  if (list === null || first === undefined || last === undefined) return;
  const { store } = list;
  if (list.field === 'customers') {
    store.customerOrder = [...store.customerOrder.filter((id) => id !== first), first];
    return;
  }
  const table = list.field === 'salesInvoices' ? store.invoices : store.customers;
  const lastRow = table.get(last);
  const ahead = [...table.since(lastRow?.modified ?? 0)].find(({ key }) => !list.ids.includes(key));
  for (const row of [table.get(first), ahead])
    if (row !== undefined) table.put(row.key, row.record as never, now.getTime());
}
