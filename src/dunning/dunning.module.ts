import { Module } from '@nestjs/common';
import { SyncService } from '../sync/index.js';
import { DUNNING_CONTROLLERS, DUNNING_PROVIDERS } from './dunning.parts.js';
import { FreshBooks, freshBooksOf } from './runs/fresh-books.js';
import { RunsService } from './runs/runs.service.js';

/** Scenarios, runs and casework. */
@Module({
  controllers: DUNNING_CONTROLLERS,
  providers: [...DUNNING_PROVIDERS, { provide: FreshBooks, useFactory: freshBooksOf, inject: [SyncService] }],
  exports: [RunsService],
})
export class DunningModule {}
