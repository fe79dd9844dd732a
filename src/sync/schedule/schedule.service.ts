import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { recordDeed, rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { checkSchedule, DEFAULT_CRON, nextRun, upcoming } from './cron.js';

export interface ScheduleView {
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly nextAt: string | null;
  /** The next five, as if it were on. */
  readonly nextRuns: readonly string[];
}

interface ScheduleRow {
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly nextAt: Date | null;
}

const SAVE = `
insert into schedule (administration_id, firm_id, cron, time_zone, enabled, next_at) values ($1, $2, $3, $4, $5, $6)
on conflict (administration_id)`;

/** When each administration is pulled. */
@Injectable()
export class ScheduleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async get(firmId: string, administrationId: string): Promise<ScheduleView> {
    return this.unitOfWork.inFirm(firmId, (transaction) => this.view(transaction, administrationId));
  }

  /** Throws {@link InputError} that names `cron` or `timeZone`. */
  async put(
    { firmId, administrationId, actor }: { firmId: string; administrationId: string; actor: string },
    wanted: { cron: string; timeZone: string; enabled: boolean },
  ): Promise<ScheduleView> {
    checkSchedule(wanted.cron, wanted.timeZone);
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await this.mustExist(transaction, administrationId);
      const next = wanted.enabled ? nextRun(wanted.cron, wanted.timeZone, this.clock.now()) : null;
      await transaction.query(
        `${SAVE} do update set cron = excluded.cron, time_zone = excluded.time_zone, enabled = excluded.enabled,
           next_at = excluded.next_at, updated_at = now()`,
        [administrationId, firmId, wanted.cron, wanted.timeZone, wanted.enabled, next?.toISOString() ?? null],
      );
      const subject = { subjectType: 'administration', subjectId: administrationId };
      await recordDeed(transaction, { firmId, actor, action: 'schedule.changed', ...subject, detail: wanted });
      return this.view(transaction, administrationId);
    });
  }

  /** Starts the ordinary schedule of an administration that has none. */
  async startDefault(
    transaction: Transaction,
    { firmId, administrationId, timeZone }: { firmId: string; administrationId: string; timeZone: string },
  ): Promise<void> {
    const next = nextRun(DEFAULT_CRON, timeZone, this.clock.now());
    const values = [administrationId, firmId, DEFAULT_CRON, timeZone, true, next?.toISOString() ?? null];
    await transaction.query(`${SAVE} do nothing`, values);
  }

  private async view(transaction: Transaction, administrationId: string): Promise<ScheduleView> {
    const { timeZone: ownZone } = await this.mustExist(transaction, administrationId);
    const row = (await rowOf<ScheduleRow>(
      transaction,
      `select cron, time_zone as "timeZone", enabled, next_at as "nextAt" from schedule where administration_id = $1`,
      [administrationId],
    )) ?? { cron: DEFAULT_CRON, timeZone: ownZone, enabled: false, nextAt: null };
    const runs = upcoming(row.cron, row.timeZone, { after: this.clock.now(), count: 5 });
    return {
      ...row,
      nextAt: row.nextAt?.toISOString() ?? null,
      nextRuns: runs.map((run) => run.toISOString()),
    };
  }

  private async mustExist(transaction: Transaction, administrationId: string): Promise<{ timeZone: string }> {
    const row = await rowOf<{ timeZone: string }>(
      transaction,
      `select time_zone as "timeZone" from administration where id = $1`,
      [administrationId],
    );
    if (row === null) throw notFound('administration');
    return row;
  }
}
