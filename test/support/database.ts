import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { newId } from '../../src/kernel/index.js';
import { appDataSource, migrate, startEmbeddedPostgres, UnitOfWork } from '../../src/persistence/index.js';

const TEMPLATE = 'openpost_template';

export interface TestDatabase {
  /** The owner's URL of this file's own database. */
  readonly url: string;
  /** Connected as `openpost_app`, as the product is. */
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  /** Runs SQL as the owner, outside row-level security: for arranging and looking, never for what is under test. */
  sql<Row>(text: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A fresh, migrated database for one test file, cloned from a template in milliseconds on the run's own PostgreSQL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await startEmbeddedPostgresOnce();
  const name = `test_${newId().replaceAll('-', '')}`;
  await asOwner(server, (client) => client.query(`create database ${name} template ${TEMPLATE}`));
  const url = server.replace(/\/postgres$/, `/${name}`);
  const dataSource = await appDataSource({ url, poolSize: 12 }).initialize();
  const owner = new Pool({ connectionString: url, max: 2 });
  // Dropping the database ends idle connections; that is not a failure of the test.
  owner.on('error', () => undefined);
  return {
    url,
    dataSource,
    unitOfWork: new UnitOfWork(dataSource),
    sql: async <Row>(text: string, parameters: unknown[] = []) => (await owner.query(text, parameters)).rows as Row[],
    close: async () => {
      await dataSource.destroy();
      await owner.end();
      await asOwner(server, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** Adds a firm and returns its id. */
export async function addFirm(database: TestDatabase, name = 'Kantoor De Vries'): Promise<string> {
  const id = newId();
  await database.sql('insert into firm (id, name) values ($1, $2)', [id, name]);
  return id;
}

async function startEmbeddedPostgresOnce(): Promise<string> {
  const run = process.env['OPENPOST_TEST_RUN'];
  if (run === undefined) throw new Error('run tests through jest, whose global set-up names a folder for the run');
  const lock = join(run, 'lock');
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  )
    await new Promise((proceed) => setTimeout(proceed, 20));
  try {
    const parameters = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
    const { url } = await startEmbeddedPostgres({ directory: join(run, 'database'), parameters });
    const exists = await asOwner(url, (client) =>
      client.query('select from pg_database where datname = $1', [TEMPLATE]),
    );
    if (exists.rowCount === 0) {
      await asOwner(url, (client) => client.query(`create database ${TEMPLATE}`));
      await migrate(url.replace(/\/postgres$/, `/${TEMPLATE}`));
    }
    return url;
  } finally {
    await rmdir(lock);
  }
}

async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
