import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import request from 'supertest';
import { createBook, type Book } from '../../../sandbox/books/index.js';
import { FormBrowser } from '../../../sandbox/demo/form-browser.js';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import type { Connector } from '../../../src/connectors/contract/index.js';
import { SecretBox } from '../../../src/persistence/index.js';
import { InProcessQueue, type JobName, type JobOptions, type Jobs } from '../../../src/queue/index.js';
import { Settings } from '../../../src/settings/index.js';
import { SyncModule, SyncRunner, SyncService, Ticker } from '../../../src/sync/index.js';
import { createTestApi, type Asking, type TestApi } from '../../support/api.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { TurningClock, TurningSleeper } from './turning-clock.js';

export const NOW = '2026-11-18T09:00:00Z';
export const PUBLIC_URL = 'https://openpost.example';

/** Jobs stay on a list until the test runs them, so that every moment between two steps can be looked at. */
export class ListedQueue extends InProcessQueue {
  readonly jobs: { name: JobName; payload: unknown }[] = [];

  override async enqueue<Name extends JobName>(
    name: Name,
    payload: Jobs[Name],
    options: JobOptions = {},
  ): Promise<void> {
    void options;
    this.jobs.push({ name, payload });
  }

  named(name: JobName): unknown[] {
    return this.jobs.filter((job) => job.name === name).map(({ payload }) => payload);
  }
}

/** Stand-in of the room that prints letters. */
export class PrintedFiles {
  async fileFor(_firmId: string, messageId: string): Promise<{ fileName: string; file: Buffer }> {
    return { fileName: `${messageId}.pdf`, file: Buffer.from(`%PDF-1.4 ${messageId}`) };
  }
}

@Module({ providers: [PrintedFiles], exports: [PrintedFiles] })
class PrintedFilesModule {}

@Module({})
class TestSettingsModule {}

export interface Engine {
  readonly database: TestDatabase;
  readonly exact: ExactOnlineSandbox;
  readonly book: Book;
  readonly clock: TurningClock;
  readonly sleeper: TurningSleeper;
  readonly queue: ListedQueue;
  readonly settings: Settings;
  readonly secrets: SecretBox;
  readonly api: TestApi;
  readonly firmId: string;
  readonly as: Asking;
  readonly syncs: SyncService;
  readonly runner: SyncRunner;
  readonly ticker: Ticker;
  /** The callback, as the browser calls it. */
  callback(query: Record<string, string>): Promise<request.Response>;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly size?: number;
  readonly debtors?: number;
  readonly quota?: boolean;
  readonly wrap?: (connector: Connector) => Connector;
  /** A mail server, for what is told to people. */
  readonly smtpUrl?: string;
}

