import { Inject, Injectable } from '@nestjs/common';
import { conflict, notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { rowOf, UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { Sleeper } from '../sleeper.js';
import { SyncRunner } from './sync-runner.service.js';
import { toSyncView, type SyncView } from './sync-view.js';
import { SyncRepository, type SyncRef, type SyncState } from './sync.repository.js';

export type SyncTrigger = 'manual' | 'schedule' | 'hint' | 'first' | 'before-apply' | 'tie-out';

export interface PullOutcome {
  /** `queued`: the source told us to wait, see the message; the books are as old as they were. */
  readonly state: SyncState;
  readonly errorKind: string | null;
  readonly errorMessage: string | null;
}

const POLL_MS = 250;
const PATIENCE_MS = 15 * 60_000;

/** Pulls: asked for, looked at, waited for. */
@Injectable()
export class SyncService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly syncs: SyncRepository,
    private readonly runner: SyncRunner,
    private readonly queue: JobQueue,
    private readonly sleeper: Sleeper,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Queues a pull, or joins the one that waits already; answers its id. It goes on by itself. */
  async request(
    firmId: string,
    administrationId: string,
    { full, trigger }: { full: boolean; trigger: SyncTrigger },
  ): Promise<string> {
    const syncId = await this.put(firmId, administrationId, { full, trigger });
    await this.queue.enqueue('sync', { firmId, syncId }, { key: syncId });
    return syncId;
  }

  /**
   * Brings the books up to date and waits for it: lets a running pull end, then reads what changed since. Answers how
   * it ended; anything but `complete` or `complete_with_quarantine` means that the books may be stale.
   */
  async pullNow(firmId: string, administrationId: string, trigger: SyncTrigger): Promise<PullOutcome> {
    const ref = { firmId, syncId: await this.put(firmId, administrationId, { full: false, trigger }) };
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      await this.runner.run(ref);
      const row = await this.syncs.get(ref);
      const { state, errorKind, errorMessage } = row;
      const postponed = state === 'queued' && row.notBefore !== null && row.notBefore > this.clock.now();
      const ended = state !== 'queued' && state !== 'running';
      if (ended || postponed || Date.now() > deadline) return { state, errorKind, errorMessage };
      await this.sleeper.sleep(POLL_MS);
    }
  }

  async get(ref: SyncRef): Promise<SyncView> {
    return toSyncView(await this.syncs.get(ref), this.clock.now());
  }

  async list(firmId: string, administrationId: string, page: PageQuery): Promise<ListPage<SyncView>> {
    const rows = await this.syncs.list(firmId, administrationId, page);
    if (rows.length === 0) await this.assertAdministration(firmId, administrationId);
    const now = this.clock.now();
    return toListPage(rows, page, { key: (row) => [row.id], item: (row) => toSyncView(row, now) });
  }

  private async assertAdministration(firmId: string, id: string): Promise<void> {
    const row = await this.unitOfWork.inFirm(firmId, (transaction) =>
      rowOf(transaction, `select id from administration where id = $1`, [id]),
    );
    if (row === null) throw notFound('administration');
  }

  private async put(
    firmId: string,
    administrationId: string,
    { full, trigger }: { full: boolean; trigger: SyncTrigger },
  ): Promise<string> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const row = await rowOf<{ enabled: boolean }>(transaction, `select enabled from administration where id = $1`, [
        administrationId,
      ]);
      if (row === null) throw notFound('administration');
      if (!row.enabled) throw conflict('ADMINISTRATION_DISABLED', 'this administration is switched off');
      return this.syncs.enqueue(transaction, { firmId, administrationId, kind: full ? 'full' : 'delta', trigger });
    });
  }
}
