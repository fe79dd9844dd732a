import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Page, Position } from '../../connectors/contract/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import { UnitOfWork, type Transaction } from '../../persistence/index.js';
import type { SourceSession } from '../connections/index.js';
import { shareBooks } from '../feed/index.js';
import { ShuttingDown } from '../sleeper.js';
import { SweepRepository, sweepScopeOf } from '../sweep/index.js';
import { progressFor, type ActiveSync } from './active-sync.js';
import type { DebtorDirectory } from './debtor-directory.repository.js';
import type { ObjectProgress, PageCounts } from './object-progress.js';
import { PageRepository, type PageOwner } from './page.repository.js';
import { SourceReader, type ReadPage } from './source-reader.service.js';
import { SyncRepository } from './sync.repository.js';
import { prepareInTurns, touchesSame, type PreparedPage } from './to-rows.js';

const PAGE_LIMIT = 1_000;

/** What the pull of one object works with. */
interface Pulling {
  readonly run: ActiveSync;
  readonly session: SourceSession;
  readonly object: LedgerObject;
  /** Whether the administration has records in quarantine, so that it is worth asking whether one came good. */
  hasQuarantine: boolean;
  readonly debtors: DebtorDirectory;
  /** The process ends: stop after this page. */
  readonly isStopping: () => boolean;
}

/**
 * Pulls one object, page by page. While two pages are being stored the next one is fetched and prepared, never more, so
 * memory stays bounded. A page's rows, its position and the progress commit together, in the order of the pages.
 */
@Injectable()
export class ObjectPuller {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pages: PageRepository,
    private readonly syncs: SyncRepository,
    private readonly reader: SourceReader,
    private readonly sweeps: SweepRepository,
  ) {}

  async pull(pulling: Pulling): Promise<void> {
    const { run, object } = pulling;
    const progress = progressFor(run, object);
    if (progress.state === 'done') return;
    let position = await this.startAt(pulling);
    progress.state = 'running';
    let fetching = handled(this.fetch(pulling, position, null));
    let before: InStore = { prepared: null, done: Promise.resolve() };
    let storing = before;
    try {
      for (;;) {
        const read = await fetching;
        const { next, more } = read.page;
        if (pulling.isStopping()) throw new ShuttingDown('the process is shutting down');
        const prepared = await this.prepare(pulling, read.page);
        await before.done;
        if (more) fetching = handled(this.fetch(pulling, next, read.page));
        before = storing;
        storing = { prepared, done: handled(this.store(pulling, { ...read, prepared, position, before })) };
        if (!more) break;
        position = next;
      }
    } finally {
      // Whatever ended the reading: what was fetched is stored first, and its own failure counts more.
      await storing.done;
    }
  }

  private async fetch(pulling: Pulling, position: Position, previous: Page | null): Promise<ReadPage> {
    const { run, session, object } = pulling;
    if (previous !== null) await this.reader.makeRoom(previous, run.trigger);
    const request = { object, administration: run.sourceId, position, limit: PAGE_LIMIT };
    return this.reader.read(session, request);
  }

  /** Books that a full pull finds empty have nothing that it could miss. */
  private async markSeen(
    transaction: Transaction,
    { run, session, object }: Pulling,
    owner: PageOwner,
    prepared: PreparedPage,
  ): Promise<void> {
    if (run.kind !== 'full' || run.firstLoad || (object !== 'debtors' && object !== 'receivables')) return;
    if (!sweepScopeOf(session.connector.declaration).has(object)) return;
    await this.sweeps.markSeen(transaction, owner, object, this.pages.idsOf(owner, object, prepared));
  }

  /** A full pull that has not begun this object reads from the start; anything else goes on where it was. */
  private async startAt({ run, session, object }: Pulling): Promise<Position> {
    const first = session.connector.firstPosition(object);
    if (run.kind === 'full' && progressFor(run, object).state === 'pending') return first;
    const stored = await this.unitOfWork.inFirm(run.firmId, (transaction) =>
      this.pages.findPosition(transaction, run.administrationId, object),
    );
    return stored ?? first;
  }

  private prepare({ run, session, object }: Pulling, page: Page): Promise<PreparedPage> {
    const context = { object, currency: run.currency, country: run.country };
    return prepareInTurns(page.records, (raw) => session.connector.map(raw, context));
  }

  /**
   * Two pages are in the database at once, and end in order: the second does its work beside the first, then waits for
   * it before it moves our place. Pages that touch the same rows would wait for each other, so those go one by one.
   */
  private async store(pulling: Pulling, { page, calls, prepared, position, before }: Storing): Promise<void> {
    const { run, object } = pulling;
    if (before.prepared !== null && touchesSame(before.prepared, prepared)) await before.done;
    const owner = { ...run, syncId: run.id, hasQuarantine: pulling.hasQuarantine, debtors: pulling.debtors };
    const progress = progressFor(run, object);
    let counted: ObjectProgress | null = null;
    const work = async (transaction: Transaction): Promise<void> => {
      await shareBooks(transaction, run.administrationId);
      const counts = await this.pages.store(transaction, owner, object, prepared);
      await this.markSeen(transaction, pulling, owner, prepared);
      await before.done;
      if (!isDeepStrictEqual(page.next, position) || run.kind === 'full')
        await this.pages.savePosition(transaction, owner, object, page.next);
      counted = { ...progress };
      count(run, object, { page, calls, counts });
      await this.syncs.saveProgress(transaction, run);
      pulling.hasQuarantine ||= counts.rejected > 0;
    };
    try {
      // A page that a power cut takes is read again, for its position goes with it. The end of the pull does wait for the
      // disk, and with it everything before.
      await this.unitOfWork.inFirm(run.firmId, work, { repeatable: true });
    } catch (error) {
      // The transaction is gone, and with it what it counted.
      if (counted !== null) Object.assign(progress, counted);
      throw error;
    }
  }
}

/** A page on its way into the database; nothing at all before the first. */
interface InStore {
  readonly prepared: PreparedPage | null;
  readonly done: Promise<void>;
}

interface Storing extends ReadPage {
  readonly prepared: PreparedPage;
  /** Where the page was read from. */
  readonly position: Position;
  readonly before: InStore;
}

/** Awaited later; until then a failure must not count as unhandled. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function count(
  run: ActiveSync,
  object: LedgerObject,
  { page, calls, counts }: { page: Page; calls: number; counts: PageCounts },
): void {
  const progress = progressFor(run, object);
  if (page.total !== null) progress.total = progress.read + page.total;
  progress.pages += 1;
  progress.calls += calls;
  progress.read += page.records.length;
  progress.new += counts.new;
  progress.changed += counts.changed;
  progress.unchanged += counts.unchanged;
  progress.deleted += counts.deleted;
  progress.rejected += counts.rejected;
  if (!page.more) progress.state = 'done';
  run.calls += calls;
}
