import { Logger } from '@nestjs/common';
import PQueue from 'p-queue';
import { assert } from '../kernel/index.js';
import { JobQueue, type JobHandler, type JobName, type JobOptions, type Jobs } from './job-queue.js';

interface Lane {
  readonly queue: PQueue;
  readonly handler: (payload: unknown) => Promise<void>;
}

/** The queue of a single process. What waits here is lost with the process; the sweeps find the rows again. */
export class InProcessQueue extends JobQueue {
  private readonly logger = new Logger('queue');
  private readonly lanes = new Map<JobName, Lane>();
  private readonly keys = new Set<string>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private closed = false;

  async enqueue<Name extends JobName>(name: Name, payload: Jobs[Name], options: JobOptions = {}): Promise<void> {
    const key = options.key === undefined ? null : `${name}:${options.key}`;
    if (this.closed || (key !== null && this.keys.has(key))) return;
    if (key !== null) this.keys.add(key);
    const start = (): void => this.start(name, payload, key);
    if (options.delayMs === undefined || options.delayMs <= 0) return start();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      start();
    }, options.delayMs);
    this.timers.add(timer);
  }

  process<Name extends JobName>(name: Name, concurrency: number, handler: JobHandler<Name>): void {
    assert(!this.lanes.has(name), `one handler per job name: ${name}`);
    this.lanes.set(name, {
      queue: new PQueue({ concurrency }),
      handler: handler as (payload: unknown) => Promise<void>,
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    for (const lane of this.lanes.values()) lane.queue.clear();
    await Promise.all([...this.lanes.values()].map((lane) => lane.queue.onIdle()));
  }

  async waiting(): Promise<Readonly<Record<string, number>>> {
    return Object.fromEntries([...this.lanes].map(([name, lane]) => [name, lane.queue.size]));
  }

  private start(name: JobName, payload: unknown, key: string | null): void {
    const lane = this.lanes.get(name);
    if (this.closed || lane === undefined) {
      if (key !== null) this.keys.delete(key);
      return;
    }
    void lane.queue.add(async () => {
      // The key is free again when work starts, not when it ends: news that arrives meanwhile deserves its own run.
      if (key !== null) this.keys.delete(key);
      try {
        await lane.handler(payload);
      } catch (error) {
        this.logger.error(
          `job ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    });
  }
}
