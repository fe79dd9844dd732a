import type { IncomingMessage } from 'node:http';

/** A request that has been read in full. */
export interface Call {
  readonly method: string;
  /** Path without the query, decoded. */
  readonly path: string;
  /** The raw query string, without `?`. */
  readonly search: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Scheme and host as the caller sees us. */
  readonly origin: string;
}

/** What to send back, in full. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: string | Buffer;
  /** The reason phrase, where a vendor says something in it. */
  readonly reason?: string;
}

export const JSON_TYPE = 'application/json; charset=utf-8';

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': JSON_TYPE, ...headers }, body: JSON.stringify(value) };
}

export function textAnswer(status: number, text: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, headers: { 'Content-Type': type }, body: text };
}

/** The largest body a stand-in reads: above every vendor's own limit, so that their own answer is what the caller sees. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Reads the whole request; throws when the body is larger than any vendor takes. */
export async function readCall(request: IncomingMessage, origin: string): Promise<Call> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('request body too large');
    chunks.push(chunk);
  }
  const raw = request.url ?? '/';
  const cut = raw.indexOf('?');
  const path = cut < 0 ? raw : raw.slice(0, cut);
  const search = cut < 0 ? '' : raw.slice(cut + 1);
  return {
    method: request.method ?? 'GET',
    path: safeDecode(path),
    search,
    query: new URLSearchParams(search),
    headers: request.headers,
    body: Buffer.concat(chunks),
    origin,
  };
}

/** Percent-decodes; text that is not valid percent-encoding stays as it came. */
export function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function formOf(call: Call): URLSearchParams {
  return new URLSearchParams(call.body.toString('utf8'));
}
