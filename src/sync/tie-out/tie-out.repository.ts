import { Injectable } from '@nestjs/common';
import type { OpenItem } from '../../ledger/domain/index.js';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import type { DifferingLine, ListedItem } from './match-lines.js';

/** Whose comparison: the pull that brought the books up to date names it. */
export interface CheckRef {
  readonly firmId: string;
  readonly administrationId: string;
  readonly syncId: string;
}

export interface DifferingDebtor {
  readonly debtorSourceId: string;
  readonly currency: string;
}

export interface Verdict {
  readonly differingDebtors: number;
  /** Ours minus theirs, per currency that differs. */
  readonly differences: readonly { currency: string; difference: string }[];
}

// Both sides go through one grouping, and debtors are looked up one by one: these rows are new, the planner has no
// statistics of them, and joins of whole tables became loops in loops.
const COMPARE = `
with ours as (
  select debtor_id, currency, count(*)::int as number, sum(open_amount)::bigint as open
  from receivable where administration_id = $2 and open_amount <> 0 and deleted_at is null group by 1, 2
), sides as (
  select d.source_id as debtor_source_id, o.currency, o.number as our_count, o.open as our_open, 0 as source_count, 0::bigint as source_open
  from ours o cross join lateral (select source_id from debtor where id = o.debtor_id limit 1) d
  union all
  select debtor_source_id, currency, 0, 0, 1, open_amount from tie_out_item where administration_id = $2
), beside as (
  select debtor_source_id, currency, sum(our_count)::int as our_count, sum(our_open)::bigint as our_open,
    sum(source_count)::int as source_count, sum(source_open)::bigint as source_open
  from sides group by 1, 2
)
insert into tie_out_debtor (firm_id, administration_id, sync_id, debtor_source_id, currency, debtor_id, name,
  our_count, our_open, source_count, source_open, differs)
select $1, $2, $3, b.debtor_source_id, b.currency, d.id, d.name, b.our_count, b.our_open, b.source_count, b.source_open,
  b.our_count <> b.source_count or b.our_open <> b.source_open
from beside b left join lateral (
  select id, name from debtor where administration_id = $2 and source_id = b.debtor_source_id limit 1) d on true`;

const TOTALS = `
insert into tie_out (id, firm_id, administration_id, sync_id, currency, source_count, source_open, our_count, our_open, differing_debtors, checked_at)
select gen_random_uuid(), $1, $2, $3, all_of.currency, coalesce(sum(t.source_count), 0), coalesce(sum(t.source_open), 0),
  coalesce(sum(t.our_count), 0), coalesce(sum(t.our_open), 0), count(*) filter (where t.differs), $5
from (select $4::text as currency union select currency from tie_out_debtor where administration_id = $2 and sync_id = $3) all_of
left join tie_out_debtor t on t.administration_id = $2 and t.sync_id = $3 and t.currency = all_of.currency
group by all_of.currency
returning currency, differing_debtors as "differingDebtors", (our_open - source_open)::text as difference`;

const LARGEST = `
select debtor_source_id as "debtorSourceId", currency from tie_out_debtor
where administration_id = $1 and sync_id = $2 and differs order by abs(our_open - source_open) desc, debtor_source_id, currency limit $3`;

const OURS = `
select r.id as "receivableId", r.source_id as "sourceId", r.invoice_number as "invoiceNumber", r.open_amount::text as open
from receivable r join debtor d on d.id = r.debtor_id
where d.administration_id = $1 and d.source_id = $2 and r.currency = $3 and r.open_amount <> 0 and r.deleted_at is null
order by r.due_date, r.id limit $4`;

const THEIRS = `
select source_id as "sourceId", invoice_number as "invoiceNumber", open_amount::text as open from tie_out_item
where administration_id = $1 and debtor_source_id = $2 and currency = $3 order by id limit $4`;

const SAVE_LINES = `
insert into tie_out_line (firm_id, administration_id, sync_id, debtor_source_id, currency, kind, invoice_number, source_id, receivable_id, our_open, source_open)
select $1, $2, $3, $4, $5, l.kind, l.number, l.source_id, l.receivable_id, l.ours, l.theirs
from jsonb_to_recordset($6::jsonb) as l(kind text, number text, source_id text, receivable_id uuid, ours bigint, theirs bigint)`;

/** The comparison of our open items with the source's own list: its rows, and the list while it is compared. */
@Injectable()
export class TieOutRepository {
  /** Forgets a list that an earlier attempt left, and the rows of this very check: a pull taken over compares again. */
  async begin(transaction: Transaction, check: CheckRef): Promise<void> {
    await transaction.query(`delete from tie_out_item where administration_id = $1`, [check.administrationId]);
    for (const table of ['tie_out', 'tie_out_debtor', 'tie_out_line'])
      await transaction.query(`delete from ${table} where administration_id = $1 and sync_id = $2`, [
        check.administrationId,
        check.syncId,
      ]);
  }

