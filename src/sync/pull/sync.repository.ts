import { Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { newId } from '../../kernel/index.js';
import { countOf, isUniqueViolation, rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import type { RescanFound } from '../rescan/rescan.repository.js';
import { LeaseLost, type ActiveSync } from './active-sync.js';
import type { ObjectProgress } from './object-progress.js';
import type { FullReason } from './pull-kind.js';

export type SyncState = 'queued' | 'running' | 'complete' | 'complete_with_quarantine' | 'partial' | 'failed';

export interface SyncRow {
  readonly id: string;
  readonly administrationId: string;
  readonly kind: 'full' | 'delta';
  readonly fullReason: FullReason | null;
  readonly trigger: string;
  readonly state: SyncState;
  readonly objects: ObjectProgress[];
  readonly calls: number;
  /** What reading the open period a second time found; null on a pull that did not. */
  readonly rescan: RescanFound | null;
  readonly errorKind: string | null;
  readonly errorMessage: string | null;
  readonly notBefore: Date | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface SyncRef {
  readonly firmId: string;
  readonly syncId: string;
}

/** Shorter than the 30 s in which a dead worker's pull must be taken over; renewed every few seconds and with every page. */
const LEASE = `clock_timestamp() + interval '20 s'`;
export const HEARTBEAT_MS = 5_000;

const COLUMNS = `id, administration_id as "administrationId", kind, full_reason as "fullReason", trigger, state, objects, calls, rescan, error_kind as "errorKind",
  error_message as "errorMessage", not_before as "notBefore", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

const CLAIM = `
update sync s set state = 'running', lease_owner = $2, lease_until = ${LEASE}, started_at = coalesce(s.started_at, $3),
  not_before = null, error_kind = null, error_message = null
from administration a
where s.id = $1 and a.id = s.administration_id
  and ((s.state = 'queued' and (s.not_before is null or s.not_before <= $3)) or (s.state = 'running' and s.lease_until < clock_timestamp()))
  and not exists (select from sync o where o.administration_id = s.administration_id and o.state = 'running' and o.id <> s.id)
returning s.kind, s.full_reason as "fullReason", s.trigger, s.objects, s.calls, s.administration_id as "administrationId", a.connection_id as "connectionId",
  a.source_id as "sourceId", a.currency, a.country, coalesce((a.source_state ->> 'rebasing')::boolean, false) as rebase,
  a.first_loaded_at is null as "firstLoad", coalesce(a.last_good_pull_at, a.created_at) as "lastGoodPullAt"`;

/** Pulls, and who holds the lease of each. */
@Injectable()
export class SyncRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Queues a pull, or joins the one that waits; a full one makes the waiting one full. Answers its id. */
  async enqueue(
    transaction: Transaction,
    wanted: { firmId: string; administrationId: string; kind: 'full' | 'delta'; trigger: string },
  ): Promise<string> {
    const row = await rowOf<{ id: string }>(
      transaction,
      `insert into sync (id, firm_id, administration_id, kind, trigger, state) values ($1, $2, $3, $4, $5, 'queued')
       on conflict (administration_id) where state = 'queued' do update
         set kind = case when excluded.kind = 'full' then 'full' else sync.kind end,
           objects = case when excluded.kind = 'full' and sync.kind = 'delta' then '[]' else sync.objects end
       returning id`,
      [newId(), wanted.firmId, wanted.administrationId, wanted.kind, wanted.trigger],
    );
    if (row === null) throw new Error('the insert answers a row');
    return row.id;
  }

  /** Queues a pull of what changed for each of these administrations, or joins the one that waits. Each is named once. */
  async enqueueDue(
    transaction: Transaction,
    due: readonly { firmId: string; administrationId: string }[],
  ): Promise<{ id: string; firmId: string }[]> {
    return rowsOf(
      transaction,
      `insert into sync (id, firm_id, administration_id, kind, trigger, state)
       select due.id, due.firm_id, due.administration_id, 'delta', 'schedule', 'queued'
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as due(id, firm_id, administration_id)
       on conflict (administration_id) where state = 'queued' do update set kind = sync.kind
       returning id, firm_id as "firmId"`,
      [due.map(() => newId()), due.map(({ firmId }) => firmId), due.map(({ administrationId }) => administrationId)],
    );
  }

  /** Takes a pull that is due, or one whose worker died; null when somebody else has it or it is done. */
  async claim(ref: SyncRef, now: Date): Promise<ActiveSync | null> {
    const owner = newId();
    const row = await this.unitOfWork
      .inFirm(ref.firmId, (transaction) =>
        rowOf<Omit<ActiveSync, 'id' | 'firmId' | 'owner' | 'claimedAt'>>(transaction, CLAIM, [
          ref.syncId,
          owner,
          now.toISOString(),
        ]),
      )
      .catch((error: unknown) => {
        // Two pulls of one administration at the same moment: the unique index lets one through.
        if (isUniqueViolation(error)) return null;
        throw error;
      });
    return row === null ? null : { ...row, id: ref.syncId, firmId: ref.firmId, owner, claimedAt: now };
  }

  /** Writes down how far the pull is and keeps the lease. Throws {@link LeaseLost}, which rolls the page back. */
  async saveProgress(transaction: Transaction, run: ActiveSync): Promise<void> {
    const touched = await countOf(
      transaction,
      `update sync set objects = $3, calls = $4, kind = $5, lease_until = ${LEASE} where id = $1 and lease_owner = $2 and state = 'running'`,
      [run.id, run.owner, JSON.stringify(run.objects), run.calls, run.kind],
    );
    if (touched === 0) throw new LeaseLost(`pull ${run.id} was taken over`);
  }

  /** Writes down what the pull reads and why. Throws {@link LeaseLost}. */
  async noteKind(run: ActiveSync): Promise<void> {
    const touched = await this.unitOfWork.inFirm(run.firmId, (transaction) =>
      countOf(
        transaction,
        `update sync set kind = $3, full_reason = $4 where id = $1 and lease_owner = $2 and state = 'running'`,
        [run.id, run.owner, run.kind, run.fullReason],
      ),
    );
    if (touched === 0) throw new LeaseLost(`pull ${run.id} was taken over`);
  }

  async heartbeat(run: ActiveSync): Promise<void> {
    await this.unitOfWork.inFirm(run.firmId, (transaction) =>
      countOf(
        transaction,
        `update sync set lease_until = ${LEASE} where id = $1 and lease_owner = $2 and state = 'running'`,
        [run.id, run.owner],
      ),
    );
  }

  async finish(
    transaction: Transaction,
    run: ActiveSync,
    end: { state: SyncState; kind: string | null; message: string | null; at: Date },
  ): Promise<void> {
    const touched = await countOf(
      transaction,
      `update sync set state = $3, error_kind = $4, error_message = $5, finished_at = $6, objects = $7, calls = $8,
         lease_owner = null, lease_until = null where id = $1 and lease_owner = $2 and state = 'running'`,
      [
        run.id,
        run.owner,
        end.state,
        end.kind,
        end.message,
        end.at.toISOString(),
        JSON.stringify(run.objects),
        run.calls,
      ],
    );
    if (touched === 0) throw new LeaseLost(`pull ${run.id} was taken over`);
  }

  /**
   * Gives a pull back until `until`, with the reason visible. When another one waits already, that one waits until then
   * and this one ends as partial: there is one waiting pull per administration.
   */
  async release(
    run: ActiveSync,
    until: Date,
    why: { kind: string | null; message: string | null; at: Date },
  ): Promise<void> {
    await this.unitOfWork.inFirm(run.firmId, async (transaction) => {
      const postponed = await countOf(
        transaction,
        `update sync set not_before = greatest(not_before, $2), error_kind = $3, error_message = $4,
           kind = case when $5 = 'full' then 'full' else kind end, full_reason = coalesce(full_reason, $6)
         where administration_id = $1 and state = 'queued'`,
        [run.administrationId, until.toISOString(), why.kind, why.message, run.kind, run.fullReason],
      );
      if (postponed > 0) return this.finish(transaction, run, { ...why, state: 'partial' });
      await countOf(
        transaction,
        `update sync set state = 'queued', not_before = $3, error_kind = $4, error_message = $5, objects = $6, calls = $7, kind = $8,
           lease_owner = null, lease_until = null where id = $1 and lease_owner = $2 and state = 'running'`,
        [
          run.id,
          run.owner,
          until.toISOString(),
          why.kind,
          why.message,
          JSON.stringify(run.objects),
          run.calls,
          run.kind,
        ],
      );
    });
  }

  /** The pull that waits for this administration and may begin. */
  async findWaiting(firmId: string, administrationId: string, now: Date): Promise<string | null> {
    const row = await this.unitOfWork.inFirm(firmId, (transaction) =>
      rowOf<{ id: string }>(
        transaction,
        `select id from sync where administration_id = $1 and state = 'queued' and (not_before is null or not_before <= $2)`,
        [administrationId, now.toISOString()],
      ),
    );
    return row?.id ?? null;
  }

  async get(ref: SyncRef): Promise<SyncRow> {
    const row = await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      rowOf<SyncRow>(transaction, `select ${COLUMNS} from sync where id = $1`, [ref.syncId]),
    );
    if (row === null) throw notFound('sync');
    return row;
  }

  /** Newest first, `limit + 1` rows from the key on. */
  async list(
    firmId: string,
    administrationId: string,
    page: { limit: number; after: readonly string[] | null },
  ): Promise<SyncRow[]> {
    const [id = null] = page.after ?? [];
    return this.unitOfWork.inFirm(firmId, (transaction) =>
      rowsOf(
        transaction,
        `select ${COLUMNS} from sync where administration_id = $1
           and ($2::uuid is null or (created_at, id) < (select created_at, id from sync where id = $2))
         order by created_at desc, id desc limit $3`,
        [administrationId, id, page.limit + 1],
      ),
    );
  }
}
