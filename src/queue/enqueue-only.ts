import type { JobHandler, JobName, JobOptions, Jobs } from './job-queue.js';
import { JobQueue } from './job-queue.js';

/** The queue of a process that works on nothing itself (role `api`): hands jobs on, takes none. */
export class EnqueueOnly extends JobQueue {
  constructor(private readonly queue: JobQueue) {
    super();
  }

  enqueue<Name extends JobName>(name: Name, payload: Jobs[Name], options?: JobOptions): Promise<void> {
    return this.queue.enqueue(name, payload, options);
  }

  process<Name extends JobName>(_name: Name, _concurrency: number, _handler: JobHandler<Name>): void {
    // Nothing to do: another process, in role `worker`, registers the same handlers and takes the jobs.
  }

  close(): Promise<void> {
    return this.queue.close();
  }

  waiting(): Promise<Readonly<Record<string, number>>> {
    return this.queue.waiting();
  }
}
