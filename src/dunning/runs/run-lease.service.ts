import { Injectable, Logger } from '@nestjs/common';
import { newId } from '../../kernel/index.js';
import { openTask, UnitOfWork } from '../../persistence/index.js';
import { HoldPolicy } from './hold-policy.service.js';
import { RunFrames } from './run-frame.service.js';
import { RunLineRepository } from './run-line.repository.js';
import { RunRepository, type RunRow } from './run.repository.js';

/** A run in the hands of one applier. */
export interface RunLease {
  readonly run: RunRow;
  readonly owner: string;
}

const HEARTBEAT_MS = 15_000;

/** Who is applying a run: one process at a time, and the next one when that one falls silent. */
@Injectable()
export class RunLeases {
  private readonly logger = new Logger('dunning');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RunRepository,
    private readonly lines: RunLineRepository,
    private readonly holds: HoldPolicy,
    private readonly frames: RunFrames,
  ) {}

  /** Null when the run is not to be applied, or somebody alive is at it. */
  async claim(firmId: string, runId: string): Promise<RunLease | null> {
    const owner = newId();
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const run = await this.runs.claimForApplying(transaction, runId, owner);
      return run === null ? null : { run, owner };
    });
  }

  /** False when somebody else has taken over: stop. */
  async keep({ run, owner }: RunLease): Promise<boolean> {
    return this.unitOfWork.inFirm(run.firmId, (transaction) => this.runs.renewLease(transaction, run.id, owner));
  }

  /** Keeps the lease while something slow happens. */
  async during<T>(lease: RunLease, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => {
      this.keep(lease).catch((error: unknown) => this.logger.warn(`lease of run ${lease.run.id}: ${String(error)}`));
    }, HEARTBEAT_MS);
    return work().finally(() => clearInterval(timer));
  }

  async debtorsLeft({ run }: RunLease): Promise<string[]> {
    return this.unitOfWork.inFirm(run.firmId, (transaction) => this.lines.debtorsToApply(transaction, run.id));
  }

  /** The books could not be brought up to date: nothing is sent, and a person may go on later. */
  async hold({ run, owner }: RunLease): Promise<void> {
    await this.unitOfWork.inFirm(run.firmId, async (transaction) => {
      if (!(await this.runs.renewLease(transaction, run.id, owner))) return;
      const administration = await this.frames.administration(transaction, run.administrationId);
      const reason = administration.connectionState === 'active' ? 'STALE_BOOKS' : 'CONNECTION_LOST';
      await this.runs.move(transaction, run.id, { from: ['applying'], to: 'held', reason });
      await this.holds.openHoldTask(transaction, run, reason);
    });
  }

  /** Something broke that no retry mends: the lines done so far stay done, the rest waits for a person. */
  async fail({ run, owner }: RunLease, detail: string): Promise<void> {
    await this.unitOfWork.inFirm(run.firmId, async (transaction) => {
      if (!(await this.runs.renewLease(transaction, run.id, owner))) return;
      await this.runs.move(transaction, run.id, { from: ['applying'], to: 'held', reason: 'APPLYING_FAILED' });
      await openTask(transaction, {
        firmId: run.firmId,
        administrationId: run.administrationId,
        debtorId: null,
        kind: 'run-held',
        title: 'A dunning run stopped half-way',
        detail,
        dedupeKey: `run-held:${run.id}`,
      });
    });
  }

  async finish({ run, owner }: RunLease): Promise<void> {
    const at = this.frames.now();
    await this.unitOfWork.inFirm(run.firmId, async (transaction) => {
      const counts = await this.lines.countApplied(transaction, run.id);
      await this.runs.saveApplied(transaction, run.id, { owner, counts, at });
      await this.holds.closeHoldTasks(transaction, run.administrationId);
    });
  }
}
