import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../queue/index.js';
import { SegmentationService } from './segmentation.service.js';

/** Two administrations at a time: the work of one is a row of short transactions. */
const CONCURRENCY = 2;

/** Sorts the debtors again when their books changed, or when somebody says that a new day has begun. */
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
}
