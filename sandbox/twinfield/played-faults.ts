import { FAULT_KINDS, jsonAnswer, textAnswer } from '../http/index.js';
import type { Answer, ArmedFault, Delivery, FaultKind } from '../http/index.js';
import { tooMany, type Api, type Opened, type Served } from './api.js';
import type { Offices } from './office/index.js';
import { AUTH_PATH } from './oidc/index.js';
import { refusal } from './process/process-xml.js';
import type { Quota } from './quota.js';
import { isFaultCode, SoapFault } from './soap/index.js';

/** Kinds that can strike this call; the others wait for one they fit. */
export function kindsFor({ call, label, writes }: Opened): readonly FaultKind[] {
  const out: FaultKind[] = ['token-slow', 'revoke'];
  if (call.path.startsWith(AUTH_PATH)) out.push('reject', 'page-drift', 'poison-record');
  if (writes) out.push('poison-record');
  // Only a search has pages that can drift.
  if (!label.endsWith('#Search')) out.push('page-drift');
  return FAULT_KINDS.filter((kind) => !out.includes(kind));
}

/** The answer of a fault that strikes before anything is done; `null` when the call goes through first. */
export function answerBefore(armed: ArmedFault, opened: Opened, parts: { api: Api; quota: Quota }): Answer | null {
  const { fault } = armed;
  const soap = (code: 100 | 102 | 354): Answer => parts.api.faultFor(opened, new SoapFault(code));
  const login = opened.call.path.startsWith(AUTH_PATH);
  const answers: Partial<Record<FaultKind, () => Answer>> = {
    '401': () => (login ? jsonAnswer(401, { error: 'invalid_client' }) : soap(354)),
    '403': () => (login ? jsonAnswer(403, { error: 'access_denied' }) : soap(102)),
    '429-minute': () => tooMany(parts.quota.refusalHeaders()),
    '429-day': () => tooMany({ ...parts.quota.refusalHeaders(), 'Retry-After': '3600' }),
    '429-bare': () => tooMany({}),
    '500': () => (login ? textAnswer(500, 'Internal Server Error') : soap(100)),
    '503': () => textAnswer(503, '<html><body><h1>Service Unavailable</h1></body></html>', 'text/html; charset=utf-8'),
    'timeout-before-commit': () => textAnswer(504, ''),
    reject: () => rejected(armed, opened, parts.api),
  };
  return answers[fault.kind]?.() ?? null;
}

/**
 * A refusal in the ledger's own words: `result="0"`, which is HTTP 200 whatever status was asked for. A message that is
 * one of the published codes (`"108"`) comes as that SOAP fault, with its own status.
 */
function rejected({ fault }: ArmedFault, opened: Opened, api: Api): Answer {
  const text = fault.message ?? 'De gegevens kunnen niet worden opgeslagen.';
  const code = Number(text);
  if (isFaultCode(code)) return api.faultFor(opened, new SoapFault(code));
  // A search has no such answer.
  if (opened.message === null) return api.faultFor(opened, new SoapFault(100, 'nl', ` ${text}`));
  return api.answerWith(opened, refusal(opened.message.name, text));
}

export function deliveryOf(kind: FaultKind | undefined): Delivery {
  if (kind === 'timeout-before-commit' || kind === 'timeout-after-commit') return 'never';
  return kind === 'reset-mid-body' || kind === 'truncated-body' ? kind : 'whole';
}

/** Spoils or moves what a call served. */
export function spoil(served: Served, armed: ArmedFault, parts: { offices: Offices; now: number }): Answer {
  const { kind } = armed.fault;
  if (kind === 'malformed-body')
    return { ...served.answer, body: '<?xml version="1.0"?><soap:Envelope><soap:Body><html>Cloudflare' };
  if (kind === 'page-drift') drift(served.shown, parts);
  return kind === 'poison-record' && served.remake ? served.remake((xml) => poison(xml, armed)) : served.answer;
}

/** Of a browse row the amounts and dates, of a customer the name and terms; the key stays, so that it can be named. */
function poison(xml: string, armed: ArmedFault): string {
  let done = false;
  return xml.replace(/<tr>.*?<\/tr>|<dimension [^>]*>.*?<\/dimension>/gs, (record) => {
    const key = keyOf(record);
    armed.record ??= key;
    if (done || key !== armed.record) return record;
    done = true;
    return record
      .replace(/(type="Value"[^>]*>)[^<]*/g, '$1n/a')
      .replace(/(type="Date"[^/>]*>)[^<]*/g, '$1onbekend')
      .replace(/<duedays>[^<]*/, '<duedays>n/a')
      .replace(/<name>[^<]*<\/name>/, '<name/>');
  });
}

function keyOf(record: string): string {
  const part = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(record)?.[1] ?? '';
  return record.startsWith('<tr>') ? `${part('code')}/${part('number')}/${part('line')}` : part('code');
}

/** While a client pages, somebody retires the first customer it has seen: all that follow move up by one. */
function drift(shown: readonly string[], { offices, now }: { offices: Offices; now: number }): void {
  const [first] = shown;
  if (first === undefined) return;
  for (const office of offices.values()) {
    const customer = office.customerByCode(first);
    if (customer === undefined) continue;
    const touched = customer.touched + 1;
    office.customers.put(customer.debtor.id, { ...customer, status: 'inactive', touched, modified: now });
    return;
  }
}
