import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { DebtorApplier } from './debtor-applier.service.js';
import { FreshBooks } from './fresh-books.js';
import { RunFrames } from './run-frame.service.js';
import { RunLeases, type RunLease } from './run-lease.service.js';

/** Debtors between two signs of life; far less work than the lease lasts. */
const DEBTORS_PER_HEARTBEAT = 25;

/**
 * Applies an approved run: brings the books up to date, then decides again and stores the messages, debtor by debtor.
 * A killed process leaves lines without an outcome; whoever takes the lease next goes on with exactly those.
 */
@Injectable()
export class ApplyRunService {
  private readonly logger = new Logger('dunning');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly leases: RunLeases,
    private readonly frames: RunFrames,
    private readonly applier: DebtorApplier,
    private readonly books: FreshBooks,
    private readonly queue: JobQueue,
  ) {}

  async apply(firmId: string, runId: string): Promise<void> {
    const lease = await this.leases.claim(firmId, runId);
    if (lease === null) return;
    try {
      const { administrationId } = lease.run;
      const isFresh = await this.leases.during(lease, () => this.books.pullNow(firmId, administrationId));
      if (!isFresh) return await this.leases.hold(lease);
      if (await this.applyAll(lease)) await this.leases.finish(lease);
    } catch (error) {
      this.logger.error(`run ${runId} stopped: ${error instanceof Error ? error.stack : String(error)}`);
      await this.leases.fail(lease, error instanceof Error ? error.message : String(error));
    }
    await this.queue.enqueue('send-messages', { firmId }, { key: firmId });
  }

  /** False when somebody else has taken over. */
  private async applyAll(lease: RunLease): Promise<boolean> {
    const { run } = lease;
    const frame = await this.unitOfWork.inFirm(run.firmId, (transaction) =>
      this.frames.frame(transaction, run.administrationId),
    );
    for (const [index, debtorId] of (await this.leases.debtorsLeft(lease)).entries()) {
      if (index % DEBTORS_PER_HEARTBEAT === 0 && !(await this.leases.keep(lease))) return false;
      await this.applier.apply({ ...frame, runId: run.id }, debtorId);
    }
    return true;
  }
}
