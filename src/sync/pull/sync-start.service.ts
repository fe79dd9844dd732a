import { Injectable, Logger } from '@nestjs/common';
import { SourceError, type Position } from '../../connectors/contract/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import { UnitOfWork } from '../../persistence/index.js';
import type { SourceSession } from '../connections/index.js';
import { progressFor, type ActiveSync } from './active-sync.js';
import { DebtorDirectory } from './debtor-directory.repository.js';
import { startProgress } from './object-progress.js';
import { PageRepository } from './page.repository.js';
import { pullKindFor, type FullReason } from './pull-kind.js';
import { RebaseWatch } from './rebase-watch.service.js';
import { SyncRepository } from './sync.repository.js';

/** What a pull is to read, decided before its first page and whenever the source no longer knows where we were. */
@Injectable()
export class SyncStart {
  private readonly logger = new Logger('sync');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rebase: RebaseWatch,
    private readonly syncs: SyncRepository,
    private readonly pages: PageRepository,
  ) {}

  async begin(run: ActiveSync, session: SourceSession): Promise<void> {
    const { declaration } = session.connector;
    if (run.objects.length === 0) run.objects = startProgress(declaration.pullOrder);
    const { kind, reason } = pullKindFor(
      { ...run, deletionsKeptDays: declaration.deletionsKeptDays ?? null },
      run.claimedAt,
    );
    if (kind === 'full' && run.kind === 'delta') startOver(run, { rebase: run.rebase, reason });
    run.fullReason = reason;
    const interrupted = run.rebase && run.kind === 'delta';
    if ((await this.rebase.mustReadAgain(run, session)) || interrupted)
      startOver(run, { rebase: true, reason: 'renumbered' });
    if (run.fullReason !== null) await this.syncs.noteKind(run);
    if (run.firstLoad && run.objects.every(({ state }) => state === 'pending')) await this.skipThePast(run, session);
  }

  /** The usual cause of a lost position is renumbering, which the markers tell. */
  async beginAgain(run: ActiveSync, session: SourceSession): Promise<void> {
    this.logger.warn(`pull ${run.id}: the source no longer knows our position, reading everything again`);
    const moved = await this.rebase.mustReadAgain(run, session, true);
    startOver(run, { rebase: moved || run.rebase, reason: moved ? 'renumbered' : 'position-lost' });
    await this.syncs.noteKind(run);
  }

  /**
   * What was deleted before the first page of a first load is in nobody's books: the log is begun where it stands now,
   * before page one of anything. The place is stored as if that far had been read, so it outlives this worker. Only
   * when no record of the log was ever placed, for books that were begun once need the log from there on.
   */
  private async skipThePast(run: ActiveSync, session: SourceSession): Promise<void> {
    if (!run.objects.some(({ object }) => object === 'deletions') || session.connector.signpost === undefined) return;
    if ((await this.placed(run, 'deletions')) !== null) return;
    const before = session.calls();
    const position = await this.ask(run, session);
    run.calls += session.calls() - before;
    if (position === null) return;
    const owner = { ...run, syncId: run.id, hasQuarantine: false, debtors: new DebtorDirectory() };
    await this.unitOfWork.inFirm(run.firmId, async (transaction) => {
      await this.pages.savePosition(transaction, owner, 'deletions', position);
      progressFor(run, 'deletions').state = 'running';
      await this.syncs.saveProgress(transaction, run);
    });
  }

  /** A source that does not answer the question is read from the beginning: more calls, the same books. */
  private async ask(run: ActiveSync, session: SourceSession): Promise<Position | null> {
    try {
      return await session.connector.signpost!(session.context, {
        administration: run.sourceId,
        object: 'deletions',
      });
    } catch (error) {
      const failure = await session.explain(error);
      if (!(failure instanceof SourceError)) throw failure;
      this.logger.warn(`pull ${run.id}: no signpost: ${failure.message}`);
      return null;
    }
  }

  private placed(run: ActiveSync, object: LedgerObject): Promise<Position | null> {
    return this.unitOfWork.inFirm(run.firmId, (transaction) =>
      this.pages.findPosition(transaction, run.administrationId, object),
    );
  }
}

/** Everything from the first record on; nothing is emptied, so only real differences become changes. */
function startOver(run: ActiveSync, { rebase, reason }: { rebase: boolean; reason: FullReason | null }): void {
  run.kind = 'full';
  run.fullReason = reason;
  run.rebase = rebase;
  run.objects = startProgress(run.objects.map(({ object }) => object));
}
