import { MIGRATIONS } from '../../migrations/index.js';
import { Client } from 'pg';
import { newId } from '../../src/kernel/index.js';
import { appDataSource, migrate } from '../../src/persistence/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('migrating', () => {
  let database: TestDatabase;
  const name = `plain_${newId().replaceAll('-', '')}`;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.sql(`create role ${name} login password 'x'`);
    await database.sql(`grant openpost_app, openpost_system to ${name}`);
    await database.sql(`create database ${name} owner ${name}`);
  });
  afterAll(async () => {
    await database.sql(`drop database ${name} with (force)`);
    await database.sql(`drop role ${name}`);
    await database.close();
  });

  const urlOf = (user: string, password: string): string => {
    const url = new URL(database.url);
    url.username = user;
    url.password = password;
    url.pathname = `/${name}`;
    return url.toString();
  };

  it('needs no more than a database of its own and the two roles, granted', async () => {
    expect(await migrate(urlOf(name, 'x'))).toEqual(MIGRATIONS.map((each) => each.name));
    const dataSource = await appDataSource({ url: urlOf(name, 'x'), poolSize: 1 }).initialize();
    expect(await dataSource.query('select current_user as role')).toEqual([{ role: 'openpost_app' }]);
    await dataSource.destroy();
  });

  it('does nothing the second time, also when two processes start together', async () => {
    const url = urlOf(name, 'x');
    expect(await Promise.all([migrate(url), migrate(url)])).toEqual([[], []]);
  });

  it('keeps the trail of deeds append-only, for every role of the product', async () => {
    const client = new Client({ connectionString: urlOf(name, 'x') });
    await client.connect();
    for (const role of ['openpost_app', 'openpost_system']) {
      await client.query(`set role ${role}`);
      await expect(client.query('delete from audit_entry')).rejects.toThrow(/permission denied/);
      await expect(client.query(`update audit_entry set actor = 'nobody'`)).rejects.toThrow(/permission denied/);
      await client.query('reset role');
    }
    await client.end();
  });
});
