export { DOCUMENT_FILES, type DocumentFiles } from './document-files.js';
export { enqueueWriteback } from './enqueue.js';
export type { NewWriteback, StoredIntent } from './intent.js';
export { WritebackProcessor } from './writeback.processor.js';
export { WritebackRepository } from './writeback.repository.js';
export { WritebackWorker } from './writeback-worker.service.js';
export { WritebacksController } from './writebacks.controller.js';
export { WritebacksService } from './writebacks.service.js';
