import 'reflect-metadata';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FormBrowser } from '../sandbox/demo/form-browser.js';
import { newId } from '../src/kernel/index.js';
import { startForCommand, type RunningProcess } from '../src/main.js';
import { UnitOfWork } from '../src/persistence/index.js';
import { JobQueue } from '../src/queue/index.js';
import { readSettings } from '../src/settings/index.js';
import { AuthorizationService, ConnectionsService, TokenVault } from '../src/sync/connections/index.js';
import { AdministrationsService, SyncRunner, SyncService } from '../src/sync/index.js';
import { cpuBetween, cpuSplit, parentOf, type CpuSplit, type MeasuredProcesses } from './cpu-split.js';
import { measureFloor, type Floor } from './sync-floor.js';

/**
 * How fast a pull is, end to end: `node dist/bench/sync.js [receivables] [debtors]` prints one JSON line. The stand-in
 * of Exact Online runs in a process of its own, without rate limits; PostgreSQL is embedded, with fsync. The floor is
 * measured in the same run, against the same stand-in and database: the same pages, fetched and copied raw.
 */
const ROUNDS = 3;

interface Sandbox {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly users: readonly { readonly userName: string; readonly password: string }[];
}

type App = RunningProcess['app'];

async function startSandbox(receivables: number, debtors: number): Promise<{ child: ChildProcess; facts: Sandbox }> {
  const door = fileURLToPath(new URL('../sandbox/cli.js', import.meta.url));
  const argv = ['exact-online', '--size', `${receivables}`, '--debtors', `${debtors}`, '--no-quota', '--json'];
  const script = `import(${JSON.stringify(door)}).then((cli) => cli.runSandboxCommand(${JSON.stringify(argv)}))`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, facts: toSandbox(JSON.parse(line) as Record<string, unknown>) };
}

function toSandbox(facts: Record<string, unknown>): Sandbox {
  return (facts['exactOnline'] ?? facts['exact-online'] ?? facts) as Sandbox;
}

