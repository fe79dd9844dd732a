import { DEBTOR_COLUMNS, RECEIVABLE_COLUMNS, type BookColumn } from './book-columns.js';
import { BATCH_COLUMNS } from './row-batch.js';

/** A table of the books. */
interface BookTable {
  readonly table: 'debtor' | 'receivable';
  readonly object: 'debtors' | 'receivables';
  readonly columns: readonly Pick<BookColumn<never>, 'name' | 'type'>[];
  /** Columns whose value before the change is told. */
  readonly before: readonly string[];
  /** What a change event says of a changed row, besides that it changed: SQL over `i`, the row that came in. */
  readonly detail: string;
}

/**
 * The statements that store a page, in this order: which of its rows are new and which differ (SCAN), then only those
 * (INSERT, UPDATE). A row whose hash, version and presence are the same is not touched, and only its key was sent. A row
 * whose version alone rose gets the version and counts as unchanged. Two workers never insert the same row: the second
 * waits for the first, whose page rolls back when it has lost its lease.
 */
const DEBTORS: BookTable = {
  table: 'debtor',
  object: 'debtors',
  columns: DEBTOR_COLUMNS,
  before: [],
  detail: `'{}'::jsonb`,
};

const RECEIVABLES: BookTable = {
  table: 'receivable',
  object: 'receivables',
  columns: RECEIVABLE_COLUMNS,
  before: ['open_amount', 'due_date'],
  detail: `jsonb_build_object('openBefore', i.old_open_amount::text, 'open', i.open_amount::text, 'dueBefore', i.old_due_date, 'due', i.due_date)`,
};

/** The statements of one table. */
export interface PageStatements {
  /**
   * $1 id, $2 v (version), $3 h (hash) as arrays, $4 whether the source has renumbered its versions (then a lower one
   * may overwrite). Answers the places, counted from 1, of what is `fresh` and what is `newer`.
   */
  readonly scan: string;
  /** $1 firm, $2 administration, $3 sync, $4… the columns as arrays, the ids first. */
  readonly insert: string;
  /** $1 firm, $2 administration, $3 sync, $4 renumbered, $5… the columns as arrays. Answers how many `changed`. */
  readonly update: string;
}

export const STORE_DEBTORS: PageStatements = statementsOf(DEBTORS);
export const STORE_RECEIVABLES: PageStatements = statementsOf(RECEIVABLES);

function statementsOf(table: BookTable): PageStatements {
  return { scan: scan(table), insert: insert(table), update: update(table) };
}

// By primary key, one by one: `limit 1` keeps the planner from joining whole tables when its statistics are old.
function scan({ table }: BookTable): string {
  return `
select coalesce(array_agg(r.n) filter (where old.id is null), '{}')::int[] as fresh,
  coalesce(array_agg(r.n) filter (where (old.source_version <= r.v or $4::boolean)
    and (old.source_version <> r.v or old.source_hash <> decode(r.h, 'base64') or old.deleted_at is not null)), '{}')::int[] as newer
from unnest($1::uuid[], $2::bigint[], $3::text[]) with ordinality as r(id, v, h, n)
left join lateral (select t.id, t.source_version, t.source_hash, t.deleted_at from ${table} t where t.id = r.id limit 1) old on true`;
}

function insert({ table, object, columns }: BookTable): string {
  const names = columns.map(({ name }) => name);
  return `
with arrived as (
  insert into change_event (firm_id, administration_id, sync_id, object, record_ids, change)
  values ($1::uuid, $2::uuid, $3::uuid, '${object}', $4::uuid[], 'new')
)
insert into ${table} (id, firm_id, administration_id, source_id, source_version, source_hash, ${names.join(', ')})
select r.id, $1::uuid, $2::uuid, r.source_id, r.v, decode(r.h, 'base64'), ${names.map((name) => `r.${name}`).join(', ')}
from ${batchOf(columns, 4)}`;
}

