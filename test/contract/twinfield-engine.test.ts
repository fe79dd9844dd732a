import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import request from 'supertest';
import { createBook, type Book } from '../../sandbox/books/index.js';
import { createTwinfieldSandbox, type TwinfieldSandbox } from '../../sandbox/twinfield/index.js';
import { createTwinfield } from '../../src/connectors/twinfield/index.js';
import { SecretBox } from '../../src/persistence/index.js';
import { readSettings, Settings } from '../../src/settings/index.js';
import { enqueueWriteback, SyncModule, SyncRunner } from '../../src/sync/index.js';
import { WritebackWorker } from '../../src/sync/writeback/index.js';
import { createTestApi, type Asking, type TestApi } from '../support/api.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';
import { ListedQueue, PrintedFiles, type SyncBody } from '../sync/support/engine.js';
import { TurningClock, TurningSleeper } from '../sync/support/turning-clock.js';
import { signIn } from './sign-in.js';

@Module({ providers: [PrintedFiles], exports: [PrintedFiles] })
class FilesModule {}

@Module({})
class GivenSettingsModule {}

describe('Twinfield through the engine', () => {
  const clock = new TurningClock('2026-11-18T09:00:00Z');
  const queue = new ListedQueue();
  let database: TestDatabase;
  let book: Book;
  let standIn: TwinfieldSandbox;
  let api: TestApi;
  let firmId: string;
  let as: Asking;
  let administrationId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    firmId = await addFirm(database);
    book = await createBook({ today: '2026-11-18', size: 300, debtors: 12, code: 42 });
    standIn = await createTwinfieldSandbox({ books: [book], clock, quota: false });
    const { baseUrl, clientId, clientSecret } = standIn;
    const variables = {
      TWINFIELD_LOGIN_URL: baseUrl,
      TWINFIELD_CLIENT_ID: clientId,
      TWINFIELD_CLIENT_SECRET: clientSecret,
    };
    const settings = readSettings(variables, () => `k1:${randomBytes(32).toString('base64')}`);
    const given = [{ provide: Settings, useValue: settings }];
    const sleeper = new TurningSleeper(clock);
    const connectors = [createTwinfield(clock)];
    api = await createTestApi(database, {
      modules: [
        { module: GivenSettingsModule, global: true, providers: given, exports: given },
        SyncModule.forRoot({ connectors, documentFiles: PrintedFiles, imports: [FilesModule], sleeper }),
      ],
      clock,
      queue,
      secrets: new SecretBox(settings.secretKeys),
    });
    as = api.as(firmId);
  });
  afterAll(async () => {
    await api.close();
    await standIn.close();
    await database.close();
  });

  const pull = async (full = false): Promise<SyncBody> => {
    const { body } = await as.post(`/administrations/${administrationId}/syncs`).send({ full }).expect(202);
    await api.app.get(SyncRunner, { strict: false }).run({ firmId, syncId: String(body.id) });
    return (await as.get(`/syncs/${body.id}`).expect(200)).body as SyncBody;
  };
  const openInBooks = (): bigint => book.receivables.reduce((sum, { openMinor }) => sum + BigInt(openMinor), 0n);
  const openHere = async (): Promise<bigint> => {
    const [row] = await database.sql<{ open: string }>(`select sum(open_amount)::text as open from receivable where deleted_at is null`); // prettier-ignore
    return BigInt(row!.open);
  };
  const tieOut = async (): Promise<unknown> => (await as.get(`/administrations/${administrationId}`)).body.tieOut;

  it('connects through the login page, and reaches the office by its code', async () => {
    const { body } = await as.post('/connections').send({ connector: 'twinfield' }).expect(201);
    const back = await signIn(String(body.authorizeUrl), standIn.users[0]!);
    const server = api.app.getHttpServer() as Parameters<typeof request>[0];
    const answer = await request(server)
      .get('/oauth/callback')
      .query(Object.fromEntries(back.searchParams))
      .redirects(0);
    expect(answer.headers['location']).toMatch(/result=connected$/);
    const made = await as.post('/administrations').send({ connectionId: body.id, sourceId: '042' }).expect(201);
    administrationId = String(made.body.id);
    expect(made.body).toMatchObject({ name: book.name });
  });

  it('brings in the books to the cent', async () => {
    expect(await pull()).toMatchObject({ state: 'complete', error: null });
    const [counts] = await database.sql(`select (select count(*) from debtor)::int as debtors, (select count(*) from receivable where kind <> 'payment')::int as receivables, (select count(*) from receivable where kind = 'payment' and open_amount <> 0)::int as money`); // prettier-ignore
    expect(counts).toEqual({ debtors: book.debtors.length, receivables: book.receivables.length, money: 0 });
    expect(await openHere()).toBe(openInBooks());
    expect(await tieOut()).toMatchObject({ state: 'ties-out', difference: null });
  });

  it('costs one call per object and one for the cluster when nothing changed', async () => {
    clock.advance(1_800);
    standIn.log.clear();
    const sync = await pull();
    expect(sync.objects.map(({ object, new: added, changed }) => [object, added, changed])).toEqual([['debtors', 0, 0], ['receivables', 0, 0], ['deletions', 0, 0]]); // prettier-ignore
    expect(standIn.requests.map(({ path }) => path.replace(/.*\//, ''))).toEqual(['accesstokenvalidation', 'finder.asmx#Search', 'processxml.asmx#columns', 'DeletedTransactionsService.svc#Query']); // prettier-ignore
  });

  it('follows payments, their undoing, changes of debtors and deletions', async () => {
    const [paid, part, gone] = book.receivables.filter(
      ({ kind, openMinor }) => kind === 'invoice' && openMinor > 5_000,
    );
    for (const command of [
      { kind: 'pay', receivable: paid!.id },
      { kind: 'part-pay', receivable: part!.id, amount: '12.34' },
      { kind: 'delete', receivable: gone!.id },
      { kind: 'edit-debtor', debtor: book.debtors[0]!.id, changes: { city: 'Ergens Anders' } },
    ] as const) {
      clock.advance(60);
      standIn.applyBookCommand(command);
    }
    expect((await pull()).state).toBe('complete');
    expect(await openHere()).toBe(openInBooks());
    expect(await database.sql(`select city from debtor where city = 'Ergens Anders'`)).toHaveLength(1);
    standIn.applyBookCommand({ kind: 'unmatch', receivable: paid!.id });
    await pull();
    expect(await openHere()).toBe(openInBooks());
    await pull(true);
    expect(await openHere()).toBe(openInBooks());
    expect(await tieOut()).toMatchObject({ state: 'ties-out', difference: null });
  });

  it('writes a line into the debtor’s comment, once, and keeps what the bookkeeper wrote', async () => {
    const [debtor] = await database.sql<{ id: string; source_id: string }>(`select id, source_id from debtor order by code limit 1`); // prettier-ignore
    const { id } = book.debtors.find(({ code }) => String(code).padStart(6, '0') === debtor!.source_id)!;
    const own = 'Betaalt altijd na de 20e & belt "terug".';
    standIn.applyBookCommand({ kind: 'edit-customer', debtor: id, elements: { 'creditmanagement/comment': own } });
    standIn.arm({ kind: 'timeout-after-commit', match: 'POST .*#dimensions', delayMs: 100 });
    await database.unitOfWork.inFirm(firmId, (transaction) =>
      enqueueWriteback(transaction, [
        {
          firmId,
          administrationId,
          debtorId: debtor!.id,
          messageId: null,
          intentKey: 'op-engine-1',
          intent: { kind: 'note', subject: 'Herinnering 1', text: 'EUR 100,00', date: '2026-11-18' },
          summary: 'note',
          dependsOn: null,
        },
      ]),
    );
    const worker = api.app.get(WritebackWorker, { strict: false });
    for (let round = 0; round < 3; round += 1) {
      await worker.pushDue(firmId);
      clock.advance(60);
    }
    const { body } = await as.get(`/administrations/${administrationId}/writebacks`).expect(200);
    expect(body.items).toEqual([expect.objectContaining({ state: 'applied', remoteId: `${debtor!.source_id}#op-engine-1` })]); // prettier-ignore
    const { customers } = standIn.state().offices[0]!;
    expect(customers.find((each) => each.id === id)!.written['creditmanagement/comment']).toBe(
      `${own}\n--- Openpost ---\n2026-11-18 Herinnering 1 [op-engine-1]\n--- einde Openpost ---`,
    );
  });
});
