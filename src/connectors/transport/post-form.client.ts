import type { SourceResponse } from '../contract/index.js';
import { send } from './send.client.js';
import { targetOf } from './target.js';

export interface FormPost {
  readonly baseUrl: string;
  /** A path below the base URL, or an absolute address on an allowed host. */
  readonly url: string;
  readonly allowedHosts?: readonly string[];
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Deadline of the whole call; 20 s when absent, well below the lease under which tokens are refreshed. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/**
 * A call to a token endpoint. Any status is an answer. Throws SourceError `outcome_unknown` when none came (a
 * single-use token may be spent) and `source_down` when nothing was sent. Form values never appear in errors.
 */
export async function postForm(post: FormPost): Promise<SourceResponse> {
  return send({
    method: 'POST',
    url: targetOf(post.url, { baseUrl: post.baseUrl, allowedHosts: post.allowedHosts ?? [] }),
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/x-www-form-urlencoded',
      ...post.headers,
    },
    body: new URLSearchParams(post.form).toString(),
    timeoutMs: post.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    isWrite: true,
    // Kept as it came: a refusal may carry the refresh token to use next. Whoever quotes it redacts it.
    secrets: [],
  });
}
