import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is left of a source's limits stands in the quota ledger alone; each administration kept its own copy beside it. */
export class OneLedgerOfCalls1795396200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table administration drop column quota');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table administration add column quota jsonb not null default '[]'`);
  }
}
