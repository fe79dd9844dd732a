export { SweepRepository } from './sweep.repository.js';
export { SweepService, sweepScopeOf, type SweepScope } from './sweep.service.js';
export { AdministrationSweepsController, SweepsController } from './sweeps.controller.js';
export type { SweptObject } from './sweep-sql.js';
