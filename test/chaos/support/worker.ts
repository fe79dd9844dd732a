import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '../../support/database.js';
import { Relay } from './relay.js';

const ENTRY = fileURLToPath(new URL('entry.mjs', import.meta.url));
const START_MS = 60_000;

/** One process of the product, `openpost start --role all`, as an operator runs it. */
export class Worker {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly relay: Relay,
    private readonly database: TestDatabase,
  ) {}

  /** Resolves when it says that it is ready. */
  static async start(environment: Readonly<Record<string, string>>, database: TestDatabase): Promise<Worker> {
    const relay = await Relay.open(database.url);
    const { PATH = '', TZ = 'UTC' } = process.env;
    const child = spawn(process.execPath, [ENTRY], {
      env: { PATH, TZ, ...environment, DATABASE_URL: relay.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const worker = new Worker(child, relay, database);
    await worker.ready();
    return worker;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it printed, for a test that fails. */
  get log(): string {
    return this.output;
  }

  /**
   * Ends it the way a power cut does, and what it left in the database: a server process that waits for a lock does not
   * notice by itself that nobody listens any more.
   */
  async kill(): Promise<void> {
    const gone = new Promise((proceed) => this.child.once('exit', proceed));
    if (this.isAlive && this.child.kill('SIGKILL')) await gone;
    for (let left = 1; left > 0;)
      [{ left } = { left: 0 }] = await this.database.sql<{ left: number }>(
        `select count(pg_terminate_backend(pid))::int as left from pg_stat_activity
          where datname = current_database() and client_port = any($1)`,
        [this.relay.ports()],
      );
    await this.relay.close();
  }

  /** The database's processes that serve it. */
  async backends(): Promise<{ pid: number; lastQueryAt: Date; waits: boolean }[]> {
    return this.database.sql(
      `select pid, query_start as "lastQueryAt", coalesce(wait_event_type = 'Lock', false) as waits from pg_stat_activity where datname = current_database() and client_port = any($1)`,
      [this.relay.ports()],
    );
  }

  private async ready(): Promise<void> {
    await new Promise<void>((proceed, fail) => {
      const late = setTimeout(() => fail(new Error(`not ready after ${START_MS} ms:\n${this.output}`)), START_MS);
      const hear = (chunk: Buffer): void => {
        this.output += chunk.toString();
        if (!/^ready /m.test(this.output)) return;
        clearTimeout(late);
        proceed();
      };
      this.child.stdout?.on('data', hear);
      this.child.stderr?.on('data', hear);
      this.child.once('exit', (code) => {
        clearTimeout(late);
        fail(new Error(`ended with ${code}:\n${this.output}`));
      });
    });
  }
}
