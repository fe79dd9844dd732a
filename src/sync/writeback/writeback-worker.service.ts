import { Inject, Injectable, Logger } from '@nestjs/common';
import { SourceError, type WriteIntent } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { ConnectionRepository, SourceGateway, type SourceSession } from '../connections/index.js';
import { ShuttingDown } from '../sleeper.js';
import { DOCUMENT_FILES, type DocumentFiles } from './document-files.js';
import { toWriteIntent } from './intent.js';
import { judgeError, judgeProbe, judgePush, mustProbe, type Verdict } from './writeback-plan.js';
import { HEARTBEAT_MS, WritebackRepository, type ClaimedWriteback } from './writeback.repository.js';

/** Writes to the ledgers what is due, one at a time, and never blindly twice. */
@Injectable()
export class WritebackWorker {
  private readonly logger = new Logger('writeback');

  constructor(
    private readonly writebacks: WritebackRepository,
    private readonly gateway: SourceGateway,
    private readonly connections: ConnectionRepository,
    @Inject(DOCUMENT_FILES) private readonly files: DocumentFiles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Handles everything of a firm that is due now; answers how many. Safe to run in several processes at once. */
  async pushDue(firmId: string): Promise<number> {
    await this.writebacks.abandon(firmId);
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
      const verdict = await this.attempt(claimed);
      if (!(await this.writebacks.settle(claimed, verdict, this.clock.now())))
        this.logger.warn(`write-back ${claimed.id} was taken over before it ended`);
      if (verdict.state === 'applied')
        await this.connections.noteSuccess(
          { firmId: claimed.firmId, connectionId: claimed.connectionId },
          this.clock.now(),
        );
    } finally {
      clearInterval(beat);
    }
  }

  private async attempt(claimed: ClaimedWriteback): Promise<Verdict> {
    const session = await this.gateway.open({ firmId: claimed.firmId, connectionId: claimed.connectionId }, 'write');
    try {
      return await this.write(claimed, session);
    } catch (error) {
      const failure = await this.explain(session, error);
      this.logger.warn(`write-back ${claimed.id}: ${failure.kind}: ${failure.message}`);
      return judgeError(failure, claimed.attempts + 1, this.clock.now());
    }
  }

  private async write(claimed: ClaimedWriteback, session: SourceSession): Promise<Verdict> {
    const intent = await this.intentOf(claimed);
    let known: { remoteId: string } | null = null;
    if (mustProbe(claimed)) {
      const proof = judgeProbe(await session.connector.probe(session.context, intent));
      await this.writebacks.note(claimed, 'probed', describeProof(proof));
      if ('state' in proof) return proof;
      known = proof.push;
    }
    const outcome = await session.connector.push(session.context, intent, known);
    return judgePush(outcome, claimed.attempts + 1, this.clock.now());
  }

  private async intentOf(claimed: ClaimedWriteback): Promise<WriteIntent> {
    const needsFile = claimed.intent.kind === 'document' && claimed.messageId !== null;
    const file = needsFile ? await this.files.fileFor(claimed.firmId, claimed.messageId) : null;
    return toWriteIntent(claimed.intent, claimed, file);
  }

  private async explain(session: SourceSession, error: unknown): Promise<SourceError> {
    // The lease runs out, and then the source is asked.
    if (error instanceof ShuttingDown) throw error;
    if (error instanceof SourceError) return session.explain(error);
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return new SourceError('bug', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function describeProof(proof: Verdict | { push: { remoteId: string } | null }): string {
  if ('state' in proof) return 'it had arrived';
  return proof.push === null ? 'it had not arrived' : `it had arrived in part (${proof.push.remoteId})`;
}
