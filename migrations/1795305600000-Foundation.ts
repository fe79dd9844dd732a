import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The books, the connections that feed them, dunning runs, messages and write-backs.
 *
 * Every table carries `firm_id`. Two roles do all work: `openpost_app` sees the rows of the firm named by the setting
 * `openpost.firm_id` and nothing else; `openpost_system` sees all rows and serves what has no firm yet (sign-in) or
 * claims work for every firm. Neither may bypass row-level security; the login role only migrates.
 */
export class Foundation1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [ROLES, TENANCY, CONNECTIONS, LEDGER, SYNC, SEGMENTS, DUNNING, MESSAGES, WRITEBACKS])
      await runner.query(part);
    await runner.query(ROW_LEVEL_SECURITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = (await runner.query(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migration'`,
    )) as { name: string }[];
    if (tables.length > 0) await runner.query(`drop table ${tables.map((table) => table.name).join(', ')} cascade`);
  }
}

const ROLES = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'openpost_app') then create role openpost_app nologin nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'openpost_system') then create role openpost_system nologin nobypassrls; end if;
  begin
    execute format('grant openpost_app, openpost_system to %I', current_user);
  exception when insufficient_privilege then
    -- Somebody else made the roles. That is fine when they were granted to us, and only then.
    if not (pg_has_role(current_user, 'openpost_app', 'member') and pg_has_role(current_user, 'openpost_system', 'member')) then raise; end if;
  end;
