export { InsightModule } from './insight.module.js';
export { OverviewRepository, type Overview } from './overview.repository.js';
