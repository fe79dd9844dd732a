import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  SourceError,
  type ManagedPart,
  type PushOutcome,
  type SourceErrorKind,
  type WriteIntent,
} from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { ConnectionRepository, SourceGateway, type SourceSession } from '../connections/index.js';
import { ShuttingDown } from '../sleeper.js';
import { isState, toStateIntent } from './intent.js';
import { OwnEcho } from './own-echo.service.js';
import { WriteFacts } from './write-facts.service.js';
import { judgeError, judgeProbe, judgePush, operationOf, sharersOf, type Verdict } from './writeback-plan.js';
import { HEARTBEAT_MS, WritebackRepository, type Attempted, type ClaimedWriteback } from './writeback.repository.js';

/** Refusals that come before the source does anything. */
const BEFORE_ANYTHING: ReadonlySet<SourceErrorKind> = new Set(['auth_expired', 'auth_revoked', 'rate_limited', 'quota_exhausted', 'scope_missing']); // prettier-ignore

/** Another worker has it: nothing was sent, and nothing is written down. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** One attempt while it runs: `tried` says whether the source may have heard of it. */
interface Attempt {
  readonly claimed: ClaimedWriteback;
  readonly session: SourceSession;
  readonly part: ManagedPart | null;
  tried: boolean;
}

/** Writes to the ledgers what is due, one at a time, and never blindly twice. */
@Injectable()
export class WritebackWorker {
  private readonly logger = new Logger('writeback');

  constructor(
    private readonly writebacks: WritebackRepository,
    private readonly gateway: SourceGateway,
    private readonly connections: ConnectionRepository,
    private readonly facts: WriteFacts,
    private readonly echo: OwnEcho,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Handles everything of a firm that is due now; answers how many. Safe to run in several processes at once. */
  async pushDue(firmId: string): Promise<number> {
    await this.writebacks.abandon(firmId);
    await this.facts.refreshStates(firmId);
    for (let handled = 0; ; handled += 1) {
      const claimed = await this.writebacks.claim(firmId, this.clock.now());
      if (claimed === null) return handled;
      await this.handle(claimed);
    }
  }

  private async handle(claimed: ClaimedWriteback): Promise<void> {
    const beat = setInterval(
      () => void this.writebacks.heartbeat(claimed).catch(() => undefined),
      HEARTBEAT_MS,
    ).unref();
    try {
      const attempted = await this.attempt(claimed);
      if (!(await this.writebacks.settle(claimed, attempted, this.clock.now())))
        this.logger.warn(`write-back ${claimed.id} was taken over before it ended`);
      if (attempted.verdict.state === 'applied')
        await this.connections.noteSuccess(
          { firmId: claimed.firmId, connectionId: claimed.connectionId },
          this.clock.now(),
        );
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      this.logger.warn(`write-back ${claimed.id} was taken over before it began`);
    } finally {
      clearInterval(beat);
    }
  }

  private async attempt(claimed: ClaimedWriteback): Promise<Attempted> {
    const session = await this.gateway.open({ firmId: claimed.firmId, connectionId: claimed.connectionId }, 'write');
    const { declaration } = session.connector;
    const operation = operationOf(declaration, claimed.intent.kind);
    const name = operation?.part ?? null;
    const part = name === null ? null : { name, holds: sharersOf(declaration, name) };
    const attempt = { claimed, session, part: await this.facts.partOf(claimed, name), tried: claimed.tried };
    const isBlind = operation?.idempotency === 'none';
    try {
      const verdict = await this.write(attempt);
      // A refusal is certain; whoever cannot be asked what it has must not be asked about it afterwards.
      return { verdict, part, tried: attempt.tried && !(isBlind && verdict.state === 'rejected') };
    } catch (error) {
      const failure = await this.explain(session, error);
      this.logger.warn(`write-back ${claimed.id}: ${failure.kind}: ${failure.message}`);
      return this.judgeFailure(attempt, failure, { part, isBlind });
    }
  }

  /** What is refused before anything is done (token, right, limit) was not tried; what nobody can tell waits for a person. */
  private judgeFailure(
    { claimed, tried }: Attempt,
    failure: SourceError,
    { part, isBlind }: { part: Attempted['part']; isBlind: boolean },
  ): Attempted {
    const verdict = judgeError(failure, claimed.attempts + 1, this.clock.now());
    if (BEFORE_ANYTHING.has(failure.kind)) return { verdict, part, tried: claimed.tried };
    const waits = isBlind && tried && verdict.state === 'unknown';
    return { verdict: waits ? { ...verdict, nextAttemptAt: null } : verdict, part, tried };
  }

  private async write(attempt: Attempt): Promise<Verdict> {
    const { claimed, session, part } = attempt;
    const { connector, context } = session;
    if (isState(claimed.intent)) return this.judge(attempt, await this.show(attempt));
    const intent = await this.facts.intentOf(claimed, claimed.intent, part);
    const proof = claimed.tried ? await this.ask(attempt, intent) : { push: null };
    if ('state' in proof) return proof;
    await this.begin(attempt);
    return this.judge(attempt, await connector.push(context, intent, proof.push));
  }

  private async ask(
    { claimed, session }: Attempt,
    intent: WriteIntent,
  ): Promise<Verdict | { push: { remoteId: string } | null }> {
    const proof = judgeProbe(await session.connector.probe(session.context, intent));
    await this.writebacks.note(claimed, 'probed', describeProof(proof));
    return proof;
  }

  /** A state is said again rather than asked about: it is the same state. */
  private async show(attempt: Attempt): Promise<PushOutcome> {
    const { claimed, session, part } = attempt;
    const { connector, context } = session;
    if (connector.show === undefined || !isState(claimed.intent))
      return { outcome: 'rejected', message: `${connector.declaration.name} has no place for this.`, fields: [] };
    await this.begin(attempt);
    const outcome = await connector.show(context, toStateIntent(claimed.intent, claimed, part));
    await this.echo.take(claimed, session, outcome);
    return outcome;
  }

  private async begin(attempt: Attempt): Promise<void> {
    if (!(await this.writebacks.markTried(attempt.claimed))) throw new LeaseLost();
    attempt.tried = true;
  }

  private judge({ claimed }: Attempt, outcome: PushOutcome): Verdict {
    return judgePush(outcome, claimed.attempts + 1, this.clock.now());
  }

  private async explain(session: SourceSession, error: unknown): Promise<SourceError> {
    // The lease runs out, and then the source is asked.
    if (error instanceof ShuttingDown || error instanceof LeaseLost) throw error;
    if (error instanceof SourceError) return session.explain(error);
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return new SourceError('bug', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function describeProof(proof: Verdict | { push: { remoteId: string } | null }): string {
  if ('state' in proof) return 'it had arrived';
  return proof.push === null ? 'it had not arrived' : `it had arrived in part (${proof.push.remoteId})`;
}
