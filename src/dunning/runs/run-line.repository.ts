import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/index.js';
import type { PageQuery } from '../../http/index.js';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import type { Channel } from '../domain/index.js';
import type { LineFacts, PlannedLine } from './run-lines.js';
import type { AppliedCounts } from './run.repository.js';

/** A line with what a person needs to recognise it. */
export interface RunLineRow {
  readonly receivableId: string;
  readonly debtorId: string;
  readonly decision: 'take' | 'wait' | 'finish';
  readonly level: number;
  readonly channel: Channel | null;
  readonly reason: string;
  readonly facts: LineFacts;
  readonly until: BusinessDate | null;
  readonly scenarioKey: string | null;
  readonly scenarioVersion: number | null;
  readonly currency: string;
  readonly openAmount: string;
  readonly messageKey: string | null;
  readonly held: boolean;
  readonly outcome: string | null;
  readonly messageId: string | null;
}

export interface ShownLineRow extends RunLineRow {
  readonly invoiceNumber: string;
  readonly dueDate: BusinessDate;
  readonly debtorName: string;
  readonly rank: number;
}

export interface LineFilter {
  readonly decision: string | null;
  readonly reason: string | null;
  readonly debtorId: string | null;
}

/** What became of some lines. */
export interface LineOutcome {
  readonly receivable_id: string;
  readonly outcome: string;
  readonly message_id: string | null;
}

/** Rows per statement: one JSON parameter of a few megabytes. */
const BATCH = 5_000;

const COLUMNS = `l.receivable_id as "receivableId", l.debtor_id as "debtorId", l.decision, l.level, l.channel, l.reason,
  l.facts, l.until, l.scenario_key as "scenarioKey", l.scenario_version as "scenarioVersion", l.currency,
  l.open_amount as "openAmount", l.message_key as "messageKey", l.held, l.outcome, l.message_id as "messageId"`;

/** What is taken comes first: that is what a person has to look at. */
const RANK = `case l.decision when 'take' then 0 when 'wait' then 1 else 2 end`;

/** The rows of `dunning_run_line`: one per receivable of a run. */
@Injectable()
export class RunLineRepository {
  /** Stores the lines of a plan, in place of what an interrupted planning may have left. */
  async replace(
    transaction: Transaction,
    run: { id: string; firmId: string },
    lines: readonly PlannedLine[],
  ): Promise<void> {
    await transaction.query('delete from dunning_run_line where run_id = $1', [run.id]);
    for (let from = 0; from < lines.length; from += BATCH)
      await transaction.query(
        `insert into dunning_run_line (run_id, firm_id, receivable_id, debtor_id, decision, level, channel, reason, facts,
                                       until, scenario_key, scenario_version, currency, open_amount, message_key)
         select $1, $2, x.* from jsonb_to_recordset($3::jsonb) as x(receivable_id uuid, debtor_id uuid, decision text,
                level smallint, channel text, reason text, facts jsonb, until date, scenario_key text,
                scenario_version int, currency text, open_amount bigint, message_key text)`,
        [run.id, run.firmId, JSON.stringify(lines.slice(from, from + BATCH))],
      );
  }

  /** Binds an approval to exactly these receivables, levels, amounts and holds. Returns the hash. */
  async rehash(transaction: Transaction, runId: string): Promise<string> {
    const row = await rowOf<{ hash: string }>(
      transaction,
      `update dunning_run set plan_hash = (
          select encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', receivable_id, level, channel, currency,
                   open_amount, message_key, held), E'\\n' order by receivable_id), ''), 'UTF8')), 'hex')
            from dunning_run_line where run_id = $1 and message_key is not null)
        where id = $1 returning plan_hash as hash`,
      [runId],
    );
    return row?.hash ?? '';
  }

