export { AdministrationsService } from './administrations/index.js';
export { KeyRotation } from './connections/index.js';
export { ConnectorRegistry } from './connector-registry.js';
export { runSyncCommand, SyncRunner, SyncService, type PullOutcome, type SyncTrigger } from './pull/index.js';
export { HintTicker, Ticker } from './schedule/index.js';
export { Sleeper } from './sleeper.js';
export { SyncModule } from './sync.module.js';
export {
  DOCUMENT_FILES,
  enqueueWriteback,
  type DocumentFiles,
  type NewWriteback,
  type StoredIntent,
} from './writeback/index.js';
