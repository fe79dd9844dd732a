/**
 * The statements that store a page. $1 firm, $2 administration, $3 sync, $4 the page as one JSON text, $5 whether the
 * source has renumbered its versions (then a lower version may overwrite).
 *
 * Rows whose hash, version and presence are the same are not touched. A row whose version alone rose gets the version
 * and counts as unchanged. Each statement answers one row of counts.
 */
interface BookTable {
  readonly table: 'debtor' | 'receivable';
  readonly object: 'debtors' | 'receivables';
  readonly columns: Readonly<Record<string, string>>;
  /** What a change event says about a changed row, besides that it changed: SQL over `old` and `i`. */
  readonly detail: string;
}

const DEBTORS: BookTable = {
  table: 'debtor',
  object: 'debtors',
  columns: {
    code: 'text', name: 'text', contact_name: 'text', email: 'text', phone: 'text', language: 'text', country: 'text', kind: 'text',
    address_line: 'text', postcode: 'text', city: 'text', vat_number: 'text', chamber_of_commerce: 'text', payment_condition: 'text',
    blocked_in_ledger: 'boolean', direct_debit: 'boolean', credit_limit: 'bigint',
  }, // prettier-ignore
  detail: `'{}'::jsonb`,
};

const RECEIVABLES: BookTable = {
  table: 'receivable',
  object: 'receivables',
  columns: {
    entry_source_id: 'text', transaction_source_id: 'text', invoice_number: 'text', your_ref: 'text', kind: 'text',
    invoice_date: 'date', due_date: 'date', currency: 'text', amount: 'bigint', open_amount: 'bigint', settled_on: 'date',
    last_payment_on: 'date', description: 'text', payment_reference: 'text',
  }, // prettier-ignore
  detail: `jsonb_build_object('openBefore', old.open_amount::text, 'open', i.open_amount::text, 'dueBefore', old.due_date, 'due', i.due_date)`,
};

export const UPSERT_DEBTORS = upsert(DEBTORS, '');
export const UPSERT_RECEIVABLES = upsert(RECEIVABLES, 'debtor');

/** `debtorColumn`: the JSON field that names the debtor, for tables that belong to one. */
function upsert({ table, object, columns, detail }: BookTable, debtorColumn: string): string {
  const names = Object.keys(columns);
  const owned = debtorColumn !== '';
  const definition = Object.entries({ source_id: 'text', ...(owned ? { debtor: 'text' } : {}), ...columns })
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
  const own = owned ? ['debtor_id', ...names] : names;
  return `
with incoming as materialized (
  select r.*, decode(r.h, 'hex') as hash, ${owned ? 'd.id' : 'null::uuid'} as debtor_id
  from jsonb_to_recordset($4::jsonb) as r(${definition}, v bigint, h text)
  ${owned ? 'left join debtor d on d.administration_id = $2 and d.source_id = r.debtor' : ''}
), matched as materialized (
  select i.source_id, old.id, ${detail} as detail, (old.source_hash <> i.hash or old.deleted_at is not null) as differs
  from incoming i join ${table} old on old.administration_id = $2 and old.source_id = i.source_id
  where (old.source_version <= i.v or $5) and (old.source_hash <> i.hash or old.source_version <> i.v or old.deleted_at is not null)
    ${owned ? 'and i.debtor_id is not null' : ''}
), inserted as (
  insert into ${table} (firm_id, administration_id, source_id, source_version, source_hash, ${own.join(', ')})
  select $1::uuid, $2::uuid, i.source_id, i.v, i.hash, ${own.map((name) => `i.${name}`).join(', ')} from incoming i
  where not exists (select from ${table} t where t.administration_id = $2 and t.source_id = i.source_id)
    ${owned ? 'and i.debtor_id is not null' : ''}
  on conflict (administration_id, source_id) do nothing
  returning id
), updated as (
  update ${table} t set source_version = i.v, source_hash = i.hash, deleted_at = null,
    updated_at = case when m.differs then now() else t.updated_at end, ${own.map((name) => `${name} = i.${name}`).join(', ')}
  from matched m join incoming i using (source_id) where t.id = m.id
  returning t.id, m.differs, m.detail
), events as (
  insert into change_event (firm_id, administration_id, sync_id, object, record_id, change, detail)
  select $1::uuid, $2::uuid, $3::uuid, '${object}', id, 'new', '{}' from inserted
  union all select $1::uuid, $2::uuid, $3::uuid, '${object}', id, 'changed', detail from updated where differs
)
select (select count(*) from inserted)::int as new, (select count(*) from updated where differs)::int as changed,
  ${owned ? `(select coalesce(jsonb_agg(i.source_id), '[]') from incoming i where i.debtor_id is null)` : `'[]'::jsonb`} as orphans`;
}

/** Marks what the source says is gone, unless a newer version of it is here. $4: [{object, source_id, v}]. */
export const BURY = `
with incoming as materialized (
  select object, source_id, max(v) as v from jsonb_to_recordset($4::jsonb) as r(object text, source_id text, v bigint) group by 1, 2
), receivables as (
  update receivable t set deleted_at = now(), source_version = i.v, updated_at = now() from incoming i
  where i.object = 'receivables' and t.administration_id = $2 and t.source_id = i.source_id and t.deleted_at is null and t.source_version < i.v
  returning t.id
), debtors as (
  update debtor t set deleted_at = now(), source_version = i.v, updated_at = now() from incoming i
  where i.object = 'debtors' and t.administration_id = $2 and t.source_id = i.source_id and t.deleted_at is null and t.source_version < i.v
  returning t.id
), events as (
  insert into change_event (firm_id, administration_id, sync_id, object, record_id, change)
  select $1::uuid, $2::uuid, $3::uuid, 'receivables', id, 'deleted' from receivables union all select $1::uuid, $2::uuid, $3::uuid, 'debtors', id, 'deleted' from debtors
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