async function startApp(dataDir: string, sandbox: Sandbox): Promise<RunningProcess> {
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

async function connect(app: App, firmId: string, sandbox: Sandbox): Promise<string> {
  const wanted = { firmId, actor: 'bench', connector: 'exact-online', settings: {} };
  const { id, authorizeUrl } = await app.get(ConnectionsService, { strict: false }).create(wanted);
  const [user] = sandbox.users;
  const values = { user: user!.userName, password: user!.password };
  const browser = new FormBrowser();
  const end = await browser.submitFirstForm(
    await browser.submitFirstForm(await browser.open(authorizeUrl!), values),
    values,
  );
  const query = Object.fromEntries(new URL(end.url).searchParams);
  const page = await app.get(AuthorizationService, { strict: false }).finish(query);
  if (!page.endsWith('connected')) throw new Error(`the stand-in was not connected: ${page}`);
  return id;
}

interface Measured {
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly calls: number;
  readonly cpuSeconds: CpuSplit;
}

interface Bench {
  readonly app: App;
  readonly databaseUrl: string;
  readonly sandbox: Sandbox;
  readonly processes: MeasuredProcesses;
}

/** Progress, for whoever waits: the result is the only line on standard output. */
function say(stage: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(1)} s  ${stage}\n`);
}

async function measurePull(
  { app, processes }: Bench,
  { firmId, administrationId }: { firmId: string; administrationId: string },
  full: boolean,
): Promise<Measured> {
  const syncs = app.get(SyncService, { strict: false });
  const syncId = await syncs.request(firmId, administrationId, { full, trigger: 'manual' });
  say(full ? 'a full pull' : 'an unchanged pull');
  const before = cpuSplit(processes);
  const started = performance.now();
  await app.get(SyncRunner, { strict: false }).run({ firmId, syncId });
  const seconds = (performance.now() - started) / 1000;
  const cpuSeconds = cpuBetween(before, cpuSplit(processes));
  const view = await syncs.get({ firmId, syncId });
  if (view.state !== 'complete') throw new Error(`the pull ended ${view.state}: ${view.error?.message}`);
  const rows = view.objects.reduce((sum, each) => sum + each.read, 0);
  return { rows, seconds, rowsPerSecond: Math.round(rows / seconds), calls: view.calls, cpuSeconds };
}

interface Round {
  readonly first: Measured;
  readonly again: Measured;
  readonly unchanged: Measured;
  readonly floor: Floor & { readonly cpuSeconds: CpuSplit };
  readonly peakRssMb: number;
}

/** A firm of its own: connected, pulled for the first time, pulled again, and then the floor over the same calls. */
async function measureRound(bench: Bench): Promise<Round> {
  const { app, databaseUrl, sandbox } = bench;
  const firmId = newId();
  await app
    .get(UnitOfWork, { strict: false })
    .acrossFirms((transaction) => transaction.query(`insert into firm (id, name) values ($1, 'bench')`, [firmId]));
  const ref = { firmId, connectionId: await connect(app, firmId, sandbox) };
  const [reached] = (await app.get(ConnectionsService, { strict: false }).reach(ref, false)) as { sourceId: string }[];
  const administrations = app.get(AdministrationsService, { strict: false });
  const { id } = (await administrations.enable(ref, reached!.sourceId, 'bench')) as { id: string };
  const books = { firmId, administrationId: id };
  await fetch(`${sandbox.baseUrl}/__sandbox/requests`, { method: 'DELETE' });
  const first = await measurePull(bench, books, true);
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const paths = await pathsOf(sandbox);
  const again = await measurePull(bench, books, true);
  const unchanged = await measurePull(bench, books, false);
  const token = await app.get(TokenVault, { strict: false }).bearer(ref);
  say(`the floor: ${paths.length} calls`);
  const before = cpuSplit(bench.processes);
  const bare = await measureFloor({ databaseUrl, baseUrl: sandbox.baseUrl, paths, token });
  const floor = { ...bare, cpuSeconds: cpuBetween(before, cpuSplit(bench.processes)) };
  return { first, again, unchanged, floor, peakRssMb };
}

/** The best of some rounds, for the machine may be busy with something else. Memory is that of the first. */
async function measure(bench: Bench): Promise<object> {
  const rounds: Round[] = [];
  for (let count = 0; count < ROUNDS; count += 1) rounds.push(await measureRound(bench));
  const first = quickest(rounds.map((each) => each.first));
  const floor = quickest(rounds.map((each) => each.floor));
  const unchanged = quickest(rounds.map((each) => each.unchanged));
  return {
    bench: 'sync',
    ...first,
    seconds: round(first.seconds),
    peakRssMb: rounds[0]!.peakRssMb,
    floor: { ...floor, seconds: round(floor.seconds) },
    ratio: round(first.seconds / floor.seconds),
    rounds: rounds.map((each) => ({ seconds: round(each.first.seconds), floorSeconds: round(each.floor.seconds) })),
    readAgainRowsPerSecond: quickest(rounds.map((each) => each.again)).rowsPerSecond,
    readAgainCpuSeconds: quickest(rounds.map((each) => each.again)).cpuSeconds,
    unchanged: { calls: unchanged.calls, seconds: round(unchanged.seconds) },
  };
}

function quickest<T extends { readonly seconds: number }>(all: readonly T[]): T {
  return all.reduce((best, each) => (each.seconds < best.seconds ? each : best));
}

async function postmasterOf(app: App): Promise<number> {
  const unitOfWork = app.get(UnitOfWork, { strict: false });
  const [row] = (await unitOfWork.acrossFirms((transaction) =>
    transaction.query('select pg_backend_pid() as pid'),
  )) as { pid: number }[];
  return parentOf(row!.pid);
}

/** The calls that the stand-in saw. */
async function pathsOf(sandbox: Sandbox): Promise<string[]> {
  const answer = await fetch(`${sandbox.baseUrl}/__sandbox/requests`);
  const { requests } = (await answer.json()) as { requests: { method: string; path: string }[] };
  return requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

async function run(receivables: number, debtors: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'openpost-bench-'));
  const { child, facts } = await startSandbox(receivables, debtors);
  try {
    const { app, databaseUrl, close } = await startApp(dataDir, facts);
    const processes = { sandboxPid: child.pid!, postmasterPid: await postmasterOf(app) };
    process.stdout.write(`${JSON.stringify(await measure({ app, databaseUrl, sandbox: facts, processes }))}\n`);
    await close();
  } finally {
    child.kill('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  }
}

await run(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 20_000));
process.exit();
