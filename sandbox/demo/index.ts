import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import { AuthService } from '../../src/auth/index.js';
import { signalled } from '../../src/cli.js';
import { startProcess, type RunningProcess } from '../../src/main.js';
import { removeEmbeddedPostgres } from '../../src/persistence/index.js';
import { loadSettings, type Settings } from '../../src/settings/index.js';
import { connectDemoFirm } from './connect.js';
import { startStandIns, type StandIns } from './stand-ins.js';

const DEMO_EMAIL = 'demo@openpost.example';
const DEMO_PASSWORD = 'openpost-demo';

/**
 * `npm start`: database, stand-ins of the accounting packages and a mail server, the product, and a demo firm whose administration
 * is connected through the real login pages, pulled in full, with one run waiting for approval. A second start goes on
 * with what is there; `--reset` starts afresh.
 */
export async function runDemoCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { reset: { type: 'boolean', default: false } } });
  const started = Date.now();
  const dataDir = demoDataDir();
  if (values.reset) await reset(dataDir);
  const port = Number(process.env['PORT'] ?? 3000);
  const demo = await startDemo({ dataDir, port, say });
  try {
    announce(demo.settings, demo.standIns, Date.now() - started);
    await signalled();
    return 0;
  } finally {
    await demo.close();
  }
}

export interface Demo {
  readonly standIns: StandIns;
  readonly settings: Settings;
  readonly credentials: { readonly email: string; readonly password: string };
  close(): Promise<void>;
}

interface DemoPlace {
  readonly dataDir: string;
  readonly port: number;
  /** Progress for people who watch it start. */
  readonly say: (text: string) => void;
  /** What is set otherwise than the demo does, by the name of the variable. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The demo, up and prepared: stand-ins, the product in this process, and the firm with its first administration. */
export async function startDemo({ dataDir, port, say: tell, environment = {} }: DemoPlace): Promise<Demo> {
  const started = Date.now();
  const standIns = await startStandIns(dataDir, port);
  const { exact, smtp } = standIns;
  tell(`sandbox     Exact Online at ${exact.baseUrl}, mail at ${smtp.baseUrl} (${Date.now() - started} ms)`);
  const settings = demoSettings(dataDir, standIns, { PORT: String(port), ...environment });
  const running = await startProcess({
    settings,
    role: 'all',
    // Everybody knows the demo's password, so only this machine may try it.
    host: 'localhost',
    onStage: tell,
    beforeListen: (app) => offerDemoLogin(app, settings),
  });
  const close = async (): Promise<void> => {
    await running.close();
    await standIns.close();
  };
  try {
    await prepareFirm(running, { settings, standIns, say: tell });
    return { standIns, settings, credentials: credentialsOf(settings), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function say(text: string): void {
  console.log(text);
}

/** Each dataset has its own folder, so that trying one does not disturb the other. */
function demoDataDir(): string {
  const given = process.env['OPENPOST_DATA_DIR'];
  const dataset = process.env['OPENPOST_DATASET'];
  if (given !== undefined && given !== '') return resolve(given);
  const name =
    dataset === undefined || dataset === ''
      ? 'demo'
      : `demo-${createHash('sha256').update(resolve(dataset)).digest('hex').slice(0, 8)}`;
  return resolve('.openpost', name);
}

async function reset(dataDir: string): Promise<void> {
  await removeEmbeddedPostgres(join(dataDir, 'postgres'));
  await rm(dataDir, { recursive: true, force: true });
  say('reset       the demo starts afresh');
}

function demoSettings(dataDir: string, standIns: StandIns, environment: Readonly<Record<string, string>>): Settings {
  const { exact, twinfield, clearfacts, smtp } = standIns;
  return loadSettings({
    OPENPOST_DATA_DIR: dataDir,
    SMTP_URL: smtp.smtpUrl,
    EXACT_ONLINE_BASE_URL: exact.baseUrl,
    EXACT_ONLINE_CLIENT_ID: exact.clientId,
    EXACT_ONLINE_CLIENT_SECRET: exact.clientSecret,
    EXACT_ONLINE_WEBHOOK_SECRET: exact.webhookSecret,
    TWINFIELD_LOGIN_URL: twinfield.loginUrl,
    TWINFIELD_CLIENT_ID: twinfield.clientId,
    TWINFIELD_CLIENT_SECRET: twinfield.clientSecret,
    CLEARFACTS_LOGIN_URL: clearfacts.loginUrl,
    CLEARFACTS_API_URL: clearfacts.apiUrl,
    CLEARFACTS_CLIENT_ID: clearfacts.clientId,
    CLEARFACTS_CLIENT_SECRET: clearfacts.clientSecret,
    // What ClearFacts could do with receivables is a proposal; its public API has none. The connect dialog says so.
    CLEARFACTS_PROFILE: 'extended',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    ...environment,
  });
}

/** The login page may offer the demo's credentials, because everything behind them is made up. */
function offerDemoLogin(app: NestExpressApplication, settings: Settings): void {
  const credentials = credentialsOf(settings);
  // Express itself, not a controller: this route exists only here.
  const express = app.getHttpAdapter().getInstance() as {
    get(path: string, answer: (request: unknown, response: Response) => void): void;
  };
  express.get('/api/v1/auth/demo', (_request, response) => void response.json(credentials));
}

function credentialsOf(settings: Settings): { email: string; password: string } {
  return { email: settings.adminEmail ?? DEMO_EMAIL, password: settings.adminPassword ?? DEMO_PASSWORD };
}

interface ToPrepare {
  readonly settings: Settings;
  readonly standIns: StandIns;
  readonly say: (text: string) => void;
}

async function prepareFirm(running: RunningProcess, { settings, standIns, say: tell }: ToPrepare): Promise<void> {
  const credentials = credentialsOf(settings);
  await running.app
    .get(AuthService)
    .ensureFirm({ firmName: 'Kantoor Van der Meer', name: 'Noor van der Meer', ...credentials });
  const [user] = standIns.exact.users;
  if (user === undefined) throw new Error('the Exact Online stand-in has no user');
  const baseUrl = settings.publicUrl;
  await connectDemoFirm({
    baseUrl,
    credentials,
    sourceUser: { user: user.userName, password: user.password },
    say: tell,
  });
}

function announce(settings: Settings, standIns: StandIns, tookMs: number): void {
  const { exact, twinfield, clearfacts, smtp } = standIns;
  const { email, password } = credentialsOf(settings);
  say(`ready       ${settings.publicUrl} (${(tookMs / 1000).toFixed(1)} s)`);
  say(`login       ${email} / ${password}`);
  say(
    `look also   ${exact.baseUrl}/__sandbox/state (the ledger's own books), ${smtp.baseUrl} (sent mail), ${settings.publicUrl}/api/docs`,
  );
  const logins = [
    ['Exact Online', exact.users[0]],
    ['Twinfield', twinfield.users[0]],
    ['ClearFacts', clearfacts.users[0]],
  ] as const;
  const told = logins.map(([name, user]) =>
    user === undefined ? name : `${name} ${user.userName} / ${user.password}`,
  );
  say(`connect     ${told.join(', ')}`);
}
