import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { JobQueue } from '../../queue/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { toHintView, type HintView } from './hint-view.js';
import type { HintRef } from './hint.repository.js';
import { SubscriptionRepository } from './subscription.repository.js';

/** Hints of an administration as people look at them. */
@Injectable()
export class HintsService {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly registry: ConnectorRegistry,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async get(ref: HintRef): Promise<HintView> {
    const row = await this.subscriptions.get(ref);
    return toHintView(row, this.registry.get(row.connector).declaration.hints ?? null);
  }

  /** Looks at the subscription again, now: after a right was given, or an address became reachable. */
  async lookAgain(ref: HintRef): Promise<HintView> {
    await this.subscriptions.get(ref);
    await this.subscriptions.lookNow(ref, this.clock.now());
    await this.queue.enqueue('settle-hints', ref, { key: ref.administrationId });
    return this.get(ref);
  }
}
