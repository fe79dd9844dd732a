import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { JobQueue } from '../../queue/index.js';
import { HintDue } from '../hints/index.js';

const EVERY_MS = 5_000;

/** The clockwork of hints: looks for pulls that hints made due and for subscriptions that want looking at. It never does the work itself. */
@Injectable()
export class HintTicker {
  private readonly logger = new Logger('schedule');
  private busy = false;

  constructor(
    private readonly due: HintDue,
    private readonly queue: JobQueue,
  ) {}

  /** Never throws: the next tick finds the same rows. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const { pulls, looks } = await this.due.find();
      for (const ref of pulls) await this.queue.enqueue('pull-hinted', ref, { key: ref.administrationId });
      for (const ref of looks) await this.queue.enqueue('settle-hints', ref, { key: ref.administrationId });
    } catch (error) {
      this.logger.warn(`hints: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.busy = false;
    }
  }
}
