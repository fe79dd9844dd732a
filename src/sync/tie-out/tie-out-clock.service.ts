import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { rowsOf, UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { SyncRepository } from '../pull/sync.repository.js';

const EVERY_MS = 60_000;
const BATCH = 200;

/** The next day is set at once: a source that is down is not asked every minute, and the wish outlives the day. */
const CLAIM = `
update administration set tie_out_wanted = true, tie_out_next_at = $1::timestamptz + interval '1 day'
where id in (
  select a.id from administration a join connection c on c.id = a.connection_id
  where a.enabled and c.state = 'active' and a.tie_out_next_at <= $1
  order by a.tie_out_next_at limit ${BATCH} for no key update of a skip locked)
returning id as "administrationId", firm_id as "firmId"`;

/**
 * Has every administration compared with its source once a day. The comparison follows a pull, so that what was booked
 * since the last one does not look like a difference.
 */
@Injectable()
export class TieOutClock {
  private readonly logger = new Logger('schedule');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly syncs: SyncRepository,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Never throws: the next tick finds the same rows. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    try {
      for (const { firmId, syncId } of await this.claim())
        await this.queue.enqueue('sync', { firmId, syncId }, { key: syncId });
    } catch (error) {
      this.logger.warn(`tie-out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Claim and queued pull commit together; a second process skips what this one holds. */
  private async claim(): Promise<{ firmId: string; syncId: string }[]> {
    return this.unitOfWork.acrossFirms(async (transaction) => {
      const due = await rowsOf<{ administrationId: string; firmId: string }>(transaction, CLAIM, [
        this.clock.now().toISOString(),
      ]);
      const queued: { firmId: string; syncId: string }[] = [];
      for (const each of due) {
        const syncId = await this.syncs.enqueue(transaction, { ...each, kind: 'delta', trigger: 'tie-out' });
        queued.push({ firmId: each.firmId, syncId });
      }
      return queued;
    });
  }
}
