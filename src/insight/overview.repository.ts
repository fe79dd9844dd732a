import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, todayIn, type Clock } from '../kernel/index.js';
import { notFound } from '../http/index.js';
import { UnitOfWork, type Transaction } from '../persistence/index.js';
import { toAdministrationSummary, type AdministrationRow, type AdministrationSummary } from './administration-json.js';
import { ageingColumnSql, OPEN_ITEM } from './ageing-sql.js';
import { mainCurrencyOf, toFiguresByCurrency, toOpenFigures, type OpenFigures, type OpenRow } from './overview-json.js';

/** Where a firm stands. The figures at the top are in the main currency; `byCurrency` has all of them. */
export interface Overview extends OpenFigures {
  readonly byCurrency: readonly OpenFigures[];
  readonly debtorCount: number;
  readonly receivableCount: number;
  /** Settled invoices that were paid after their due date, from 0 to 1; null while nothing was settled. */
  readonly lateShare: number | null;
  readonly administrations: readonly AdministrationSummary[];
  readonly waiting: Readonly<Record<string, number>>;
}

/** What waits for a person, and what the administrations add up to. */
@Injectable()
export class OverviewRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The whole firm, or one administration of it. @throws Problem 404 when there is no such administration */
  async read(firmId: string, administrationId: string | null): Promise<Overview> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const rows = (await transaction.query(ADMINISTRATIONS, [administrationId])) as AdministrationRow[];
      if (administrationId !== null && rows.length === 0) throw notFound('the administration');
      const days = JSON.stringify(rows.map(({ id, time_zone }) => ({ id, today: todayIn(this.clock, time_zone) })));
      const open = (await transaction.query(OPEN, [days])) as OpenRow[];
      const totals = (await transaction.query(TOTALS, [days])) as TotalRow[];
      const waiting = await waitingIn(transaction, administrationId);
      return { ...toFigures(rows, open, totals), waiting };
    });
  }
}

function toFigures(
  rows: readonly AdministrationRow[],
  open: readonly OpenRow[],
  totals: readonly TotalRow[],
): Omit<Overview, 'waiting'> {
  const main = mainCurrencyOf(rows.map(({ currency }) => currency));
  const sum = (field: 'receivables' | 'settled' | 'late'): number => totals.reduce((all, row) => all + row[field], 0);
  const settled = sum('settled');
  const counts = new Map(totals.map((row) => [row.administration_id, row.receivables]));
  return {
    ...toOpenFigures(open, main),
    byCurrency: toFiguresByCurrency(open, main),
    debtorCount: rows.reduce((all, row) => all + row.debtor_count, 0),
    receivableCount: sum('receivables'),
    lateShare: settled === 0 ? null : sum('late') / settled,
    administrations: rows.map((row) => toAdministrationSummary(row, open, counts.get(row.id) ?? 0)),
  };
}

interface TotalRow {
  readonly administration_id: string;
  readonly receivables: number;
  readonly settled: number;
  readonly late: number;
}

/** $1: one administration, or null for all that are in use. A tie-out is the set of rows, one per currency, of the pull that made it last. */
const ADMINISTRATIONS = `
select a.id, a.connection_id, c.connector, a.source_id, a.name, a.currency, a.country, a.time_zone, a.enabled, a.first_loaded_at,
       a.last_good_pull_at,
       (select count(*)::integer from debtor d where d.administration_id = a.id and d.deleted_at is null) as debtor_count,
       (select count(*)::integer from rejected_record q where q.administration_id = a.id and q.resolved_at is null) as quarantined,
       (select to_jsonb(s) from sync s where s.administration_id = a.id order by s.created_at desc, s.id desc limit 1) as last_sync,
       (select jsonb_agg(jsonb_build_object('currency', t.currency, 'difference', (t.our_open - t.source_open)::text,
                 'same_count', t.source_count = t.our_count and t.differing_debtors = 0, 'checked_at', t.checked_at))
          from tie_out t
         where t.administration_id = a.id
           and t.sync_id = (select sync_id from tie_out where administration_id = a.id order by checked_at desc limit 1)) as tie_outs
  from administration a join connection c on c.id = a.connection_id
 where case when $1::uuid is null then a.enabled else a.id = $1 end
 order by lower(a.name), a.id`;

/** $1: [{id, today}], because each administration has a day of its own. */
const DAYS = `jsonb_to_recordset($1::jsonb) as day(id uuid, today date)`;

const OPEN = `
select r.administration_id, r.currency, ${ageingColumnSql('day.today')} as column, sum(r.open_amount)::text as amount, count(*)::integer as count
  from ${DAYS} join receivable r on r.administration_id = day.id
 where ${OPEN_ITEM} group by 1, 2, 3`;

const TOTALS = `
select r.administration_id, count(*)::integer as receivables,
       (count(*) filter (where ${settledInvoice()}))::integer as settled,
       (count(*) filter (where ${settledInvoice()} and r.settled_on > r.due_date))::integer as late
  from ${DAYS} join receivable r on r.administration_id = day.id
 where r.deleted_at is null group by 1`;

function settledInvoice(): string {
  return `r.kind = 'invoice' and r.open_amount = 0 and r.settled_on is not null`;
}

/** A connection belongs to no administration; it counts when the administration asked for hangs on it. */
const WAITING = `
select (select count(*) from dunning_run where state = 'awaiting_approval' and ($1::uuid is null or administration_id = $1))::integer as "runsAwaitingApproval",
       (select count(*) from message where state = 'uncertain' and ($1::uuid is null or administration_id = $1))::integer as "uncertainMessages",
       (select count(*) from message where state = 'failed' and ($1::uuid is null or administration_id = $1))::integer as "failedMessages",
       (select count(*) from writeback where state = 'rejected' and ($1::uuid is null or administration_id = $1))::integer as "rejectedWritebacks",
       (select count(*) from writeback where state = 'unknown' and ($1::uuid is null or administration_id = $1))::integer as "unknownWritebacks",
       (select count(*) from task where state = 'open' and ($1::uuid is null or administration_id = $1))::integer as "openTasks",
       (select count(*) from connection c where c.state in ('needs_reconnect', 'error')
           and ($1::uuid is null or c.id = (select connection_id from administration where id = $1)))::integer as "connectionsToReconnect"`;

async function waitingIn(transaction: Transaction, administrationId: string | null): Promise<Overview['waiting']> {
  const [row] = (await transaction.query(WAITING, [administrationId])) as Overview['waiting'][];
  return row ?? {};
}
