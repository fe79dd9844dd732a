import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosResponse } from 'axios';
import type { SourceResponse } from '../contract/index.js';
import { failureOf } from './failure.js';
import { withoutSecrets } from './redact.js';

/** Connections are kept and shared; idle ones do not keep the process alive. */
const AGENTS = {
  httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 32 }),
  httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 32 }),
};

/** A page of 1,000 wide records is about 3 MB; an answer beyond this is not one we know. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
  readonly timeoutMs: number;
  /** Whether the call changes something at the source, so that silence means "perhaps done". */
  readonly isWrite: boolean;
  /** Taken out of refusals, should the source echo them. */
  readonly secrets: readonly string[];
}

/** One call, no redirect, no retry, a hard deadline. Any status is an answer; a missing one throws SourceError. */
export async function send(call: Outgoing): Promise<SourceResponse> {
  try {
    const response = await axios.request<string>({
      method: call.method,
      url: call.url.href,
      headers: { 'User-Agent': 'Openpost', ...call.headers },
      data: call.body ?? undefined,
      responseType: 'text',
      transformRequest: (data: unknown) => data,
      transformResponse: (data: unknown) => data,
      validateStatus: () => true,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      maxBodyLength: Infinity,
      // A deadline on the whole call; the library's own timeout starts again with every byte that drips in.
      signal: AbortSignal.timeout(call.timeoutMs),
      ...AGENTS,
    });
    return toSourceResponse(response, call.secrets);
  } catch (error) {
    const { method, url, isWrite } = call;
    throw failureOf(error, { method, place: `${url.host}${url.pathname}`, isWrite });
  }
}

function toSourceResponse(response: AxiosResponse<string>, secrets: readonly string[]): SourceResponse {
  const isRefusal = response.status >= 400;
  const clean = (text: string): string => (isRefusal ? withoutSecrets(text, secrets) : text);
  const headers = Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), clean(String(value))]);
  return {
    status: response.status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: parseBody(clean(response.data ?? '')),
  };
}

/** JSON when it is JSON, whatever the content type says; text otherwise (an error page, nothing at all). */
function parseBody(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
