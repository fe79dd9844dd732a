import type { StateKind } from './intent.js';

/**
 * What the ledger ought to show, from the books alone: no event can be missed, because none is needed. $1 is the
 * administration, $2 whether it is wanted at all; what was shown before and is wanted no more goes back to rest.
 * `at_rest` says that nothing needs to be written when nothing was.
 */
const TAKEN = `
taken as (
  select distinct on (s.receivable_id) s.receivable_id, s.debtor_id, s.level, s.taken_on,
    case when m.channel = 'task' then 'call' else m.template_key end as status, coalesce(m.sent_at, m.created_at) as at
  from step_taken s join message m on m.id = s.message_id
  where s.administration_id = $1 and s.state = 'taken' and $2
  order by s.receivable_id, s.level desc, s.created_at desc
), live as (
  select t.*, r.currency, r.open_amount from taken t
  join receivable r on r.id = t.receivable_id and r.open_amount <> 0 and r.deleted_at is null
)`;

const SHOWN = (kind: StateKind): string =>
  `select s.target::uuid as id from writeback_state s where s.administration_id = $1 and s.kind = '${kind}'`;

/** A debtor that is, or is going to be, reminded from here. */
const FOLLOWED = `select s.debtor_id as id from step_taken s where s.administration_id = $1 and s.state <> 'released' and $2`;

const FACTS: Readonly<Record<StateKind, string>> = {
  'dunning-status': `
with ${TAKEN}
select r.id::text as target, r.debtor_id, jsonb_build_object('level', x.level, 'status', x.status) as wanted, x.level = 0 as at_rest,
  jsonb_build_object('receivable', r.source_id, 'invoice', r.invoice_number, 'at', coalesce(t.at, r.updated_at)) as facts
from (select receivable_id as id from taken union ${SHOWN('dunning-status')}) k
join receivable r on r.id = k.id and r.deleted_at is null
left join taken t on t.receivable_id = r.id
cross join lateral (select
  case when r.open_amount = 0 then 0 else coalesce(t.level, 0) end as level,
  case when r.open_amount = 0 then 'settled' else coalesce(t.status, 'not-reminded') end as status) x`,
  standing: `
with ${TAKEN}, tops as (
  select distinct on (debtor_id) debtor_id, level, status, taken_on from live order by debtor_id, level desc, taken_on desc, receivable_id
), sums as (
  select debtor_id, jsonb_object_agg(currency, total) as open, sum(number)::int as invoices
  from (select debtor_id, currency, sum(open_amount)::text as total, count(*) as number from live group by 1, 2) x group by 1
)
select d.id::text as target, d.id as debtor_id, t.debtor_id is null as at_rest, '{}'::jsonb as facts,
  case when t.debtor_id is not null then jsonb_build_object('level', t.level, 'status', t.status, 'since', t.taken_on, 'invoices', s.invoices, 'open', s.open)
    when $2 then '{"level": 0}' else '{"gone": true}' end as wanted
from (select debtor_id as id from live union ${SHOWN('standing')}) k
join debtor d on d.id = k.id and d.deleted_at is null
left join tops t on t.debtor_id = d.id left join sums s on s.debtor_id = d.id`,
  'own-reminders': `
select d.id::text as target, d.id as debtor_id, jsonb_build_object('off', $2::boolean) as wanted, '{}'::jsonb as facts, not $2 as at_rest
from (${FOLLOWED} union ${SHOWN('own-reminders')}) k join debtor d on d.id = k.id and d.deleted_at is null`,
  'reminder-email': `
select d.id::text as target, d.id as debtor_id, jsonb_build_object('email', x.email) as wanted, '{}'::jsonb as facts, x.email is null as at_rest
from (${FOLLOWED} union ${SHOWN('reminder-email')}) k join debtor d on d.id = k.id and d.deleted_at is null
cross join lateral (select case when $2 then coalesce(nullif(d.dunning_contact_email, ''), nullif(d.email, '')) end as email) x`,
  badge: `
with ${TAKEN}
select 'administration' as target, null::uuid as debtor_id, count(*) = 0 as at_rest, '{}'::jsonb as facts,
  jsonb_build_object('level', coalesce(max(level), 0), 'count', count(*)) as wanted
from live`,
};

/** Most states enqueued in one go; the next nudge takes the rest. */
const BATCH = 1_000;

/** States of one kind that differ from what was last asked for, or that the source would not take a day ago. */
export function staleStatesSql(kind: StateKind): string {
  return `
select f.target, f.debtor_id as "debtorId", f.wanted, f.facts, st.writeback_id as previous from (${FACTS[kind]}) f
left join writeback_state st on st.administration_id = $1 and st.kind = '${kind}' and st.target = f.target
left join writeback w on w.id = st.writeback_id
where case when st.target is null then not f.at_rest
  else st.wanted is distinct from f.wanted or (w.state in ('rejected', 'abandoned') and w.last_error_kind = 'scope_missing') end
order by f.target limit ${BATCH}`;
}
