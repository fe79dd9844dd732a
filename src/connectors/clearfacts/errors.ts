import { isRecord, type Clock } from '../../kernel/index.js';
import { SourceError, type SourceErrorKind, type SourceResponse } from '../contract/index.js';
import { redact } from '../transport/index.js';

const MINUTE_MS = 60_000;
/** A wait longer than this is the end of a quota rather than a pause. */
const QUOTA_MS = 3_600_000;
/** A date beyond this is a wrong one rather than a wait. */
const UNLIKELY_MS = 31 * 86_400_000;

/** What an answer means when it is not a success; `null`: it is one. GraphQL refuses with status 200 and a message. */
export function errorOf(response: SourceResponse, clock: Clock): SourceError | null {
  const { status, body } = response;
  if (status === 429) return tooMany(response, clock);
  const message = messageOf(body);
  if (status < 200 || status > 299)
    return new SourceError(KINDS[status] ?? kindOfRange(status), message ?? `ClearFacts answered ${status}.`, {
      status,
    });
  if (!isRecord(body))
    // Half an answer, or a page of somebody in between: asking again is what helps.
    return new SourceError('source_down', 'ClearFacts answered with something that is not JSON.', { status });
  return message === null ? null : new SourceError(kindOfMessage(message), message, { status });
}

/** That ClearFacts uses these statuses is an assumption of every client of its API. */
const KINDS: Readonly<Record<number, SourceErrorKind>> = {
  401: 'auth_expired',
  403: 'scope_missing',
  408: 'timeout_read',
  413: 'rejected',
};

function kindOfRange(status: number): SourceErrorKind {
  return status >= 500 ? 'source_down' : 'contract_changed';
}

const ABSENT = /^(Cannot query field|Unknown (argument|type|directive)|Field ".*" argument|Value ".*" does not exist)/i;
const REFUSED = /access denied|\bscope\b|permission|forbidden|not (allowed|authori[sz]ed|permitted)/i;
const EXPIRED =
  /unauthenticated|unauthori[sz]ed|(invalid|expired|revoked).{0,20}\btoken|token.{0,20}(invalid|expired|revoked)/i;
const BROKEN = /internal server error|unexpected error|an error (has )?occurred|time-?out/i;

/** Codes are undocumented, so the words decide. A field that is not there is a right that nobody can use. */
function kindOfMessage(message: string): SourceErrorKind {
  if (ABSENT.test(message) || REFUSED.test(message)) return 'scope_missing';
  if (EXPIRED.test(message)) return 'auth_expired';
  return BROKEN.test(message) ? 'source_down' : 'rejected';
}

/**
 * The API as a whole goes on, this part of it is refused: the field is not there, or the consent does not cover it.
 * A 403 is about everything and is no such refusal.
 */
export function isPartRefused(error: unknown): error is SourceError {
  return error instanceof SourceError && error.kind === 'scope_missing' && error.status === 200;
}

/** Whether the message says more than that something broke. */
export function hasOwnWords(message: string | null): message is string {
  return message !== null && !BROKEN.test(message);
}

/** ClearFacts' own text: the first message of a GraphQL answer; null when there is none. */
export function messageOf(body: unknown): string | null {
  const errors = isRecord(body) ? body['errors'] : undefined;
  if (errors === undefined || errors === null) return null;
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  const message = isRecord(first) ? first['message'] : first;
  return typeof message === 'string' && message.trim() !== ''
    ? redact(message.trim())
    : 'ClearFacts refused without words.';
}

/** No limit is published. Retry-After is believed, in seconds or as a date; without it a minute. */
function tooMany({ headers }: SourceResponse, clock: Clock): SourceError {
  const now = clock.now().getTime();
  const told = waitOf(headers['retry-after'], now);
  const wait = told ?? MINUTE_MS;
  const [kind, text] = wait > QUOTA_MS ? (['quota_exhausted', 'the calls are used up'] as const) : (['rate_limited', 'too many calls'] as const); // prettier-ignore
  return new SourceError(kind, `ClearFacts: ${text}.`, { status: 429, until: new Date(now + wait) });
}

function waitOf(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\d{1,6}$/.test(value)) return Math.max(1, Number(value)) * 1_000;
  const moment = Date.parse(value);
  return Number.isNaN(moment) || moment <= now || moment - now > UNLIKELY_MS ? null : moment - now;
}
