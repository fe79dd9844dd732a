import { SourceError, type SourceErrorKind } from '../contract/index.js';

/** Nothing left this machine, or nobody was there to read it. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const TIMED_OUT = /^(ERR_CANCELED|ECONNABORTED|ETIMEDOUT|UND_ERR_.*TIMEOUT)$/;

/** A call that got no (whole) answer. */
export interface LostCall {
  readonly method: string;
  /** Host and path, without the query: codes and filters stay out of messages. */
  readonly place: string;
  readonly isWrite: boolean;
}

/**
 * What a missing answer means. A read may simply be repeated. A write may have been done: `outcome_unknown`, unless
 * the connection was refused, for then nothing was sent. The library's own error is dropped on purpose: it carries the
 * request with its headers.
 */
export function failureOf(error: unknown, call: LostCall): SourceError {
  const code = codeOf(error);
  const text = `${call.method} ${call.place}: ${WORDS[kindOf(code, error, call.isWrite)]} (${code})`;
  return new SourceError(kindOf(code, error, call.isWrite), text);
}

type LostKind = Extract<SourceErrorKind, 'timeout_read' | 'source_down' | 'outcome_unknown' | 'contract_changed'>;

const WORDS = {
  timeout_read: 'no answer in time',
  source_down: 'could not be reached',
  outcome_unknown: 'no answer, so it may or may not have been done',
  contract_changed: 'the answer was larger than any known answer',
} as const satisfies Record<LostKind, string>;

function kindOf(code: string, error: unknown, isWrite: boolean): LostKind {
  if (NOT_SENT.test(code)) return 'source_down';
  if (isWrite) return 'outcome_unknown';
  if (TIMED_OUT.test(code)) return 'timeout_read';
  return error instanceof Error && error.message.startsWith('maxContentLength') ? 'contract_changed' : 'source_down';
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z\d_]*$/.test(code) ? code : 'NO_CODE';
}
