import { Global, Module, type DynamicModule, type ModuleMetadata, type Type } from '@nestjs/common';
import type { Connector } from '../connectors/contract/index.js';
import { Settings } from '../settings/index.js';
import {
  AdministrationRepository,
  AdministrationsController,
  AdministrationsService,
} from './administrations/index.js';
import * as connections from './connections/index.js';
import { ConnectorRegistry } from './connector-registry.js';
import * as feed from './feed/index.js';
import * as files from './files/index.js';
import * as hints from './hints/index.js';
import * as notices from './notices/index.js';
import * as pull from './pull/index.js';
import {
  DueWorkRepository,
  HintTicker,
  QuotaOutlook,
  ScheduleController,
  ScheduleService,
  Ticker,
} from './schedule/index.js';
import * as quota from './quota/index.js';
import * as rescan from './rescan/index.js';
import { RealSleeper, Sleeper } from './sleeper.js';
import * as sweep from './sweep/index.js';
import * as tieOut from './tie-out/index.js';
import {
  DOCUMENT_FILES,
  LedgerStates,
  OwnEcho,
  WritebackDecisions,
  WritebackProcessor,
  WritebackRepository,
  WritebacksController,
  WritebacksService,
  WritebackWorker,
  WriteFacts,
  type DocumentFiles,
} from './writeback/index.js';

interface SyncOptions {
  readonly connectors: readonly Connector[];
  /** Who prints the PDF of a message, and the modules that provide it. */
  readonly documentFiles: Type<DocumentFiles>;
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** How to wait; a replay or a test waits by turning its clock. */
  readonly sleeper?: Sleeper;
}

/** The engine between the accounting packages and our books. Global: it is made once, with its connectors, and dunning asks it for a pull. */
@Global()
@Module({})
export class SyncModule {
  static forRoot({ connectors, documentFiles, imports = [], sleeper }: SyncOptions): DynamicModule {
    return {
      module: SyncModule,
      imports,
      controllers: CONTROLLERS,
      providers: [
        ...PROVIDERS,
        { provide: DOCUMENT_FILES, useExisting: documentFiles },
        { provide: connections.LocalSource, useClass: files.Inbox },
        { provide: connections.Farewell, useExisting: hints.HintSubscriptions },
        sleeper === undefined ? { provide: Sleeper, useClass: RealSleeper } : { provide: Sleeper, useValue: sleeper },
        {
          provide: ConnectorRegistry,
          useFactory: (settings: Settings) => new ConnectorRegistry(connectors, settings),
          inject: [Settings],
        },
        {
          provide: connections.GrantSpool,
          useFactory: (settings: Settings) => new connections.GrantSpool(settings.dataDir),
          inject: [Settings],
        },
      ],
      exports: [feed.ChangeFeed, pull.SyncService, pull.SyncRunner, AdministrationsService],
    };
  }
}

const CONTROLLERS = [
  connections.ConnectorsController,
  connections.ConnectionsController,
  connections.OauthCallbackController,
  AdministrationsController,
  feed.ChangesController,
  files.AdministrationFilesController,
  files.FilesController,
  ScheduleController,
  hints.HintsController,
  hints.WebhooksController,
  pull.AdministrationSyncsController,
  pull.SyncsController,
  sweep.AdministrationSweepsController,
  sweep.SweepsController,
  tieOut.TieOutController,
  WritebacksController,
];

const PROVIDERS = [
  connections.AuthorizationRepository,
  connections.AuthorizationService,
  connections.ConnectionRepository,
  connections.ConnectionsService,
  connections.ConsentService,
  connections.DisconnectService,
  connections.SourceGateway,
  connections.TokenRepository,
  connections.KeyRotation,
  connections.TokenVault,
  connections.WithdrawalService,
  hints.HintDue,
  hints.HintIntake,
  hints.HintProcessor,
  hints.HintPull,
  hints.HintRepository,
  hints.HintsService,
  hints.HintSubscriptions,
  hints.SubscriptionRepository,
  notices.ConnectionNotices,
  notices.NoticeRepository,
  feed.ChangeFeed,
  feed.FeedRepository,
  files.FileAdministrations,
  files.FileBooks,
  files.FileImporter,
  files.FilesService,
  files.FolderWatch,
  files.ImportFiles,
  pull.AdoptionService,
  pull.ObjectPuller,
  pull.PageRepository,
  pull.QuarantineRepository,
  pull.QuarantineRetry,
  pull.QuarantineService,
  pull.RebaseWatch,
  pull.SourceReader,
  pull.SyncEnding,
  pull.SyncEvents,
  pull.SyncFollowUp,
  pull.SyncProcessor,
  pull.SyncRepository,
  pull.SyncRunner,
  pull.SyncService,
  pull.SyncStart,
  rescan.RescanRepository,
  rescan.RescanService,
  sweep.SweepRepository,
  sweep.SweepService,
  tieOut.TieOutClock,
  tieOut.TieOutRepository,
  tieOut.TieOutService,
  tieOut.TieOutTasks,
  tieOut.TieOutViews,
  AdministrationRepository,
  AdministrationsService,
  quota.CallSlots,
  quota.QuotaGate,
  quota.QuotaLedger,
  quota.QuotaRepository,
  DueWorkRepository,
  HintTicker,
  QuotaOutlook,
  ScheduleService,
  Ticker,
  LedgerStates,
  OwnEcho,
  WritebackDecisions,
  WritebackProcessor,
  WritebackRepository,
  WritebacksService,
  WritebackWorker,
  WriteFacts,
];
