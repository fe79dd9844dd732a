import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { JobQueue } from '../../queue/index.js';
import { DueWorkRepository, type DueJob } from './due-work.repository.js';

const EVERY_MS = 5_000;
/** A pull begins within two seconds of its moment, however many share it. */
export const SCHEDULES_EVERY_MS = 1_000;
const PROFILES_EVERY_MS = 60_000;
const STATES_EVERY_MS = 60_000;

/** The clockwork: every few seconds it looks for what is due and enqueues it. It never does the work itself. */
@Injectable()
export class Ticker {
  private readonly logger = new Logger('schedule');
  private busy = false;
  private firing = false;

  constructor(
    private readonly due: DueWorkRepository,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Never throws: the next tick finds the same rows. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.fireSchedules();
      await this.enqueue(await this.due.findDue(this.clock.now()));
    } catch (error) {
      this.logger.warn(`tick: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.busy = false;
    }
  }

  /** Never throws. More often than the rest, because people chose the moment. */
  @Interval(SCHEDULES_EVERY_MS)
  async fireSchedules(): Promise<void> {
    if (this.firing) return;
    this.firing = true;
    try {
      for await (const jobs of this.due.fireSchedules(this.clock.now())) await this.enqueue(jobs);
    } catch (error) {
      this.logger.warn(`schedules: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.firing = false;
    }
  }

  /** Never throws. The news come with a pull or a message; this finds what was missed. */
  @Interval(STATES_EVERY_MS)
  async refreshStates(): Promise<void> {
    try {
      await this.enqueue(await this.due.findShownStates());
    } catch (error) {
      this.logger.warn(`states: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Never throws. Rarer, because it looks at every debtor. */
  @Interval(PROFILES_EVERY_MS)
  async refreshProfiles(): Promise<void> {
    try {
      await this.enqueue(await this.due.findStaleProfiles(this.clock.now()));
    } catch (error) {
      this.logger.warn(`profiles: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async enqueue(jobs: readonly DueJob[]): Promise<void> {
    for (const job of jobs) await this.queue.enqueue(job.name, job.payload as never, { key: job.key });
  }
}
