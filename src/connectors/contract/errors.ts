/** Kinds of failure by recovery: each has one owner. A closed set. */
export type SourceErrorKind =
  | 'auth_expired' // engine: refresh and repeat once
  | 'auth_revoked' // a person: reconnect
  | 'scope_missing' // a person: grant the right
  | 'rate_limited' // engine: wait until
  | 'quota_exhausted' // engine: wait until, shown
  | 'source_down' // engine: back off
  | 'timeout_read' // engine: repeat, reads only
  | 'outcome_unknown' // engine: probe before anything else
  | 'rejected' // the data's owner: the source said no, in its own words
  | 'conflict' // engine: re-read
  | 'position_invalid' // engine: read everything again
  | 'contract_changed' // the connector's author
  | 'bug'; // us

interface SourceErrorDetail {
  /** When it may be tried again (rate_limited, quota_exhausted). */
  readonly until?: Date;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** Refused fields, when the source names them. */
  readonly fields?: readonly string[];
  /** A refresh token that came along with a refusal: the next one to use, so it is kept before anything else. */
  readonly grantedRefreshToken?: string;
  /** Never a client library's error as it is: those carry the request, and with it the bearer token. */
  readonly cause?: unknown;
}

/** What every function of a connector throws. `message` is the source's own text where it gave one; never a secret. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly until: Date | null;
  readonly status: number | null;
  readonly fields: readonly string[];
  /** Private, so that no logger that walks over properties ever prints it. */
  readonly #grantedRefreshToken: string | null;

  constructor(
    readonly kind: SourceErrorKind,
    message: string,
    detail: SourceErrorDetail = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.until = detail.until ?? null;
    this.status = detail.status ?? null;
    this.fields = detail.fields ?? [];
    this.#grantedRefreshToken = detail.grantedRefreshToken ?? null;
  }

  /** Token endpoint only: the refresh token found in a refusal's body, to be stored at once; null when there was none. */
  get grantedRefreshToken(): string | null {
    return this.#grantedRefreshToken;
  }
}
