import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Book } from '../../sandbox/books/index.js';
import { createBook } from '../../sandbox/books/index.js';
import { ApiClient } from '../../sandbox/demo/api-client.js';
import { FormBrowser } from '../../sandbox/demo/form-browser.js';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../../sandbox/exact-online/index.js';
import { createSmtpSandbox, type SmtpSandbox } from '../../sandbox/smtp/index.js';
import { AuthService } from '../../src/auth/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { startProcess, type RunningProcess } from '../../src/main.js';
import { Settings, readSettings } from '../../src/settings/index.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export const ADMIN = { email: 'noor@kantoor.example', password: 'a-long-password' };

export interface ProductOptions {
  readonly size?: number;
  readonly debtors?: number;
  readonly seed?: number;
  readonly dataset?: string;
  readonly quota?: boolean;
  /** Whether this process serves and works itself; otherwise only the stand-ins and the database are there. */
  readonly start?: boolean;
}

/** The whole product over real stand-ins: PostgreSQL, Exact Online's wire, a mail server. */
export interface Product {
  readonly database: TestDatabase;
  readonly exact: ExactOnlineSandbox;
  readonly smtp: SmtpSandbox;
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  readonly running: RunningProcess | null;
  readonly book: Book;
  /** Signed in as the firm's admin. */
  api(): Promise<ApiClient>;
  close(): Promise<void>;
}

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const database = await createTestDatabase();
  const book = await createBook({
    today: new Date().toISOString().slice(0, 10),
    size: options.size ?? 200,
    debtors: options.debtors ?? 12,
    seed: options.seed ?? 7,
    ...(options.dataset === undefined ? {} : { dataset: options.dataset }),
  });
  const exact = await createExactOnlineSandbox({ books: [book], clock: systemClock, quota: options.quota ?? false });
  const smtp = await createSmtpSandbox({});
  const dataDir = await mkdtemp(join(tmpdir(), 'openpost-product-'));
  const port = await freePort();
  const environment = {
    PORT: String(port),
    DATABASE_URL: database.url,
    SMTP_URL: smtp.smtpUrl,
    OPENPOST_DATA_DIR: dataDir,
    OPENPOST_SECRET_KEYS: `test-1:${randomBytes(32).toString('base64')}`,
    EXACT_ONLINE_BASE_URL: exact.baseUrl,
    EXACT_ONLINE_CLIENT_ID: exact.clientId,
    EXACT_ONLINE_CLIENT_SECRET: exact.clientSecret,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
  };
  const settings = readSettings(environment, () => '');
  const running = options.start === false ? null : await startProcess({ settings, role: 'all' });
  await running?.app.get(AuthService).ensureFirm({ firmName: 'Kantoor De Vries', name: 'Noor', ...ADMIN });
  return {
    database,
    exact,
    smtp,
    settings,
    environment,
    baseUrl: settings.publicUrl,
    running,
    book,
    api: async () => {
      const api = new ApiClient(settings.publicUrl);
      await api.login(ADMIN.email, ADMIN.password);
      return api;
    },
    close: async () => {
      await running?.close();
      await exact.close();
      await smtp.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Connects Exact Online through its own pages and enables the first administration. */
export async function connectExact(
  product: Product,
  api: ApiClient,
): Promise<{ connectionId: string; administrationId: string }> {
  const { id, authorizeUrl } = await api.post<{ id: string; authorizeUrl: string }>('/connections', {
    connector: 'exact-online',
  });
  const end = await consent(product, authorizeUrl);
  if (!end.url.includes('result=connected')) throw new Error(`not connected: ${end.url}`);
  const { items } = await api.get<{ items: { sourceId: string }[] }>(`/connections/${id}/administrations`);
  const administration = await api.post<{ id: string }>('/administrations', {
    connectionId: id,
    sourceId: items[0]!.sourceId,
  });
  await api.patch(`/administrations/${administration.id}`, {
    houseStyle: {
      senderName: 'Bakker Techniek BV',
      senderEmail: 'debiteuren@bakker.example',
      replyTo: 'debiteuren@bakker.example',
      iban: 'NL91ABNA0417164300',
      bic: 'ABNANL2A',
      accentColor: '#0f766e',
      signature: 'Bakker Techniek BV',
      addressLines: ['Industrieweg 14', '3542 AD Utrecht'],
      phone: null,
    },
  });
  return { connectionId: id, administrationId: administration.id };
}

/** Logs in at the stand-in and allows access, as a person does. Returns the page where the browser ended. */
export async function consent(
  product: Product,
  authorizeUrl: string,
): Promise<{ url: string; status: number; body: string }> {
  const [user] = product.exact.users;
  const values = { user: user!.userName, password: user!.password };
  const browser = new FormBrowser();
  const login = await browser.open(authorizeUrl);
  return browser.submitFirstForm(await browser.submitFirstForm(login, values), values);
}

/** Asks until the answer satisfies; fails with the last answer after the given time. */
export async function eventually<T>(
  ask: () => Promise<T>,
  satisfied: (answer: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (Date.now() > end)
      throw new Error(`still waiting after ${timeoutMs} ms for: ${JSON.stringify(answer).slice(0, 2000)}`);
    await new Promise((proceed) => setTimeout(proceed, 100));
  }
}

/** Pulls and waits for the end. */
export async function syncOnce(api: ApiClient, administrationId: string, full = false): Promise<SyncView> {
  const { id } = await api.post<{ id: string }>(`/administrations/${administrationId}/syncs`, { full });
  return eventually(
    () => api.get<SyncView>(`/syncs/${id}`),
    (sync) => !['queued', 'running'].includes(sync.state),
    60_000,
  );
}

export interface SyncView {
  readonly id: string;
  readonly state: string;
  readonly calls: number;
  readonly objects: readonly {
    object: string;
    calls: number;
    new: number;
    changed: number;
    unchanged: number;
    deleted: number;
    rejected: number;
  }[];
  readonly error: { kind: string; message: string } | null;
}

export interface RunView {
  readonly id: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly planHash: string;
  readonly summary: { readonly lines: number; readonly take: number; readonly messages: number };
  readonly applied: { readonly messages: number; readonly skipped: Record<string, number> } | null;
}

/** Plans a run and waits until it is planned. */
export async function planRunOnce(api: ApiClient, administrationId: string): Promise<RunView> {
  const { id } = await api.post<{ id: string }>(`/administrations/${administrationId}/dunning-runs`);
  return eventually(
    () => api.get<RunView>(`/dunning-runs/${id}`),
    (run) => run.state !== 'planning',
  );
}

/** Approves a run and waits until it has been applied. */
export async function applyRunOnce(api: ApiClient, runId: string): Promise<RunView> {
  await api.post(`/dunning-runs/${runId}/approve`);
  return eventually(
    () => api.get<RunView>(`/dunning-runs/${runId}`),
    (run) => !['approved', 'applying'].includes(run.state),
    60_000,
  );
}

export async function allItems<T>(api: ApiClient, path: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const separator = path.includes('?') ? '&' : '?';
    const page: { items: T[]; nextCursor: string | null } = await api.get(
      `${path}${separator}limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((proceed) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => proceed(port));
    });
  });
}
