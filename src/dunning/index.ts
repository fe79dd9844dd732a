export { DunningModule } from './dunning.module.js';
export { RunsService } from './runs/runs.service.js';
