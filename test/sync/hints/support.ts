import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { createBook, type Book } from '../../../sandbox/books/index.js';
import { FormBrowser } from '../../../sandbox/demo/form-browser.js';
import {
  createExactOnlineSandbox,
  type ExactOnlineSandbox,
  type ExactOnlineSandboxOptions,
} from '../../../sandbox/exact-online/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { systemClock, type Clock } from '../../../src/kernel/index.js';
import { SecretBox } from '../../../src/persistence/index.js';
import type { JobQueue } from '../../../src/queue/index.js';
import { Settings } from '../../../src/settings/index.js';
import { HintTicker, SyncModule, SyncRunner } from '../../../src/sync/index.js';
import { HintPull, HintSubscriptions } from '../../../src/sync/hints/index.js';
import { createTestApi, type Asking, type TestApi } from '../../support/api.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { PrintedFiles } from '../support/engine.js';

@Module({ providers: [PrintedFiles], exports: [PrintedFiles] })
class PrintedFilesModule {}

@Module({})
class HintSettingsModule {}

export interface HintStage {
  readonly database: TestDatabase;
  readonly exact: ExactOnlineSandbox;
  readonly book: Book;
  readonly api: TestApi;
  readonly firmId: string;
  readonly as: Asking;
  readonly publicUrl: string;
  readonly ticker: HintTicker;
  readonly pulls: HintPull;
  readonly runner: SyncRunner;
  readonly subscriptions: HintSubscriptions;
  close(): Promise<void>;
}

export interface HintStageOptions {
  readonly clock?: Clock;
  readonly queue?: JobQueue;
  /** What the settings hold of the app's webhook secret; absent: the stand-in's own. */
  readonly webhookSecret?: string | null;
  readonly sandbox?: Partial<ExactOnlineSandboxOptions>;
  /** Told to the source in place of where this process listens. */
  readonly publicUrl?: string;
}

/** The product's border and its sync rooms on a port of their own, so that a stand-in can really call it. */
export async function openHintStage(options: HintStageOptions = {}): Promise<HintStage> {
  const { clock = systemClock } = options;
  const database = await createTestDatabase();
  const firmId = await addFirm(database);
  const book = await createBook({ today: clock.now().toISOString().slice(0, 10), size: 60, debtors: 6 });
  const exact = await createExactOnlineSandbox({ books: [book], clock, quota: false, webhookRetryUnitMs: 5, ...options.sandbox }); // prettier-ignore
  const dataDir = await mkdtemp(join(tmpdir(), 'openpost-hints-'));
  const port = await freePort();
  const here = `http://127.0.0.1:${port}`;
  const webhookSecret = options.webhookSecret === undefined ? exact.webhookSecret : options.webhookSecret;
  const settings = settingsFor(exact, { dataDir, publicUrl: options.publicUrl ?? here, webhookSecret });
  const connectors = [createExactOnline(clock)];
  const sync = SyncModule.forRoot({ connectors, documentFiles: PrintedFiles, imports: [PrintedFilesModule] });
  const provided = [{ provide: Settings, useValue: settings }];
  const settingsModule: DynamicModule = { module: HintSettingsModule, global: true, providers: provided, exports: provided }; // prettier-ignore
  const secrets = new SecretBox(settings.secretKeys);
  const queue = options.queue === undefined ? {} : { queue: options.queue };
  const api = await createTestApi(database, { modules: [settingsModule, sync], clock, secrets, ...queue });
  await api.app.listen(port, '127.0.0.1');
  const get = <T>(type: new (...parts: never[]) => T): T => api.app.get<T>(type, { strict: false });
  return {
    database,
    exact,
    book,
    api,
    firmId,
    as: api.as(firmId),
    publicUrl: here,
    ticker: get(HintTicker),
    pulls: get(HintPull),
    runner: get(SyncRunner),
    subscriptions: get(HintSubscriptions),
    close: async () => {
      await api.queue.close();
      await api.close();
      await exact.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function settingsFor(
  exact: ExactOnlineSandbox,
  given: { dataDir: string; publicUrl: string; webhookSecret: string | null },
): Settings {
  const { baseUrl, clientId, clientSecret } = exact;
  const extra: Record<string, string> = given.webhookSecret === null ? {} : { webhookSecret: given.webhookSecret };
  return new Settings({
    port: 0,
    publicUrl: given.publicUrl,
    databaseUrl: null,
    redisUrl: null,
    smtpUrl: null,
    dataDir: given.dataDir,
    secretKeys: new Map([['test-1', randomBytes(32)]]),
    adminEmail: null,
    adminPassword: null,
    maxStalenessMinutes: 1440,
    logLevel: 'error',
    connectors: { 'exact-online': { baseUrl, clientId, clientSecret, extra } },
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A person connects through the stand-in's own pages; answers the connection. */
export async function connectAt(stage: HintStage): Promise<string> {
  const { body } = await stage.as.post('/connections').send({ connector: 'exact-online' }).expect(201);
  await consent(stage, String(body.authorizeUrl));
  return String(body.id);
}

export async function consent(stage: HintStage, authorizeUrl: string): Promise<void> {
  const [user] = stage.exact.users;
  const values = { user: user!.userName, password: user!.password };
  const browser = new FormBrowser();
  const asked = await browser.submitFirstForm(await browser.open(authorizeUrl), values);
  const end = await browser.submitFirstForm(asked, values);
  if (!end.url.includes('result=connected')) throw new Error(`not connected: ${end.url}`);
}

/** An administration in use, read once. */
export async function enableAt(stage: HintStage, connectionId: string): Promise<string> {
  const sent = { connectionId, sourceId: String(stage.book.code) };
  return String((await stage.as.post('/administrations').send(sent).expect(201)).body.id);
}

/** A webhook as Exact words and signs it. */
export function webhook(
  stage: HintStage,
  event: { key: string; topic?: string; division?: number | string; secret?: string },
): string {
  const content = JSON.stringify({
    Topic: event.topic ?? 'BankEntries',
    ClientId: `{${stage.exact.clientId}}`,
    Division: event.division ?? stage.book.code,
    Action: 'Create',
    Key: event.key,
    EventCreatedOn: '2026-11-18T10:00:00',
  });
  const secret = event.secret ?? stage.exact.webhookSecret;
  const hash = createHmac('sha256', secret).update(content).digest('hex').toUpperCase();
  return `{"Content":${content},"HashCode":"${hash}"}`;
}

export interface Standing {
  readonly topic: string;
  readonly callbackUrl: string;
}

/** What the stand-in has on its books. */
export function standingAt(stage: HintStage): readonly Standing[] {
  const { divisions } = stage.exact.state() as { divisions: { subscriptions: Standing[] }[] };
  return divisions[0]!.subscriptions;
}

export async function post(url: string, body: string): Promise<{ status: number; outcome: unknown; code: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, ...(body === '' ? {} : { body }) });
  const answer = (await response.json()) as { outcome?: unknown; code?: unknown };
  return { status: response.status, outcome: answer.outcome ?? null, code: answer.code ?? null };
}
