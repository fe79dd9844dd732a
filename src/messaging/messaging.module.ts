import { Module } from '@nestjs/common';
import { MessageFiles } from './outbox/message-files.service.js';
import { MessagesController } from './outbox/messages.controller.js';
import { MessagesRepository } from './outbox/messages.repository.js';
import { OutboxProcessor } from './outbox/outbox.processor.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { OutboxService } from './outbox/outbox.service.js';

@Module({
  controllers: [MessagesController],
  providers: [MessageFiles, MessagesRepository, OutboxProcessor, OutboxRepository, OutboxService],
  exports: [MessageFiles, OutboxService],
})
export class MessagingModule {}
