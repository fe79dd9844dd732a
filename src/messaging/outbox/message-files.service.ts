import { Injectable } from '@nestjs/common';
import { conflict } from '../../http/index.js';
import { renderLetterPdf } from '../channels/index.js';
import { composeMessage } from '../domain/index.js';
import { contentFromJson, type MessageContent } from './content.js';
import { MessagesRepository } from './messages.repository.js';

export interface MessageFile {
  readonly fileName: string;
  readonly file: Buffer;
}

/** A message as a letter (PDF), printed from what was stored with it: the same bytes each time. */
@Injectable()
export class MessageFiles {
  constructor(private readonly messages: MessagesRepository) {}

  /** Throws 404 for an unknown message, 409 for one that has no text (a call). */
  async fileFor(firmId: string, messageId: string): Promise<MessageFile> {
    const { content } = await this.messages.contentOf(firmId, messageId);
    const { input } = contentFromJson(content) as Partial<MessageContent>;
    if (input === undefined) throw conflict('NO_LETTER', 'a call leaves nothing to print');
    const message = { ...input, channel: 'letter' as const };
    const file = await renderLetterPdf({ message, rendered: composeMessage(message) });
    return { fileName: `${message.template.key}-${message.debtor.code}-${message.dates.sentOn}.pdf`, file };
  }
}
