export { BullQueue } from './bull-queue.client.js';
export { EnqueueOnly } from './enqueue-only.js';
export { InProcessQueue } from './in-process-queue.client.js';
export { JobQueue, type JobHandler, type JobName, type JobOptions, type Jobs } from './job-queue.js';
export { QueueModule } from './queue.module.js';
