import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/index.js';
import type { PageQuery } from '../../http/index.js';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import type { RunSummary } from './run-lines.js';

export type RunState =
  'planning' | 'planned' | 'awaiting_approval' | 'approved' | 'applying' | 'applied' | 'held' | 'failed';

/** Why a run stands still. */
export type RunReason =
  | 'STALE_BOOKS'
  | 'CONNECTION_LOST'
  | 'VOLUME_UNUSUAL'
  | 'NOTHING_TO_TAKE'
  | 'SUPERSEDED'
  | 'PLANNING_FAILED'
  | 'APPLYING_FAILED';

export interface RunRow {
  readonly id: string;
  readonly firmId: string;
  readonly administrationId: string;
  readonly asOf: BusinessDate;
  readonly dryRun: boolean;
  readonly trigger: 'manual' | 'automatic';
  readonly state: RunState;
  readonly stateReason: RunReason | null;
  readonly summary: Partial<RunSummary>;
  readonly applied: AppliedCounts | null;
  readonly planHash: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly createdKey: string;
  readonly plannedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly appliedAt: Date | null;
}

export interface AppliedCounts {
  readonly messages: number;
  /** Lines that were approved and not taken, by outcome. */
  readonly skipped: Readonly<Record<string, number>>;
}

const COLUMNS = `id, firm_id as "firmId", administration_id as "administrationId", as_of as "asOf", dry_run as "dryRun",
  trigger, state, state_reason as "stateReason", summary, applied, plan_hash as "planHash", created_by as "createdBy",
  created_at as "createdAt", created_at::text as "createdKey", planned_at as "plannedAt", approved_at as "approvedAt",
  approved_by as "approvedBy", applied_at as "appliedAt"`;

/** How long an applier may be silent before another one takes over. */
const LEASE_SECONDS = 60;
/** Runs whose size says what is usual. */
const RECENT_RUNS = 10;

/** The rows of `dunning_run`. Every change of state is conditional on the old one. */
@Injectable()
export class RunRepository {
  async insert(
    transaction: Transaction,
    run: Pick<RunRow, 'id' | 'firmId' | 'administrationId' | 'asOf' | 'dryRun' | 'trigger' | 'createdBy' | 'createdAt'>,
  ): Promise<void> {
    await transaction.query(
      `insert into dunning_run (id, firm_id, administration_id, as_of, dry_run, trigger, state, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, 'planning', $7, $8)`,
      [run.id, run.firmId, run.administrationId, run.asOf, run.dryRun, run.trigger, run.createdBy, run.createdAt],
    );
  }

  async find(transaction: Transaction, id: string): Promise<RunRow | null> {
    return rowOf<RunRow>(transaction, `select ${COLUMNS} from dunning_run where id = $1`, [id]);
  }

  /** Waits until nobody else is changing this run. */
  async findForUpdate(transaction: Transaction, id: string): Promise<RunRow | null> {
    return rowOf<RunRow>(transaction, `select ${COLUMNS} from dunning_run where id = $1 for update`, [id]);
  }

  /** The run if it still is to be planned and nobody else is at it. */
  async claimForPlanning(transaction: Transaction, id: string): Promise<RunRow | null> {
    return rowOf<RunRow>(
      transaction,
      `select ${COLUMNS} from dunning_run where id = $1 and state = 'planning' for update skip locked`,
      [id],
    );
  }

  async list(transaction: Transaction, administrationId: string, page: PageQuery): Promise<RunRow[]> {
    return rowsOf<RunRow>(
      transaction,
      `select ${COLUMNS} from dunning_run where administration_id = $1
         and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
       order by created_at desc, id desc limit $4`,
      [administrationId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
    );
  }

  async savePlan(
    transaction: Transaction,
    id: string,
    plan: { state: RunState; reason: RunReason | null; summary: RunSummary; at: Date },
  ): Promise<void> {
    await transaction.query(
      `update dunning_run set state = $2::text, state_reason = $3, summary = $4, planned_at = $5::timestamptz,
              approved_at = case when $2::text = 'approved' then $5::timestamptz end, approved_by = case when $2::text = 'approved' then created_by end
        where id = $1 and state = 'planning'`,
      [id, plan.state, plan.reason, JSON.stringify(plan.summary), plan.at],
    );
  }

  /** Moves a run on; false when it was no longer in one of the states it could move from. */
  async move(
    transaction: Transaction,
    id: string,
    change: { from: readonly RunState[]; to: RunState; reason: RunReason | null },
  ): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `update dunning_run set state = $3, state_reason = $4, lease_owner = null, lease_until = null
        where id = $1 and state = any($2) returning id`,
      [id, change.from, change.to, change.reason],
    );
    return row !== null;
  }

  async approve(transaction: Transaction, id: string, approval: { by: string; at: Date }): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `update dunning_run set state = 'approved', state_reason = null, approved_by = $2, approved_at = $3
        where id = $1 and state in ('awaiting_approval', 'held') and not dry_run returning id`,
      [id, approval.by, approval.at],
    );
    return row !== null;
  }

  /** Takes the run for one applier; null when it is not approved or somebody alive has it. */
  async claimForApplying(transaction: Transaction, id: string, owner: string): Promise<RunRow | null> {
    return rowOf<RunRow>(
      transaction,
      `update dunning_run set state = 'applying', lease_owner = $2, lease_until = now() + make_interval(secs => $3)
        where id = $1 and (state = 'approved' or state = 'applying' and (lease_until is null or lease_until < now()))
        returning ${COLUMNS}`,
      [id, owner, LEASE_SECONDS],
    );
  }

  /** False when somebody else has taken over: stop. */
  async renewLease(transaction: Transaction, id: string, owner: string): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `update dunning_run set lease_until = now() + make_interval(secs => $3)
        where id = $1 and state = 'applying' and lease_owner = $2 returning id`,
      [id, owner, LEASE_SECONDS],
    );
    return row !== null;
  }

  async saveApplied(
    transaction: Transaction,
    id: string,
    end: { owner: string; counts: AppliedCounts; at: Date },
  ): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `update dunning_run set state = 'applied', state_reason = null, applied = $3, applied_at = $4, lease_owner = null,
              lease_until = null
        where id = $1 and state = 'applying' and lease_owner = $2 returning id`,
      [id, end.owner, JSON.stringify(end.counts), end.at],
    );
    return row !== null;
  }

  /** How many messages the latest applied runs sent; empty before the first. */
  async recentVolumes(transaction: Transaction, administrationId: string): Promise<number[]> {
    const rows = await rowsOf<{ messages: number }>(
      transaction,
      `select coalesce((applied->>'messages')::int, 0) as messages from dunning_run
        where administration_id = $1 and state = 'applied' and not dry_run order by applied_at desc limit $2`,
      [administrationId, RECENT_RUNS],
    );
    return rows.map((row) => row.messages);
  }

  /** Automatic runs that nobody looked at make room for today's. */
  async supersedeAutomatic(transaction: Transaction, run: RunRow): Promise<void> {
    await transaction.query(
      `update dunning_run set state = 'planned', state_reason = 'SUPERSEDED'
        where administration_id = $1 and id <> $2 and trigger = 'automatic' and state in ('awaiting_approval', 'held')
          and approved_at is null`,
      [run.administrationId, run.id],
    );
  }

  async hasAutomaticOn(transaction: Transaction, administrationId: string, asOf: BusinessDate): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `select 1 from dunning_run where administration_id = $1 and as_of = $2 and trigger = 'automatic' and state <> 'failed'`,
      [administrationId, asOf],
    );
    return row !== null;
  }
}
