import { BlockRepository } from './casework/block.repository.js';
import { BlocksController } from './casework/blocks.controller.js';
import { BlocksService } from './casework/blocks.service.js';
import { TasksController } from './casework/tasks.controller.js';
import { TasksService } from './casework/tasks.service.js';
import { WorklistService } from './casework/worklist.service.js';
import { ApplyRunService } from './runs/apply-run.service.js';
import { DebtorApplier } from './runs/debtor-applier.service.js';
import { HoldPolicy } from './runs/hold-policy.service.js';
import { MessageWriterRepository } from './runs/message-writer.repository.js';
import { PlanFactsRepository } from './runs/plan-facts.repository.js';
import { PlanRunService } from './runs/plan-run.service.js';
import { RunFrames } from './runs/run-frame.service.js';
import { RunLeases } from './runs/run-lease.service.js';
import { RunLineRepository } from './runs/run-line.repository.js';
import { RunPreviews } from './runs/run-previews.service.js';
import { RunRepository } from './runs/run.repository.js';
import { RunViews } from './runs/run-views.service.js';
import { RunsController } from './runs/runs.controller.js';
import { RunsProcessor } from './runs/runs.processor.js';
import { RunsService } from './runs/runs.service.js';
import { WritebackWriter } from './runs/writeback-writer.service.js';
import { ScenarioRepository } from './scenarios/scenario.repository.js';
import { ScenariosController } from './scenarios/scenarios.controller.js';
import { ScenariosService } from './scenarios/scenarios.service.js';
import { TemplateRepository } from './scenarios/template.repository.js';

/** What dunning is made of, without its far end: the sync engine that brings the books up to date. */
const SCENARIOS = [ScenarioRepository, TemplateRepository, ScenariosService];
const CASEWORK = [BlockRepository, BlocksService, TasksService, WorklistService];
const RUNS = [
  ApplyRunService,
  DebtorApplier,
  HoldPolicy,
  MessageWriterRepository,
  PlanFactsRepository,
  PlanRunService,
  RunFrames,
  RunLeases,
  RunLineRepository,
  RunPreviews,
  RunRepository,
  RunViews,
  RunsProcessor,
  RunsService,
  WritebackWriter,
];

export const DUNNING_PROVIDERS = [...SCENARIOS, ...CASEWORK, ...RUNS];
export const DUNNING_CONTROLLERS = [ScenariosController, RunsController, BlocksController, TasksController];
