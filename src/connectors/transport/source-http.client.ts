import { ACCESS_TOKEN_PLACE, type SourceHttp, type SourceRequest, type SourceResponse } from '../contract/index.js';
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
        const place = request.token === 'placed' ? token : null;
        const response = await send({ ...outgoing(request, token), url: withToken(url, place), timeoutMs });
        seen(response.status);
        return response;
      } catch (error) {
        seen(null);
        throw error;
      }
    },
  };
}

/** The place as an address writes it. */
const PLACE_IN_QUERY = encodeURIComponent(ACCESS_TOKEN_PLACE);

/** The host was checked before: only the query can hold the place. */
function withToken(url: URL, token: string | null): URL {
  if (token === null || !url.search.includes(PLACE_IN_QUERY)) return url;
  const placed = new URL(url);
  placed.search = url.search.replaceAll(PLACE_IN_QUERY, encodeURIComponent(token));
  return placed;
}

function outgoing({ method, headers, body, isRead, token: where = 'header' }: SourceRequest, token: string) {
  const isText = typeof body === 'string' || Buffer.isBuffer(body);
  return {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
      ...(where === 'header' ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? null : bodyOf(isText ? body : JSON.stringify(body), where === 'placed' ? token : null),
    isWrite: !(isRead ?? method === 'GET'),
    secrets: [token],
  };
}

/** Tokens are opaque: in a message of XML nothing of one may be taken for a tag. */
function bodyOf(body: string | Buffer, token: string | null): string | Buffer {
  if (token === null || typeof body !== 'string') return body;
  const escaped = token.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return body.replaceAll(ACCESS_TOKEN_PLACE, () => escaped);
}