  /** Puts a page of the source's list aside. */
  async addItems(transaction: Transaction, check: CheckRef, items: readonly OpenItem[]): Promise<void> {
    const rows = items.map((item) => ({ ...item, openAmount: String(item.openAmount) }));
    await transaction.query(
      `insert into tie_out_item (firm_id, administration_id, source_id, debtor_source_id, currency, open_amount, invoice_number)
       select $1, $2, i."sourceId", i."debtorSourceId", i.currency, i."openAmount", i."invoiceNumber"
       from jsonb_to_recordset($3::jsonb) as i("sourceId" text, "debtorSourceId" text, currency text, "openAmount" bigint, "invoiceNumber" text)`,
      [check.firmId, check.administrationId, JSON.stringify(rows)],
    );
  }

  /** Count and sum per debtor and currency, both sides of one moment; then the totals per currency. */
  async compare(transaction: Transaction, check: CheckRef, of: { currency: string; at: Date }): Promise<Verdict> {
    const key = [check.firmId, check.administrationId, check.syncId];
    await transaction.query(COMPARE, key);
    const rows = await rowsOf<{ currency: string; differingDebtors: number; difference: string }>(transaction, TOTALS, [
      ...key,
      of.currency,
      of.at.toISOString(),
    ]);
    return {
      differingDebtors: rows.reduce((sum, row) => sum + row.differingDebtors, 0),
      differences: rows.filter((row) => row.differingDebtors > 0),
    };
  }

  /** Who differs most, at most `limit`. */
  async largest(transaction: Transaction, check: CheckRef, limit: number): Promise<DifferingDebtor[]> {
    return rowsOf(transaction, LARGEST, [check.administrationId, check.syncId, limit]);
  }

  async linesOf(
    transaction: Transaction,
    check: CheckRef,
    of: DifferingDebtor & { limit: number },
  ): Promise<{ ours: ListedItem[]; theirs: ListedItem[] }> {
    const key = [check.administrationId, of.debtorSourceId, of.currency, of.limit];
    const read = async (sql: string): Promise<ListedItem[]> =>
      (await rowsOf<ListedItem & { open: string }>(transaction, sql, key)).map((row) => ({
        ...row,
        open: BigInt(row.open),
      }));
    return { ours: await read(OURS), theirs: await read(THEIRS) };
  }

  async saveLines(
    transaction: Transaction,
    check: CheckRef,
    found: DifferingDebtor & { lines: readonly DifferingLine[]; count: number },
  ): Promise<void> {
    const { debtorSourceId, currency, lines, count } = found;
    const rows = lines.map(({ kind, ours, theirs }) => ({
      kind,
      number: ours?.invoiceNumber ?? theirs?.invoiceNumber ?? null,
      source_id: theirs?.sourceId ?? ours?.sourceId ?? null,
      receivable_id: ours?.receivableId ?? null,
      ours: ours === null ? null : String(ours.open),
      theirs: theirs === null ? null : String(theirs.open),
    }));
    const key = [check.firmId, check.administrationId, check.syncId, debtorSourceId, currency];
    await transaction.query(SAVE_LINES, [...key, JSON.stringify(rows)]);
    await transaction.query(
      `update tie_out_debtor set line_count = $5 where administration_id = $1 and sync_id = $2 and debtor_source_id = $3 and currency = $4`,
      [...key.slice(1), count],
    );
  }

  /**
   * Ends a check: the list is forgotten, so are checks beyond the last thirty, and of all but this one the debtors that
   * tied out. Answers whether the check before this one differed too.
   */
  async finish(transaction: Transaction, check: CheckRef, next: Date): Promise<void> {
    const { administrationId, syncId } = check;
    await transaction.query(`delete from tie_out_item where administration_id = $1`, [administrationId]);
    await transaction.query(
      `delete from tie_out_debtor where administration_id = $1 and sync_id <> $2 and not differs`,
      [administrationId, syncId],
    );
    for (const table of ['tie_out_line', 'tie_out_debtor', 'tie_out'])
      await transaction.query(
        `delete from ${table} where administration_id = $1 and sync_id not in (
           select sync_id from tie_out where administration_id = $1 group by sync_id order by max(checked_at) desc, sync_id desc limit ${KEPT})`,
        [administrationId],
      );
    await transaction.query(`update administration set tie_out_wanted = false, tie_out_next_at = $2 where id = $1`, [
      administrationId,
      next.toISOString(),
    ]);
  }

  /** Whether the check before this one differed; false when there was none. */
  async differedBefore(transaction: Transaction, check: CheckRef): Promise<boolean> {
    const row = await rowOf<{ differed: boolean }>(
      transaction,
      `select bool_or(differing_debtors > 0) as differed from tie_out where administration_id = $1 and sync_id = (
         select sync_id from tie_out where administration_id = $1 and sync_id <> $2 order by checked_at desc, sync_id desc limit 1)`,
      [check.administrationId, check.syncId],
    );
    return row?.differed ?? false;
  }

  /** Whether the clock or a person asked for a comparison that has not been made yet. */
  async isWanted(transaction: Transaction, administrationId: string): Promise<boolean> {
    const row = await rowOf<{ wanted: boolean }>(
      transaction,
      `select tie_out_wanted as wanted from administration where id = $1`,
      [administrationId],
    );
    return row?.wanted ?? false;
  }

  async want(transaction: Transaction, administrationId: string): Promise<void> {
    await transaction.query(`update administration set tie_out_wanted = true where id = $1`, [administrationId]);
  }
}

const KEPT = 30;
