import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { HintSubscriptions } from './hint-subscriptions.service.js';
import { REMEMBER_EVENTS_MS } from './hint-plan.js';
import { HintRepository, type HintRef } from './hint.repository.js';
import { SubscriptionRepository } from './subscription.repository.js';

/** What hints wait for, in every firm: the rows are the truth, a lost job is found again here. */
@Injectable()
export class HintDue {
  constructor(
    private readonly hints: HintRepository,
    private readonly rows: SubscriptionRepository,
    private readonly subscriptions: HintSubscriptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(): Promise<{ pulls: HintRef[]; looks: HintRef[] }> {
    const now = this.clock.now();
    const pulls = await this.hints.findDue(now, new Date(now.getTime() - REMEMBER_EVENTS_MS));
    const looks = await this.rows.findWanted(this.subscriptions.connectors(), now);
    return { pulls, looks };
  }
}
