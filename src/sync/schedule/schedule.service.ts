import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { recordDeed, rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { checkSchedule, DEFAULT_CRON, nextRun, upcoming } from './cron.js';
import { forecastOf, type Forecast } from './forecast.js';
import { QuotaOutlook } from './quota-outlook.repository.js';

export interface ScheduleView {
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly nextAt: string | null;
  /** The next five, as if it were on. */
  readonly nextRuns: readonly string[];
  /** What it will cost, by the ledger of calls. */
  readonly forecast: Forecast | null;
}

/** A schedule that nobody has saved yet. */
export interface ScheduleDraft {
  readonly cron?: string | undefined;
  readonly timeZone?: string | undefined;
}

interface ScheduleRow {
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly nextAt: Date | null;
}

/** Two days at every five minutes, a week at ordinary ones. */
const LOOK_AHEAD = 600;
const WEEK_MS = 7 * 86_400_000;

const SAVE = `
insert into schedule (administration_id, firm_id, cron, time_zone, enabled, next_at) values ($1, $2, $3, $4, $5, $6)
on conflict (administration_id)`;

/** When each administration is pulled. */
@Injectable()
export class ScheduleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outlook: QuotaOutlook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** As it is, or as it would be with a draft of it. Throws {@link InputError} that names `cron` or `timeZone`. */
  async get(firmId: string, administrationId: string, draft: ScheduleDraft = {}): Promise<ScheduleView> {
    return this.unitOfWork.inFirm(firmId, (transaction) => this.view(transaction, administrationId, draft));
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

  private async view(
    transaction: Transaction,
    administrationId: string,
    draft: ScheduleDraft = {},
  ): Promise<ScheduleView> {
    const { timeZone: ownZone } = await this.mustExist(transaction, administrationId);
    const stored = (await rowOf<ScheduleRow>(
      transaction,
      `select cron, time_zone as "timeZone", enabled, next_at as "nextAt" from schedule where administration_id = $1`,
      [administrationId],
    )) ?? { cron: DEFAULT_CRON, timeZone: ownZone, enabled: false, nextAt: null };
    const shown = { ...stored, cron: draft.cron ?? stored.cron, timeZone: draft.timeZone ?? stored.timeZone };
    if (draft.cron !== undefined || draft.timeZone !== undefined) checkSchedule(shown.cron, shown.timeZone);
    const now = this.clock.now();
    const runs = upcoming(shown.cron, shown.timeZone, { after: now, count: LOOK_AHEAD });
    const week = runs.filter((run) => run.getTime() < now.getTime() + WEEK_MS);
    const facts = await this.outlook.factsFor(transaction, administrationId, now);
    return {
      ...shown,
      nextAt: stored.nextAt?.toISOString() ?? null,
      nextRuns: runs.slice(0, 5).map((run) => run.toISOString()),
      forecast: facts === null ? null : forecastOf({ ...facts, runs: week }),
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
