import { Inject, Injectable, Logger } from '@nestjs/common';
import { SourceError, type Page, type Position } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import { UnitOfWork, type Transaction } from '../../persistence/index.js';
import type { SourceSession } from '../connections/index.js';
import { holdBooks } from '../feed/index.js';
import { progressFor, type ActiveSync } from '../pull/active-sync.js';
import { DebtorDirectory } from '../pull/debtor-directory.repository.js';
import { PageRepository } from '../pull/page.repository.js';
import { SourceReader } from '../pull/source-reader.service.js';
import { SyncRepository } from '../pull/sync.repository.js';
import { prepare } from '../pull/to-rows.js';
import { openPeriodFrom } from './open-period.js';
import { RescanRepository } from './rescan.repository.js';

const PAGE_LIMIT = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Somebody waits for these. */
const HURRIED: ReadonlySet<string> = new Set(['before-apply', 'hint', 'manual']);

/**
 * Reads the open period once more, slowly, where a source may show a record long after its time of change: what a pull of
 * changes has gone past is found here, a day later at most, and counted.
 */
@Injectable()
export class RescanService {
  private readonly logger = new Logger('sync');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: RescanRepository,
    private readonly pages: PageRepository,
    private readonly syncs: SyncRepository,
    private readonly reader: SourceReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * After the last page of a pull. A full pull has read everything already. A source that refuses is asked again an hour
   * later at the earliest; the pull itself is none the worse for it.
   *
   * @throws LeaseLost when somebody else has taken the pull over
   */
  async afterPull(run: ActiveSync, session: SourceSession): Promise<void> {
    const objects = this.objectsOf(run, session);
    if (objects.length === 0) return;
    if (run.kind === 'full') return this.next(run, DAY_MS);
    if (HURRIED.has(run.trigger) || !(await this.isDue(run))) return;
    try {
      for (const { object, first } of objects) await this.read(run, session, { object, first });
      await this.next(run, DAY_MS);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.logger.warn(`pull ${run.id}: the open period could not be read again: ${error.message}`);
      await this.next(run, HOUR_MS);
    }
  }

  /** Objects that can hold something late, with where their second reading begins. */
  private objectsOf(run: ActiveSync, { connector }: SourceSession): { object: LedgerObject; first: Position }[] {
    const asked = { from: openPeriodFrom(run.claimedAt), readAt: run.claimedAt };
    return run.objects.flatMap(({ object }) => {
      const first = connector.rescan?.({ object, ...asked }) ?? null;
      return first === null ? [] : [{ object, first }];
    });
  }

  private async read(
    run: ActiveSync,
    session: SourceSession,
    { object, first }: { object: LedgerObject; first: Position },
  ): Promise<void> {
    let position = first;
    for (;;) {
      const request = { object, administration: run.sourceId, position, limit: PAGE_LIMIT };
      const { page, calls } = await this.reader.read(session, request);
      run.calls += calls;
      progressFor(run, object).calls += calls;
      await this.unitOfWork.inFirm(run.firmId, (transaction) =>
        this.store(transaction, { run, session, object, page }),
      );
      if (!page.more) return;
      await this.reader.makeRoom(page, run.trigger);
      position = page.next;
    }
  }

  private async store(
    transaction: Transaction,
    { run, session, object, page }: { run: ActiveSync; session: SourceSession; object: LedgerObject; page: Page },
  ): Promise<void> {
    await holdBooks(transaction, run.administrationId);
    const context = { object, currency: run.currency, country: run.country };
    const prepared = prepare(page.records, (raw) => session.connector.map(raw, context));
    const owner = { ...run, syncId: run.id, hasQuarantine: true, debtors: new DebtorDirectory() };
    const counts = await this.pages.store(transaction, owner, object, prepared);
    const late = counts.new + counts.changed + counts.deleted;
    if (late > 0) this.logger.warn(`pull ${run.id}: ${late} ${object} had come late`);
    const progress = progressFor(run, object);
    progress.new += counts.new;
    progress.changed += counts.changed;
    progress.deleted += counts.deleted;
    const from = openPeriodFrom(run.claimedAt).toISOString().slice(0, 10);
    await this.rows.add(transaction, run.id, { from, read: page.records.length, late });
    await this.syncs.saveProgress(transaction, run);
  }

  private isDue(run: ActiveSync): Promise<boolean> {
    return this.unitOfWork.inFirm(run.firmId, (transaction) =>
      this.rows.isDue(transaction, run.administrationId, this.clock.now()),
    );
  }

  private async next(run: ActiveSync, milliseconds: number): Promise<void> {
    const at = new Date(this.clock.now().getTime() + milliseconds);
    await this.unitOfWork.inFirm(run.firmId, (transaction) => this.rows.next(transaction, run.administrationId, at));
  }
}
