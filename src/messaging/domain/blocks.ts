import { InputError } from '../../kernel/index.js';
import { invoiceTableOf, paymentBlockOf } from './figures.js';
import { legalTextOf } from './legal-notice.js';
import type { MessageBlock, MessageInput } from './message.js';
import { BLOCK_MARK } from './template-context.js';
import { BLOCK_TAGS, type BlockTag } from './template-engine.js';

const MAKERS: Readonly<Record<BlockTag, (input: MessageInput) => MessageBlock | undefined>> = {
  payment: (input) => ({ type: 'payment', payment: paymentBlockOf(input) }),
  invoices: (input) => ({ type: 'invoices', table: invoiceTableOf(input) }),
  legal: (input) => {
    const text = legalTextOf(input);
    return text === undefined ? undefined : { type: 'legal', text };
  },
};

/** Cuts a rendered body into paragraphs (ended by an empty line) and the blocks its tags asked for. */
export function blocksOf(body: string, input: MessageInput): readonly MessageBlock[] {
  const blocks = body
    .split(/\n[ \t]*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => blockOf(part, input))
    .filter((block) => block !== undefined);
  if (input.legal !== undefined && !blocks.some((block) => block.type === 'legal'))
    throw new InputError('$.template.body', '{% legal %}, which this message needs by law', 'TEMPLATE_INVALID');
  return blocks;
}

function blockOf(part: string, input: MessageInput): MessageBlock | undefined {
  const tag = BLOCK_TAGS.find((name) => part === `${BLOCK_MARK}${name}${BLOCK_MARK}`);
  if (tag !== undefined) return MAKERS[tag](input);
  return { type: 'paragraph', text: part.split('\n').map((line) => line.trim()).join('\n') }; // prettier-ignore
}
