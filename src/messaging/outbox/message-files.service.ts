import { Injectable } from '@nestjs/common';
import { renderLetterPdf } from '../channels/index.js';
import { composeMessage } from '../domain/index.js';
import { contentFromJson } from './content.js';
import { MessagesRepository } from './messages.repository.js';

export interface MessageFile {
  readonly fileName: string;
  readonly file: Buffer;
}

/** A message as a letter (PDF), printed from what was stored with it: the same bytes each time. */
@Injectable()
export class MessageFiles {
  constructor(private readonly messages: MessagesRepository) {}

  async fileFor(firmId: string, messageId: string): Promise<MessageFile> {
    const { content } = await this.messages.contentOf(firmId, messageId);
    const message = { ...contentFromJson(content).input, channel: 'letter' as const };
    const file = await renderLetterPdf({ message, rendered: composeMessage(message) });
    return { fileName: `${message.template.key}-${message.debtor.code}-${message.dates.sentOn}.pdf`, file };
  }
}
