import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Heard, HintRequest } from '../../connectors/contract/index.js';
import { notFound, Problem } from '../../http/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { JobQueue } from '../../queue/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { hintTokenHash } from './hint-address.js';
import { HintRepository, type HintChannel, type HintOutcome } from './hint.repository.js';

/** A timer may fire a moment early. */
const SLACK_MS = 20;

/**
 * Takes webhooks. Nothing that one says gets into the books: at most it makes a pull of the administration due that its
 * address belongs to. What is answered with an error is tried again by the source, so only what another try can mend
 * (a secret not set yet) or what did not come from the source is.
 */
@Injectable()
export class HintIntake {
  private readonly logger = new Logger('hints');

  constructor(
    private readonly registry: ConnectorRegistry,
    private readonly hints: HintRepository,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Answers what became of it. Throws a 404 problem for an address that is nobody's, 401 for what is not signed by the source. */
  async take(address: { connector: string; token: string }, request: HintRequest): Promise<HintOutcome> {
    const connector = this.registry.all().find(({ declaration }) => declaration.id === address.connector);
    const hear = connector?.hear?.bind(connector);
    const channel =
      hear === undefined ? null : await this.hints.findByToken(hintTokenHash(address.token), address.connector);
    if (hear === undefined || channel === null) throw notFound('webhook address');
    const heard = hear(request, this.registry.settingsOf(address.connector));
    const outcome = await this.settle(channel, heard);
    if (outcome === 'unsigned' || outcome === 'foreign-app' || outcome === 'no-secret') {
      // Counted; a line each would let anybody who knows an address fill the log.
      this.logger.debug(`a webhook for administration ${channel.administrationId} was refused: ${outcome}`);
      throw new Problem(401, 'HINT_NOT_SIGNED', 'the signature of this webhook is missing or not the one expected');
    }
    return outcome;
  }

  private async settle(channel: HintChannel, heard: Heard): Promise<HintOutcome> {
    const outcome = ignored(channel, heard);
    if (outcome !== null) {
      await this.hints.count(channel, outcome);
      return outcome;
    }
    const now = this.clock.now();
    const dueAt = await this.hints.record(channel, (heard as Heard & { outcome: 'hint' }).eventKey, now);
    if (dueAt === null) return 'repeated';
    const { firmId, administrationId } = channel;
    const delayMs = Math.max(0, dueAt.getTime() - now.getTime()) + SLACK_MS;
    await this.queue.enqueue('pull-hinted', { firmId, administrationId }, { key: administrationId, delayMs });
    return 'heard';
  }
}

/** PURE. Why a webhook asks for nothing; null when it is a hint for this address. */
function ignored(channel: HintChannel, heard: Heard): HintOutcome | null {
  if (heard.outcome === 'validation') return 'validation';
  if (heard.outcome === 'refused') return heard.reason;
  if (heard.administration !== channel.sourceId) return 'other-administration';
  return channel.isOn ? null : 'disabled';
}
