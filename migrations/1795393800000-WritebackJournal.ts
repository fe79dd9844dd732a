import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wallsOf } from './tables.js';

/**
 * What is written back besides notes and documents: tasks, and states that the ledger shows for us. The journal knows
 * whether a write ever left the house, what a person found changed, and what was decided about it.
 */
export class WritebackJournal1795393800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(JOURNAL);
    await runner.query(STATES);
    await runner.query(wallsOf(['writeback_state', 'writeback_part']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table writeback_part, writeback_state;
delete from writeback where debtor_id is null or kind not in ('note', 'document');
alter table writeback
  drop column tried, drop column conflict, drop column resolution, drop column settled_by, drop column settled_note, drop column settled_at,
  alter column debtor_id set not null,
  drop constraint writeback_kind_known,
  add constraint writeback_kind_known check (kind in ('note', 'document'));`);
  }
}

const JOURNAL = `
alter table writeback
  -- A badge belongs to no debtor.
  alter column debtor_id drop not null,
  drop constraint writeback_kind_known,
  add constraint writeback_kind_known check (kind in
    ('note', 'document', 'task', 'dunning-status', 'badge', 'standing', 'own-reminders', 'reminder-email')),
  -- Whether an attempt may have reached the ledger: only then must it be asked before the next one.
  add column tried boolean not null default false,
  -- {part, holds, ours, theirs, before}: what somebody changed of what we had left, and which kinds wait for the answer.
  add column conflict jsonb,
  -- {seen, restore}: what a person decided about it.
  add column resolution jsonb,
  add column settled_by text,
  add column settled_note text,
  add column settled_at timestamptz;
update writeback set tried = attempts > 0;
create index writeback_conflict_idx on writeback (debtor_id) where state = 'rejected' and last_error_kind = 'conflict';
`;

const STATES = `
-- What the ledger was last asked to show of a receivable, a debtor or the whole administration.
create table writeback_state (
  administration_id uuid not null,
  kind text not null,
  target text not null,
  firm_id uuid not null,
  wanted jsonb not null,
  writeback_id uuid not null constraint writeback_state_writeback_fk references writeback,
  updated_at timestamptz not null default now(),
  constraint writeback_state_pk primary key (administration_id, kind, target),
  constraint writeback_state_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index writeback_state_writeback_idx on writeback_state (writeback_id);
-- What we left in a field that people write in too, and what stood there before.
create table writeback_part (
  administration_id uuid not null,
  debtor_id uuid not null constraint writeback_part_debtor_fk references debtor,
  part text not null,
  firm_id uuid not null,
  left_text text not null,
  found_text text,
  updated_at timestamptz not null default now(),
  constraint writeback_part_pk primary key (administration_id, debtor_id, part),
  constraint writeback_part_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index writeback_part_debtor_idx on writeback_part (debtor_id);
`;