  async list(
    transaction: Transaction,
    runId: string,
    request: { filter: LineFilter; page: PageQuery },
  ): Promise<ShownLineRow[]> {
    const { filter, page } = request;
    return rowsOf<ShownLineRow>(
      transaction,
      `select ${COLUMNS}, ${RANK} as rank, r.invoice_number as "invoiceNumber", r.due_date as "dueDate", d.name as "debtorName"
         from dunning_run_line l join receivable r on r.id = l.receivable_id join debtor d on d.id = l.debtor_id
        where l.run_id = $1 and ($2::text is null or l.decision = $2) and ($3::text is null or l.reason = $3)
          and ($4::uuid is null or l.debtor_id = $4)
          and ($5::int is null or (${RANK}, l.receivable_id) > ($5::int, $6::uuid))
        order by ${RANK}, l.receivable_id limit $7`,
      [
        runId,
        filter.decision,
        filter.reason,
        filter.debtorId,
        page.after?.[0] ?? null,
        page.after?.[1] ?? null,
        page.limit + 1,
      ],
    );
  }

  async hold(
    transaction: Transaction,
    line: { runId: string; receivableId: string },
    change: { held: boolean; by: string },
  ): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `update dunning_run_line set held = $3, held_by = case when $3 then $4 end
        where run_id = $1 and receivable_id = $2 and decision = 'take' and outcome is null returning receivable_id`,
      [line.runId, line.receivableId, change.held, change.by],
    );
    return row !== null;
  }

  /** Debtors that still have a step to decide on, in a stable order. */
  async debtorsToApply(transaction: Transaction, runId: string): Promise<string[]> {
    const rows = await rowsOf<{ id: string }>(
      transaction,
      `select distinct debtor_id as id from dunning_run_line where run_id = $1 and decision = 'take' and outcome is null
        order by 1`,
      [runId],
    );
    return rows.map((row) => row.id);
  }

  /** The approved lines of a debtor that nobody has decided on yet; others who ask wait until we are done. */
  async openLines(transaction: Transaction, runId: string, debtorId: string): Promise<RunLineRow[]> {
    return rowsOf<RunLineRow>(
      transaction,
      `select ${COLUMNS} from dunning_run_line l
        where run_id = $1 and debtor_id = $2 and decision = 'take' and outcome is null order by receivable_id for update`,
      [runId, debtorId],
    );
  }

  /** The lines of the messages of a plan, message by message. */
  async messageLines(
    transaction: Transaction,
    runId: string,
    scope: { debtorId?: string; after?: string | null; limit?: number },
  ): Promise<RunLineRow[]> {
    return rowsOf<RunLineRow>(
      transaction,
      `select ${COLUMNS} from dunning_run_line l where l.run_id = $1 and l.message_key in (
          select distinct message_key from dunning_run_line
           where run_id = $1 and message_key is not null and ($2::uuid is null or debtor_id = $2)
             and ($3::text is null or message_key > $3) order by 1 limit $4)
        order by l.message_key, l.receivable_id`,
      [runId, scope.debtorId ?? null, scope.after ?? null, scope.limit ?? null],
    );
  }

  async saveOutcomes(transaction: Transaction, runId: string, outcomes: readonly LineOutcome[]): Promise<void> {
    await transaction.query(
      `update dunning_run_line l set outcome = x.outcome, message_id = x.message_id
         from jsonb_to_recordset($2::jsonb) as x(receivable_id uuid, outcome text, message_id uuid)
        where l.run_id = $1 and l.receivable_id = x.receivable_id and l.outcome is null
          and l.receivable_id = any($3::uuid[])`,
      // Named twice, so that a run of a million lines is not read for the three of one debtor.
      [runId, JSON.stringify(outcomes), outcomes.map((each) => each.receivable_id)],
    );
  }

  /** Counted from the lines themselves, so that it is right however often applying was interrupted. */
  async countApplied(transaction: Transaction, runId: string): Promise<AppliedCounts> {
    const skipped = await rowsOf<{ outcome: string; count: number }>(
      transaction,
      `select outcome, count(*)::int as count from dunning_run_line
        where run_id = $1 and decision = 'take' and outcome is not null and message_id is null group by outcome`,
      [runId],
    );
    const messages = await rowOf<{ count: number }>(
      transaction,
      `select count(distinct message_id)::int as count from dunning_run_line where run_id = $1 and message_id is not null`,
      [runId],
    );
    return {
      messages: messages?.count ?? 0,
      skipped: Object.fromEntries(skipped.map((row) => [row.outcome, row.count])),
    };
  }
}
