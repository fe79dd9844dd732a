import type { MessageInput, RenderedMessage } from '../domain/index.js';

/** An address as mail and people write it. */
export interface ContentAddress {
  readonly name: string;
  readonly address: string;
}

/**
 * What column `message.content` holds: everything that a channel needs to produce the very same message again, without
 * looking at the books. Minor units travel as decimal text, because JSON has no big integers.
 */
export interface MessageContent {
  readonly from: ContentAddress;
  readonly replyTo: ContentAddress | null;
  readonly to: ContentAddress;
  /** What the message was composed from; the letter (PDF) is printed from it. */
  readonly input: MessageInput;
  readonly rendered: RenderedMessage;
}

const MINOR = 'bigint:';

/** JSON text of a message's content. */
export function contentToJson(content: MessageContent): string {
  return JSON.stringify(content, (_key, value: unknown) => (typeof value === 'bigint' ? `${MINOR}${value}` : value));
}

/** The content of a stored message (the parsed jsonb column). */
export function contentFromJson(stored: unknown): MessageContent {
  return revive(stored) as MessageContent;
}

function revive(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(MINOR) ? BigInt(value.slice(MINOR.length)) : value;
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}
