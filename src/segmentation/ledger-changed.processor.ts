import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { JobQueue } from '../queue/index.js';
import { SegmentationService } from './segmentation.service.js';

/** Two administrations at a time: the work of one is a row of short transactions. */
const CONCURRENCY = 2;
const SWEEP_EVERY_MS = 600_000;

/** Sorts the debtors again after a pull that changed something, and when a new day has begun. */
@Injectable()
export class LedgerChangedProcessor implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly segmentation: SegmentationService,
  ) {}

  onModuleInit(): void {
    this.queue.process('ledger-changed', CONCURRENCY, async ({ firmId, administrationId }) => {
      await this.segmentation.recompute(firmId, administrationId);
      // Dunning listens: the debtors stand in their segments now.
      await this.queue.enqueue('segments-ready', { firmId, administrationId }, { key: administrationId });
    });
  }

  /** Finds what a lost job or a passing midnight left behind; only enqueues. */
  @Interval(SWEEP_EVERY_MS)
  async sweep(): Promise<void> {
    for (const stale of await this.segmentation.outdated())
      await this.queue.enqueue('ledger-changed', stale, { key: stale.administrationId });
  }
}
