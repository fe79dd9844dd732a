import { Module } from '@nestjs/common';
import { InsightController } from './insight.controller.js';
import { OverviewRepository } from './overview.repository.js';
import { ReportsRepository } from './reports.repository.js';

/** Where a firm stands: the overview and the reports. Reads, never writes. */
@Module({
  controllers: [InsightController],
  providers: [OverviewRepository, ReportsRepository],
  exports: [OverviewRepository],
})
export class InsightModule {}
