import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import request from 'supertest';
import { createBook } from '../../../sandbox/books/index.js';
import { createClearFactsSandbox, type ClearFactsSandboxOptions } from '../../../sandbox/clearfacts/index.js';
import { createClearFacts, type ClearFactsProfile } from '../../../src/connectors/clearfacts/index.js';
import { SecretBox } from '../../../src/persistence/index.js';
import { readSettings, Settings } from '../../../src/settings/index.js';
import { enqueueWriteback, SyncModule, SyncRunner, type NewWriteback } from '../../../src/sync/index.js';
import { WritebackWorker } from '../../../src/sync/writeback/index.js';
import { signIn } from '../../contract/sign-in.js';
import { createTestApi } from '../../support/api.js';
import { addFirm, createTestDatabase } from '../../support/database.js';
import { ListedQueue, NOW, PrintedFiles, type SyncBody } from '../../sync/support/engine.js';
import { TurningClock, TurningSleeper } from '../../sync/support/turning-clock.js';

@Module({ providers: [PrintedFiles], exports: [PrintedFiles] })
class FilesModule {}

@Module({})
class SettingsModule {}

/** The sync module over a real database and a stand-in of ClearFacts: connected, one administration in use. */
async function startOffice(profile: ClearFactsProfile, options: Partial<ClearFactsSandboxOptions> = {}) {
  const clock = new TurningClock(NOW);
  const database = await createTestDatabase();
  const firmId = await addFirm(database);
  const book = await createBook({ today: NOW.slice(0, 10), size: 240, debtors: 120, country: 'BE' });
  const sandbox = await createClearFactsSandbox({ books: [book], clock, profile, ...options });
  const dataDir = await mkdtemp(join(tmpdir(), 'openpost-clearfacts-'));
  const environment = {
    OPENPOST_DATA_DIR: dataDir,
    PUBLIC_URL: 'https://openpost.example',
    CLEARFACTS_LOGIN_URL: sandbox.loginUrl,
    CLEARFACTS_API_URL: sandbox.apiUrl,
    CLEARFACTS_CLIENT_ID: sandbox.clientId,
    CLEARFACTS_CLIENT_SECRET: sandbox.clientSecret,
    CLEARFACTS_PROFILE: profile,
  };
  const settings = readSettings(environment, () => `k1:${randomBytes(32).toString('base64')}`);
  const providers = [{ provide: Settings, useValue: settings }];
  const sync = SyncModule.forRoot({
    connectors: [createClearFacts(profile, clock)],
    documentFiles: PrintedFiles,
    imports: [FilesModule],
    sleeper: new TurningSleeper(clock),
  });
  const modules = [{ module: SettingsModule, global: true, providers, exports: providers }, sync];
  const secrets = new SecretBox(settings.secretKeys);
  const api = await createTestApi(database, { modules, clock, queue: new ListedQueue(), secrets });
  const as = api.as(firmId);
  const close = async (): Promise<void> => {
    await api.close();
    await sandbox.close();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };

  const { body: connection } = await as.post('/connections').send({ connector: 'clearfacts' }).expect(201);
  const back = await signIn(String(connection.authorizeUrl), sandbox.users[0]!);
  const server = api.app.getHttpServer() as Parameters<typeof request>[0];
  const answer = await request(server).get('/oauth/callback').query(Object.fromEntries(back.searchParams)).redirects(0);
  expect(answer.headers['location']).toMatch(/result=connected$/);
  const sourceId = sandbox.administrations[0]!.companyNumber;
  const sent = { connectionId: connection.id, sourceId };
  const administrationId = String((await as.post('/administrations').send(sent).expect(201)).body.id);

  const pull = async (): Promise<SyncBody> => {
    const { body } = await as.post(`/administrations/${administrationId}/syncs`).send({}).expect(202);
    await api.app.get(SyncRunner, { strict: false }).run({ firmId, syncId: String(body.id) });
    return (await as.get(`/syncs/${body.id}`).expect(200)).body as SyncBody;
  };
  return { api, as, book, clock, close, connectionId: String(connection.id), administrationId, database, firmId, pull, sandbox }; // prettier-ignore
}

type Office = Awaited<ReturnType<typeof startOffice>>;