/** The sync module over a real database and a real stand-in of Exact Online, on one hand-turned clock. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const clock = new TurningClock(NOW);
  const sleeper = new TurningSleeper(clock);
  const database = await createTestDatabase();
  const firmId = await addFirm(database);
  const book = await createBook({ today: NOW.slice(0, 10), size: options.size ?? 120, debtors: options.debtors ?? 10 });
  const exact = await createExactOnlineSandbox({ books: [book], clock, quota: options.quota ?? false });
  const dataDir = await mkdtemp(join(tmpdir(), 'openpost-sync-'));
  const settings = settingsFor(exact, dataDir, options.smtpUrl ?? null);
  const secrets = new SecretBox(settings.secretKeys);
  const queue = new ListedQueue();
  const connector = (options.wrap ?? ((same) => same))(createExactOnline(clock));
  const sync = SyncModule.forRoot({
    connectors: [connector],
    documentFiles: PrintedFiles,
    imports: [PrintedFilesModule],
    sleeper,
  });
  const api = await createTestApi(database, { modules: [settingsModule(settings), sync], clock, queue, secrets });
  const server = api.app.getHttpServer() as Parameters<typeof request>[0];
  return {
    database,
    exact,
    book,
    clock,
    sleeper,
    queue,
    settings,
    secrets,
    api,
    firmId,
    as: api.as(firmId),
    syncs: api.app.get(SyncService, { strict: false }),
    runner: api.app.get(SyncRunner, { strict: false }),
    ticker: api.app.get(Ticker, { strict: false }),
    callback: async (query) => request(server).get('/oauth/callback').query(query).redirects(0),
    close: async () => {
      await api.close();
      await exact.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function settingsFor(exact: ExactOnlineSandbox, dataDir: string, smtpUrl: string | null): Settings {
  return new Settings({
    port: 0,
    publicUrl: PUBLIC_URL,
    databaseUrl: null,
    redisUrl: null,
    smtpUrl,
    dataDir,
    secretKeys: new Map([['test-1', randomBytes(32)]]),
    adminEmail: null,
    adminPassword: null,
    maxStalenessMinutes: 1440,
    logLevel: 'error',
    connectors: {
      'exact-online': {
        baseUrl: exact.baseUrl,
        clientId: exact.clientId,
        clientSecret: exact.clientSecret,
        extra: {},
      },
    },
  });
}

function settingsModule(settings: Settings): DynamicModule {
  const providers = [{ provide: Settings, useValue: settings }];
  return { module: TestSettingsModule, global: true, providers, exports: providers };
}

/** Walks the source's login and consent pages as a person does; answers the query that the callback gets. */
export async function consentAt(engine: Engine, authorizeUrl: string): Promise<Record<string, string>> {
  const [user] = engine.exact.users;
  const values = { user: user!.userName, password: user!.password };
  const browser = new FormBrowser();
  const consentPage = await browser.submitFirstForm(await browser.open(authorizeUrl), values);
  // Our own address does not exist in a test: the redirect is read instead of followed.
  const fetched = globalThis.fetch;
  let query: Record<string, string> = {};
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    if (url.origin !== PUBLIC_URL) return fetched(input, init);
    query = Object.fromEntries(url.searchParams);
    return new Response('');
  };
  try {
    await browser.submitFirstForm(consentPage, values);
  } finally {
    globalThis.fetch = fetched;
  }
  return query;
}

/** A connection that works. */
export async function connect(engine: Engine): Promise<string> {
  const { body, status } = await engine.as.post('/connections').send({ connector: 'exact-online' });
  if (status !== 201) throw new Error(`not created: ${JSON.stringify(body)}`);
  const answer = await engine.callback(await consentAt(engine, String(body.authorizeUrl)));
  if (!String(answer.headers['location']).endsWith('result=connected'))
    throw new Error(`not connected: ${answer.headers['location']}`);
  return String(body.id);
}

/** An administration in use; its first pull is queued, not run. */
export async function enable(engine: Engine, connectionId?: string): Promise<string> {
  const sent = { connectionId: connectionId ?? (await connect(engine)), sourceId: String(engine.book.code) };
  const { body } = await engine.as.post('/administrations').send(sent).expect(201);
  return String(body.id);
}

interface ObjectCounts {
  readonly object: string;
  readonly calls: number;
  readonly pages: number;
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
}

export interface SyncBody {
  readonly id: string;
  readonly state: string;
  readonly calls: number;
  readonly objects: readonly ObjectCounts[];
  readonly notBefore: string | null;
  readonly error: { kind: string; message: string } | null;
}

/** Runs the pull that waits for an administration (or a new one) to its end and shows it. */
export async function pull(engine: Engine, administrationId: string, full = false): Promise<SyncBody> {
  const { body } = await engine.as.post(`/administrations/${administrationId}/syncs`).send({ full }).expect(202);
  await engine.runner.run({ firmId: engine.firmId, syncId: String(body.id) });
  return (await engine.as.get(`/syncs/${body.id}`).expect(200)).body as SyncBody;
}

export function countsOf(sync: SyncBody, object: string): ObjectCounts {
  return sync.objects.find((each) => each.object === object)!;
}
