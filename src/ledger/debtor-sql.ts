/** How a list of debtors is ordered: the key, its type and the direction of both key and id. */
export const DEBTOR_SORTS = {
  overdue: { key: 'coalesce(f.overdue, 0)', type: 'bigint', direction: 'desc', beyond: '<' },
  oldest: { key: 'coalesce(f.oldest, 0)', type: 'bigint', direction: 'desc', beyond: '<' },
  open: { key: 'coalesce(f.open, 0)', type: 'bigint', direction: 'desc', beyond: '<' },
  name: { key: 'lower(d.name)', type: 'text', direction: 'asc', beyond: '>' },
} as const;
export type DebtorSort = keyof typeof DEBTOR_SORTS;

/** Open figures per debtor: $1 the administration or the debtor, $2 today, $3 the administration's currency. */
const figures = (scope: string): string => `
  select r.debtor_id,
         sum(r.open_amount) filter (where r.currency = $3)::bigint as open,
         sum(r.open_amount) filter (where r.currency = $3 and r.open_amount > 0 and r.due_date < $2::date)::bigint as overdue,
         (count(*) filter (where r.open_amount > 0 and r.due_date < $2::date))::integer as overdue_count,
         max($2::date - r.due_date) filter (where r.open_amount > 0 and r.due_date < $2::date) as oldest
    from receivable r
   where ${scope} and r.open_amount <> 0 and r.deleted_at is null
   group by r.debtor_id`;

/** What is read only for the debtors that are shown: level, other currencies, profile. */
const SHOWN = `
  select page.*, level.level, others.others, p.profile, p.segment_id, p.segment_name, p.reason, p.reason_code, p.facts
    from page
    left join debtor_profile p on p.debtor_id = page.id
    left join lateral (
      select max(s.level) as level from step_taken s join receivable r on r.id = s.receivable_id
       where s.debtor_id = page.id and s.state <> 'released' and r.open_amount <> 0 and r.deleted_at is null
    ) level on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('currency', c.currency, 'open', c.open::text, 'overdue', c.overdue::text) order by c.currency) as others
        from (select r.currency, sum(r.open_amount) as open,
                     coalesce(sum(r.open_amount) filter (where r.open_amount > 0 and r.due_date < $2::date), 0) as overdue
                from receivable r
               where r.debtor_id = page.id and r.currency <> $3 and r.open_amount <> 0 and r.deleted_at is null
               group by r.currency) c
    ) others on true`;

const COLUMNS = `d.*, coalesce(f.open, 0) as open, coalesce(f.overdue, 0) as overdue, coalesce(f.oldest, 0) as oldest`;

/** Parameters: administration, today, currency, search pattern, segment, overdue, with deleted, limit, after value, after id. */
export function debtorListSql(sort: DebtorSort): string {
  const { key, type, direction, beyond } = DEBTOR_SORTS[sort];
  return `
with figures as materialized (${figures('r.administration_id = $1')}),
page as (
  select ${COLUMNS}, (${key})::text as sort_value, ${key} as sort_key
    from debtor d
    left join figures f on f.debtor_id = d.id
   where d.administration_id = $1
     and ($7::boolean or d.deleted_at is null)
     and ($4::text is null or d.name ilike $4 or d.code ilike $4 or d.email ilike $4 or d.contact_name ilike $4)
     and ($5::text is null or exists (select from debtor_profile s where s.debtor_id = d.id and s.segment_id = $5))
     and ($6::boolean is null or (coalesce(f.overdue_count, 0) > 0) = $6)
     and ($9::text is null or (${key}, d.id) ${beyond} ($9::${type}, $10::uuid))
   order by ${key} ${direction}, d.id ${direction}
   limit $8
)
${SHOWN}
   order by page.sort_key ${direction}, page.id ${direction}`;
}

/** Parameters: debtor, today, currency. */
export const DEBTOR_SQL = `
with figures as materialized (${figures('r.debtor_id = $1')}),
page as (select ${COLUMNS} from debtor d left join figures f on f.debtor_id = d.id where d.id = $1)
${SHOWN}`;
