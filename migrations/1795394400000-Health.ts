import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wallsOf } from './tables.js';

/** What a comparison with the source's own list found, down to the line; and who heard that a connection is down. */
export class Health1795394400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TIE_OUT);
    await runner.query(CONNECTIONS);
    await runner.query(wallsOf(['tie_out_item', 'tie_out_debtor', 'tie_out_line', 'connection_notice']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table connection_notice, tie_out_line, tie_out_debtor, tie_out_item;
alter table tie_out drop column differing_debtors;
drop index administration_tie_out_due_idx;
alter table administration drop column tie_out_next_at, drop column tie_out_wanted, drop column source_rights, drop column rights_checked_at;
alter table connection drop column broken_since;
alter table authorization_request drop column browser_hash;
alter table task drop column if exists owner;`);
  }
}

const TIE_OUT = `
alter table tie_out add column differing_debtors integer not null default 0;
alter table task add column if not exists owner text;
alter table administration
  add column tie_out_next_at timestamptz,
  -- Asked for (by the clock or a person) and not made yet: the next pull that ends well compares.
  add column tie_out_wanted boolean not null default false;
update administration set tie_out_next_at = now() where first_loaded_at is not null;
create index administration_tie_out_due_idx on administration (tie_out_next_at) where enabled;
-- The source's list while it is being compared; empty otherwise.
create table tie_out_item (
  id bigint generated always as identity constraint tie_out_item_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  source_id text not null,
  debtor_source_id text not null,
  currency text not null,
  open_amount bigint not null,
  invoice_number text,
  constraint tie_out_item_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index tie_out_item_debtor_idx on tie_out_item (administration_id, debtor_source_id);
create table tie_out_debtor (
  administration_id uuid not null,
  sync_id uuid not null,
  debtor_source_id text not null,
  currency text not null,
  firm_id uuid not null,
  debtor_id uuid,
  name text,
  our_count integer not null,
  our_open bigint not null,
  source_count integer not null,
  source_open bigint not null,
  differs boolean not null,
  -- Found in all; the list keeps the first few thousand of a comparison.
  line_count integer not null default 0,
  constraint tie_out_debtor_pk primary key (administration_id, sync_id, debtor_source_id, currency),
  constraint tie_out_debtor_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create table tie_out_line (
  id bigint generated always as identity constraint tie_out_line_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  sync_id uuid not null,
  debtor_source_id text not null,
  currency text not null,
  kind text not null constraint tie_out_line_kind_known check (kind in ('missing-here', 'missing-there', 'amount-differs')),
  invoice_number text,
  source_id text,
  receivable_id uuid,
  our_open bigint,
  source_open bigint,
  constraint tie_out_line_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index tie_out_line_check_idx on tie_out_line (administration_id, sync_id, debtor_source_id, currency);
`;

const CONNECTIONS = `
-- What the connected user may read and write in an administration, as the source said it last.
alter table administration add column source_rights jsonb not null default '[]', add column rights_checked_at timestamptz;
-- Since when a connection that worked before needs a person.
alter table connection add column broken_since timestamptz;
-- Of the browser that began it; null when none did (a script with an API key), and then none is asked for.
alter table authorization_request add column browser_hash bytea;
create table connection_notice (
  id uuid constraint connection_notice_pk primary key,
  firm_id uuid not null,
  connection_id uuid not null,
  -- broken_since of the connection: which failure it is about.
  incident_at timestamptz not null,
  kind text not null constraint connection_notice_kind_known check (kind in ('first', 'reminder')),
  recipient text not null,
  recipient_name text not null,
  state text not null default 'queued' constraint connection_notice_state_known check (state in ('queued', 'sending', 'sent', 'failed', 'uncertain')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  lease_until timestamptz,
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  constraint connection_notice_connection_fk foreign key (connection_id, firm_id) references connection (id, firm_id),
  constraint connection_notice_once unique (connection_id, incident_at, kind, recipient)
);
create index connection_notice_work_idx on connection_notice (next_attempt_at) where state in ('queued', 'sending');
`;
