import type { Clock } from '../../kernel/index.js';
import { SourceError, type SourceErrorKind, type SourceResponse } from '../contract/index.js';
import { redact } from '../transport/index.js';
import { findFault, type SoapFault } from './soap.js';

/**
 * What an answer means when it is not a success; `null`: it is one. Faults are numbered (web services overview), and the
 * number says more than the status: 108 and 358 come with 500 like a breakdown, and 109 like one too.
 */
export function errorOf(response: SourceResponse, clock: Clock): SourceError | null {
  const { status } = response;
  if (status === 429) return tooMany(response, clock);
  const fault = findFault(response.body);
  if (status >= 200 && status < 300 && fault === null) return null;
  const kind = (fault?.code == null ? undefined : FAULTS[fault.code]) ?? KINDS[status] ?? kindOfRange(status);
  return new SourceError(kind, textOf(response, fault), { status });
}

/** Faults by number. 351 to 353 miss a claim of the consent: another token of it would miss it too. */
export const FAULTS: Readonly<Record<number, SourceErrorKind>> = {
  100: 'source_down',
  101: 'contract_changed',
  102: 'scope_missing',
  103: 'auth_expired',
  104: 'auth_revoked',
  105: 'auth_revoked',
  106: 'auth_revoked',
  107: 'source_down',
  108: 'source_down',
  109: 'scope_missing',
  110: 'source_down',
  122: 'scope_missing',
  168: 'source_down',
  186: 'contract_changed',
  187: 'contract_changed',
  351: 'scope_missing',
  352: 'scope_missing',
  353: 'scope_missing',
  354: 'auth_expired',
  358: 'source_down',
  359: 'scope_missing',
};

/** The cluster is not (any more) the user's: it has to be asked for again. */
export const WRONG_CLUSTER = 108;

const KINDS: Readonly<Record<number, SourceErrorKind>> = {
  400: 'contract_changed',
  401: 'auth_expired',
  403: 'scope_missing',
  404: 'contract_changed',
  408: 'timeout_read',
  409: 'conflict',
};

function kindOfRange(status: number): SourceErrorKind {
  return status >= 500 || status < 400 ? 'source_down' : 'contract_changed';
}

const MINUTE_MS = 60_000;
/** Published limits are per minute; a longer wait can only be a quota of another kind. */
const LONG_WAIT_MS = 60 * MINUTE_MS;
/** A date beyond this is a wrong one rather than a wait. */
const UNLIKELY_MS = 31 * 86_400_000;

/** `Retry-After` in seconds (fair use policy), or as a date as HTTP allows; a minute when it is absent. */
function tooMany({ headers }: SourceResponse, clock: Clock): SourceError {
  const now = clock.now().getTime();
  const until = retryAfter(headers['retry-after'], now) ?? new Date(now + MINUTE_MS);
  const isQuota = until.getTime() - now >= LONG_WAIT_MS;
  const text = isQuota ? 'Twinfield: the credits are used up for longer.' : 'Twinfield: too many calls in this minute.';
  return new SourceError(isQuota ? 'quota_exhausted' : 'rate_limited', text, { status: 429, until });
}

function retryAfter(value: string | undefined, now: number): Date | null {
  if (value === undefined) return null;
  const ms = /^\d{1,6}$/.test(value.trim()) ? now + Number(value) * 1_000 : Date.parse(value);
  // A wait of nothing or a moment that has passed would make us knock again at once.
  return Number.isNaN(ms) || ms - now > UNLIKELY_MS ? null : new Date(Math.max(ms, now + 1_000));
}

function textOf({ status }: SourceResponse, fault: SoapFault | null): string {
  const said = fault?.message ?? '';
  return said === '' ? `Twinfield answered ${status}.` : `Twinfield: ${redact(said)}`;
}

/**
 * A fault's words that are about the data, not about a breakdown ("An error occurred on the server." with a reference
 * code). Such a fault says that nothing was written.
 */
export function isBusinessText(text: string): boolean {
  return text !== '' && !/an error (has )?occurred|er is een fout opgetreden|internal server error|unexpected|time-?out/i.test(text); // prettier-ignore
}
