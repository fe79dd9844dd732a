import type { SourceError, SourceErrorKind } from '../connectors/contract/index.js';
import { Problem } from '../http/index.js';

const ANSWERS = {
  auth_expired: [503, 'SOURCE_TOKEN_REFUSED'],
  auth_revoked: [409, 'CONNECTION_NEEDS_RECONNECT'],
  scope_missing: [409, 'SOURCE_SCOPE_MISSING'],
  rate_limited: [503, 'SOURCE_RATE_LIMITED'],
  quota_exhausted: [503, 'SOURCE_QUOTA_EXHAUSTED'],
  source_down: [503, 'SOURCE_DOWN'],
  timeout_read: [503, 'SOURCE_DOWN'],
  outcome_unknown: [503, 'SOURCE_DOWN'],
  rejected: [422, 'SOURCE_REJECTED'],
  conflict: [409, 'SOURCE_CONFLICT'],
  position_invalid: [503, 'SOURCE_DOWN'],
  contract_changed: [502, 'SOURCE_CONTRACT_CHANGED'],
  bug: [500, 'INTERNAL'],
} as const satisfies Record<SourceErrorKind, readonly [number, string]>;

/** A source's failure while a person waits for our answer. */
export function toProblem(error: SourceError): Problem {
  const [status, code] = ANSWERS[error.kind];
  const until = error.until === null ? '' : ` (possible again at ${error.until.toISOString()})`;
  return new Problem(status, code, `${error.message}${until}`);
}
