import { Injectable } from '@nestjs/common';
import { daysBetween, formatMoneyFor, type BusinessDate } from '../../kernel/index.js';
import { toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { planRun, type Decision } from '../domain/index.js';
import { RunFrames } from '../runs/run-frame.service.js';
import { moneyJson } from '../runs/run-views.service.js';
import { nextActionOf } from './next-action.js';

interface WorkRow {
  readonly debtorId: string;
  readonly name: string;
  readonly currency: string;
  readonly open: string;
  readonly overdue: string;
  readonly oldest: BusinessDate;
  readonly level: number;
  readonly segmentId: string | null;
  readonly segmentName: string | null;
  readonly weight: string;
}

/** One row per debtor and currency (they never add up), weighted by what is overdue times how long: large and old first. */
const WORK = `
  with owed as (
    select r.debtor_id, r.currency, sum(r.open_amount) as open,
           sum(r.open_amount) filter (where r.due_date < $2) as overdue,
           min(r.due_date) filter (where r.due_date < $2 and r.open_amount > 0) as oldest
      from receivable r where r.administration_id = $1 and r.open_amount <> 0 and r.deleted_at is null
     group by 1, 2
  ), weighted as (
    select *, overdue * ($2::date - oldest) as weight from owed where overdue > 0 and oldest is not null
  )
  select w.debtor_id as "debtorId", d.name, w.currency, w.open, w.overdue, w.oldest, w.weight,
         coalesce(d.segment_override, p.segment_id) as "segmentId",
         case when d.segment_override is null then p.segment_name else d.segment_override end as "segmentName",
         coalesce((select max(s.level) from step_taken s join receivable r on r.id = s.receivable_id
           where s.debtor_id = d.id and s.state <> 'released' and r.open_amount > 0 and r.deleted_at is null), 0)::int as level
    from weighted w join debtor d on d.id = w.debtor_id left join debtor_profile p on p.debtor_id = d.id
   where $3::numeric is null or (w.weight, w.debtor_id, w.currency) < ($3::numeric, $4::uuid, $5::text)
   order by w.weight desc, w.debtor_id desc, w.currency desc limit $6`;

/** Whom to act on first, and why. */
@Injectable()
export class WorklistService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: RunFrames,
  ) {}

  async list(firmId: string, administrationId: string, page: PageQuery): Promise<ListPage<object>> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const frame = await this.frames.frame(transaction, administrationId);
      const { today } = frame;
      const [weight, debtor, currency] = page.after ?? [];
      const rows = await rowsOf<WorkRow>(transaction, WORK, [
        administrationId,
        today,
        weight ?? null,
        debtor ?? null,
        currency ?? null,
        page.limit + 1,
      ]);
      const decisions = await this.decide(transaction, frame, rows);
      const language = frame.administration.language;
      return toListPage(rows, page, {
        key: (row) => [row.weight, row.debtorId, row.currency],
        item: (row) => toWorkJson(row, { today, language, decisions: decisions.get(row.debtorId) ?? [] }),
      });
    });
  }

  /** The planner itself says what comes next: the list cannot promise what a run would not do. */
  private async decide(
    transaction: Transaction,
    frame: Awaited<ReturnType<RunFrames['frame']>>,
    rows: readonly WorkRow[],
  ): Promise<Map<string, Decision[]>> {
    const debtorIds = [...new Set(rows.map((row) => row.debtorId))];
    const { input } = await this.frames.planInput(transaction, frame, { asOf: frame.today, debtorIds });
    const byDebtor = new Map<string, Decision[]>();
    for (const decision of planRun(input).decisions) {
      const known = byDebtor.get(decision.debtor);
      if (known === undefined) byDebtor.set(decision.debtor, [decision]);
      else known.push(decision);
    }
    return byDebtor;
  }
}

function toWorkJson(
  row: WorkRow,
  { today, language, decisions }: { today: BusinessDate; language: string; decisions: readonly Decision[] },
): object {
  const oldestOverdueDays = daysBetween(row.oldest, today);
  const action = nextActionOf(decisions.filter((each) => each.facts.currency === row.currency));
  const overdue = formatMoneyFor({ minor: BigInt(row.overdue), currency: row.currency }, language);
  return {
    debtor: { id: row.debtorId, name: row.name },
    open: moneyJson(row.open, row.currency),
    overdue: moneyJson(row.overdue, row.currency),
    oldestOverdueDays,
    level: row.level,
    segment: row.segmentId === null ? null : { id: row.segmentId, name: row.segmentName },
    why: `${overdue} overdue, the oldest for ${oldestOverdueDays} days`,
    nextAction: action.text,
    nextActionCode: action.code,
    nextOn: action.on,
  };
}
