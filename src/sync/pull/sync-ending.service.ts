import { Inject, Injectable, Logger } from '@nestjs/common';
import type { SourceError } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { ConnectionRepository, type SourceSession } from '../connections/index.js';
import type { ActiveSync } from './active-sync.js';
import { resumeAt } from './budget-plan.js';
import { changedAnything } from './object-progress.js';
import { SyncFollowUp } from './sync-follow-up.service.js';
import { SyncRepository } from './sync.repository.js';

/** How a pull ends, well or badly, and who hears of it. */
@Injectable()
export class SyncEnding {
  private readonly logger = new Logger('sync');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly syncs: SyncRepository,
    private readonly connections: ConnectionRepository,
    private readonly followUp: SyncFollowUp,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async hasQuarantine(run: ActiveSync): Promise<boolean> {
    return (await this.followUp.quarantined(run)) > 0;
  }

  /** Every object was read to its end. */
  async complete(run: ActiveSync, session: SourceSession): Promise<void> {
    await this.followUp.afterPull(run, session);
    const quarantined = await this.followUp.quarantined(run);
    const state = quarantined > 0 ? 'complete_with_quarantine' : 'complete';
    const now = this.clock.now();
    await this.unitOfWork.inFirm(run.firmId, async (transaction) => {
      await this.syncs.finish(transaction, run, { state, kind: null, message: null, at: now });
      // As of when this worker began: what the source changed since then is not in our books yet. A source that tells
      // of an earlier moment (a list that somebody brought) makes the books no younger than that.
      const asOf = session.asOf();
      const goodAt = asOf === 'live' ? run.claimedAt : asOf;
      await transaction.query(
        `update administration set first_loaded_at = coalesce(first_loaded_at, $2), last_good_pull_at = coalesce($3, last_good_pull_at),
           source_state = case when $4 then source_state - 'rebasing' else source_state end where id = $1`,
        [run.administrationId, now.toISOString(), goodAt?.toISOString() ?? null, run.kind === 'full'],
      );
    });
    await this.connections.noteSuccess({ firmId: run.firmId, connectionId: run.connectionId }, now);
    await this.announce(run);
  }

  /** Stops a pull that cannot go on: back to the queue with a time when waiting helps, otherwise over, with the reason. */
  async fail(run: ActiveSync, error: SourceError): Promise<void> {
    const now = this.clock.now();
    const why = { kind: error.kind, message: error.message, at: now };
    this.logger.warn(`pull ${run.id}: ${error.kind}: ${error.message}`);
    const until = resumeAt(error, now);
    if (until !== null) await this.syncs.release(run, until, why);
    else {
      const state = run.objects.some(({ read }) => read > 0) ? 'partial' : 'failed';
      await this.unitOfWork.inFirm(run.firmId, (transaction) => this.syncs.finish(transaction, run, { ...why, state }));
    }
    await this.announce(run);
  }

  /** Tells those who live off the books, and wakes the pull that waited behind this one. */
  private async announce(run: ActiveSync): Promise<void> {
    const { firmId, administrationId } = run;
    if (changedAnything(run.objects)) {
      await this.queue.enqueue('ledger-changed', { firmId, administrationId }, { key: administrationId });
      // What was settled must not stand in the ledger as reminded.
      await this.queue.enqueue('push-writebacks', { firmId }, { key: firmId });
    }
    const waiting = await this.syncs.findWaiting(firmId, administrationId, this.clock.now());
    if (waiting !== null) await this.queue.enqueue('sync', { firmId, syncId: waiting }, { key: waiting });
  }
}
