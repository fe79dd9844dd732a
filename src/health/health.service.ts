import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { UnitOfWork } from '../persistence/index.js';
import { JobQueue } from '../queue/index.js';

/** What an operator watches, by table and state. No firm, no amount, no name. */
const STATE_COUNTS = `
  select 'message' as kind, state, count(*)::int as count from message group by state
  union all select 'writeback', state, count(*)::int from writeback group by state
  union all select 'sync', state, count(*)::int from sync where created_at > now() - interval '1 day' group by state
  union all select 'connection', state, count(*)::int from connection group by state
  union all select 'webhook_subscription', state, count(*)::int from source_hint group by state
  union all select 'webhook', heard.key, sum(heard.value::int)::int from source_hint, jsonb_each_text(counts) as heard group by heard.key
  union all select 'dunning_run', state, count(*)::int from dunning_run where created_at > now() - interval '1 day' group by state`;

@Injectable()
export class HealthService {
  private readonly registry = new Registry();
  private readonly rows = new Gauge({
    name: 'openpost_rows',
    help: 'Rows by kind and state',
    labelNames: ['kind', 'state'],
    registers: [this.registry],
  });
  private readonly waiting = new Gauge({
    name: 'openpost_jobs_waiting',
    help: 'Jobs waiting by name',
    labelNames: ['job'],
    registers: [this.registry],
  });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Ready when the database answers and the queue is reachable; each part says so for itself. */
  async readiness(): Promise<{ status: 'ok' | 'unavailable'; database: string; queue: string }> {
    const ask = (probe: Promise<unknown>): Promise<string> =>
      Promise.race([probe.then(() => 'ok'), delay(3_000).then(() => 'no answer within 3 s')]).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      );
    const database = await ask(this.unitOfWork.acrossFirms((transaction) => transaction.query('select 1')));
    const queue = await ask(this.queue.waiting());
    return { status: database === 'ok' && queue === 'ok' ? 'ok' : 'unavailable', database, queue };
  }

  async metrics(): Promise<string> {
    const counts = (await this.unitOfWork.acrossFirms((transaction) => transaction.query(STATE_COUNTS))) as {
      kind: string;
      state: string;
      count: number;
    }[];
    this.rows.reset();
    for (const { kind, state, count } of counts) this.rows.set({ kind, state }, count);
    for (const [job, count] of Object.entries(await this.queue.waiting())) this.waiting.set({ job }, count);
    return this.registry.metrics();
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((proceed) => setTimeout(proceed, ms).unref());
}
