import type { SourceHttp, SourceRequest, SourceResponse } from '../contract/index.js';
import { send } from './send.client.js';
import { targetOf } from './target.js';

/** A finished call, for meters and logs. Never a query, a header or a body. */
export interface CallSeen {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** null when no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
}

export interface SourceHttpOptions {
  readonly baseUrl: string;
  /** Other hosts the connector declares; `*.example.com` takes every host below it. */
  readonly allowedHosts?: readonly string[];
  /** The access token for the next call; asked per call, after the host was checked. */
  readonly bearer: () => Promise<string>;
  /** Deadline of a whole call; 60 s when absent. */
  readonly timeoutMs?: number;
  readonly onCall?: (call: CallSeen) => void;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * The way out that a connector gets: bearer token, pinned hosts, one deadline, no redirects, no retries.
 * Any status is an answer. Throws SourceError: `timeout_read` or `source_down` for a read without an answer,
 * `outcome_unknown` for a write without one (`source_down` when nothing was sent), `contract_changed` for a foreign host.
 */
export function createSourceHttp(options: SourceHttpOptions): SourceHttp {
  const { baseUrl, allowedHosts = [], bearer, timeoutMs = DEFAULT_TIMEOUT_MS, onCall } = options;
  return {
    async request(request: SourceRequest): Promise<SourceResponse> {
      const url = targetOf(request.url, { baseUrl, allowedHosts });
      const token = await bearer();
      const started = performance.now();
      const seen = (status: number | null): void =>
        onCall?.({
          method: request.method,
          host: url.host,
          path: url.pathname,
          status,
          durationMs: Math.round(performance.now() - started),
        });
      try {
        const response = await send({ ...outgoing(request, token), url, timeoutMs });
        seen(response.status);
        return response;
      } catch (error) {
        seen(null);
        throw error;
      }
    },
  };
}

function outgoing({ method, headers, body }: SourceRequest, token: string) {
  const isText = typeof body === 'string';
  return {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
      Authorization: `Bearer ${token}`,
    },
    body: body === undefined ? null : isText ? body : JSON.stringify(body),
    isWrite: method !== 'GET',
    secrets: [token],
  };
}
