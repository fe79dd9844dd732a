import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wallsOf } from './tables.js';

/** How far each reader of the changes is, and the slow second reading of what sources publish late. */
export class ChangeFeed1795395600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POSITIONS);
    await runner.query(RESCANS);
    await runner.query(wallsOf(['feed_position']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table feed_position');
    await runner.query('alter table sync drop column rescan');
    await runner.query('alter table administration drop column rescan_next_at');
  }
}

/** The last event that a reader of ours has dealt with, in the order of the feed. */
const POSITIONS = `
create table feed_position (
  administration_id uuid not null,
  consumer text not null,
  firm_id uuid not null,
  transaction_id xid8 not null,
  id bigint not null,
  updated_at timestamptz not null default now(),
  constraint feed_position_pk primary key (administration_id, consumer),
  constraint feed_position_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id) on delete cascade
);
`;

/** What the second reading after a pull found: {from, read, late}; null on a pull without one. */
const RESCANS = `
alter table sync add column rescan jsonb;
alter table administration add column rescan_next_at timestamptz not null default now() + interval '1 day';
`;
