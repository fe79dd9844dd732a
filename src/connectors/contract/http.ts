export interface SourceRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute, on the connector's own host (checked), or a path below its base URL. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go as they are (name their type in a header), anything else as JSON. */
  readonly body?: unknown;
  /** A call that changes nothing although its method is POST (GraphQL, SOAP): without an answer it may be repeated. */
  readonly isRead?: boolean;
  /**
   * Where the access token goes: `header` (when absent) as `Authorization: Bearer`; `placed` wherever address or body
   * hold {@link ACCESS_TOKEN_PLACE} (in an address: encoded), for sources that want it in their XML, and then in no header.
   */
  readonly token?: 'header' | 'placed';
}

/**
 * Stands for the access token in a request whose `token` is `placed`, so that no connector ever holds it. The zero
 * characters can be in no XML, so nothing that a person wrote is ever taken for it.
 */
export const ACCESS_TOKEN_PLACE = '\u0000access-token\u0000';

export interface SourceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON when the source sent JSON, otherwise text. */
  readonly body: unknown;
}

/**
 * The metered way out that the engine hands in: adds the bearer token, checks the host, counts the call, times out.
 * Any status comes back as an answer; only a missing answer throws (`timeout_read`, `outcome_unknown`, `source_down`).
 */
export interface SourceHttp {
  request(request: SourceRequest): Promise<SourceResponse>;
}

/** What a source's headers say is left of a budget. */
export interface BudgetSeen {
  readonly scope: 'minute' | 'day';
  readonly limit: number | null;
  readonly remaining: number;
  readonly resetsAt: Date | null;
}
