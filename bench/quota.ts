import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBook } from '../sandbox/books/index.js';
import { FormBrowser } from '../sandbox/demo/form-browser.js';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../sandbox/exact-online/index.js';
import { newId, systemClock } from '../src/kernel/index.js';
import { startForCommand, type RunningProcess } from '../src/main.js';
import { UnitOfWork } from '../src/persistence/index.js';
import { JobQueue } from '../src/queue/index.js';
import { readSettings } from '../src/settings/index.js';
import { AuthorizationService, ConnectionsService } from '../src/sync/connections/index.js';
import { AdministrationsService, SyncRunner, SyncService } from '../src/sync/index.js';

/**
 * How much of what Exact Online allows a backfill uses: `node dist/bench/quota.js [minutes]` prints one JSON line. Real
 * time, a real PostgreSQL, the stand-in with its limits on (60 calls per administration in a fixed minute); the books
 * are as large as that many minutes need. A call over the limit would be a 429: a violation.
 */
const PER_MINUTE = 60;
const RECORDS_PER_CALL = 1_000;
const MINUTE_MS = 60_000;

type App = RunningProcess['app'];

async function startApp(dataDir: string, sandbox: ExactOnlineSandbox): Promise<RunningProcess> {
  const settings = readSettings(
    {
      // The stand-in answers the redirect with a page of its own; the code is read from the address.
      PUBLIC_URL: sandbox.baseUrl,
      OPENPOST_DATA_DIR: dataDir,
      OPENPOST_SECRET_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      EXACT_ONLINE_BASE_URL: sandbox.baseUrl,
      EXACT_ONLINE_CLIENT_ID: sandbox.clientId,
      EXACT_ONLINE_CLIENT_SECRET: sandbox.clientSecret,
      LOG_LEVEL: 'error',
    },
    () => '',
  );
  const running = await startForCommand(settings);
  // What follows a pull (segments, runs) is not what is measured.
  await running.app.get(JobQueue, { strict: false }).close();
  return running;
}

/** Connects as a person does, and takes the stand-in's books into use. */
async function enable(app: App, firmId: string, sandbox: ExactOnlineSandbox): Promise<string> {
  const connections = app.get(ConnectionsService, { strict: false });
  const wanted = { firmId, actor: 'bench', connector: 'exact-online', settings: {} };
  const { id: connectionId, authorizeUrl } = await connections.create(wanted);
  const [user] = sandbox.users;
  const values = { user: user!.userName, password: user!.password };
  const browser = new FormBrowser();
  const consent = await browser.submitFirstForm(await browser.open(authorizeUrl!), values);
  const end = await browser.submitFirstForm(consent, values);
  const query = Object.fromEntries(new URL(end.url).searchParams);
  const page = await app.get(AuthorizationService, { strict: false }).finish(query);
  if (!page.endsWith('connected')) throw new Error(`the stand-in was not connected: ${page}`);
  const ref = { firmId, connectionId };
  const [reached] = (await connections.reach(ref, false)) as { sourceId: string }[];
  const administrations = app.get(AdministrationsService, { strict: false });
  const { id } = (await administrations.enable(ref, reached!.sourceId, 'bench')) as { id: string };
  return id;
}

async function nextMinute(): Promise<void> {
  await new Promise((proceed) => setTimeout(proceed, MINUTE_MS - (Date.now() % MINUTE_MS) + 10));
}

/** Calls on the books per clock minute, oldest first. The last minute is the one in which the pull ended. */
function callsPerMinute(sandbox: ExactOnlineSandbox): number[] {
  const counts = new Map<string, number>();
  for (const { path, time, status } of sandbox.requests)
    if (/^\/api\/v1\/\d+\//.test(path) && status === 200)
      counts.set(time.slice(0, 16), (counts.get(time.slice(0, 16)) ?? 0) + 1);
  return [...counts.values()];
}

async function main(minutes: number): Promise<void> {
  const size = Math.ceil((minutes + 0.2) * PER_MINUTE * RECORDS_PER_CALL);
  const today = new Date().toISOString().slice(0, 10);
  const book = await createBook({ today, size, debtors: 2_000, code: 1_700_101 });
  const sandbox = await createExactOnlineSandbox({ books: [book], clock: systemClock, quota: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'openpost-quota-'));
  const { app, close } = await startApp(dataDir, sandbox);
  try {
    const firmId = newId();
    await app
      .get(UnitOfWork, { strict: false })
      .acrossFirms((transaction) => transaction.query(`insert into firm (id, name) values ($1, 'bench')`, [firmId]));
    const administrationId = await enable(app, firmId, sandbox);
    const syncs = app.get(SyncService, { strict: false });
    const syncId = await syncs.request(firmId, administrationId, { full: true, trigger: 'schedule' });
    await nextMinute();
    sandbox.log.clear();
    await app.get(SyncRunner, { strict: false }).run({ firmId, syncId });
    const view = await syncs.get({ firmId, syncId });
    const full = callsPerMinute(sandbox).slice(0, minutes);
    const achieved = full.reduce((sum, calls) => sum + calls, 0) / Math.max(1, full.length);
    const violations = sandbox.requests.filter(({ status }) => status === 429).length;
    const result = {
      bench: 'quota',
      allowedPerMinute: PER_MINUTE,
      achieved: Math.round(achieved * 10) / 10,
      share: Math.round((achieved / PER_MINUTE) * 1_000) / 1_000,
      violations,
      callsPerMinute: full,
      pull: {
        state: view.state,
        error: view.error?.message ?? null,
        records: view.objects.reduce((sum, { read }) => sum + read, 0),
      },
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } finally {
    await close();
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main(Number(process.argv[2] ?? 3));
process.exit();
