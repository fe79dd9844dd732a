import { AGEING_BUCKETS, type AgeingColumn } from '../insight/domain/index.js';
import type { Books } from './books.repository.js';
import type { After } from './cursor.js';

export const RECEIVABLE_STATUSES = ['open', 'part-paid', 'settled', 'deleted'] as const;
export type ReceivableStatus = (typeof RECEIVABLE_STATUSES)[number];

/** `open` is everything of which something is still open, paid in part or not: what a collector works on. */
const STATUS_CONDITIONS = {
  open: `r.open_amount <> 0 and r.deleted_at is null`,
  'part-paid': `r.open_amount <> 0 and r.open_amount <> r.amount and r.deleted_at is null`,
  settled: `r.open_amount = 0 and r.deleted_at is null`,
  deleted: `r.deleted_at is not null`,
} as const satisfies Record<ReceivableStatus, string>;

/** A column of the ageing, so that every figure of the report leads to its rows. $2 = today. */
function ageingCondition(column: AgeingColumn): string {
  const bucket = AGEING_BUCKETS.find((each) => each.bucket === column);
  if (bucket === undefined) return 'r.open_amount < 0';
  const latest = bucket.from === null ? '' : ` and r.due_date <= $2::date - ${bucket.from}`;
  const earliest = bucket.to === null ? '' : ` and r.due_date >= $2::date - ${bucket.to}`;
  return `r.open_amount > 0${latest}${earliest}`;
}

const OVERDUE = `(r.open_amount > 0 and r.due_date < $2::date and r.deleted_at is null)`;

/**
 * Read only for the receivables that are shown. A block holds through its last day; a debtor's block holds all its
 * receivables, but a receivable's own is named first.
 */
const SHOWN = `
  select page.*, steps.level, steps.last_step_on, blocks.block
    from page
    left join lateral (
      select max(s.level) as level, max(s.taken_on) as last_step_on from step_taken s
       where s.receivable_id = page.id and s.state <> 'released'
    ) steps on true
    left join lateral (
      select jsonb_build_object('id', b.id, 'kind', b.kind, 'reason', b.reason, 'until', b.until, 'amount', b.amount::text,
               'currency', b.currency, 'receivableId', b.receivable_id, 'debtorId', b.debtor_id, 'owner', b.owner,
               'createdAt', b.created_at) as block
        from block b
       where b.administration_id = page.administration_id and b.debtor_id = page.debtor_id
         and (b.receivable_id = page.id or b.receivable_id is null)
         and b.ended_at is null and (b.until is null or b.until >= $2::date)
       order by (b.receivable_id is null), b.created_at desc limit 1
    ) blocks on true`;

/** What a list of receivables is narrowed to. Absent = no matter. */
export interface ReceivableFilter {
  readonly status?: ReceivableStatus | undefined;
  readonly overdue?: boolean | undefined;
  readonly bucket?: AgeingColumn | undefined;
  readonly segment?: string | undefined;
  readonly level?: number | undefined;
  readonly blocked?: boolean | undefined;
  readonly debtor?: string | undefined;
  /** A pattern for ILIKE. */
  readonly pattern: string | null;
}

export interface Statement {
  readonly sql: string;
  readonly parameters: unknown[];
}

/** The receivables of an administration in order of due date. Deleted ones only when asked for. */
export function receivableListStatement(
  { administrationId, today }: Books,
  filter: ReceivableFilter,
  page: { limit: number; after: After | null },
): Statement {
  const parameters: unknown[] = [administrationId, today];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = [...conditionsOf(filter, bind)];
  if (page.after !== null)
    conditions.push(`(r.due_date, r.id) > (${bind(page.after.value)}::date, ${bind(page.after.id)}::uuid)`);
  const sql = `
with page as (
  select r.*, d.name as debtor_name from receivable r join debtor d on d.id = r.debtor_id
   where r.administration_id = $1 and $2::date is not null and ${conditions.join('\n     and ')}
   order by r.due_date, r.id limit ${bind(page.limit + 1)}
)
${SHOWN} order by page.due_date, page.id`;
  return { sql, parameters };
}

/** Only what is asked for becomes a condition, so that an index can serve it. */
function* conditionsOf(filter: ReceivableFilter, bind: (value: unknown) => string): Generator<string> {
  const { status, overdue, bucket, segment, level, blocked, debtor, pattern } = filter;
  yield status === undefined ? 'r.deleted_at is null' : STATUS_CONDITIONS[status];
  if (overdue !== undefined) yield overdue ? OVERDUE : `not ${OVERDUE}`;
  if (bucket !== undefined) yield `${ageingCondition(bucket)} and r.deleted_at is null`;
  if (segment !== undefined)
    yield `exists (select from debtor_profile p where p.debtor_id = r.debtor_id and p.segment_id = ${bind(segment)})`;
  if (level !== undefined) {
    const wanted = `${bind(level)}::integer`;
    if (level > 0) yield `exists (${STEP} and s.level = ${wanted})`;
    yield `not exists (${STEP} and s.level > ${wanted})`;
  }
  if (blocked !== undefined) yield `${blocked ? '' : 'not '}${BLOCKED}`;
  if (debtor !== undefined) yield `r.debtor_id = ${bind(debtor)}::uuid`;
  if (pattern !== null) {
    const text = bind(pattern);
    yield `(r.invoice_number ilike ${text} or r.your_ref ilike ${text} or r.debtor_id in (
      select n.id from debtor n where n.administration_id = $1 and (n.name ilike ${text} or n.code ilike ${text})))`;
  }
}

const STEP = `select from step_taken s where s.receivable_id = r.id and s.state <> 'released'`;
// As sets, not row by row: the database reads the few blocks once instead of asking for each receivable.
const HOLDING = `b.administration_id = $1 and b.ended_at is null and (b.until is null or b.until >= $2::date)`;
const BLOCKED = `(r.debtor_id in (select b.debtor_id from block b where ${HOLDING} and b.receivable_id is null)
  or r.id in (select b.receivable_id from block b where ${HOLDING} and b.receivable_id is not null))`;

/** Parameters: receivable, today. */
export const RECEIVABLE_SQL = `
with page as (select r.*, d.name as debtor_name from receivable r join debtor d on d.id = r.debtor_id where r.id = $1)
${SHOWN}`;
