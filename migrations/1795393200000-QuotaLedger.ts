import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the sources allow, counted once for all processes and all firms: a source counts per app, and two firms may have
 * connected the same books. So these tables belong to no firm. `openpost_system` keeps them; a firm sees the lines of
 * its own administrations and connections, and no others.
 */
export class QuotaLedger1795393200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALLS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table quota_slot, quota_error, quota_window');
    await runner.query('alter table connection drop column token_day, drop column token_calls');
  }
}

const TABLES = `
create table quota_window (
  connector text not null,
  app text not null,
  -- 'app', 'administration:<id at the source>' or 'connection:<id>'.
  holder text not null,
  -- Length of the window in seconds.
  per_seconds integer not null,
  ends_at timestamptz not null,
  used integer not null,
  -- Of the window before, and of this one's last moment: clocks differ, so those may be counted on the other side.
  previous_used integer not null default 0,
  late integer not null default 0,
  limit_seen integer,
  -- As of the last claim, for people to look at.
  limit_units integer not null,
  reserve_units integer not null,
  updated_at timestamptz not null default now(),
  constraint quota_window_pk primary key (connector, app, holder, per_seconds)
) with (fillfactor = 50);
create table quota_error (
  connector text not null,
  app text not null,
  connection_id uuid not null constraint quota_error_connection_fk references connection on delete cascade,
  administration text not null,
  endpoint text not null,
  errors timestamptz[] not null,
  rests_until timestamptz,
  limit_errors integer not null,
  updated_at timestamptz not null default now(),
  constraint quota_error_pk primary key (connection_id, administration, endpoint)
);
-- Calls to the token endpoint, of a day in UTC: some sources count those too, per user.
alter table connection add column token_day date, add column token_calls integer not null default 0;
create table quota_slot (
  connection_id uuid constraint quota_slot_pk primary key constraint quota_slot_connection_fk references connection on delete cascade,
  owner uuid not null,
  lease_until timestamptz not null
);
`;

const WALLS = `
do $$
declare name text;
begin
  foreach name in array array['quota_window', 'quota_error', 'quota_slot'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy every_firm on %I to openpost_system using (true)', name);
    execute format('grant select, insert, update, delete on %I to openpost_system', name);
  end loop;
end $$;
-- The sub-selects see the firm's own rows only, by the walls of those tables.
create policy own_books on quota_window for select to openpost_app using (exists (
  select from connection c left join administration a on a.connection_id = c.id
  where c.connector = quota_window.connector
    and quota_window.holder in ('connection:' || c.id, 'administration:' || a.source_id)));
create policy own_connections on quota_error for select to openpost_app using (exists (
  select from connection c where c.id = quota_error.connection_id));
grant select on quota_window, quota_error to openpost_app;
`;
