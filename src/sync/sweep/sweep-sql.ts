/** Tables of the books whose rows a full pull may find gone. */
export type SweptObject = 'debtors' | 'receivables';

const TABLES: Readonly<Record<SweptObject, 'debtor' | 'receivable'>> = { debtors: 'debtor', receivables: 'receivable' };

/**
 * $1 administration, $2 sync, $3 whether only open items are listed whole. Answers the rows of the books, there before
 * this pull began, that no page of it showed. A debtor who still has a living receivable stays: the receivable's own
 * fate is decided first, and the next full pull asks again.
 */
export function missingOf(object: SweptObject): string {
  const table = TABLES[object];
  const keep =
    object === 'debtors'
      ? '$3::boolean is not null and not exists (select from receivable r where r.debtor_id = t.id and r.deleted_at is null)'
      : '(t.open_amount <> 0 or not $3::boolean)';
  // `except` is a matter of hashing or sorting, whatever the planner thinks of rows that it has no statistics of; an
  // anti-join became a loop in a loop.
  return `
with missing as materialized (
  select t.id from ${table} t where t.administration_id = $1 and t.deleted_at is null
    and t.created_at < (select created_at from sync where id = $2) and ${keep}
  except
  select r.id from pull_seen p cross join unnest(p.record_ids) as r(id)
   where p.administration_id = $1 and p.sync_id = $2 and p.object = '${object}'
), found as (
  select m.id, t.source_version from missing m
   cross join lateral (select source_version from ${table} where id = m.id limit 1) t
)
select (select count(*)::int from ${table} where administration_id = $1 and deleted_at is null) as live,
  coalesce(array_agg(id order by id), '{}') as ids, coalesce(array_agg(source_version::text order by id), '{}') as versions
from found`;
}

/** $1 firm, $2 administration, $3 sync, $4 ids, $5 versions. A row that the source has shown again since is left. */
export function buryOf(object: SweptObject): string {
  const table = TABLES[object];
  return `
with gone as (
  update ${table} t set deleted_at = now(), updated_at = now()
    from unnest($4::uuid[], $5::bigint[]) as m(id, version)
   where t.id = m.id and t.source_version = m.version and t.deleted_at is null and t.administration_id = $2
  returning t.id
), events as (
  insert into change_event (firm_id, administration_id, sync_id, object, record_id, change, detail)
  select $1::uuid, $2::uuid, $3::uuid, '${object}', id, 'deleted', '{"how": "absent"}' from gone
)
select count(*)::int as deleted from gone`;
}
