import { Inject, Injectable, Logger } from '@nestjs/common';
import { SourceError, type Connector, type SubscribeRequest } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { Settings } from '../../settings/index.js';
import { SourceGateway, type ConnectionRef, type SourceSession } from '../connections/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { hintAddress, hintObstacle, hintToken, hintTokenHash } from './hint-address.js';
import { CHECK_EVERY_MS, LOOK_MS, retryAfterMs } from './hint-plan.js';
import type { HintRef } from './hint.repository.js';
import { SubscriptionRepository, type Found, type Look } from './subscription.repository.js';

/** A disconnecting person waits no longer than this for the source to be told. */
const FAREWELL_MS = 10_000;

/** Keeps the subscriptions at the sources in step with what is in use here. */
@Injectable()
export class HintSubscriptions {
  private readonly logger = new Logger('hints');

  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly gateway: SourceGateway,
    private readonly registry: ConnectorRegistry,
    private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Packages that give hints. */
  connectors(): string[] {
    const giving = this.registry.all().filter(({ declaration, subscribe }) => declaration.hints && subscribe);
    return giving.map(({ declaration }) => declaration.id).filter((id) => this.registry.isConfigured(id));
  }

  /** Subscribes, looks whether a subscription still stands, or ends it: whatever the administration needs now. Safe to run twice. */
  async settle(ref: HintRef): Promise<void> {
    const id = await this.subscriptions.findConnector(ref);
    if (id === null || !this.connectors().includes(id)) return;
    const now = this.clock.now();
    const token = hintToken(this.registry.settingsOf(id), ref.administrationId);
    const until = new Date(now.getTime() + LOOK_MS);
    const look = await this.subscriptions.claim(ref, hintTokenHash(token), { now, until });
    if (look === null) return;
    const found = await this.look(look, this.registry.get(id), hintAddress(this.settings.publicUrl, id, token));
    await this.subscriptions.save(ref, found);
  }

  /** Tells the source that nobody listens any more, while there is still a token to tell it with. Never throws. */
  async farewell(ref: ConnectionRef): Promise<void> {
    try {
      const standing = await this.subscriptions.findStanding(ref.firmId, ref.connectionId);
      if (standing.length === 0) return;
      const timeout = new Promise<void>((proceed) => setTimeout(proceed, FAREWELL_MS).unref());
      await Promise.race([this.leave(ref, standing), timeout]);
    } catch (error) {
      // The address answers, and what it hears is ignored; the source gives up by itself.
      this.logger.warn(`connection ${ref.connectionId}: webhooks could not be ended: ${String(error)}`);
    }
  }

  private async leave(
    ref: ConnectionRef,
    standing: readonly { administrationId: string; sourceId: string }[],
  ): Promise<void> {
    const { firmId } = ref;
    const session = await this.gateway.open(ref);
    const { id } = session.connector.declaration;
    for (const { administrationId, sourceId } of standing) {
      const token = hintToken(this.registry.settingsOf(id), administrationId);
      const callbackUrl = hintAddress(this.settings.publicUrl, id, token);
      await session.connector.unsubscribe?.(session.context, { administration: sourceId, callbackUrl });
      await this.subscriptions.save({ firmId, administrationId }, this.found({ state: 'off' }));
    }
  }

  private async look(look: Look, connector: Connector, callbackUrl: string): Promise<Found> {
    const { hints } = connector.declaration;
    const obstacle = hintObstacle(hints!, this.registry.settingsOf(connector.declaration.id), this.settings.publicUrl);
    if (obstacle !== null && look.enabled) return this.found({ state: 'refused', message: obstacle, waitMs: LOOK_MS });
    const session = await this.gateway.open({ firmId: look.firmId, connectionId: look.connectionId }, 'background');
    try {
      return await this.inStep(look, session, { administration: look.sourceId, callbackUrl });
    } catch (error) {
      return this.failed(look, await session.explain(error));
    }
  }

  private async inStep(look: Look, { connector, context }: SourceSession, request: SubscribeRequest): Promise<Found> {
    if (!look.enabled) {
      await connector.unsubscribe?.(context, request);
      return this.found({ state: 'off' });
    }
    const { topics, added } = await connector.subscribe!(context, request);
    const isLost = look.state === 'active' && look.sameConsent && added.length > 0;
    if (isLost) this.logger.warn(`administration ${look.administrationId}: the source had forgotten ${added.join(', ')}; subscribed again`); // prettier-ignore
    return this.found({ state: 'active', topics, isLost });
  }

  private failed(look: Look, error: SourceError): Found {
    this.logger.warn(`administration ${look.administrationId}: no webhooks: ${error.kind}: ${error.message}`);
    const isRefusal = error.kind === 'scope_missing' || error.kind === 'rejected';
    const waitMs = Math.max(retryAfterMs(error.kind), (error.until?.getTime() ?? 0) - this.clock.now().getTime());
    // What stood before may still stand: the source was merely not to be asked.
    const state = isRefusal ? 'refused' : look.enabled && look.state === 'active' ? 'active' : 'pending';
    return this.found({ state, message: error.message, waitMs });
  }

  private found({
    waitMs = CHECK_EVERY_MS,
    ...seen
  }: Pick<Found, 'state'> & Partial<Found> & { waitMs?: number }): Found {
    const at = this.clock.now();
    return { message: null, topics: [], isLost: false, ...seen, at, nextAt: new Date(at.getTime() + waitMs) };
  }
}