describe('an office on ClearFacts', () => {
  let office: Office;
  afterEach(() => office.close());

  const counts = (sync: SyncBody, object: string) => sync.objects.find((each) => each.object === object)!;
  const administration = async () => (await office.as.get(`/administrations/${office.administrationId}`).expect(200)).body; // prettier-ignore

  it('keeps in step with the extension: all books, changes, a deletion, to the cent', async () => {
    office = await startOffice('extended');
    const first = await office.pull();
    expect(first).toMatchObject({ state: 'complete', error: null });
    expect(counts(first, 'debtors')).toMatchObject({ new: 120, rejected: 0 });
    expect(counts(first, 'receivables')).toMatchObject({ new: 240, rejected: 0 });
    expect(await administration()).toMatchObject({ tieOut: { state: 'ties-out' }, receivableCount: 240 });

    const open = office.book.receivables.filter(({ openMinor }) => openMinor > 2_000);
    office.sandbox.applyBookCommand({ kind: 'pay', receivable: open[0]!.id });
    office.sandbox.applyBookCommand({ kind: 'part-pay', receivable: open[1]!.id, amount: '12.34' });
    office.sandbox.applyBookCommand({ kind: 'delete', receivable: open[2]!.id });
    const next = await office.pull();
    expect(counts(next, 'receivables')).toMatchObject({ calls: 1, read: 3, changed: 2, deleted: 1 });
    expect(await administration()).toMatchObject({ tieOut: { state: 'ties-out' } });
    // What is told late is looked back for: the last minutes come again, and are no change.
    const again = counts(await office.pull(), 'receivables');
    expect(again).toMatchObject({ calls: 1, read: 3, new: 0, changed: 0, deleted: 0 });
    office.clock.advance(601);
    await office.pull();
    const still = await office.pull();
    expect([still.calls, counts(still, 'receivables').read]).toEqual([2, 0]);
  });

  it('writes a note once although its answer was lost', async () => {
    office = await startOffice('extended');
    await office.pull();
    const [debtor] = await office.database.sql<{ id: string }>('select id from debtor order by code');
    const row: NewWriteback = {
      firmId: office.firmId,
      administrationId: office.administrationId,
      debtorId: debtor!.id,
      messageId: null,
      intentKey: 'note-1',
      intent: { kind: 'note', subject: 'Herinnering', text: 'EUR 100,00', date: '2026-11-18' },
      summary: 'note',
      dependsOn: null,
    };
    await office.database.unitOfWork.inFirm(office.firmId, (transaction) => enqueueWriteback(transaction, [row]));
    office.sandbox.arm({ kind: 'reset-mid-body', match: '#addNote' });
    const worker = office.api.app.get(WritebackWorker, { strict: false });
    await worker.pushDue(office.firmId);
    const shown = async () => (await office.as.get(`/administrations/${office.administrationId}/writebacks`).expect(200)).body.items; // prettier-ignore
    expect(await shown()).toMatchObject([{ state: 'unknown' }]);
    office.clock.advance(20);
    await worker.pushDue(office.firmId);
    expect(await shown()).toMatchObject([{ state: 'applied', remoteId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    expect(office.sandbox.state()).toMatchObject({ administrations: [{ counts: { notes: 1 } }] });
  });

  it('reads names from the public API, and says what it cannot read before anybody connects', async () => {
    office = await startOffice('public');
    const sync = await office.pull();
    expect(sync).toMatchObject({ state: 'complete', error: null });
    expect(sync.objects.map(({ object, read }) => [object, read])).toEqual([['debtors', 120]]);
    expect(counts(await office.pull(), 'debtors')).toMatchObject({ new: 0, changed: 0, unchanged: 120 });
    office.sandbox.applyBookCommand({ kind: 'edit-debtor', debtor: office.book.debtors[0]!.id, changes: { name: 'Nieuw NV' } }); // prettier-ignore
    expect(counts(await office.pull(), 'debtors')).toMatchObject({ changed: 1, unchanged: 119 });
    const { body } = await office.as.get('/connectors').expect(200);
    expect(JSON.stringify(body)).toContain('The public API of ClearFacts has no invoices');
  });

  it('asks for a new login when a token without an end is taken back', async () => {
    office = await startOffice('public', { tokens: 'lasting' });
    expect((await office.pull()).state).toBe('complete');
    office.sandbox.revoke();
    expect(['failed', 'partial']).toContain((await office.pull()).state);
    const { body } = await office.as.get(`/connections/${office.connectionId}`).expect(200);
    expect(body.state ?? body.status).toBe('needs_reconnect');
  });
});
