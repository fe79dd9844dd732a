import { Injectable } from '@nestjs/common';
import { newId, type BusinessDate } from '../../kernel/index.js';
import { conflict, invalid, notFound, Problem, type Identity } from '../../http/index.js';
import { recordDeed, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { missingFromHouseStyle } from './administration-facts.js';
import { RunFrames } from './run-frame.service.js';
import { RunLineRepository } from './run-line.repository.js';
import { RunRepository, type RunRow } from './run.repository.js';

export interface RunWish {
  readonly asOf?: BusinessDate | undefined;
  readonly dryRun?: boolean | undefined;
}

/** States in which a person may still change or approve a plan. */
const WAITING = new Set(['awaiting_approval', 'held']);

/** What people do with runs. The work itself is done by jobs. */
@Injectable()
export class RunsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RunRepository,
    private readonly lines: RunLineRepository,
    private readonly frames: RunFrames,
    private readonly queue: JobQueue,
  ) {}

  /** Starts a run; another day than today can only be looked at. */
  async create(who: Identity, administrationId: string, wish: RunWish): Promise<RunRow> {
    const run = await this.unitOfWork.inFirm(who.firmId, async (transaction) => {
      const administration = await this.frames.administration(transaction, administrationId);
      const today = this.frames.today(administration);
      const asOf = wish.asOf ?? today;
      if (asOf > today && wish.dryRun !== true)
        throw invalid('asOf', `today (${today}) or earlier, or dryRun: true for a look ahead`);
      return this.insert(transaction, { administrationId, asOf, dryRun: wish.dryRun ?? false, trigger: 'manual', who });
    });
    await this.queue.enqueue('plan-run', { firmId: who.firmId, runId: run.id }, { key: run.id });
    return run;
  }

  /** After a change in the books: plans today's automatic run, once, where an administration wants that. */
  async considerAutomatic(firmId: string, administrationId: string): Promise<void> {
    const run = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      // The lock makes "one automatic run a day" true for any number of workers.
      await transaction.query('select id from administration where id = $1 for update', [administrationId]);
      const administration = await this.frames.administration(transaction, administrationId);
      const asOf = this.frames.today(administration);
      if (administration.dunning.automatic !== true) return null;
      if (await this.runs.hasAutomaticOn(transaction, administrationId, asOf)) return null;
      const who = { firmId, actor: 'openpost' };
      return this.insert(transaction, { administrationId, asOf, dryRun: false, trigger: 'automatic', who });
    });
    if (run !== null) await this.queue.enqueue('plan-run', { firmId, runId: run.id }, { key: run.id });
  }

  /**
   * Approves exactly what was shown and sets it going.
   * @throws Problem 409 RUN_NOT_WAITING, PLAN_CHANGED or HOUSE_STYLE_INCOMPLETE
   */
  async approve(who: Identity, runId: string, planHash?: string): Promise<RunRow> {
    const run = await this.unitOfWork.inFirm(who.firmId, async (transaction) => {
      const found = await this.getForUpdate(transaction, runId);
      if (!WAITING.has(found.state))
        throw conflict(
          'RUN_NOT_WAITING',
          `only a run that waits for a person can be approved; this one is ${found.state}`,
        );
      if (planHash !== undefined && planHash !== found.planHash)
        throw conflict('PLAN_CHANGED', 'the plan is no longer the one that was shown; look at it again');
      await this.assertSendable(transaction, found);
      await this.runs.approve(transaction, runId, { by: who.actor, at: this.frames.now() });
      await recordDeed(transaction, {
        ...deedOf(who, runId),
        action: 'run.approved',
        detail: { planHash: found.planHash },
      });
      return (await this.runs.find(transaction, runId))!;
    });
    await this.queue.enqueue('apply-run', { firmId: who.firmId, runId }, { key: runId });
    return run;
  }

  /** Goes on with an approved run that was held or interrupted. */
  async applyAgain(who: Identity, runId: string): Promise<RunRow> {
    const run = await this.unitOfWork.inFirm(who.firmId, async (transaction) => {
      const found = await this.getForUpdate(transaction, runId);
      if (found.state === 'approved' || found.state === 'applying') return found;
      if (found.state !== 'held' || found.approvedAt === null)
        throw conflict('RUN_NOT_APPROVED', `only an approved run can be applied; this one is ${found.state}`);
      await this.runs.move(transaction, runId, { from: ['held'], to: 'approved', reason: null });
      await recordDeed(transaction, { ...deedOf(who, runId), action: 'run.applied-again' });
      return (await this.runs.find(transaction, runId))!;
    });
    await this.queue.enqueue('apply-run', { firmId: who.firmId, runId }, { key: runId });
    return run;
  }

  /** Takes one receivable out of a run, or puts it back. Returns the run with its new hash. */
  async holdLine(who: Identity, line: { runId: string; receivableId: string }, held: boolean): Promise<RunRow> {
    return this.unitOfWork.inFirm(who.firmId, async (transaction) => {
      const run = await this.getForUpdate(transaction, line.runId);
      if (!WAITING.has(run.state))
        throw conflict('RUN_NOT_WAITING', `lines can be held back until the run is approved; this one is ${run.state}`);
      if (!(await this.lines.hold(transaction, line, { held, by: who.actor })))
        throw notFound('a step of this run for that receivable');
      await this.lines.rehash(transaction, run.id);
      const action = held ? 'run.line-held' : 'run.line-released';
      await recordDeed(transaction, { ...deedOf(who, run.id), action, detail: { receivableId: line.receivableId } });
      return (await this.runs.find(transaction, run.id))!;
    });
  }

  private async insert(
    transaction: Transaction,
    wish: Pick<RunRow, 'administrationId' | 'asOf' | 'dryRun' | 'trigger'> & {
      who: Pick<Identity, 'firmId' | 'actor'>;
    },
  ): Promise<RunRow> {
    const { who, ...run } = wish;
    const id = newId();
    const createdAt = this.frames.now();
    await this.runs.insert(transaction, { ...run, id, firmId: who.firmId, createdBy: who.actor, createdAt });
    if (!run.dryRun)
      await recordDeed(transaction, { ...deedOf(who, id), action: 'run.created', detail: { asOf: run.asOf } });
    return (await this.runs.find(transaction, id))!;
  }

  private async getForUpdate(transaction: Transaction, runId: string): Promise<RunRow> {
    const run = await this.runs.findForUpdate(transaction, runId);
    if (run === null) throw notFound('the run');
    return run;
  }

  private async assertSendable(transaction: Transaction, run: RunRow): Promise<void> {
    const administration = await this.frames.administration(transaction, run.administrationId);
    const missing = missingFromHouseStyle(administration);
    if (missing.length === 0) return;
    const detail = missing.map(({ path, expected }) => `${path}: expected ${expected}`).join('; ');
    throw new Problem(409, 'HOUSE_STYLE_INCOMPLETE', detail, missing);
  }
}

function deedOf(who: Pick<Identity, 'firmId' | 'actor'>, runId: string) {
  return { firmId: who.firmId, actor: who.actor, subjectType: 'dunning-run', subjectId: runId };
}
