export { openPeriodFrom } from './open-period.js';
export { RescanRepository, type RescanFound } from './rescan.repository.js';
export { RescanService } from './rescan.service.js';