function update({ table, object, columns, before, detail }: BookTable): string {
  const names = columns.map(({ name }) => name);
  return `
with incoming as materialized (
  select r.*, decode(r.h, 'base64') as hash, ${before.map((column) => `old.${column} as old_${column},`).join(' ')}
    (old.source_hash <> decode(r.h, 'base64') or old.deleted_at is not null) as differs
  from ${batchOf(columns, 5)}
  cross join lateral (select t.* from ${table} t where t.id = r.id limit 1) old
), updated as (
  update ${table} t set source_version = i.v, source_hash = i.hash, deleted_at = null,
    updated_at = case when i.differs then now() else t.updated_at end, ${names.map((name) => `${name} = i.${name}`).join(', ')}
  from incoming i where t.id = i.id and (t.source_version <= i.v or $4::boolean)
  returning t.id, i.differs, ${detail} as detail
), events as (
  insert into change_event (firm_id, administration_id, sync_id, object, record_id, change, detail)
  select $1::uuid, $2::uuid, $3::uuid, '${object}', id, 'changed', detail from updated where differs
)
select count(*)::int as changed from updated where differs`;
}

/** The batch as a table `r`, from the parameter `first` on. */
function batchOf(columns: BookTable['columns'], first: number): string {
  const all = [
    ...BATCH_COLUMNS.map((column) => column.split(' ') as [string, string]),
    ...columns.map(({ name, type }) => [name, type]),
  ];
  const arrays = all.map(([, type], index) => `$${index + first}::${type}[]`);
  return `unnest(${arrays.join(', ')}) as r(${all.map(([name]) => name).join(', ')})`;
}

/** Marks what the source says is gone, unless a newer version of it is here. $4: [{object, id, source_id, v}]. */
export const BURY = `
with incoming as materialized (
  select object, id, source_id, max(v) as v from jsonb_to_recordset($4::jsonb) as r(object text, id uuid, source_id text, v bigint) group by 1, 2, 3
), receivables as (
  update receivable t set deleted_at = now(), source_version = i.v, updated_at = now() from incoming i
  where i.object = 'receivables' and t.id = i.id and t.deleted_at is null and t.source_version < i.v
  returning t.id
), debtors as (
  update debtor t set deleted_at = now(), source_version = i.v, updated_at = now() from incoming i
  where i.object = 'debtors' and t.id = i.id and t.deleted_at is null and t.source_version < i.v
  returning t.id
), events as (
  insert into change_event (firm_id, administration_id, sync_id, object, record_id, change)
  select $1::uuid, $2::uuid, $3::uuid, 'receivables', id, 'deleted' from receivables
  union all select $1::uuid, $2::uuid, $3::uuid, 'debtors', id, 'deleted' from debtors
), resolved as (
  update rejected_record q set resolved_at = now() from incoming i
  where q.administration_id = $2 and q.object = i.object and q.source_id = i.source_id and q.resolved_at is null
)
select ((select count(*) from receivables) + (select count(*) from debtors))::int as deleted`;

/** Puts records aside. $4: [{source_id, reason, message, raw}], $3: the object. */
export const QUARANTINE = `
insert into rejected_record as q (firm_id, administration_id, object, source_id, reason, message, raw)
select $1, $2, $3, r.source_id, r.reason, r.message, coalesce(r.raw, 'null') from jsonb_to_recordset($4::jsonb)
  as r(source_id text, reason text, message text, raw jsonb)
on conflict (administration_id, object, source_id) do update
  set reason = excluded.reason, message = excluded.message, raw = excluded.raw, last_seen_at = now(), resolved_at = null`;

/** Records that map now are no longer aside. $3: source ids as a JSON array. */
export const RESOLVE = `
update rejected_record set resolved_at = now()
where administration_id = $1 and object = $2 and resolved_at is null
  and source_id in (select jsonb_array_elements_text($3::jsonb))`;
