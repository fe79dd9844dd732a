import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wallsOf } from './tables.js';

/** Hints of a source that something changed, and why a pull reads everything. */
export class SourceHints1795392600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HINTS);
    await runner.query(wallsOf(['source_hint', 'source_hint_event']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table source_hint_event, source_hint; alter table sync drop column full_reason;`);
  }
}

const HINTS = `
alter table sync add column full_reason text constraint sync_full_reason_known
  check (full_reason in ('asked', 'first-load', 'deletions-expired', 'renumbered', 'position-lost'));
-- One per administration whose source gives hints: the subscription, and the pull that hints made due.
create table source_hint (
  administration_id uuid constraint source_hint_pk primary key,
  firm_id uuid not null,
  state text not null constraint source_hint_state_known check (state in ('pending', 'active', 'refused', 'off')),
  -- Why it is not active, for people.
  message text,
  -- Of the secret in the address that the source calls.
  token_hash bytea not null constraint source_hint_token_once unique,
  topics jsonb not null default '[]',
  -- Of the consent it was made under: after a new one it is looked at again.
  lineage uuid,
  checked_at timestamptz,
  next_check_at timestamptz not null,
  -- When the source was last found to have forgotten it.
  lost_at timestamptz,
  heard_at timestamptz,
  -- The hint that a pull still has to answer for; null when none waits.
  due_at timestamptz,
  pulled_at timestamptz,
  -- Webhooks by what became of them.
  counts jsonb not null default '{}',
  constraint source_hint_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id) on delete cascade
);
create index source_hint_due_idx on source_hint (due_at) where due_at is not null;
-- Events heard of lately, so that a repeated one is known.
create table source_hint_event (
  administration_id uuid not null,
  event_key bytea not null,
  firm_id uuid not null,
  heard_at timestamptz not null,
  constraint source_hint_event_pk primary key (administration_id, event_key),
  constraint source_hint_event_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id) on delete cascade
);
create index source_hint_event_age_idx on source_hint_event (heard_at);
`;
