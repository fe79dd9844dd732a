import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import request from 'supertest';
import { createBook, type Book } from '../../../sandbox/books/index.js';
import { companyNumberOf, createClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { createExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { createTwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { createClearFacts } from '../../../src/connectors/clearfacts/index.js';
import type { Connector } from '../../../src/connectors/contract/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { createTwinfield } from '../../../src/connectors/twinfield/index.js';
import { newId, type Clock } from '../../../src/kernel/index.js';
import { SecretBox } from '../../../src/persistence/index.js';
import { readSettings, Settings } from '../../../src/settings/index.js';
import { enqueueWriteback, SyncModule, SyncRunner, SyncService, type NewWriteback } from '../../../src/sync/index.js';
import type { SyncTrigger } from '../../../src/sync/pull/index.js';
import { WritebackWorker } from '../../../src/sync/writeback/index.js';
import { signIn } from '../../contract/sign-in.js';
import { createTestApi } from '../../support/api.js';
import { addFirm, createTestDatabase } from '../../support/database.js';
import { ListedQueue, NOW, PrintedFiles } from '../support/engine.js';
import { TurningClock, TurningSleeper } from '../support/turning-clock.js';

@Module({ providers: [PrintedFiles], exports: [PrintedFiles] })
class FilesModule {}

@Module({})
class GivenSettingsModule {}

/** A package with its stand-in, as an operator configures it. */
interface Package<StandIn> {
  readonly connector: Connector;
  readonly standIn: StandIn;
  readonly sourceId: string;
  readonly environment: Readonly<Record<string, string>>;
}

export const PACKAGES = {
  'exact-online': async (book: Book, clock: Clock) => {
    const standIn = await createExactOnlineSandbox({ books: [book], clock, quota: false });
    const { baseUrl, clientId, clientSecret } = standIn;
    const environment = { EXACT_ONLINE_BASE_URL: baseUrl, EXACT_ONLINE_CLIENT_ID: clientId, EXACT_ONLINE_CLIENT_SECRET: clientSecret }; // prettier-ignore
    return { connector: createExactOnline(clock), standIn, sourceId: String(book.code), environment };
  },
  twinfield: async (book: Book, clock: Clock) => {
    const standIn = await createTwinfieldSandbox({ books: [book], clock, quota: false });
    const { baseUrl, clientId, clientSecret } = standIn;
    const environment = { TWINFIELD_LOGIN_URL: baseUrl, TWINFIELD_CLIENT_ID: clientId, TWINFIELD_CLIENT_SECRET: clientSecret }; // prettier-ignore
    return { connector: createTwinfield(clock), standIn, sourceId: String(book.code).padStart(3, '0'), environment };
  },
  clearfacts: async (book: Book, clock: Clock) => {
    const standIn = await createClearFactsSandbox({ books: [book], clock, profile: 'extended' });
    const { loginUrl, apiUrl, clientId, clientSecret } = standIn;
    const environment = { CLEARFACTS_LOGIN_URL: loginUrl, CLEARFACTS_API_URL: apiUrl, CLEARFACTS_CLIENT_ID: clientId, CLEARFACTS_CLIENT_SECRET: clientSecret, CLEARFACTS_PROFILE: 'extended' }; // prettier-ignore
    return { connector: createClearFacts('extended', clock), standIn, sourceId: companyNumberOf(book), environment };
  },
} as const;

export interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly summary: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly lastErrorKind: string | null;
  readonly conflict: { ours: string; theirs: string; before: string | null } | null;
  readonly actions: readonly string[];
  readonly settled: { by: string; note: string } | null;
  readonly history: readonly { outcome: string; detail: string }[];
}

/** The sync module over a real database and a stand-in: connected, one administration in use, its books read. */
export async function openOffice<Id extends keyof typeof PACKAGES>(id: Id, books = { size: 40, debtors: 4 }) {
  const clock = new TurningClock(NOW);
  const database = await createTestDatabase();
  const firmId = await addFirm(database);
  const country = id === 'clearfacts' ? 'BE' : 'NL';
  const book = await createBook({ today: NOW.slice(0, 10), ...books, code: 42, country });
  const given = (await PACKAGES[id](book, clock)) as Package<Awaited<ReturnType<(typeof PACKAGES)[Id]>>['standIn']>;
  const dataDir = await mkdtemp(join(tmpdir(), 'openpost-writeback-'));
  const environment = { OPENPOST_DATA_DIR: dataDir, PUBLIC_URL: 'https://openpost.example', ...given.environment };
  const settings = readSettings(environment, () => `k1:${randomBytes(32).toString('base64')}`);
  const providers = [{ provide: Settings, useValue: settings }];
  const sync = SyncModule.forRoot({ connectors: [given.connector], documentFiles: PrintedFiles, imports: [FilesModule], sleeper: new TurningSleeper(clock) }); // prettier-ignore
  const modules = [{ module: GivenSettingsModule, global: true, providers, exports: providers }, sync];
  const api = await createTestApi(database, { modules, clock, queue: new ListedQueue(), secrets: new SecretBox(settings.secretKeys) }); // prettier-ignore
  const as = api.as(firmId);

  const { body: connection } = await as.post('/connections').send({ connector: id }).expect(201);
  const back = await signIn(String(connection.authorizeUrl), given.standIn.users[0]!);
  const server = api.app.getHttpServer() as Parameters<typeof request>[0];
  await request(server).get('/oauth/callback').query(Object.fromEntries(back.searchParams)).redirects(0).expect(302);
  const sent = { connectionId: connection.id, sourceId: given.sourceId };
  const administrationId = String((await as.post('/administrations').send(sent).expect(201)).body.id);

  const office = {
    administrationId,
    as,
    book,
    clock,
    database,
    firmId,
    queue: api.queue as ListedQueue,
    standIn: given.standIn,
    worker: api.app.get(WritebackWorker, { strict: false }),
    pull: async (trigger: SyncTrigger = 'manual'): Promise<string> => {
      const wanted = { full: false, trigger };
      const syncId = await api.app.get(SyncService, { strict: false }).request(firmId, administrationId, wanted);
      await api.app.get(SyncRunner, { strict: false }).run({ firmId, syncId });
      return syncId;
    },
    push: (): Promise<number> => office.worker.pushDue(firmId),
    choose: (writebackChoices: object) =>
      as.patch(`/administrations/${administrationId}`).send({ writebackChoices }).expect(200),
    enqueue: (...rows: NewWriteback[]): Promise<void> =>
      database.unitOfWork.inFirm(firmId, (transaction) => enqueueWriteback(transaction, rows)),
    /** Oldest first. */
    shown: async (): Promise<Shown[]> =>
      ((await as.get(`/administrations/${administrationId}/writebacks`).expect(200)).body.items as Shown[]).reverse(),
    /** Invoices that are open, of one debtor where that is possible. */
    openInvoices: async (): Promise<OpenInvoice[]> =>
      database.sql<OpenInvoice>(
        `select r.id, r.source_id, r.invoice_number, r.debtor_id, d.source_id as debtor_source, r.open_amount::text as open from receivable r join debtor d on d.id = r.debtor_id
          where r.kind = 'invoice' and r.open_amount > 0 order by r.debtor_id, r.due_date, r.id`,
      ),
    /** A message that went out about an invoice, and the step that was taken with it. */
    takeStep: async (invoice: OpenInvoice, level: number, state: 'taken' | 'reserved' = 'taken'): Promise<string> => {
      const message = newId();
      const channel = level === 4 ? 'task' : 'email';
      await database.sql(
        `insert into message (id, firm_id, administration_id, debtor_id, once_key, level, channel, language, template_key, template_version,
           recipient, recipient_reason, language_reason, currency, open_total, subject, html, body_text, content, state, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'nl', $8, 1, 'a@example.com', '', '', 'EUR', 100, 's', 'h', 't', '{}', $9, $10)`,
        [message, firmId, administrationId, invoice.debtor_id, message, level, channel, TEMPLATES[level - 1] ?? 'formal-notice', state === 'taken' ? 'sent' : 'queued', clock.now()], // prettier-ignore
      );
      await database.sql(
        `insert into step_taken (id, firm_id, administration_id, debtor_id, receivable_id, level, scenario_key, scenario_version, run_id, message_id, taken_on, state)
         values ($1, $2, $3, $4, $5, $6, 'standard', 1, $1, $7, '2026-11-18', $8)`,
        [newId(), firmId, administrationId, invoice.debtor_id, invoice.id, level, message, state],
      );
      return message;
    },
    close: async (): Promise<void> => {
      await api.close();
      await given.standIn.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await office.pull();
  return office;
}

const TEMPLATES = ['first-reminder', 'second-reminder', 'formal-notice'] as const;

export interface OpenInvoice {
  readonly id: string;
  readonly source_id: string;
  readonly invoice_number: string;
  readonly debtor_id: string;
  readonly debtor_source: string;
  readonly open: string;
}

export type Office<Id extends keyof typeof PACKAGES> = Awaited<ReturnType<typeof openOffice<Id>>>;
