import { Injectable } from '@nestjs/common';
import { rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import type { JobName, Jobs } from '../../queue/index.js';
import { SyncRepository } from '../pull/index.js';
import { nextRun } from './cron.js';

/** A job that a row asks for. */
export type DueJob = { [Name in JobName]: { name: Name; payload: Jobs[Name]; key: string } }[JobName];

interface DueSchedule {
  readonly administrationId: string;
  readonly firmId: string;
  readonly cron: string;
  readonly timeZone: string;
}

const BATCH = 500;

const DUE_SCHEDULES = `
select s.administration_id as "administrationId", s.firm_id as "firmId", s.cron, s.time_zone as "timeZone"
from schedule s join administration a on a.id = s.administration_id join connection c on c.id = a.connection_id
where s.enabled and s.next_at <= $1 and a.enabled and c.state = 'active'
order by s.next_at limit ${BATCH} for update of s skip locked`;

const PULLS = `
select id, firm_id as "firmId" from sync
where (state = 'queued' and (not_before is null or not_before <= $1)) or (state = 'running' and lease_until < clock_timestamp())
order by created_at limit ${BATCH}`;

const OUTBOXES = `
select distinct firm_id as "firmId" from message
where (state = 'queued' and channel = 'email' and (next_attempt_at is null or next_attempt_at <= $1)) or (state = 'sending' and lease_until < clock_timestamp())`;

const WRITEBACKS = `
select distinct w.firm_id as "firmId" from writeback w left join message m on m.id = w.message_id
where ((w.state in ('pending', 'unknown') and w.next_attempt_at <= $1) or (w.state = 'sending' and w.lease_until < clock_timestamp()))
  and (w.message_id is null or m.state not in ('queued', 'sending', 'uncertain'))`;

const RUNS = `
select id, firm_id as "firmId", case when state = 'planning' then 'plan-run' else 'apply-run' end as job from dunning_run
where state in ('planning', 'approved', 'applying') and (lease_until is null or lease_until < clock_timestamp())
order by created_at limit ${BATCH}`;

/** Administrations with a debtor that was never judged, or was judged on an earlier day: lateness grows overnight. */
const STALE_PROFILES = `
select a.id as "administrationId", a.firm_id as "firmId" from administration a
where a.enabled and a.first_loaded_at is not null and exists (
  select from debtor d left join debtor_profile p on p.debtor_id = d.id
  where d.administration_id = a.id and d.deleted_at is null
    and (p.debtor_id is null or p.as_of < ($1::timestamptz at time zone a.time_zone)::date))
limit ${BATCH}`;

/** Firms whose ledgers show something of ours, or are to: whether it is still true is for the worker to see. */
const SHOWING_STATES = `
select distinct a.firm_id as "firmId" from administration a join connection c on c.id = a.connection_id
where a.enabled and a.first_loaded_at is not null and c.state = 'active'
  and (a.writeback_choices - 'note' - 'document' - 'task' @? '$.* ? (@ == true)' or exists (select from writeback_state s where s.administration_id = a.id))
limit ${BATCH}`;

/** What waits to be done, in every firm: the rows are the truth, a lost job is found again here. */
@Injectable()
export class DueWorkRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly syncs: SyncRepository,
  ) {}

  /**
   * Fires schedules that are due, each once: the claim, the next moment and the queued pull commit together, and a
   * second process skips what this one holds. Missed moments of an outage become one pull. Batch after batch until
   * nothing is due, since ten thousand administrations may share one moment.
   */
  async *fireSchedules(now: Date): AsyncGenerator<DueJob[]> {
    for (let fired = BATCH; fired === BATCH;) {
      const jobs = await this.unitOfWork.acrossFirms((transaction) => this.fireBatch(transaction, now));
      fired = jobs.length;
      yield jobs;
    }
  }

  /** Everything else that a process should be woken for. */
  async findDue(now: Date): Promise<DueJob[]> {
    const at = [now.toISOString()];
    return this.unitOfWork.acrossFirms(async (transaction) => {
      const pulls = await rowsOf<{ id: string; firmId: string }>(transaction, PULLS, at);
      const outboxes = await rowsOf<{ firmId: string }>(transaction, OUTBOXES, at);
      const writebacks = await rowsOf<{ firmId: string }>(transaction, WRITEBACKS, at);
      const runs = await rowsOf<{ id: string; firmId: string; job: 'plan-run' | 'apply-run' }>(transaction, RUNS);
      return [
        ...pulls.map(({ id, firmId }): DueJob => ({ name: 'sync', payload: { firmId, syncId: id }, key: id })),
        ...outboxes.map(({ firmId }): DueJob => ({ name: 'send-messages', payload: { firmId }, key: firmId })),
        ...writebacks.map(({ firmId }): DueJob => ({ name: 'push-writebacks', payload: { firmId }, key: firmId })),
        ...runs.map(({ id, firmId, job }): DueJob => ({ name: job, payload: { firmId, runId: id }, key: id })),
      ];
    });
  }

  /** Debtors whose behaviour must be judged again because a day has passed, or because a job was lost. */
  async findStaleProfiles(now: Date): Promise<DueJob[]> {
    const rows = await this.unitOfWork.acrossFirms((transaction) =>
      rowsOf<{ administrationId: string; firmId: string }>(transaction, STALE_PROFILES, [now.toISOString()]),
    );
    return rows.map((payload): DueJob => ({ name: 'ledger-changed', payload, key: payload.administrationId }));
  }

  /** Writers to wake because a level, a payment or a choice may have made what a ledger shows untrue. */
  async findShownStates(): Promise<DueJob[]> {
    const rows = await this.unitOfWork.acrossFirms((transaction) =>
      rowsOf<{ firmId: string }>(transaction, SHOWING_STATES),
    );
    return rows.map((payload): DueJob => ({ name: 'push-writebacks', payload, key: payload.firmId }));
  }

  private async fireBatch(transaction: Transaction, now: Date): Promise<DueJob[]> {
    const due = await rowsOf<DueSchedule>(transaction, DUE_SCHEDULES, [now.toISOString()]);
    if (due.length === 0) return [];
    // Most firms keep the schedule that they were given.
    const known = new Map<string, string | null>();
    const next = due.map(({ cron, timeZone }) => {
      const name = `${cron} ${timeZone}`;
      if (!known.has(name)) known.set(name, nextRun(cron, timeZone, now)?.toISOString() ?? null);
      return known.get(name) ?? null;
    });
    await transaction.query(
      `update schedule s set next_at = fired.next_at from unnest($1::uuid[], $2::timestamptz[]) as fired(id, next_at) where s.administration_id = fired.id`,
      [due.map(({ administrationId }) => administrationId), next],
    );
    const pulls = await this.syncs.enqueueDue(transaction, due);
    return pulls.map(({ id, firmId }): DueJob => ({ name: 'sync', payload: { firmId, syncId: id }, key: id }));
  }
}
