import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';
import { WritebackWorker } from './writeback-worker.service.js';

@Injectable()
export class WritebackProcessor implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly worker: WritebackWorker,
  ) {}

  onModuleInit(): void {
    this.queue.process('push-writebacks', 2, async ({ firmId }) => {
      await this.worker.pushDue(firmId);
    });
  }
}
