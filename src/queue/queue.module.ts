import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { JobQueue } from './job-queue.js';

/** Provides the one queue of the process under the port's own class, and closes it in order. */
@Global()
@Module({})
export class QueueModule implements OnApplicationShutdown {
  static forRoot(queue: JobQueue): DynamicModule {
    return { module: QueueModule, providers: [{ provide: JobQueue, useValue: queue }], exports: [JobQueue] };
  }

  constructor(@Inject(JobQueue) private readonly queue: JobQueue) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
