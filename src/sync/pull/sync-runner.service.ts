import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { SourceError } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { SourceGateway, type SourceSession } from '../connections/index.js';
import { ShuttingDown } from '../sleeper.js';
import { LeaseLost, type ActiveSync } from './active-sync.js';
import { DebtorDirectory } from './debtor-directory.repository.js';
import { purposeOf } from './budget-plan.js';
import { ObjectPuller } from './object-puller.service.js';
import { SyncEnding } from './sync-ending.service.js';
import { SyncStart } from './sync-start.service.js';
import { HEARTBEAT_MS, SyncRepository, type SyncRef } from './sync.repository.js';

/** Runs one pull under a lease: objects in the declared order, then what follows from them. */
@Injectable()
export class SyncRunner implements OnModuleDestroy {
  private readonly logger = new Logger('sync');
  private stopping = false;

  constructor(
    private readonly syncs: SyncRepository,
    private readonly gateway: SourceGateway,
    private readonly puller: ObjectPuller,
    private readonly start: SyncStart,
    private readonly ending: SyncEnding,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Runs the pull when it is due and nobody else has it; safe to call twice. Its failures end up on the row. */
  async run(ref: SyncRef): Promise<void> {
    const run = await this.syncs.claim(ref, this.clock.now());
    if (run === null) return;
    // A call to the source may take longer than the lease.
    const beat = setInterval(() => void this.syncs.heartbeat(run).catch(() => undefined), HEARTBEAT_MS).unref();
    try {
      await this.work(run);
    } catch (error) {
      await this.giveUp(run, error);
    } finally {
      clearInterval(beat);
    }
  }

  /** Running pulls end after the page they are at, and wait for another worker. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  private async giveUp(run: ActiveSync, error: unknown): Promise<void> {
    try {
      if (error instanceof LeaseLost) throw error;
      const now = this.clock.now();
      if (error instanceof ShuttingDown) await this.syncs.release(run, now, { kind: null, message: null, at: now });
      else await this.ending.fail(run, asSourceError(error, this.logger));
    } catch (failure) {
      if (!(failure instanceof LeaseLost)) throw failure;
      this.logger.warn(failure.message);
    }
  }

  private async work(run: ActiveSync): Promise<void> {
    const ref = { firmId: run.firmId, connectionId: run.connectionId };
    const session = await this.gateway.open(ref, purposeOf(run.trigger));
    await this.start.begin(run, session);
    try {
      await this.pullAll(run, session);
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind !== 'position_invalid') throw error;
      await this.start.beginAgain(run, session);
      await this.pullAll(run, session);
    }
    await this.ending.complete(run, session);
  }

  private async pullAll(run: ActiveSync, session: SourceSession): Promise<void> {
    const hasQuarantine = await this.ending.hasQuarantine(run);
    const isStopping = (): boolean => this.stopping;
    const debtors = new DebtorDirectory();
    for (const { object } of run.objects)
      await this.puller.pull({ run, session, object, hasQuarantine, debtors, isStopping });
  }
}

function asSourceError(error: unknown, logger: Logger): SourceError {
  if (error instanceof SourceError) return error;
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const message = error instanceof Error ? error.message : String(error);
  return new SourceError('bug', message, { cause: error });
}
