import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';
import { SyncRunner } from './sync-runner.service.js';

/** Pulls of one process at a time; each is one administration, and mostly waits for the source. */
const CONCURRENCY = 4;

@Injectable()
export class SyncProcessor implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly runner: SyncRunner,
  ) {}

  onModuleInit(): void {
    this.queue.process('sync', CONCURRENCY, (job) => this.runner.run(job));
  }
}
