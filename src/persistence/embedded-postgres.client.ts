import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { reachableDirectory, reachablePrograms, unprivilegedAccount, type Owner } from './postgres-place.client.js';

/** A running embedded cluster. `url` is the superuser's; the app narrows itself to `openpost_app` per session. */
export interface EmbeddedPostgres {
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  stop(): Promise<void>;
}

interface EmbeddedOptions {
  /** Where the cluster's files live; created when missing, kept afterwards. */
  readonly directory: string;
  /** Extra `-c name=value` settings, e.g. `fsync=off` for throw-away test clusters. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Starts PostgreSQL 18 from the npm packages: creates the cluster on first use, listens on a free loopback port with a
 * random password kept in the cluster's folder (mode 0600).
 *
 * PostgreSQL refuses to run as root, so as root it runs as `postgres`, or as `nobody` where that account is missing.
 * Such an account cannot pass through a private folder (a checkout below /root, or a `mktemp -d`), so then the
 * programs and the cluster live below /var/lib/openpost instead, named after the folder that was asked for.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const owner = process.getuid?.() === 0 ? await unprivilegedAccount() : null;
  const programs = await reachablePrograms(owner);
  const directory = await reachableDirectory(resolve(options.directory), owner);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (owner !== null) await chown(directory, owner.uid, owner.gid);
  const cluster = join(directory, 'cluster');
  const password = await clusterPassword(directory);
  const running = await runningServer(cluster);
  if (running !== null) return adopt({ ...running, directory, password });
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(programs, cluster, password, owner);
  const port = await freePort();
  const server = await launch({ programs, directory, cluster, port, owner, parameters: options.parameters ?? {} });
  const url = urlOf(port, password);
  await waitUntilReady({ url, directory, server });
  await writeFile(join(directory, 'starter.pid'), String(process.pid));
  return { url, port, directory, stop: () => stop(server) };
}

/** Removes a cluster and everything in it, wherever it really lives; stops a server that was left behind. */
export async function removeEmbeddedPostgres(directory: string): Promise<void> {
  const owner = process.getuid?.() === 0 ? await unprivilegedAccount() : null;
  const place = await reachableDirectory(resolve(directory), owner);
  const running = await runningServer(join(place, 'cluster'));
  if (running !== null) await stopByPid(running.pid);
  await rm(place, { recursive: true, force: true });
}

function urlOf(port: number, password: string): string {
  return `postgres://openpost:${password}@127.0.0.1:${port}/postgres`;
}

/** The server that already serves this cluster, if any: its process id and port stand in postmaster.pid. */
async function runningServer(cluster: string): Promise<{ pid: number; port: number } | null> {
  const lines = await readFile(join(cluster, 'postmaster.pid'), 'utf8')
    .then((text) => text.split('\n'))
    .catch(() => null);
  if (lines === null) return null;
  const pid = Number(lines[0]);
  return isAlive(pid) ? { pid, port: Number(lines[3]) } : null;
}

/**
 * Uses a server that is already up: a command beside a running Openpost shares its database and leaves it alone; a
 * server whose starter was killed is taken over, and stopped with us.
 */
async function adopt(running: {
  pid: number;
  port: number;
  directory: string;
  password: string;
}): Promise<EmbeddedPostgres> {
  const starterFile = join(running.directory, 'starter.pid');
  const starter = Number(await readFile(starterFile, 'utf8').catch(() => '0'));
  const orphaned = starter === process.pid || !isAlive(starter);
  if (orphaned) await writeFile(starterFile, String(process.pid));
  const url = urlOf(running.port, running.password);
  await waitUntilReady({ url, directory: running.directory, server: null });
  return {
    url,
    port: running.port,
    directory: running.directory,
    stop: orphaned ? () => stopByPid(running.pid) : async () => {},
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function stopByPid(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  for (let attempt = 0; attempt < 200 && isAlive(pid); attempt += 1)
    await new Promise((proceed) => setTimeout(proceed, 50));
}

async function clusterPassword(directory: string): Promise<string> {
  const file = join(directory, 'password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

async function initialise(programs: string, cluster: string, password: string, owner: Owner | null): Promise<void> {
  const passwordFile = `${cluster}.pw`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner !== null) await chown(passwordFile, owner.uid, owner.gid);
  await rm(cluster, { recursive: true, force: true });
  const flags = [
    '-D',
    cluster,
    '-U',
    'openpost',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    '--no-instructions',
    '--no-sync',
  ];
  const child = spawn(join(programs, 'bin', 'initdb'), flags, {
    ...owner,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [code, text] = await outcomeOf(child);
  await rm(passwordFile, { force: true });
  if (code !== 0) throw new Error(`the embedded database could not be created in ${cluster}: ${text.trim()}`);
}

interface LaunchOptions {
  readonly programs: string;
  readonly directory: string;
  readonly cluster: string;
  readonly port: number;
  readonly owner: Owner | null;
  readonly parameters: Readonly<Record<string, string>>;
}

async function launch(options: LaunchOptions): Promise<ChildProcess> {
  const parameters = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '100',
    // A small server's own settings are for much smaller machines: books of some hundred thousand rows fit in this much.
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    wal_buffers: '16MB',
    // Our statements are short; compiling one takes longer than running it.
    jit: 'off',
    ...options.parameters,
  };
  const flags = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(join(options.directory, 'postgres.log'), 'w', 0o600);
  // Its own process group: Ctrl-C in the terminal must reach Openpost first, which then stops the database in order.
  const server = spawn(join(options.programs, 'bin', 'postgres'), ['-D', options.cluster, ...flags], {
    ...options.owner,
    cwd: '/',
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', log.fd],
  });
  server.unref();
  await log.close();
  return server;
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

interface Waiting {
  readonly url: string;
  readonly directory: string;
  readonly server: ChildProcess | null;
}

async function waitUntilReady({ url, directory, server }: Waiting): Promise<void> {
  const log = (): Promise<string> => readFile(join(directory, 'postgres.log'), 'utf8').catch(() => '');
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (server !== null && server.exitCode !== null)
      throw new Error(`the embedded database stopped while starting:\n${await log()}`);
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((proceed) => setTimeout(proceed, 50));
    }
  }
  throw new Error(`the embedded database did not answer within 30 s:\n${await log()}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.pid === undefined) return;
  const ended = new Promise<void>((proceed) => server.once('exit', () => proceed()));
  // SIGINT is PostgreSQL's "fast shutdown": sessions are ended, data is flushed.
  server.kill('SIGINT');
  const forced = setTimeout(() => server.kill('SIGQUIT'), 10_000);
  await ended;
  clearTimeout(forced);
}

function outcomeOf(child: ChildProcess): Promise<[number | null, string]> {
  return new Promise((proceed, fail) => {
    const chunks: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', fail);
    child.once('close', (code) => proceed([code, Buffer.concat(chunks).toString()]));
  });
}

async function freePort(): Promise<number> {
  return new Promise((proceed, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? proceed(address.port) : fail(new Error('no free port')),
      );
    });
  });
}
