import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { SyncRepository } from '../pull/index.js';
import { HintRepository, type HintRef } from './hint.repository.js';

/** Turns a hint that is due into a queued pull of changes. */
@Injectable()
export class HintPull {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hints: HintRepository,
    private readonly syncs: SyncRepository,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Safe to run twice. The due hint is taken and the pull queued in one transaction: neither without the other. */
  async run(ref: HintRef): Promise<void> {
    const { firmId, administrationId } = ref;
    const syncId = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      if (!(await this.hints.takeDue(transaction, ref, this.clock.now()))) return null;
      return this.syncs.enqueue(transaction, { firmId, administrationId, kind: 'delta', trigger: 'hint' });
    });
    if (syncId !== null) await this.queue.enqueue('sync', { firmId, syncId }, { key: syncId });
  }
}
