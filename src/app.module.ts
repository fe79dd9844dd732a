import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { DataSource } from 'typeorm';
import { AuthModule } from './auth/index.js';
import { installedConnectors } from './connectors/index.js';
import { CoreModule } from './core.module.js';
import { DunningModule } from './dunning/index.js';
import { HealthModule } from './health/index.js';
import { InsightModule } from './insight/index.js';
import type { Clock } from './kernel/index.js';
import { LedgerModule } from './ledger/index.js';
import { MessageFiles, MessagingModule } from './messaging/index.js';
import { PersistenceModule } from './persistence/index.js';
import { QueueModule, type JobQueue } from './queue/index.js';
import { SegmentationModule } from './segmentation/index.js';
import type { Settings } from './settings/index.js';
import { SyncModule } from './sync/index.js';

interface Composition {
  readonly settings: Settings;
  readonly dataSource: DataSource;
  readonly queue: JobQueue;
  readonly clock: Clock;
  /** Whether this process keeps the clockwork that hands out due work. */
  readonly withSchedule: boolean;
}

/** The composition root: the only file that knows every module. */
@Module({})
export class AppModule {
  static forRoot(composition: Composition): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PersistenceModule.forRoot(composition.dataSource),
        QueueModule.forRoot(composition.queue),
        CoreModule.forRoot(composition.settings, composition.clock),
        ...(composition.withSchedule ? [ScheduleModule.forRoot()] : []),
        AuthModule,
        LedgerModule,
        MessagingModule,
        SyncModule.forRoot({
          connectors: installedConnectors(composition.settings.connectors),
          documentFiles: MessageFiles,
          imports: [MessagingModule],
        }),
        SegmentationModule,
        DunningModule,
        InsightModule,
        HealthModule,
      ],
    };
  }
}
