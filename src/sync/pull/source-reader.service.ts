import { Inject, Injectable } from '@nestjs/common';
import { SourceError, type Page, type PullRequest } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import type { SourceSession } from '../connections/index.js';
import { Sleeper } from '../sleeper.js';
import { pauseBeforeRetry, planNextCall, purposeOf } from './budget-plan.js';

export interface ReadPage {
  readonly page: Page;
  readonly calls: number;
}

/** Reads pages with patience: waits out short refusals, repeats reads that failed. What calls cost is counted on their way out. */
@Injectable()
export class SourceReader {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly sleeper: Sleeper,
  ) {}

  /** Throws SourceError when waiting here does not help. */
  async read(session: SourceSession, request: PullRequest): Promise<ReadPage> {
    const before = session.calls();
    for (let attempt = 0; ; attempt += 1) {
      try {
        const page = await session.connector.pull(session.context, request);
        return { page, calls: session.calls() - before };
      } catch (error) {
        const failure = await session.explain(error);
        const pause = pauseBeforeRetry(failure, attempt, this.clock.now());
        if (pause === null) throw failure;
        await this.sleeper.sleep(pause);
      }
    }
  }

  /** Rests until the next call fits the budgets that the last answer named. Throws `quota_exhausted` when that is long. */
  async makeRoom(page: Page, trigger: string): Promise<void> {
    const plan = planNextCall(page.budgets, this.clock.now(), purposeOf(trigger) === 'urgent');
    if (plan.plan === 'wait') await this.sleeper.sleep(plan.milliseconds + 100);
    if (plan.plan === 'stop')
      throw new SourceError('quota_exhausted', "this pull's share of the source's daily calls is used up", {
        until: plan.until,
      });
  }
}
