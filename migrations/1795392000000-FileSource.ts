import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wallsOf } from './tables.js';

/**
 * Files as a source. A file is kept as it came (`import_file`), the meaning of its columns is remembered
 * (`import_mapping`), and its rows live in `file_record`: the other side's books, as far as files tell them. Every
 * import gives what it changed the next version of `file_book`, so that a pull reads changes in the order of versions.
 */
export class FileSource1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(wallsOf(NAMES));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ${NAMES.join(', ')}`);
  }
}

const NAMES = ['file_record', 'file_book', 'import_mapping', 'import_file'];

const TABLES = `
create table import_file (
  id uuid constraint import_file_pk primary key,
  firm_id uuid not null,
  administration_id uuid not null,
  kind text not null constraint import_file_kind_known check (kind in ('debtors', 'open-items', 'payments', 'invoice')),
  name text not null,
  size integer not null,
  sha256 bytea not null,
  content bytea not null,
  state text not null constraint import_file_state_known check (state in ('waiting', 'held', 'imported', 'refused', 'discarded')),
  problem text,
  mapping jsonb,
  counts jsonb,
  -- The invoice that a document is of, in the words of the receivable.
  record_id text,
  sync_id uuid,
  origin text not null constraint import_file_origin_known check (origin in ('upload', 'folder')),
  created_by text not null,
  created_at timestamptz not null default now(),
  imported_by text,
  imported_at timestamptz,
  constraint import_file_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id),
  constraint import_file_owner_once unique (id, administration_id, firm_id)
);
create index import_file_recent_idx on import_file (administration_id, created_at desc, id desc);
create table import_mapping (
  administration_id uuid not null,
  kind text not null,
  firm_id uuid not null,
  headers jsonb not null,
  mapping jsonb not null,
  updated_by text not null,
  updated_at timestamptz not null default now(),
  constraint import_mapping_pk primary key (administration_id, kind),
  constraint import_mapping_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create table file_book (
  administration_id uuid constraint file_book_pk primary key,
  firm_id uuid not null,
  -- Rises with every import; imports of one administration go one after the other, by the lock on this row.
  version bigint not null default 0,
  -- The newest complete list of open items; before the first one: the newest payment or invoice.
  as_of timestamptz,
  constraint file_book_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create table file_record (
  administration_id uuid not null,
  object text not null constraint file_record_object_known check (object in ('debtors', 'receivables')),
  source_id text not null,
  firm_id uuid not null,
  -- The import that changed it last, and the last complete list that it stood on.
  version bigint not null,
  seen bigint not null,
  state text not null constraint file_record_state_known check (state in ('open', 'settled', 'refused', 'gone')),
  raw jsonb not null,
  constraint file_record_pk primary key (administration_id, object, source_id),
  constraint file_record_administration_fk foreign key (administration_id, firm_id) references administration (id, firm_id)
);
create index file_record_feed_idx on file_record (administration_id, object, version, source_id);
create index file_record_invoice_idx on file_record (administration_id, (raw #>> '{values,invoiceNumber}')) where object = 'receivables';
`;
