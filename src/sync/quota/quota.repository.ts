import { Injectable } from '@nestjs/common';
import { rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import type { BudgetLine, ErrorLine } from './budget-line.js';
import type { QuotaWindow } from './quota-window.js';

/** Whose limits: a source counts per app, which is the client id of this installation. */
export interface AppRef {
  readonly connector: string;
  readonly app: string;
}

/** A budget as it stands, to be looked at while its row is locked. */
export interface StoredBudget {
  readonly line: BudgetLine;
  /** null: never used before. */
  readonly window: QuotaWindow | null;
}

/** What to write back; `limit` as people are shown it. */
export interface ChangedBudget {
  readonly line: BudgetLine;
  readonly window: QuotaWindow;
  readonly limit: number;
}

/** An endpoint that is left alone for a while. */
export interface Resting {
  readonly connectionId: string;
  readonly administration: string;
  readonly endpoint: string;
  readonly until: Date;
}

interface WindowRow {
  readonly holder: string;
  readonly perSeconds: number;
  readonly endsAt: Date;
  readonly used: number;
  readonly previousUsed: number;
  readonly late: number;
  readonly limitSeen: number | null;
}

/** Makes the rows that are missing and locks all, always in the same order, so that two claims cannot wait for each other. */
const LOCK = `
insert into quota_window as w (connector, app, holder, per_seconds, ends_at, used, limit_units, reserve_units)
select $1, $2, t.holder, t.per_seconds, 'epoch', 0, t.limit_units, t.reserve_units
from jsonb_to_recordset($3::jsonb) as t(holder text, per_seconds int, limit_units int, reserve_units int)
order by t.holder, t.per_seconds
on conflict (connector, app, holder, per_seconds) do update set updated_at = now()
returning w.holder, w.per_seconds as "perSeconds", w.ends_at as "endsAt", w.used, w.previous_used as "previousUsed", w.late,
  w.limit_seen as "limitSeen"`;

const SAVE = `
update quota_window w set ends_at = t.ends_at, used = t.used, previous_used = t.previous_used, late = t.late,
  limit_seen = t.limit_seen, limit_units = t.limit_units, reserve_units = t.reserve_units, updated_at = now()
from jsonb_to_recordset($3::jsonb) as t(holder text, per_seconds int, ends_at timestamptz, used int, previous_used int, late int,
  limit_seen int, limit_units int, reserve_units int)
where w.connector = $1 and w.app = $2 and w.holder = t.holder and w.per_seconds = t.per_seconds`;

const RESTING = `
select connection_id as "connectionId", administration, endpoint, rests_until as until from quota_error
where connection_id = $1 and rests_until > $2`;

const ADD_ERROR = `
insert into quota_error as q (connector, app, connection_id, administration, endpoint, errors, limit_errors)
values ($1, $2, $3, $4, $5, array[$6::timestamptz], $8)
on conflict (connection_id, administration, endpoint) do update set updated_at = now(), limit_errors = excluded.limit_errors,
  errors = array(select e from unnest(q.errors) as e where e > $7 order by e) || excluded.errors
returning errors`;

/** The ledger's rows. Across firms, because a source's limits are: the same app, and perhaps the same books. */
@Injectable()
export class QuotaRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Shows all `lines` at once, locked, and writes what `decide` answers, in one transaction. Also answers the endpoints
   * of the connection that rest.
   */
  async change<T>(
    { app, lines, connectionId, now }: { app: AppRef; lines: readonly BudgetLine[]; connectionId: string; now: Date },
    decide: (stored: readonly StoredBudget[]) => { result: T; changed: readonly ChangedBudget[] },
  ): Promise<{ result: T; resting: readonly Resting[] }> {
    const work = async (transaction: Transaction): Promise<{ result: T; resting: readonly Resting[] }> => {
      const stored = await this.lock(transaction, app, lines);
      const { result, changed } = decide(stored);
      if (changed.length > 0)
        await transaction.query(SAVE, [app.connector, app.app, JSON.stringify(changed.map(toColumns))]);
      const resting = await rowsOf<Resting>(transaction, RESTING, [connectionId, now.toISOString()]);
      return { result, resting };
    };
    // A claim that a power cut takes is corrected by the next answer's headers.
    return this.unitOfWork.acrossFirms(work, { repeatable: true });
  }

  async resting(connectionId: string, now: Date): Promise<Resting[]> {
    return this.unitOfWork.acrossFirms((transaction) =>
      rowsOf<Resting>(transaction, RESTING, [connectionId, now.toISOString()]),
    );
  }

  /** Writes an error down; `judge` says from all recent ones until when the endpoint rests (instants in ms). */
  async addError(
    { app, connectionId, now }: { app: AppRef; connectionId: string; now: Date },
    line: ErrorLine,
    judge: (errors: readonly number[]) => number | null,
  ): Promise<number | null> {
    const { connector, app: client } = app;
    const place = [connectionId, line.administration, line.endpoint];
    const cutoff = new Date(now.getTime() - line.perSeconds * 1_000).toISOString();
    return this.unitOfWork.acrossFirms(async (transaction) => {
      const values = [connector, client, ...place, now.toISOString(), cutoff, line.limit];
      const [row] = await rowsOf<{ errors: Date[] }>(transaction, ADD_ERROR, values);
      const until = judge((row?.errors ?? []).map((at) => at.getTime()));
      await transaction.query(
        `update quota_error set rests_until = $4 where connection_id = $1 and administration = $2 and endpoint = $3`,
        [...place, until === null ? null : new Date(until).toISOString()],
      );
      return until;
    });
  }

  private async lock(
    transaction: Transaction,
    { connector, app }: AppRef,
    lines: readonly BudgetLine[],
  ): Promise<StoredBudget[]> {
    const wanted = lines.map(({ holder, perSeconds, limit, reserve }) => ({
      holder,
      per_seconds: perSeconds,
      limit_units: limit,
      reserve_units: reserve,
    }));
    const rows = await rowsOf<WindowRow>(transaction, LOCK, [connector, app, JSON.stringify(wanted)]);
    return lines.map((line) => {
      const row = rows.find(({ holder, perSeconds }) => holder === line.holder && perSeconds === line.perSeconds);
      return { line, window: row === undefined || row.endsAt.getTime() === 0 ? null : toWindow(row) };
    });
  }
}

function toWindow({ endsAt, used, previousUsed, late, limitSeen }: WindowRow): QuotaWindow {
  return { endsAt: endsAt.getTime(), used, previousUsed, late, limitSeen };
}

function toColumns({ line, window, limit }: ChangedBudget): object {
  return {
    holder: line.holder,
    per_seconds: line.perSeconds,
    ends_at: new Date(window.endsAt).toISOString(),
    used: window.used,
    previous_used: window.previousUsed,
    late: window.late,
    limit_seen: window.limitSeen,
    limit_units: limit,
    reserve_units: line.reserve,
  };
}
