import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';
import { ApplyRunService } from './apply-run.service.js';
import { PlanRunService } from './plan-run.service.js';
import { RunsService } from './runs.service.js';

/** Two administrations at a time; one run never works in two places. */
const CONCURRENCY = 2;

@Injectable()
export class RunsProcessor implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly planner: PlanRunService,
    private readonly applier: ApplyRunService,
    private readonly runs: RunsService,
  ) {}

  onModuleInit(): void {
    this.queue.process('plan-run', CONCURRENCY, ({ firmId, runId }) => this.planner.plan(firmId, runId));
    this.queue.process('apply-run', CONCURRENCY, ({ firmId, runId }) => this.applier.apply(firmId, runId));
    this.queue.process('segments-ready', CONCURRENCY, ({ firmId, administrationId }) =>
      this.runs.considerAutomatic(firmId, administrationId),
    );
  }
}
