import { SourceError, type SourceHttp, type SourceRequest, type SourceResponse } from '../contract/index.js';
import { toAsked, type Asked, type Conversation } from './conversation.js';
import type { Discretion } from './discretion.js';

/** Where a connector first asked something else than it did when it was recorded. */
export class ConversationDiffers extends Error {
  override readonly name = 'ConversationDiffers';
}

/** A way out that knows only what was said before. */
export interface Replayer extends SourceHttp {
  /** Throws ConversationDiffers when calls are left over. */
  end(): void;
}

/** Calls are answered in the order of the recording; the first that is not the recorded one to the byte ends it. */
export function createReplayer({ exchanges }: Conversation, discretion: Discretion): Replayer {
  const place = { next: 0 };
  return {
    async request(request: SourceRequest): Promise<SourceResponse> {
      const number = (place.next += 1);
      const exchange = exchanges[number - 1];
      const asked = toAsked(request, discretion);
      if (exchange === undefined)
        throw new ConversationDiffers(`Call ${number} was not recorded: ${asked.method} ${asked.url}`);
      const difference = firstDifference(exchange.request, asked);
      if (difference !== null)
        throw new ConversationDiffers(`Call ${number} (${exchange.step}) differs in ${difference}`);
      if (exchange.failure !== undefined) throw new SourceError(exchange.failure.kind, exchange.failure.message);
      return exchange.response!;
    },
    end() {
      const left = exchanges[place.next];
      if (left === undefined) return;
      const { method, url } = left.request;
      throw new ConversationDiffers(
        `Call ${place.next + 1} (${left.step}) was recorded and is asked no more: ${method} ${url}`,
      );
    },
  };
}

/** null: the same to the byte. */
function firstDifference(recorded: Asked, asked: Asked): string | null {
  const headers = [...new Set([...Object.keys(recorded.headers), ...Object.keys(asked.headers)])];
  const parts: readonly (readonly [string, string | null, string | null])[] = [
    ['its method', recorded.method, asked.method],
    ['its address', recorded.url, asked.url],
    ['the place of its token', recorded.token, asked.token],
    ...headers.map((name) => [`its header ${name}`, recorded.headers[name] ?? null, asked.headers[name] ?? null] as const), // prettier-ignore
    ['its body', recorded.body, asked.body],
  ];
  const [what, before, now] = parts.find(([, before, now]) => before !== now) ?? [];
  if (what === undefined) return null;
  return `${what}, at byte ${differsAt(before ?? null, now ?? null)}\n  recorded  ${show(before ?? null, now ?? null)}\n  now       ${show(now ?? null, before ?? null)}`;
}

function differsAt(left: string | null, right: string | null): number {
  const [one, other] = [Buffer.from(left ?? ''), Buffer.from(right ?? '')];
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return at < 0 ? one.length : at;
}

const AROUND = 40;

/** The neighbourhood of the first difference. */
function show(text: string | null, other: string | null): string {
  if (text === null) return '(none)';
  const signs = [...text];
  const from = signs.findIndex((sign, index) => sign !== [...(other ?? '')][index]);
  const start = Math.max(0, (from < 0 ? signs.length : from) - AROUND);
  const end = start + 2 * AROUND;
  const shown = signs.slice(start, end).join('');
  return `${start > 0 ? '…' : ''}${JSON.stringify(shown).slice(1, -1)}${end < signs.length ? '…' : ''}`;
}
