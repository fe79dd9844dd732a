import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { files } from '../../../src/connectors/files/index.js';
import type { Mapping } from '../../../src/connectors/files/index.js';
import { Settings } from '../../../src/settings/index.js';
import { SyncModule, SyncRunner } from '../../../src/sync/index.js';
import { FolderWatch } from '../../../src/sync/files/index.js';
import { createTestApi, type Asking, type TestApi } from '../../support/api.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { ListedQueue, PrintedFiles, type SyncBody } from '../support/engine.js';
import { TurningClock, TurningSleeper } from '../support/turning-clock.js';

export const NOW = '2026-11-20T09:00:00Z';

@Module({ providers: [PrintedFiles], exports: [PrintedFiles] })
class PrintedFilesModule {}

@Module({})
class FileSettingsModule {}

export interface FileEngine {
  readonly database: TestDatabase;
  readonly clock: TurningClock;
  readonly api: TestApi;
  readonly firmId: string;
  readonly as: Asking;
  readonly runner: SyncRunner;
  readonly watch: FolderWatch;
  readonly importDir: string;
  readonly connectionId: string;
  readonly administrationId: string;
  close(): Promise<void>;
}

/** The sync module over a real database with files as its only source, and one administration of files. */
export async function startFileEngine(name = 'Bakker BV'): Promise<FileEngine> {
  const clock = new TurningClock(NOW);
  const database = await createTestDatabase();
  const firmId = await addFirm(database);
  const importDir = await mkdtemp(join(tmpdir(), 'openpost-files-'));
  const providers = [{ provide: Settings, useValue: settingsFor(importDir) }];
  const settings: DynamicModule = { module: FileSettingsModule, global: true, providers, exports: providers };
  const sync = SyncModule.forRoot({
    connectors: [files],
    documentFiles: PrintedFiles,
    imports: [PrintedFilesModule],
    sleeper: new TurningSleeper(clock),
  });
  const api = await createTestApi(database, { modules: [settings, sync], clock, queue: new ListedQueue() });
  const as = api.as(firmId);
  const made = { connector: 'files', settings: { name, currency: 'EUR', country: 'NL' } };
  const connection = await as.post('/connections').send(made).expect(201);
  const wanted = { connectionId: connection.body.id as string, sourceId: 'books' };
  const administration = await as.post('/administrations').send(wanted).expect(201);
  return {
    database,
    clock,
    api,
    firmId,
    as,
    runner: api.app.get(SyncRunner, { strict: false }),
    watch: api.app.get(FolderWatch, { strict: false }),
    importDir,
    connectionId: wanted.connectionId,
    administrationId: String(administration.body.id),
    close: async () => {
      await api.close();
      await database.close();
      await rm(importDir, { recursive: true, force: true });
    },
  };
}

function settingsFor(importDir: string): Settings {
  return new Settings({
    port: 0,
    publicUrl: 'https://openpost.example',
    databaseUrl: null,
    redisUrl: null,
    smtpUrl: null,
    dataDir: importDir,
    secretKeys: new Map([['test-1', randomBytes(32)]]),
    adminEmail: null,
    adminPassword: null,
    maxStalenessMinutes: 1440,
    logLevel: 'error',
    importDir,
    connectors: {},
  });
}

/** Brings a file; answers its id. */
export async function bring(
  engine: FileEngine,
  name: string,
  content: string | Buffer,
  kind?: string,
): Promise<string> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const sending = engine.as.post(`/administrations/${engine.administrationId}/files`).attach('file', bytes, name);
  const answer = await (kind === undefined ? sending : sending.field('kind', kind));
  if (answer.status !== 201) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return String(answer.body.id);
}

interface Imported {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly sync: SyncBody | null;
}

/** Imports a waiting file by the columns that are proposed (or given), and runs the pull that follows. */
export async function take(
  engine: FileEngine,
  id: string,
  how: { mapping?: Mapping; confirmed?: boolean } = {},
): Promise<Imported> {
  const { body: seen } = await engine.as.post(`/files/${id}/preview`).send({}).expect(200);
  const mapping = how.mapping ?? (seen.mapping as Mapping | undefined);
  const sent = { ...(mapping === undefined ? {} : { mapping, kind: seen.kind as string }), confirmed: how.confirmed ?? false }; // prettier-ignore
  const { body } = await engine.as.post(`/files/${id}/import`).send(sent).expect(202);
  const sync = body.syncId === null ? null : await runPull(engine, String(body.syncId));
  return { status: body.status as string, counts: body.counts as Record<string, number>, sync };
}

export async function runPull(engine: FileEngine, syncId: string): Promise<SyncBody> {
  await engine.runner.run({ firmId: engine.firmId, syncId });
  return (await engine.as.get(`/syncs/${syncId}`).expect(200)).body as SyncBody;
}

export async function bringAndTake(engine: FileEngine, name: string, content: string | Buffer, kind?: string) {
  return take(engine, await bring(engine, name, content, kind));
}

export interface ReceivableSeen {
  readonly number: string;
  readonly debtor: string;
  readonly open: string;
  readonly amount: string;
  readonly due: string;
  readonly settledOn: string | null;
}

export async function receivables(engine: FileEngine): Promise<ReceivableSeen[]> {
  return engine.database.sql(
    `select r.invoice_number as number, d.name as debtor, r.open_amount::text as open, r.amount::text as amount,
       r.due_date::text as due, r.settled_on::text as "settledOn"
     from receivable r join debtor d on d.id = r.debtor_id where r.administration_id = $1 and r.deleted_at is null order by 1`,
    [engine.administrationId],
  );
}
