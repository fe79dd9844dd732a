import type { DataSource } from 'typeorm';
import { systemClock, type Clock } from '../../../src/kernel/index.js';
import { appDataSource, UnitOfWork } from '../../../src/persistence/index.js';
import { InProcessQueue, type JobName, type Jobs } from '../../../src/queue/index.js';
import { nextRun } from '../../../src/sync/schedule/cron.js';
import { DueWorkRepository, SCHEDULES_EVERY_MS, Ticker } from '../../../src/sync/schedule/index.js';
import { SyncRepository } from '../../../src/sync/pull/index.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { TurningClock } from '../support/turning-clock.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const CONNECTIONS = FULL ? 10_000 : 2_000;
const PROCESSES = 4;
const DRIFT_MS = 2_000;
const ZONE = 'Europe/Amsterdam';
const CRONS = ['0 6,12 * * 1-5', '*/15 * * * *', '0 * * * *', '30 2 * * *', '17 5 1 * *'];

/** Notes when each pull was first handed out. */
class NotedQueue extends InProcessQueue {
  constructor(private readonly noted: Map<string, number>) {
    super();
  }

  override async enqueue<Name extends JobName>(name: Name, payload: Jobs[Name]): Promise<void> {
    const { syncId } = payload as { syncId?: string };
    if (name === 'sync' && syncId !== undefined && !this.noted.has(syncId)) this.noted.set(syncId, Date.now());
  }
}

describe(`the schedules of ${CONNECTIONS} connections, looked after by ${PROCESSES} processes`, () => {
  let database: TestDatabase;
  const handedOut = new Map<string, number>();
  const opened: DataSource[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    await addConnections(await addFirm(database));
  }, 120_000);
  afterAll(async () => {
    for (const dataSource of opened) await dataSource.destroy();
    await database.close();
  });
  beforeEach(async () => {
    await database.sql('delete from sync');
    handedOut.clear();
  });

  /** One connection, one administration and one schedule each; not due yet. */
  async function addConnections(firmId: string): Promise<void> {
    const many = `generate_series(1, ${CONNECTIONS}) as n`;
    const idOf = (what: string): string => `md5('${what}' || n)::uuid`;
    await database.sql(
      `insert into connection (id, firm_id, connector, name, state, lineage) select ${idOf('c')}, $1, 'exact-online', 'c', 'active', ${idOf('l')} from ${many}`,
      [firmId],
    );
    await database.sql(
      `insert into administration (id, firm_id, connection_id, source_id, name, currency, country, language, time_zone)
       select ${idOf('a')}, $1, ${idOf('c')}, n::text, 'a', 'EUR', 'NL', 'nl', '${ZONE}' from ${many}`,
      [firmId],
    );
    await database.sql(
      `insert into schedule (administration_id, firm_id, cron, time_zone, enabled) select ${idOf('a')}, $1, ($2::text[])[1 + n % ${CRONS.length}], '${ZONE}', true from ${many}`,
      [firmId, CRONS],
    );
  }

  const tickerOn = async (clock: Clock): Promise<Ticker> => {
    const dataSource = await appDataSource({ url: database.url, poolSize: 2 }).initialize();
    opened.push(dataSource);
    const unitOfWork = new UnitOfWork(dataSource);
    return new Ticker(new DueWorkRepository(unitOfWork, new SyncRepository(unitOfWork)), new NotedQueue(handedOut), clock); // prettier-ignore
  };

  const pulls = () => database.sql<{ id: string; administration: string }>(`select id, administration_id as administration from sync`); // prettier-ignore

  it('start within two seconds of their moment at the 99th percentile, though all share one, and none twice', async () => {
    const due = Date.now() + 1_500;
    await database.sql(`update schedule set next_at = $1`, [new Date(due).toISOString()]);
    const tickers = await Promise.all(Array.from({ length: PROCESSES }, () => tickerOn(systemClock)));
    // The processes' clockworks do not tick together.
    const timers = tickers.map((ticker, index) =>
      setTimeout(() => {
        const timer = setInterval(() => void ticker.fireSchedules(), SCHEDULES_EVERY_MS);
        timers[index] = timer;
      }, index * 200),
    );
    const end = Date.now() + 30_000;
    while (handedOut.size < CONNECTIONS && Date.now() < end) await new Promise((proceed) => setTimeout(proceed, 50));
    for (const timer of timers) clearInterval(timer);
    const found = await pulls();
    expect([found.length, new Set(found.map(({ administration }) => administration)).size]).toEqual([CONNECTIONS, CONNECTIONS]); // prettier-ignore
    const drifts = found.map(({ id }) => handedOut.get(id)! - due).toSorted((left, right) => left - right);
    expect(drifts[0]).toBeGreaterThanOrEqual(0);
    expect(drifts[Math.floor(CONNECTIONS * 0.99)]).toBeLessThanOrEqual(DRIFT_MS);
  }, 90_000);

  it('catch up after an outage of a day with one pull each, and go on at the next moment of their own', async () => {
    const clock = new TurningClock('2026-11-18T05:00:00Z');
    const moments = CRONS.map((cron) => nextRun(cron, ZONE, clock.now())!.toISOString());
    await database.sql(
      `update schedule s set next_at = m.next_at from unnest($1::text[], $2::timestamptz[]) as m(cron, next_at) where s.cron = m.cron`,
      [CRONS, moments],
    );
    clock.advance(86_400);
    const tickers = await Promise.all(Array.from({ length: PROCESSES }, () => tickerOn(clock)));
    for (let round = 0; round < 3; round += 1) await Promise.all(tickers.map((ticker) => ticker.fireSchedules()));
    const missed = moments.filter((moment) => Date.parse(moment) <= clock.now().getTime()).length;
    const expected = await database.sql<{ n: number }>(`select count(*)::int as n from schedule where cron = any($1)`, [CRONS.filter((_, index) => Date.parse(moments[index]!) <= clock.now().getTime())]); // prettier-ignore
    expect(missed).toBe(CRONS.length - 1);
    const found = await pulls();
    expect([found.length, new Set(found.map(({ administration }) => administration)).size]).toEqual([expected[0]!.n, expected[0]!.n]); // prettier-ignore
    const next = await database.sql<{ cron: string; next: Date }>(
      `select distinct cron, next_at as next from schedule`,
    );
    expect(next.map(({ cron, next: at }) => [cron, at.toISOString()]).toSorted()).toEqual(
      CRONS.map((cron) => [cron, nextRun(cron, ZONE, clock.now())!.toISOString()]).toSorted(),
    );
  }, 90_000);
});
