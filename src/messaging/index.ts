export { MessagingModule } from './messaging.module.js';
export { contentFromJson, contentToJson, type ContentAddress, type MessageContent } from './outbox/content.js';
export { MessageFiles, type MessageFile } from './outbox/message-files.service.js';
export { OutboxService } from './outbox/outbox.service.js';
