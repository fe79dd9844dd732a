import 'reflect-metadata';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { configureApp, refuseUnknownRoutes, serveApiDocs, serveWebUi } from './app.setup.js';
import { AuthService } from './auth/index.js';
import { systemClock, type Clock } from './kernel/index.js';
import { createLogger } from './logger.js';
import { appDataSource, migrate, startEmbeddedPostgres, type EmbeddedPostgres } from './persistence/index.js';
import { BullQueue, EnqueueOnly, InProcessQueue, type JobQueue } from './queue/index.js';
import type { Settings } from './settings/index.js';

export const PROCESS_ROLES = ['all', 'api', 'worker', 'scheduler'] as const;
/** What a process does: everything, only HTTP, only jobs, or only the clockwork that hands out jobs. */
export type ProcessRole = (typeof PROCESS_ROLES)[number];

interface StartOptions {
  readonly settings: Settings;
  readonly role: ProcessRole;
  readonly clock?: Clock;
  /** The address to listen on; all of them when absent. */
  readonly host?: string;
  /** Progress for people who watch it start. */
  readonly onStage?: (text: string) => void;
  /** A last look at the application before it listens. */
  readonly beforeListen?: (app: NestExpressApplication) => void;
}

export interface RunningProcess {
  readonly app: NestExpressApplication;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** Starts a process in a role and waits until it serves. Its `close` ends everything in order. */
export async function startProcess(options: StartOptions): Promise<RunningProcess> {
  keepHeapSmall();
  const { settings, role } = options;
  const stage = options.onStage ?? ((): void => {});
  const embedded = await openDatabase(settings, stage);
  const databaseUrl = settings.databaseUrl ?? embedded!.url;
  try {
    const app = await createApp(options, databaseUrl);
    await ensureFirstAdmin(app, settings);
    options.beforeListen?.(app);
    if (role === 'all' || role === 'api') {
      serveApiDocs(app);
      serveWebUi(app);
      await app.init();
      refuseUnknownRoutes(app);
      await (options.host === undefined ? app.listen(settings.port) : app.listen(settings.port, options.host));
    } else await app.init();
    const close = async (): Promise<void> => {
      await app.close();
      await embedded?.stop();
    };
    return { app, databaseUrl, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** An application without HTTP or clockwork, for commands that do one thing and end. */
export async function startForCommand(settings: Settings): Promise<RunningProcess> {
  keepHeapSmall();
  const embedded = await openDatabase(settings, () => {});
  const databaseUrl = settings.databaseUrl ?? embedded!.url;
  const app = await createApp({ settings, role: 'worker' }, databaseUrl);
  await app.init();
  const close = async (): Promise<void> => {
    await app.close();
    await embedded?.stop();
  };
  return { app, databaseUrl, close };
}

/**
 * V8 lets garbage pile up to several times what is in use before it looks at all of it. Twice is enough: a first load
 * then takes 100 MB less, and no more time.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100');
}

async function openDatabase(settings: Settings, stage: (text: string) => void): Promise<EmbeddedPostgres | null> {
  const started = Date.now();
  const embedded =
    settings.databaseUrl === null
      ? await startEmbeddedPostgres({ directory: join(settings.dataDir, 'postgres') })
      : null;
  if (embedded !== null) stage(`database    PostgreSQL on port ${embedded.port} (${Date.now() - started} ms)`);
  const ran = await migrate(settings.databaseUrl ?? embedded!.url);
  stage(`migrations  ${ran.length === 0 ? 'schema is up to date' : `${ran.length} applied`}`);
  return embedded;
}

async function createApp(options: StartOptions, databaseUrl: string): Promise<NestExpressApplication> {
  const { settings, role } = options;
  const dataSource = await appDataSource({ url: databaseUrl, poolSize: 16 }).initialize();
  const module = AppModule.forRoot({
    settings,
    dataSource,
    queue: queueFor(settings, role),
    clock: options.clock ?? systemClock,
    withSchedule: role === 'all' || role === 'scheduler',
  });
  const logger = createLogger(settings.logLevel);
  const app = await NestFactory.create<NestExpressApplication>(module, { logger, rawBody: true, abortOnError: false });
  configureApp(app);
  return app;
}

function queueFor(settings: Settings, role: ProcessRole): JobQueue {
  if (settings.redisUrl === null) {
    if (role === 'api' || role === 'scheduler')
      throw new Error(`role "${role}" hands its work to other processes and needs REDIS_URL`);
    return new InProcessQueue();
  }
  const queue = new BullQueue({ redisUrl: settings.redisUrl });
  return role === 'api' || role === 'scheduler' ? new EnqueueOnly(queue) : queue;
}

async function ensureFirstAdmin(app: NestExpressApplication, settings: Settings): Promise<void> {
  const { adminEmail, adminPassword } = settings;
  if (adminEmail === null || adminPassword === null) return;
  await app
    .get(AuthService)
    .ensureFirm({ firmName: 'My firm', email: adminEmail, name: 'Administrator', password: adminPassword });
}
