import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addOverdue, arm, asClient, Caller, sessionCookieOf } from '../api/support.js';
import {
  allItems,
  applyRunOnce,
  connectExact,
  consent,
  eventually,
  planRunOnce,
  startProduct,
  syncOnce,
  type Product,
} from '../support/product.js';
import { startLoudly, type LoudProcess } from './process.js';
import { Relay } from './relay.js';

const EMAIL = 'noor@kantoor.example';
/** Each stands where a secret stands in life, and nowhere else. */
const CANARY = {
  adminPassword: 'canary-admin-password-7f3a',
  wrongPassword: 'canary-wrong-password-91bc',
  smtpPassword: 'canary-smtp-password-52de',
  webhookSecret: 'canary-webhook-secret-c08f',
  callbackCode: 'canary-callback-code-aa17',
  callbackState: 'canary-callback-state-3e90',
  madeUpKey: 'opk_canary-made-up-key-66d1',
};

describe('secrets of a whole working day, with its failures', () => {
  let product: Product;
  let relay: Relay;
  let loud: LoudProcess;
  let nobody: Caller;
  let admin: Caller;
  let environment: Record<string, string>;
  /** Name → every value that must not be seen again after it was handed out. */
  const secrets: Record<string, string[]> = {};
  /** Callers whose answers are searched. The ones that hand a secret out are kept apart. */
  const callers: Caller[] = [];

  beforeAll(async () => {
    product = await startProduct({ size: 40, debtors: 5, start: false });
    for (const debtor of product.book.debtors.slice(0, 3)) await addOverdue(product, debtor);
    relay = await Relay.open(product.exact.baseUrl);
    environment = {
      ...product.environment,
      LOG_LEVEL: 'trace',
      EXACT_ONLINE_BASE_URL: relay.baseUrl,
      EXACT_ONLINE_WEBHOOK_SECRET: CANARY.webhookSecret,
      SMTP_URL: product.smtp.smtpUrl.replace('smtp://', `smtp://mailer:${CANARY.smtpPassword}@`),
      OPENPOST_ADMIN_EMAIL: EMAIL,
      OPENPOST_ADMIN_PASSWORD: CANARY.adminPassword,
    };
    loud = await startLoudly(environment);
    nobody = listen(new Caller(product.baseUrl));
    await liveADay();
    await loud.stop();
    Object.assign(secrets, {
      'client secret': [environment['EXACT_ONLINE_CLIENT_SECRET']!],
      'master key': [environment['OPENPOST_SECRET_KEYS']!.split(':')[1]!],
      'tokens of the ledger': [...relay.heard.tokens],
      'codes of a consent': [...relay.heard.codes],
      canaries: Object.values(CANARY),
    });
  }, 180_000);
  afterAll(async () => {
    await loud?.stop();
    await relay.close();
    await product.close();
  });

  function listen(caller: Caller): Caller {
    callers.push(caller);
    return caller;
  }

  async function liveADay(): Promise<void> {
    await signInAndMakeKeys();
    await failToConnect();
    const { administrationId } = await connectExact(product, asClient(admin));
    await syncOnce(asClient(admin), administrationId);
    await echoTheToken(administrationId);
    await loseTheToken(administrationId);
    await sendWithARefusal(administrationId);
    await askForNonsense();
    await lookAtEverything(administrationId);
  }

  async function signInAndMakeKeys(): Promise<void> {
    const answer = await new Caller(product.baseUrl).call('POST', '/auth/login', {
      email: EMAIL,
      password: CANARY.adminPassword,
    });
    const cookie = sessionCookieOf(answer);
    secrets['session'] = [cookie.split('=')[1]!];
    admin = listen(new Caller(product.baseUrl, { cookie }));
    const shown = await new Caller(product.baseUrl, { cookie }).call(
      'POST',
      '/auth/api-keys',
      { name: 'Report', role: 'viewer' },
      { 'idempotency-key': 'make-a-key' },
    );
    const { key } = shown.json as { key: string };
    secrets['API key'] = [key];
    const program = listen(new Caller(product.baseUrl, { authorization: `Bearer ${key}` }));
    expect((await program.call('GET', '/overview')).status).toBe(200);
    expect((await program.call('POST', '/auth/api-keys', { name: 'x', role: 'admin' })).status).toBe(403);
  }

  /** The token endpoint repeats everything that was sent to it, as some do in their errors. */
  async function failToConnect(): Promise<void> {
    for (const status of [400, 500]) {
      const { authorizeUrl } = await new Caller(product.baseUrl, admin.headers).ok<{ authorizeUrl: string }>(
        'POST',
        '/connections',
        { connector: 'exact-online' },
      );
      (secrets['state of a consent'] ??= []).push(new URL(authorizeUrl).searchParams.get('state')!);
      relay.intrusion = ({ path, body }) =>
        path.startsWith('/api/oauth2/token')
          ? { status, body: JSON.stringify({ error: 'invalid_request', error_description: `Cannot read ${body} of ${decodeURIComponent(body)}` }) } // prettier-ignore
          : null;
      expect((await consent(product, authorizeUrl)).url).toMatch(/result=code-refused/);
      relay.intrusion = null;
    }
  }

  /** A refusal that quotes the token it was called with. */
  async function echoTheToken(administrationId: string): Promise<void> {
    relay.intrusion = ({ path, authorization }) =>
      path.includes('/sync/')
        ? { status: 400, body: JSON.stringify({ error: { message: { value: `Bad header ${authorization}, bare ${authorization.slice(7)}` } } }) } // prettier-ignore
        : null;
    await syncOnce(asClient(admin), administrationId);
    relay.intrusion = null;
  }

  /** Ten minutes pass, and more for the ledger's clock than for ours: the access token is refused, a new pair is granted, the pull goes on. */
  async function loseTheToken(administrationId: string): Promise<void> {
    const before = relay.heard.tokens.size;
    await fetch(`${product.exact.baseUrl}/__sandbox/clock`, {
      method: 'POST',
      body: JSON.stringify({ now: new Date(Date.now() + 700_000).toISOString() }),
    });
    await product.database.sql(
      `update connection set access_issued_at = access_issued_at - interval '700 s' where state = 'active'`,
    );
    const sync = await syncOnce(asClient(admin), administrationId);
    expect(sync.state).toBe('complete');
    expect(relay.heard.tokens.size).toBe(before + 2);
    const { requests } = (await (await fetch(`${product.exact.baseUrl}/__sandbox/requests`)).json()) as {
      requests: { status: number }[];
    };
    expect(requests.map(({ status }) => status)).toContain(401);
  }

  async function sendWithARefusal(administrationId: string): Promise<void> {
    await arm(product, 'smtp', { kind: 'reject-recipient', match: product.book.debtors[0]!.email ?? '' });
    await arm(product, 'exact', { kind: 'reject', match: 'POST .*CommunicationNotes' });
    const run = await planRunOnce(asClient(admin), administrationId);
    await applyRunOnce(asClient(admin), run.id);
    await eventually(
      () => allItems<{ state: string }>(asClient(admin), `/administrations/${administrationId}/writebacks`),
      (items) => items.length > 0 && items.every(({ state }) => !['pending', 'sending'].includes(state)),
      60_000,
    );
  }

  async function askForNonsense(): Promise<void> {
    await nobody.call('POST', '/auth/login', { email: EMAIL, password: CANARY.wrongPassword });
    await nobody.call('POST', '/auth/login', { email: EMAIL, password: [CANARY.wrongPassword] });
    await nobody.call('POST', '/auth/login', { email: EMAIL, pasword: CANARY.wrongPassword });
    await nobody.call('POST', '/auth/login', `{"password":"${CANARY.wrongPassword}`);
    await nobody.call('POST', '/auth/login', `${CANARY.wrongPassword}`);
    for (const authorization of [`Bearer ${CANARY.madeUpKey}`, `Basic ${CANARY.madeUpKey}`])
      await nobody.call('GET', '/overview', undefined, { authorization });
    await nobody.call('GET', '/overview', undefined, { cookie: `openpost_session=${CANARY.madeUpKey}` });
    const { callbackCode: code, callbackState: state } = CANARY;
    for (const query of [
      `code=${code}&state=${state}`,
      `code=${code}`,
      `state=${state}&error=access_denied`,
      `code=${code}&code=${code}&state=${state}`,
      `code[x]=${code}&state=${state}`,
      `code=${code}&state=${state}&colour=blue`,
      `code=${code}%00&state=${state}%E0%A4%A`,
    ])
      for (const path of ['/oauth/callback', '/api/v1/oauth/callback']) {
        const answer = await fetch(`${product.baseUrl}${path}?${query}`, { redirect: 'manual' });
        nobody.seen.push(`${[...answer.headers].join('\n')}\n${await answer.text()}`);
      }
  }

  async function lookAtEverything(administrationId: string): Promise<void> {
    const where = `/administrations/${administrationId}`;
    for (const path of [
      '/connections',
      '/connectors',
      '/administrations',
      '/overview',
      '/audit',
      '/auth/me',
      '/auth/api-keys',
      `${where}/syncs`,
      `${where}/quarantine`,
      `${where}/messages`,
      `${where}/writebacks`,
      `${where}/tasks`,
    ])
      // prettier-ignore
      expect([path, (await admin.call('GET', path)).status]).toEqual([path, 200]);
    for (const path of ['/metrics', '/health/ready', '/api/openapi.json'])
      nobody.seen.push(await (await fetch(`${product.baseUrl}${path}`)).text());
    await admin.call('POST', '/auth/logout');
  }

  it('was a day worth looking at: every secret was in use, and what could fail did', async () => {
    expect(secrets['tokens of the ledger']!.length).toBe(4);
    expect(secrets['codes of a consent']!.length).toBe(3);
    expect(secrets['state of a consent']!.length).toBe(2);
    const rows = await product.database.sql<{ what: string }>(
      `select 'connection ' || state as what from connection union select 'sync ' || state from sync
       union select 'message ' || state from message union select 'writeback ' || state from writeback`,
    );
    const happened = rows.map(({ what }) => what);
    for (const what of [
      'connection active',
      'connection error',
      'sync complete',
      'sync failed',
      'message sent',
      'message failed',
      'writeback applied',
      'writeback rejected',
    ])
      // prettier-ignore
      expect(happened).toContain(what);
    const [mail] = product.smtp.messages();
    expect(mail).toBeDefined();
    expect(loud.output().split('\n').length).toBeGreaterThan(20);
  });

  it('are not in the logs, at the most talkative level', () => {
    expect(found(loud.output())).toEqual([]);
  });

  it('are not in any answer of the API after they were shown', () => {
    const answers = callers.flatMap(({ seen }) => seen);
    expect(answers.length).toBeGreaterThan(50);
    // A link for a consent holds its state: that is what it is for.
    expect(found(answers.join('\n')).filter((name) => !name.startsWith('state of a consent'))).toEqual([]);
  });

  it('are not in any column of any table', async () => {
    const tables = await product.database.sql<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    expect(tables.length).toBeGreaterThan(25);
    const hits: string[] = [];
    let rowCount = 0;
    for (const { name } of tables) {
      const rows = await product.database.sql<{ text: string }>(`select t::text as text from ${name} t`);
      rowCount += rows.length;
      hits.push(...found(rows.map(({ text }) => text).join('\n')).map((hit) => `${name}: ${hit}`));
    }
    expect(rowCount).toBeGreaterThan(100);
    expect(hits).toEqual([]);
  });

  it('are not in the data folder', async () => {
    const folder = environment['OPENPOST_DATA_DIR']!;
    for (const name of await readdir(folder, { recursive: true })) {
      const text = await readFile(join(folder, name), 'latin1').catch(() => '');
      expect([name, found(text)]).toEqual([name, []]);
    }
  });

  it('are not in what went to the debtors and back to the ledger', async () => {
    const state = await (await fetch(`${product.exact.baseUrl}/__sandbox/state`)).text();
    const mails = product.smtp.messages().map(({ raw }) => raw);
    expect(found([state, ...mails].join('\n'))).toEqual([]);
  });

  it('would be found if they were there', () => {
    for (const [name, values] of Object.entries(secrets))
      for (const value of values) {
        const coded = [value, encodeURIComponent(value), Buffer.from(value).toString('hex'), Buffer.from(value).toString('base64')]; // prettier-ignore
        for (const text of coded) expect(found(`... ${text} ...`)).toEqual([expect.stringContaining(name)]);
      }
  });

  /** Names of the secrets that a text holds: whole, their beginning or end, and encoded in the usual ways. */
  function found(text: string): string[] {
    return Object.entries(secrets).flatMap(
      ([name, values]) =>
      values.filter((value) => formsOf(value).some((form) => text.includes(form))).map((value) => `${name} ${value.slice(0, 12)}…`), // prettier-ignore
    );
  }
});

function formsOf(secret: string): string[] {
  const parts = secret.length > 48 ? [secret.slice(0, 24), secret.slice(-24)] : [secret];
  return [
    ...parts,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}
