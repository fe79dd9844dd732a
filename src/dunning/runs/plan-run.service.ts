import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { planRun, type PlannedMessage } from '../domain/index.js';
import type { AdministrationFacts } from './administration-facts.js';
import { HoldPolicy } from './hold-policy.service.js';
import { RunFrames, type RunFrame } from './run-frame.service.js';
import { RunLineRepository } from './run-line.repository.js';
import { summarise, toPlannedLines, type RunSummary } from './run-lines.js';
import { RunRepository, type RunReason, type RunRow, type RunState } from './run.repository.js';

/** What a plan leads to. */
interface Verdict {
  readonly state: RunState;
  readonly reason: RunReason | null;
}

/** Plans a run: every open receivable gets a decision with its reason, nothing is sent. */
@Injectable()
export class PlanRunService {
  private readonly logger = new Logger('dunning');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RunRepository,
    private readonly lines: RunLineRepository,
    private readonly frames: RunFrames,
    private readonly holds: HoldPolicy,
    private readonly queue: JobQueue,
  ) {}

  /** One transaction: a process that dies half-way leaves the run to be planned again. Safe to run twice. */
  async plan(firmId: string, runId: string): Promise<void> {
    try {
      const verdict = await this.unitOfWork.inFirm(firmId, (transaction) => this.planOnce(transaction, runId));
      if (verdict?.state === 'approved') await this.queue.enqueue('apply-run', { firmId, runId }, { key: runId });
    } catch (error) {
      this.logger.error(`run ${runId} could not be planned: ${error instanceof Error ? error.stack : String(error)}`);
      const change = { from: ['planning'], to: 'failed', reason: 'PLANNING_FAILED' } as const;
      await this.unitOfWork.inFirm(firmId, (transaction) => this.runs.move(transaction, runId, change));
    }
  }

  private async planOnce(transaction: Transaction, runId: string): Promise<Verdict | null> {
    const run = await this.runs.claimForPlanning(transaction, runId);
    if (run === null) return null;
    const frame = await this.frames.frame(transaction, run.administrationId);
    const { summary, messages } = await this.storePlan(transaction, run, frame);
    const verdict = await this.judge(transaction, run, { administration: frame.administration, summary, messages });
    await this.runs.savePlan(transaction, run.id, { ...verdict, summary, at: frame.now });
    if (run.dryRun) return verdict;
    await this.runs.supersedeAutomatic(transaction, run);
    await this.holds.openTasks(transaction, run, verdict.reason);
    return verdict;
  }

  private async storePlan(
    transaction: Transaction,
    run: RunRow,
    frame: RunFrame,
  ): Promise<{ summary: RunSummary; messages: readonly PlannedMessage[] }> {
    const { input } = await this.frames.planInput(transaction, frame, { asOf: run.asOf });
    const result = planRun(input);
    const lines = toPlannedLines(input, result);
    await this.lines.replace(transaction, run, lines);
    await this.lines.rehash(transaction, run.id);
    return { summary: summarise(lines, result.messages), messages: result.messages };
  }

  private async judge(
    transaction: Transaction,
    run: RunRow,
    plan: { administration: AdministrationFacts; summary: RunSummary; messages: readonly PlannedMessage[] },
  ): Promise<Verdict> {
    if (run.dryRun) return { state: 'planned', reason: null };
    if (plan.summary.take === 0) {
      const stale = this.holds.stale(plan.administration);
      return stale === null ? { state: 'planned', reason: 'NOTHING_TO_TAKE' } : { state: 'held', reason: stale };
    }
    const recent = await this.runs.recentVolumes(transaction, run.administrationId);
    const reason = this.holds.reasonFor(plan.administration, plan.summary.messages, recent);
    if (reason !== null) return { state: 'held', reason };
    const isRoutine = plan.messages.every((message) => message.approval === 'automatic');
    // The first run of an administration always gets a person's eyes, whatever its scenarios allow.
    const goesOn = run.trigger === 'automatic' && isRoutine && recent.length > 0;
    return { state: goesOn ? 'approved' : 'awaiting_approval', reason: null };
  }
}
