import { InputError } from '../../kernel/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import type { SourceErrorKind, SourceRequest, SourceResponse, WriteIntent } from '../contract/index.js';
import type { Discretion } from './discretion.js';

/** What the bench asks of a connector. The same plan at the same moment asks the same calls. */
export interface Plan {
  /** null: the first that the consent reaches. */
  readonly administration: string | null;
  readonly objects: readonly LedgerObject[];
  /** Pages per object, at most. */
  readonly pages: number;
  readonly limit: number;
  readonly write: readonly WriteIntent['kind'][];
  /** Whom to write about; null: the first debtor that came. */
  readonly debtor: string | null;
}

/** The first line of a recording. */
export interface Head {
  readonly kind: 'openpost-conversation';
  readonly version: 1;
  readonly connector: string;
  readonly connectorVersion: string;
  readonly baseUrl: string;
  readonly extra: Readonly<Record<string, string>>;
  /** ISO instant; the clock stood still there. */
  readonly recordedAt: string;
  readonly plan: Plan;
}

/** A call as it is compared: everything but the token. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly token: 'header' | 'placed';
  /** The bytes that go out: as text, or in base64 where they are none. null: no body. */
  readonly body: string | null;
  readonly encoding: 'utf8' | 'base64';
}

export interface Exchange {
  readonly step: string;
  readonly request: Asked;
  readonly response?: SourceResponse;
  /** Instead of an answer. */
  readonly failure?: { readonly kind: SourceErrorKind; readonly message: string };
}

export interface Conversation {
  readonly head: Head;
  readonly exchanges: readonly Exchange[];
}

/** A part's boundary is drawn by lot for every call, so it is called the same in every recording. */
const BOUNDARY = 'boundary-of-the-parts';

/** The call that a connector asks for, without what is secret or random in it. */
export function toAsked(request: SourceRequest, discretion: Discretion): Asked {
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const drawn = headers.map(([, value]) => /boundary="?([^";]+)/i.exec(value)?.[1]).find((each) => each !== undefined);
  const plain = (text: string): string => (drawn === undefined ? text : text.replaceAll(drawn, BOUNDARY));
  return {
    method: request.method,
    url: discretion.text(request.url),
    headers: Object.fromEntries(
      headers
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, value]) => [name, discretion.text(plain(value))]),
    ),
    token: request.token ?? 'header',
    ...bodyOf(request.body, plain, discretion),
  };
}

function bodyOf(
  body: unknown,
  plain: (text: string) => string,
  discretion: Discretion,
): Pick<Asked, 'body' | 'encoding'> {
  if (body === undefined) return { body: null, encoding: 'utf8' };
  if (typeof body === 'string') return { body: discretion.text(plain(body)), encoding: 'utf8' };
  if (!Buffer.isBuffer(body)) return { body: JSON.stringify(discretion.value(body)), encoding: 'utf8' };
  const text = body.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(body)) return { body: discretion.text(plain(text)), encoding: 'utf8' };
  const bytes = Buffer.from(plain(body.toString('latin1')), 'latin1');
  return { body: bytes.toString('base64'), encoding: 'base64' };
}

/** Headers that belong to the one connection and not to what was said. */
const DROPPED = /^(set-cookie|authorization|connection|keep-alive|date|transfer-encoding)$/;

export function toAnswered({ status, headers, body }: SourceResponse, discretion: Discretion): SourceResponse {
  const kept = Object.entries(headers).filter(([name]) => !DROPPED.test(name));
  return {
    status,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, discretion.text(value)])),
    body: typeof body === 'string' ? discretion.text(body) : discretion.value(body),
  };
}

/** JSON lines: the head, an exchange per line, and how many there were. */
export function toLines({ head, exchanges }: Conversation): string {
  return [head, ...exchanges, { calls: exchanges.length }].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Throws InputError that names the line. */
export function readLines(text: string): Conversation {
  const lines = text.split('\n').filter((line) => line !== '');
  const [head, ...rest] = lines.map((line, index) => parse(line, index + 1)) as [Head, ...unknown[]];
  if (head?.kind !== 'openpost-conversation' || head.version !== 1)
    throw new InputError('line 1', 'the head of a recorded conversation, version 1');
  const end = rest.at(-1) as { calls?: number } | undefined;
  const exchanges = rest.slice(0, -1) as Exchange[];
  if (end?.calls !== exchanges.length)
    throw new InputError(`line ${lines.length}`, 'the number of calls before it: the file is not whole');
  return { head, exchanges };
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new InputError(`line ${number}`, 'JSON');
  }
}
