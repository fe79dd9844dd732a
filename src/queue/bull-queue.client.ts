import { once, type EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import Bull from 'bull';
import { assert } from '../kernel/index.js';
import { JobQueue, type JobHandler, type JobName, type JobOptions, type Jobs } from './job-queue.js';

/** A key outlives its job only after a crash; then it holds back nudges for this long at most, and the sweeps do not wait for it. */
const KEY_LIFETIME_MS = 60_000;

interface Envelope<Name extends JobName> {
  readonly payload: Jobs[Name];
  readonly key: string | null;
}

/** What Bull does not declare of itself. */
interface BlockingSide {
  readonly bclientInitialized?: boolean;
  readonly bclient: EventEmitter & { readonly status: string };
}

const LISTENING_MS = 2_000;

interface BullQueueOptions {
  readonly redisUrl: string;
  /** Separates installations (and test runs) that share one Redis. */
  readonly prefix?: string;
}

/**
 * Bull on Redis, for several processes. Bull delivers at least once and may lose or repeat a job around a crash, which
 * is fine: a job is a nudge, and its handler is safe to run twice. No limiter is used; budgets are counted elsewhere.
 */
export class BullQueue extends JobQueue {
  private readonly logger = new Logger('queue');
  private readonly queues = new Map<JobName, Bull.Queue>();
  private readonly handled = new Set<JobName>();
  private closed = false;

  constructor(private readonly options: BullQueueOptions) {
    super();
  }

  async enqueue<Name extends JobName>(name: Name, payload: Jobs[Name], options: JobOptions = {}): Promise<void> {
    if (this.closed) return;
    const queue = this.queueOf(name);
    const delay = Math.max(0, Math.ceil(options.delayMs ?? 0));
    const key = options.key === undefined ? null : `${this.prefix}:waiting:${name}:${options.key}`;
    // Not Bull's jobId: that also swallows news which arrives while the job is being worked on.
    if (key !== null && (await queue.client.set(key, '1', 'PX', delay + KEY_LIFETIME_MS, 'NX')) === null) return;
    await queue.add({ payload, key }, { delay, attempts: 1, removeOnComplete: true, removeOnFail: true });
  }

  process<Name extends JobName>(name: Name, concurrency: number, handler: JobHandler<Name>): void {
    assert(!this.handled.has(name), `one handler per job name: ${name}`);
    this.handled.add(name);
    const queue = this.queueOf(name);
    const working = queue.process(concurrency, async (job: Bull.Job<Envelope<Name>>) => {
      if (job.data.key !== null) await queue.client.del(job.data.key);
      try {
        await handler(job.data.payload);
      } catch (error) {
        this.logger.error(
          `job ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    });
    working.catch((error: unknown) => {
      if (!this.closed) this.logger.error(`queue ${name} stopped: ${String(error)}`);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    // A queue that is still connecting cannot be closed in order; Redis being away must not keep us from stopping.
    const closing = [...this.queues.values()].map(async (queue) => {
      await queue.isReady();
      // One round trip, so that Bull has begun its own start-up, which does not survive being closed half-way.
      await queue.getWaitingCount();
      await this.whenListening(queue);
      await queue.close();
    });
    await Promise.allSettled(closing);
  }

  async waiting(): Promise<Readonly<Record<string, number>>> {
    const counts = await Promise.all(
      [...this.queues].map(async ([name, queue]) => [name, await queue.getWaitingCount()] as const),
    );
    return Object.fromEntries(counts);
  }

  /** Bull closes its second, blocking connection by reconnecting it, which fails loudly when it never was connected. */
  private async whenListening(queue: Bull.Queue): Promise<void> {
    const { bclient, bclientInitialized } = queue as Bull.Queue & BlockingSide;
    if (bclientInitialized !== true || bclient.status === 'ready') return;
    await once(bclient, 'ready', { signal: AbortSignal.timeout(LISTENING_MS) }).catch(() => undefined);
  }

  private get prefix(): string {
    return this.options.prefix ?? 'openpost';
  }

  private queueOf(name: JobName): Bull.Queue {
    const existing = this.queues.get(name);
    if (existing !== undefined) return existing;
    const queue = new Bull(name, this.options.redisUrl, { prefix: this.prefix, settings: { maxStalledCount: 1 } });
    queue.on('error', (error) => this.logger.error(`queue ${name}: ${error.message}`));
    this.queues.set(name, queue);
    return queue;
  }
}
