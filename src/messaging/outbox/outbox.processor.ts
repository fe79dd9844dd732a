import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';
import { OutboxService } from './outbox.service.js';

@Injectable()
export class OutboxProcessor implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly outbox: OutboxService,
  ) {}

  onModuleInit(): void {
    this.queue.process('send-messages', 1, ({ firmId }) => this.outbox.sendDue(firmId));
  }
}