end $$;
`;

const TENANCY = `
create table firm (
  id uuid constraint firm_pk primary key,
  name text not null,
  created_at timestamptz not null default now()
);
create table app_user (
  id uuid constraint app_user_pk primary key,
  firm_id uuid not null constraint app_user_firm_fk references firm,
  email text not null,
  name text not null,
  password_hash text not null,
  role text not null constraint app_user_role_known check (role in ('admin', 'collector', 'viewer')),
  created_at timestamptz not null default now()
);
create unique index app_user_email_once on app_user (lower(email));
create table session (
  token_hash bytea constraint session_pk primary key,
  firm_id uuid not null constraint session_firm_fk references firm,
  user_id uuid not null constraint session_user_fk references app_user on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_user_idx on session (user_id);
create table api_key (
  id uuid constraint api_key_pk primary key,
  firm_id uuid not null constraint api_key_firm_fk references firm,
  name text not null,
  key_hash bytea not null constraint api_key_hash_once unique,
  role text not null constraint api_key_role_known check (role in ('admin', 'collector', 'viewer')),
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create table audit_entry (
  id uuid constraint audit_entry_pk primary key,
  firm_id uuid not null constraint audit_entry_firm_fk references firm,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  detail jsonb not null default '{}'
);
create index audit_entry_recent_idx on audit_entry (firm_id, at desc, id desc);
create index audit_entry_subject_idx on audit_entry (subject_type, subject_id);
create table idempotency_record (
  firm_id uuid not null constraint idempotency_record_firm_fk references firm,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  constraint idempotency_record_pk primary key (firm_id, key)
);
create index idempotency_record_age_idx on idempotency_record (created_at);
`;

const CONNECTIONS = `
create table connection (
  id uuid constraint connection_pk primary key,
  firm_id uuid not null constraint connection_firm_fk references firm,
  connector text not null,
  name text not null,
  state text not null constraint connection_state_known check (state in ('active', 'needs_reconnect', 'revoked', 'error')),
  state_reason text,
  state_message text,
  settings jsonb not null default '{}',
  source_user text,
  -- The refresh protocol: lineage changes with each consent, version with each write; the lease names who may call.
  lineage uuid not null,
  version bigint not null default 1,
  lease_owner uuid,
  lease_until timestamptz,
  refresh_intent jsonb,
  access_token jsonb,
  refresh_token jsonb,
  access_issued_at timestamptz,
  access_expires_at timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint connection_firm_once unique (id, firm_id)
);
create table authorization_request (
  state_hash bytea constraint authorization_request_pk primary key,
  firm_id uuid not null,
  connection_id uuid not null,
  redirect_uri text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint authorization_request_connection_fk foreign key (connection_id, firm_id) references connection (id, firm_id) on delete cascade
);
create table administration (
  id uuid constraint administration_pk primary key,
  firm_id uuid not null constraint administration_firm_fk references firm,
  connection_id uuid not null,
  source_id text not null,
  name text not null,
  currency text not null,
  country text not null,
  language text not null,
  time_zone text not null,
  enabled boolean not null default true,
  house_style jsonb not null default '{}',
  writeback_choices jsonb not null default '{"note": true, "document": true}',
  dunning_settings jsonb not null default '{"automatic": false}',
  source_state jsonb not null default '{}',
  quota jsonb not null default '[]',
  first_loaded_at timestamptz,
  last_good_pull_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint administration_connection_fk foreign key (connection_id, firm_id) references connection (id, firm_id),
  constraint administration_source_once unique (connection_id, source_id),
  constraint administration_firm_once unique (id, firm_id)
);
create table schedule (
  administration_id uuid constraint schedule_pk primary key,
  firm_id uuid not null,
  cron text not null,
  time_zone text not null,
  enabled boolean not null default true,
  next_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint schedule_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id) on delete cascade
);
create index schedule_due_idx on schedule (next_at) where enabled;
`;

const LEDGER = `
create table debtor (
  id uuid constraint debtor_pk primary key default gen_random_uuid(),
  firm_id uuid not null,
  administration_id uuid not null,
  source_id text not null,
  source_version bigint not null default 0,
  source_hash bytea not null,
  code text not null,
  name text not null,
  contact_name text,
  email text,
  phone text,
  language text,
  country text,
  kind text not null constraint debtor_kind_known check (kind in ('business', 'consumer')),
  address_line text,
  postcode text,
  city text,
  vat_number text,
  chamber_of_commerce text,
  payment_condition text,
  blocked_in_ledger boolean not null default false,
  direct_debit boolean not null default false,
  credit_limit bigint,
  -- What people decided here; the ledger never overwrites it.
  segment_override text,
  kind_override text constraint debtor_kind_override_known check (kind_override in ('business', 'consumer')),
  language_override text,
  dunning_contact_name text,
  dunning_contact_email text,
  account_manager text,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint debtor_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id),
  constraint debtor_source_once unique (administration_id, source_id)
);
create index debtor_name_idx on debtor (administration_id, lower(name), id);
create index debtor_administration_idx on debtor (administration_id, id);
-- The id is made of the administration and the source's own id (book-id.ts), so the primary key is also what keeps a
-- record of the source from coming in twice. Receivables are never looked up by the source's id alone; a second, wider
-- unique index would cost every insert for nothing.
create table receivable (
  id uuid constraint receivable_pk primary key default gen_random_uuid(),
  firm_id uuid not null,
  administration_id uuid not null,
  -- Of the same books: the id is made of the administration's (book-id.ts).
  debtor_id uuid not null constraint receivable_debtor_fk references debtor,
  source_id text not null,
  source_version bigint not null default 0,
  source_hash bytea not null,
  entry_source_id text,
  transaction_source_id text,
  invoice_number text not null,
  your_ref text,
  kind text not null constraint receivable_kind_known check (kind in ('invoice', 'credit-note', 'payment')),
  invoice_date date not null,
  due_date date not null,
  currency text not null,
  amount bigint not null,
  open_amount bigint not null,
  settled_on date,
  last_payment_on date,
  description text,
  payment_reference text,
  direct_debit boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index receivable_debtor_idx on receivable (debtor_id);
create index receivable_due_idx on receivable (administration_id, due_date, id);
create index receivable_open_idx on receivable (administration_id, due_date, id) where open_amount <> 0 and deleted_at is null;
create table change_event (
  id bigint generated always as identity,
  firm_id uuid not null,
  administration_id uuid not null,
  sync_id uuid not null,
  object text not null,
  -- What is new comes a page at a time, and so is told: one event names all of it. Anything else names one record.
  record_id uuid,
  record_ids uuid[],
  change text not null constraint change_event_change_known check (change in ('new', 'changed', 'deleted')),
  detail jsonb not null default '{}',
  -- Commit-safe reading: readers stay below the oldest running transaction, whatever order ids were drawn in.
  transaction_id xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  -- The order in which it is read.
  constraint change_event_pk primary key (administration_id, transaction_id, id),
  constraint change_event_names_records check (num_nonnulls(record_id, record_ids) = 1 and (change = 'new') = (record_ids is not null))
);
create index change_event_record_idx on change_event (record_id, id) where record_id is not null;
`;

const SYNC = `
create table sync (
  id uuid constraint sync_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  kind text not null constraint sync_kind_known check (kind in ('full', 'delta')),
  trigger text not null,
  state text not null constraint sync_state_known check (state in ('queued', 'running', 'complete', 'complete_with_quarantine', 'partial', 'failed')),
  objects jsonb not null default '[]',
  calls integer not null default 0,
  error_kind text,
  error_message text,
  lease_owner uuid,
  lease_until timestamptz,
  not_before timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint sync_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index sync_recent_idx on sync (administration_id, created_at desc, id desc);
create index sync_unfinished_idx on sync (state) where state in ('queued', 'running');
-- One pull at a time per administration: a second one queues behind by finding this row.
create unique index sync_one_waiting on sync (administration_id) where state = 'queued';
create unique index sync_one_running on sync (administration_id) where state = 'running';
create table object_position (
  administration_id uuid not null,
  object text not null,
  firm_id uuid not null,
  position jsonb not null,
  updated_at timestamptz not null default now(),
  constraint object_position_pk primary key (administration_id, object),
  constraint object_position_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create table rejected_record (
  id uuid constraint rejected_record_pk primary key default gen_random_uuid(),
  firm_id uuid not null,
  administration_id uuid not null,
  object text not null,
  source_id text not null,
  reason text not null,
  message text not null,
  raw jsonb not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  resolved_at timestamptz,
  constraint rejected_record_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id),
  constraint rejected_record_once unique (administration_id, object, source_id)
);
create table tie_out (
  id uuid constraint tie_out_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  sync_id uuid not null,
  currency text not null,
  source_count integer not null,
  source_open bigint not null,
  our_count integer not null,
  our_open bigint not null,
  checked_at timestamptz not null default now(),
  constraint tie_out_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index tie_out_recent_idx on tie_out (administration_id, checked_at desc);
`;

const SEGMENTS = `
create table segment_ruleset (
  administration_id uuid not null,
  version integer not null,
  firm_id uuid not null,
  rules jsonb not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  constraint segment_ruleset_pk primary key (administration_id, version),
  constraint segment_ruleset_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create table debtor_profile (
  debtor_id uuid constraint debtor_profile_pk primary key constraint debtor_profile_debtor_fk references debtor on delete cascade,
  firm_id uuid not null,
  administration_id uuid not null,
  as_of date not null,
  profile jsonb not null,
  segment_id text not null,
  segment_name text not null,
  reason text not null,
  reason_code text not null,
  facts jsonb not null default '{}',
  ruleset_version integer not null,
  computed_at timestamptz not null default now(),
  constraint debtor_profile_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index debtor_profile_segment_idx on debtor_profile (administration_id, segment_id);
`;

const DUNNING = `
create table scenario (
  administration_id uuid not null,
  key text not null,
  version integer not null,
  firm_id uuid not null,
  name text not null,
  definition jsonb not null,
  current boolean not null default true,
  created_at timestamptz not null default now(),
  created_by text not null,
  constraint scenario_pk primary key (administration_id, key, version),
  constraint scenario_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create unique index scenario_one_current on scenario (administration_id, key) where current;
create table message_template (
  administration_id uuid not null,
  key text not null,
  language text not null,
  version integer not null,
  firm_id uuid not null,
  subject text not null,
  body text not null,
  current boolean not null default true,
  created_at timestamptz not null default now(),
  created_by text not null,
  constraint message_template_pk primary key (administration_id, key, language, version),
  constraint message_template_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create unique index message_template_one_current on message_template (administration_id, key, language) where current;
create table dunning_run (
  id uuid constraint dunning_run_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  as_of date not null,
  dry_run boolean not null default false,
  trigger text not null,
  state text not null constraint dunning_run_state_known check (state in
    ('planning', 'planned', 'awaiting_approval', 'approved', 'applying', 'applied', 'held', 'failed')),
  state_reason text,
  summary jsonb not null default '{}',
  applied jsonb,
  plan_hash text,
  created_by text not null,
  created_at timestamptz not null default now(),
  planned_at timestamptz,
  approved_at timestamptz,
  approved_by text,
  applied_at timestamptz,
  lease_owner uuid,
  lease_until timestamptz,
  constraint dunning_run_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index dunning_run_recent_idx on dunning_run (administration_id, created_at desc, id desc);
create index dunning_run_working_idx on dunning_run (state) where state in ('planning', 'approved', 'applying');
create table dunning_run_line (
  run_id uuid not null constraint dunning_run_line_run_fk references dunning_run on delete cascade,
  receivable_id uuid not null,
  firm_id uuid not null,
  debtor_id uuid not null,
  decision text not null constraint dunning_run_line_decision_known check (decision in ('take', 'wait', 'finish')),
  level smallint not null,
  channel text,
  reason text not null,
  facts jsonb not null default '{}',
  until date,
  scenario_key text,
  scenario_version integer,
  currency text not null,
  open_amount bigint not null,
  message_key text,
  held boolean not null default false,
  held_by text,
  outcome text,
  message_id uuid,
  constraint dunning_run_line_pk primary key (run_id, receivable_id)
);
create index dunning_run_line_decision_idx on dunning_run_line (run_id, decision, reason);
create index dunning_run_line_debtor_idx on dunning_run_line (run_id, debtor_id);
create table block (
  id uuid constraint block_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  debtor_id uuid not null constraint block_debtor_fk references debtor,
  receivable_id uuid constraint block_receivable_fk references receivable,
  kind text not null constraint block_kind_known check (kind in ('dispute', 'promise', 'plan', 'hold', 'insolvency')),
  reason text not null,
  until date,
  amount bigint,
  currency text,
  owner text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  constraint block_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index block_open_idx on block (administration_id, debtor_id) where ended_at is null;
create index block_receivable_idx on block (receivable_id) where receivable_id is not null;
create index block_debtor_idx on block (debtor_id);
create table task (
  id uuid constraint task_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  debtor_id uuid constraint task_debtor_fk references debtor,
  kind text not null,
  title text not null,
  detail text not null default '',
  state text not null default 'open' constraint task_state_known check (state in ('open', 'done')),
  dedupe_key text not null,
  due_on date,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  done_by text,
  note text,
  constraint task_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create unique index task_open_once on task (administration_id, dedupe_key) where state = 'open';
`;

const MESSAGES = `
create table message (
  id uuid constraint message_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  debtor_id uuid not null constraint message_debtor_fk references debtor,
  run_id uuid,
  -- Once: what it says, to whom, at which step. A second process that plans the same message cannot insert it.
  once_key text not null,
  level smallint not null,
  channel text not null,
  language text not null,
  scenario_key text,
  scenario_version integer,
  template_key text not null,
  template_version integer not null,
  recipient text not null,
  recipient_reason text not null,
  language_reason text not null,
  currency text not null,
  open_total bigint not null,
  fees bigint not null default 0,
  interest bigint not null default 0,
  subject text not null,
  html text not null,
  body_text text not null,
  content jsonb not null,
  state text not null constraint message_state_known check (state in ('queued', 'sending', 'sent', 'bounced', 'failed', 'uncertain', 'cancelled')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  error text,
  provider_message_id text,
  provider_response text,
  settled_by text,
  settled_note text,
  lease_owner uuid,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  constraint message_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id),
  constraint message_once unique (firm_id, once_key)
);
create index message_recent_idx on message (administration_id, created_at desc, id desc);
create index message_debtor_idx on message (debtor_id, created_at desc);
create index message_outbox_idx on message (next_attempt_at) where state in ('queued', 'sending');
create table message_line (
  message_id uuid not null constraint message_line_message_fk references message on delete cascade,
  receivable_id uuid not null,
  firm_id uuid not null,
  position integer not null,
  invoice_number text not null,
  invoice_date date not null,
  due_date date not null,
  amount bigint not null,
  open_amount bigint not null,
  constraint message_line_pk primary key (message_id, receivable_id)
);
create index message_line_receivable_idx on message_line (receivable_id);
-- Dunning history and its lock in one: 'reserved' with the decision, 'taken' when the message went out, 'released' when it did not.
create table step_taken (
  id uuid constraint step_taken_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  debtor_id uuid not null,
  receivable_id uuid not null constraint step_taken_receivable_fk references receivable,
  level smallint not null,
  cycle integer not null default 1,
  scenario_key text not null,
  scenario_version integer not null,
  run_id uuid not null,
  message_id uuid not null constraint step_taken_message_fk references message,
  taken_on date not null,
  state text not null constraint step_taken_state_known check (state in ('reserved', 'taken', 'released')),
  created_at timestamptz not null default now()
);
create unique index step_taken_once on step_taken (receivable_id, level, cycle) where state <> 'released';
create index step_taken_debtor_idx on step_taken (debtor_id, taken_on);
create index step_taken_message_idx on step_taken (message_id);
`;

const WRITEBACKS = `
create table writeback (
  id uuid constraint writeback_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  debtor_id uuid not null constraint writeback_debtor_fk references debtor,
  message_id uuid constraint writeback_message_fk references message,
  kind text not null constraint writeback_kind_known check (kind in ('note', 'document')),
  -- Travels inside the written text, so that the source itself can be asked whether it arrived.
  intent_key text not null,
  intent jsonb not null,
  summary text not null,
  sequence bigint generated always as identity,
  depends_on uuid constraint writeback_depends_on_fk references writeback,
  state text not null default 'pending' constraint writeback_state_known check (state in ('pending', 'sending', 'applied', 'rejected', 'unknown', 'abandoned')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  last_error_kind text,
  remote_id text,
  lease_owner uuid,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  constraint writeback_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id),
  constraint writeback_intent_once unique (firm_id, intent_key)
);
create index writeback_work_idx on writeback (next_attempt_at) where state in ('pending', 'sending', 'unknown');
create index writeback_recent_idx on writeback (administration_id, created_at desc, id desc);
create index writeback_message_idx on writeback (message_id);
create index writeback_debtor_idx on writeback (debtor_id);
create table writeback_attempt (
  id bigint generated always as identity constraint writeback_attempt_pk primary key,
  firm_id uuid not null,
  writeback_id uuid not null constraint writeback_attempt_writeback_fk references writeback on delete cascade,
  at timestamptz not null default now(),
  outcome text not null,
  error_kind text,
  detail text not null default ''
);
create index writeback_attempt_idx on writeback_attempt (writeback_id, id);
`;

const ROW_LEVEL_SECURITY = `
do $$
declare name text; firm_column text;
begin
  for name in select tablename from pg_tables where schemaname = 'public' and tablename not in ('schema_migration') loop
    firm_column := case when name = 'firm' then 'id' else 'firm_id' end;
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    -- The sub-select makes the firm a constant of the statement; without it the setting is read once per row.
    execute format('create policy own_firm on %I to openpost_app using (%I = (select nullif(current_setting(''openpost.firm_id'', true), '''')::uuid))', name, firm_column);
    execute format('create policy every_firm on %I to openpost_system using (true)', name);
    execute format('grant select, insert, update, delete on %I to openpost_app, openpost_system', name);
  end loop;
end $$;
-- The trail of who did what can be added to and read; not even a mistake of ours changes it.
revoke update, delete on audit_entry from openpost_app, openpost_system;
-- What the books hold is marked as deleted, never taken away: receivables, messages and reasons point at it.
revoke delete on debtor, receivable from openpost_app, openpost_system;
grant usage on all sequences in schema public to openpost_app, openpost_system;
grant usage on schema public to openpost_app, openpost_system;
`;
