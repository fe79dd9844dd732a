import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ConnectionRef } from '../../../src/sync/connections/index.js';
import type { Engine } from '../support/engine.js';
import type { Answered, ProcessSettings, Step, Wanted } from './token-vault-process.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

type Said = { ready: true } | { step: Step } | Answered;

/** A process of its own with a token vault in it. */
export class VaultProcess {
  private asked = 0;
  private readonly waiting = new Map<number, (tokens: readonly string[]) => void>();
  private readonly watchers = new Set<(step: Step) => void>();
  private readonly child: ChildProcess;
  private readonly ready: Promise<void>;
  /** The furthest step of the renewal it is at. */
  step: Step | null = null;

  private constructor(settings: ProcessSettings) {
    const program = 'test/sync/connections/token-vault-process.ts';
    this.child = spawn(process.execPath, ['--no-warnings', '--import', './test/sandbox/typescript-loader.mjs', program], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', VAULT_PROCESS: JSON.stringify(settings) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    }); // prettier-ignore
    let said = '';
    this.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    this.ready = new Promise((proceed, fail) => {
      this.child.once('exit', (code) => fail(new Error(`a vault process ended (${code}):\n${said}`)));
      this.child.on('message', (message: Said) => {
        if ('ready' in message) proceed();
        else this.hear(message);
      });
    });
    // A process that is killed on purpose fails this promise when nobody waits for it any more.
    this.ready.catch(() => undefined);
  }

  static start(engine: Engine, dataDir: string): VaultProcess {
    const { baseUrl, clientId, clientSecret } = engine.exact;
    const keys = [...engine.settings.secretKeys].map(([id, key]) => [id, key.toString('base64')] as const);
    const source = { baseUrl, clientId, clientSecret };
    return new VaultProcess({
      databaseUrl: engine.database.url,
      dataDir,
      secretKeys: Object.fromEntries(keys),
      source,
    });
  }

  /** Asks for a token, that many times at once; answers fingerprints, or kinds of errors behind a `!`. */
  async ask(
    ref: ConnectionRef,
    now: Date,
    { times = 1, lingerMs = 0, holdAt = null }: { times?: number; lingerMs?: number; holdAt?: Step | null } = {},
  ): Promise<readonly string[]> {
    await this.ready;
    this.asked += 1;
    const wanted: Wanted = { id: this.asked, now: now.toISOString(), ref, times, lingerMs, holdAt };
    this.step = null;
    const answered = new Promise<readonly string[]>((proceed) => this.waiting.set(wanted.id, proceed));
    this.child.send(wanted);
    return answered;
  }

  /** The next time that a renewal comes to this step. */
  reaches(wanted: Step): Promise<void> {
    return new Promise((proceed) => {
      const watch = (step: Step): void => {
        if (step !== wanted) return;
        this.watchers.delete(watch);
        proceed();
      };
      this.watchers.add(watch);
    });
  }

  /** Ends it as a power cut does; what it was asked stays unanswered. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private hear(message: { step: Step } | Answered): void {
    if ('step' in message) {
      this.step = message.step;
      for (const watch of this.watchers) watch(message.step);
      return;
    }
    this.waiting.get(message.id)?.(message.tokens);
    this.waiting.delete(message.id);
  }
}
