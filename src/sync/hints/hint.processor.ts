import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';
import { HintPull } from './hint-pull.service.js';
import { HintSubscriptions } from './hint-subscriptions.service.js';

/** Subscribing asks the source a few times; taking a due pull is one transaction. */
const SETTLING = 2;
const PULLING = 4;

@Injectable()
export class HintProcessor implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly pulls: HintPull,
    private readonly subscriptions: HintSubscriptions,
  ) {}

  onModuleInit(): void {
    this.queue.process('pull-hinted', PULLING, (job) => this.pulls.run(job));
    this.queue.process('settle-hints', SETTLING, (job) => this.subscriptions.settle(job));
  }
}
