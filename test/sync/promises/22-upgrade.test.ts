import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { Client, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Foundation1795305600000 } from '../../../migrations/1795305600000-Foundation.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { appDataSource, migrate, SecretBox, UnitOfWork } from '../../../src/persistence/index.js';
import { ownerDataSource } from '../../../src/persistence/data-source.js';
import { Settings } from '../../../src/settings/index.js';
import { SyncModule } from '../../../src/sync/index.js';
import { SyncRepository } from '../../../src/sync/pull/index.js';
import { createTestApi, type Asking, type TestApi } from '../../support/api.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { ListedQueue, PrintedFiles } from '../support/engine.js';
import { settingsOf } from '../support/settings.js';
import { TurningClock, TurningSleeper } from '../support/turning-clock.js';

const ROWS = 'test/sync/promises/rows-0.1.0.sql';
const id = (end: string): string => `01a00000-0000-7000-8000-${end.padStart(12, '0')}`;
const [FIRM, CONNECTION, ADMINISTRATION, SYNC] = [id('1'), id('2'), id('3'), id('4')];

@Module({ providers: [PrintedFiles], exports: [PrintedFiles] })
class FilesModule {}

@Module({})
class GivenSettingsModule {}

describe('an upgrade of a firm in the middle of its first reading', () => {
  const clock = new TurningClock('2026-11-18T09:00:00Z');
  let host: TestDatabase;
  let database: TestDatabase;
  let api: TestApi;
  let as: Asking;

  /** The schema of 0.1.0 with its rows, and then everything that came after. */
  async function upgraded(): Promise<TestDatabase> {
    const url = `${host.url}_old`;
    await host.sql(`create database ${new URL(url).pathname.slice(1)} template template0`);
    const first = new DataSource({
      ...ownerDataSource({ url }).options,
      migrations: [Foundation1795305600000],
    } as never);
    await first.initialize();
    await first.runMigrations();
    await first.destroy();
    const owner = new Client({ connectionString: url });
    await owner.connect();
    await owner.query(readFileSync(ROWS, 'utf8'));
    await owner.end();
    expect((await migrate(url)).length).toBeGreaterThan(5);
    const dataSource = await appDataSource({ url }).initialize();
    const pool = new Pool({ connectionString: url, max: 1 });
    // Dropping the database ends idle connections; that is not a failure of the test.
    pool.on('error', () => undefined);
    return {
      url,
      dataSource,
      unitOfWork: new UnitOfWork(dataSource),
      sql: async <Row>(text: string, parameters: unknown[] = []) => (await pool.query(text, parameters)).rows as Row[],
      close: async () => {
        await dataSource.destroy();
        await pool.end();
        await host.sql(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
      },
    };
  }

  beforeAll(async () => {
    host = await createTestDatabase();
    database = await upgraded();
    const settings = settingsOf({ 'exact-online': { baseUrl: 'https://start.exactonline.nl', clientId: 'a', clientSecret: 'b', extra: {} } }); // prettier-ignore
    const given = [{ provide: Settings, useValue: settings }];
    api = await createTestApi(database, {
      modules: [
        { module: GivenSettingsModule, global: true, providers: given, exports: given },
        SyncModule.forRoot({ connectors: [createExactOnline(clock)], documentFiles: PrintedFiles, imports: [FilesModule], sleeper: new TurningSleeper(clock) }), // prettier-ignore
      ],
      clock,
      queue: new ListedQueue(),
      secrets: new SecretBox(new Map([['k', randomBytes(32)]])),
    });
    as = api.as(FIRM);
  }, 60_000);
  afterAll(async () => {
    await api.close();
    await database.close();
    await host.close();
  });

  it('keeps what was chosen: write-backs, house style, schedule and connection', async () => {
    const { body } = await as.get(`/administrations/${ADMINISTRATION}`).expect(200);
    expect(body).toMatchObject({ name: 'Bakker BV', houseStyle: { senderName: 'Bakker BV' }, writebackChoices: { note: true, document: false, task: false, standing: false } }); // prettier-ignore
    const schedule = await as.get(`/administrations/${ADMINISTRATION}/schedule`).expect(200);
    expect(schedule.body).toMatchObject({ cron: '0 6,12 * * 1-5', enabled: true });
    expect((await as.get(`/connections/${CONNECTION}`).expect(200)).body).toMatchObject({ state: 'active' });
  });

  it('shows the journal in every state, with the words of the ledger', async () => {
    const { body } = await as.get(`/administrations/${ADMINISTRATION}/writebacks`).expect(200);
    const states = (body.items as { id: string; state: string }[]).map((each) => [each.id.slice(-2), each.state]);
    expect(states.toSorted()).toEqual([['01', 'pending'], ['02', 'sending'], ['03', 'applied'], ['04', 'rejected'], ['05', 'unknown'], ['06', 'abandoned']]); // prettier-ignore
    const rejected = await as.get(`/writebacks/${id('104')}`).expect(200);
    expect(JSON.stringify(rejected.body)).toContain('Account bestaat niet');
    await as
      .post(`/writebacks/${id('104')}/retry`)
      .send({})
      .expect(202);
    await as
      .post(`/writebacks/${id('105')}/settle`)
      .send({ outcome: 'applied', note: 'looked' })
      .expect(200);
  });

  it('takes the interrupted pull over with its progress, at the position that was stored', async () => {
    const taken = await new SyncRepository(database.unitOfWork).claim({ firmId: FIRM, syncId: SYNC }, clock.now());
    expect(taken).toMatchObject({ kind: 'full', trigger: 'first', calls: 3, firstLoad: true, sourceId: '1700101' });
    expect(taken!.objects.map(({ object, read, state }) => [object, read, state])).toEqual([['debtors', 12, 'done'], ['receivables', 2000, 'running']]); // prettier-ignore
    const [stored] = await database.sql<{ position: { highest: string } }>('select position from object_position');
    expect(stored!.position.highest).toBe('4102041');
    expect((await as.get(`/syncs/${SYNC}`).expect(200)).body).toMatchObject({ state: 'running' });
  });
});
