import { Inject, Injectable, Logger } from '@nestjs/common';
import { SourceError, type Page, type Position } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import type { OpenItem } from '../../ledger/domain/index.js';
import { type Transaction, UnitOfWork } from '../../persistence/index.js';
import { ConnectionRepository, type SourceSession } from '../connections/index.js';
import type { ActiveSync } from '../pull/active-sync.js';
import { SourceReader } from '../pull/source-reader.service.js';
import { listsOpenItems } from './lists-open-items.js';
import { matchLines } from './match-lines.js';
import { TieOutRepository, type CheckRef } from './tie-out.repository.js';
import { TieOutTasks } from './tie-out-tasks.repository.js';

const PAGE_LIMIT = 1_000;
/** Lines are looked up for so many debtors of a check, and so many are kept; the counts stay exact. */
const DEBTORS_WITH_LINES = 200;
const LINES_READ = 5_000;
const LINES_KEPT = 5_000;
const DAY_MS = 86_400_000;
/** Something may have been booked between our reading and the list's: a first difference is looked at again soon. */
const SECOND_LOOK_MS = 15 * 60_000;

/** Compares our open items with the source's own list, to the cent and to the item, per debtor and currency. */
@Injectable()
export class TieOutService {
  private readonly logger = new Logger('sync');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: SourceReader,
    private readonly checks: TieOutRepository,
    private readonly tasks: TieOutTasks,
    private readonly connections: ConnectionRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether this pull ends with a comparison: every full one does, and the first after the clock or a person asked. */
  async isDue(run: ActiveSync): Promise<boolean> {
    if (run.kind === 'full' || run.firstLoad) return true;
    return this.unitOfWork.inFirm(run.firmId, (transaction) => this.checks.isWanted(transaction, run.administrationId));
  }

  /** Does nothing for a source without such a list. A list that cannot be read leaves the last comparison standing. */
  async compare(run: ActiveSync, session: SourceSession): Promise<void> {
    if (!listsOpenItems(session.connector.declaration)) return;
    const check: CheckRef = { firmId: run.firmId, administrationId: run.administrationId, syncId: run.id };
    try {
      await this.inFirm(check, (transaction) => this.checks.begin(transaction, check));
      await this.readList(run, session, check);
      await this.inFirm(check, (transaction) => this.judge(transaction, check, run));
      if (run.trigger === 'tie-out') await this.lookAtRights(run, session);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.logger.warn(`pull ${run.id}: the list of open items could not be read: ${error.message}`);
    }
  }

  private async readList(run: ActiveSync, session: SourceSession, check: CheckRef): Promise<void> {
    let position: Position = session.connector.firstPosition('open-items');
    for (;;) {
      const request = { object: 'open-items' as const, administration: run.sourceId, position, limit: PAGE_LIMIT };
      const { page, calls } = await this.reader.read(session, request);
      run.calls += calls;
      const items = itemsOf(page, run, session);
      await this.inFirm(check, (transaction) => this.checks.addItems(transaction, check, items));
      if (!page.more) return;
      await this.reader.makeRoom(page, run.trigger);
      position = page.next;
    }
  }

  /** Once a day beside the comparison: a right that somebody took away explains what is missing. */
  private async lookAtRights(run: ActiveSync, session: SourceSession): Promise<void> {
    const before = session.calls();
    const rights = await session.connector.rights(session.context, run.sourceId);
    run.calls += session.calls() - before;
    await this.connections.noteRights(run, { sourceId: run.sourceId, rights, at: this.clock.now() });
  }

  private async judge(transaction: Transaction, check: CheckRef, { currency }: ActiveSync): Promise<void> {
    const now = this.clock.now();
    const verdict = await this.checks.compare(transaction, check, { currency, at: now });
    const differs = verdict.differingDebtors > 0;
    if (differs) await this.findLines(transaction, check);
    const isNews = differs && !(await this.checks.differedBefore(transaction, check));
    const next = new Date(now.getTime() + (isNews ? SECOND_LOOK_MS : DAY_MS));
    await this.checks.finish(transaction, check, next);
    await this.tasks.follow(transaction, check, verdict);
  }

  private async findLines(transaction: Transaction, check: CheckRef): Promise<void> {
    let room = LINES_KEPT;
    for (const debtor of await this.checks.largest(transaction, check, DEBTORS_WITH_LINES)) {
      const sides = await this.checks.linesOf(transaction, check, { ...debtor, limit: LINES_READ });
      const lines = matchLines(sides);
      await this.checks.saveLines(transaction, check, { ...debtor, lines: lines.slice(0, room), count: lines.length });
      room -= Math.min(room, lines.length);
    }
  }

  private async inFirm(check: CheckRef, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    await this.unitOfWork.inFirm(check.firmId, work);
  }
}

function itemsOf(page: Page, run: ActiveSync, session: SourceSession): OpenItem[] {
  const context = { object: 'open-items' as const, currency: run.currency, country: run.country };
  return page.records.flatMap((raw) => {
    const mapped = session.connector.map(raw, context);
    return mapped.outcome === 'open-item' && mapped.record.openAmount !== 0n ? [mapped.record] : [];
  });
}
