import { isRecord, type Clock } from '../../kernel/index.js';
import { SourceError, type SourceErrorKind, type SourceResponse } from '../contract/index.js';
import { redact } from '../transport/index.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far their clock may be from ours. */
const SKEW_MS = 5 * MINUTE_MS;

/** What a status means when it is not a success; `null`: it is one. Rate limits and 401 need their headers. */
export function errorOf(response: SourceResponse, clock: Clock): SourceError | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  if (status === 401) return unauthorised(response);
  if (status === 429) return tooMany(response, clock);
  return new SourceError(KINDS[status] ?? kindOfRange(status), textOf(response), { status });
}

/**
 * 400 is a query Exact does not understand (a read) or a refusal in its own words (a write, see `writeback.ts`).
 * 404 is an endpoint or division that is not there. 5xx may pass.
 */
const KINDS: Readonly<Record<number, SourceErrorKind>> = {
  400: 'contract_changed',
  403: 'scope_missing',
  404: 'contract_changed',
  408: 'timeout_read',
  409: 'conflict',
};

function kindOfRange(status: number): SourceErrorKind {
  return status >= 500 ? 'source_down' : 'contract_changed';
}

/**
 * The reason is in WWW-Authenticate, encoded for an address: "message expired", "access token expired" or
 * "Authentication Required" mean a new token helps. Any other reason is about rights, and a new token would not help.
 */
function unauthorised(response: SourceResponse): SourceError {
  const reason = decode(response.headers['www-authenticate'] ?? '');
  const isExpired = reason === '' || /expired|invalid_token|authentication required/i.test(reason);
  const text = isExpired ? 'Exact Online: the access token has expired.' : `Exact Online refused: ${redact(reason)}`;
  return new SourceError(isExpired ? 'auth_expired' : 'scope_missing', text, { status: 401 });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/**
 * The limit that was hit is the one whose headers came along; the body is empty. Without any header it may be the block
 * after ten errors in an hour, whose end is not told: a minute's wait costs nothing, for a 429 is not counted as an error.
 */
function tooMany(response: SourceResponse, clock: Clock): SourceError {
  const { headers } = response;
  const now = clock.now().getTime();
  const isMinute = headers['x-ratelimit-minutely-remaining'] !== undefined || headers['x-ratelimit-minutely-reset'] !== undefined; // prettier-ignore
  const isDay = headers['x-ratelimit-remaining'] !== undefined || headers['x-ratelimit-reset'] !== undefined;
  if (isDay && (!isMinute || headers['x-ratelimit-remaining'] === '0')) {
    const until = within(readReset(headers['x-ratelimit-reset']), now, DAY_MS) ?? new Date(nextBoundary(now, DAY_MS));
    return new SourceError('quota_exhausted', 'Exact Online: the calls of today are used up.', { status: 429, until });
  }
  const told = within(readReset(headers['x-ratelimit-minutely-reset']), now, MINUTE_MS) ?? retryAfter(headers['retry-after'], now); // prettier-ignore
  const until = told ?? new Date(isMinute ? nextBoundary(now, MINUTE_MS) : now + MINUTE_MS);
  return new SourceError('rate_limited', 'Exact Online: too many calls.', { status: 429, until });
}

/** A moment that has passed would make us knock again at once, and one far beyond the window is in another unit. */
function within(told: Date | null, now: number, window: number): Date | null {
  const wait = told === null ? 0 : told.getTime() - now;
  return wait > 0 && wait <= window + SKEW_MS ? told : null;
}

function nextBoundary(now: number, length: number): number {
  return now - (now % length) + length;
}

/** No primary source shows Exact sending Retry-After; seconds are taken when it does. */
function retryAfter(value: string | undefined, now: number): Date | null {
  return value !== undefined && /^\d{1,6}$/.test(value) ? new Date(now + Math.max(1, Number(value)) * 1_000) : null;
}

/** A reset header: epoch milliseconds. One article calls it "remaining time", so anything too small for a date is unknown. */
export function readReset(value: string | undefined): Date | null {
  const ms = value !== undefined && /^\d{12,14}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms);
}

/** The scope that a refusal names: "Forbidden - Application Scope Violated. Cannot read 'crm.accounts' scope." */
export function scopeIn(message: string): string | null {
  return /'([\w.]+)' scope/i.exec(message)?.[1] ?? null;
}

/** Exact's own text, as the OData error body carries it; null when the body is anything else. */
export function exactText(body: unknown): string | null {
  const error = isRecord(body) ? body['error'] : null;
  const message = isRecord(error) ? error['message'] : null;
  const value = isRecord(message) ? message['value'] : message;
  return typeof value === 'string' && value.trim() !== '' ? redact(value.trim()) : null;
}

function textOf(response: SourceResponse): string {
  const text = exactText(response.body) ?? `Exact Online answered ${response.status}.`;
  const scope = response.status === 403 ? scopeIn(text) : null;
  return scope === null ? text : `${text} Give your app that scope (${appCenterName(scope)}) in the App Center, then connect again.`; // prettier-ignore
}

/** "organization.administration" as the App Center writes it: "Organization administration". */
function appCenterName(scope: string): string {
  const words = scope.replaceAll('.', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
