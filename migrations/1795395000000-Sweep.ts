import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wallsOf } from './tables.js';

/** What a full pull saw, page by page, and what it missed of our books. */
export class Sweep1795395000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SEEN);
    await runner.query(SWEEPS);
    await runner.query(wallsOf(['pull_seen', 'sweep']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sweep, pull_seen');
  }
}

/** Sixteen bytes per record, in one row per page; gone when the pull has swept. */
const SEEN = `
create table pull_seen (
  id bigint generated always as identity constraint pull_seen_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  sync_id uuid not null,
  object text not null,
  record_ids uuid[] not null,
  constraint pull_seen_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index pull_seen_sync_idx on pull_seen (administration_id, sync_id, object);
`;

const SWEEPS = `
create table sweep (
  id uuid constraint sweep_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  sync_id uuid not null,
  object text not null constraint sweep_object_known check (object in ('debtors', 'receivables')),
  -- How many the books held, and which of them the source did not show any more, as they were then.
  live integer not null,
  record_ids uuid[] not null,
  record_versions bigint[] not null,
  state text not null constraint sweep_state_known check (state in ('swept', 'asked', 'kept', 'superseded')),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by text,
  note text,
  constraint sweep_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id),
  constraint sweep_once unique (sync_id, object)
);
create index sweep_recent_idx on sweep (administration_id, created_at desc, id desc);
create unique index sweep_one_question on sweep (administration_id, object) where state = 'asked';
`;
