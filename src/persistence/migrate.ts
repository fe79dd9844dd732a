import { ownerDataSource } from './data-source.js';

/** Brings the schema to the newest version; returns the names of the migrations that ran. Safe to run twice at once. */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await ownerDataSource({ url }).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    // Two processes may start together: the second waits here and then finds nothing to do.
    await runner.query('select pg_advisory_lock(727001)');
    const ran = await dataSource.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    await runner.query('select pg_advisory_unlock(727001)').catch(() => undefined);
    await runner.release();
    await dataSource.destroy();
  }
}
