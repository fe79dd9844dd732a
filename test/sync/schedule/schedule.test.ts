import { appDataSource, UnitOfWork } from '../../../src/persistence/index.js';
import { DueWorkRepository, type DueJob } from '../../../src/sync/schedule/index.js';
import { SyncRepository } from '../../../src/sync/pull/index.js';
import { enable, pull, startEngine, type Engine } from '../support/engine.js';

describe('schedule', () => {
  let engine: Engine;
  let administrationId: string;

  beforeEach(async () => {
    engine = await startEngine({ size: 10, debtors: 2 });
    administrationId = await enable(engine);
    await pull(engine, administrationId);
    engine.queue.jobs.length = 0;
  });
  afterEach(async () => engine.close());

  const put = (body: object) => engine.as.put(`/administrations/${administrationId}/schedule`).send(body);
  const syncs = async (): Promise<{ trigger: string; state: string }[]> =>
    engine.database.sql(`select trigger, state from sync order by id`);

  it('starts on working days at six and noon, in the zone of the books', async () => {
    // Wednesday 10:00 in Amsterdam.
    const { body } = await engine.as.get(`/administrations/${administrationId}/schedule`).expect(200);
    expect(body).toMatchObject({ cron: '0 6,12 * * 1-5', timeZone: 'Europe/Amsterdam', enabled: true });
    expect(body.nextAt).toBe('2026-11-18T11:00:00.000Z');
    expect(body.nextRuns).toEqual([
      '2026-11-18T11:00:00.000Z',
      '2026-11-19T05:00:00.000Z',
      '2026-11-19T11:00:00.000Z',
      '2026-11-20T05:00:00.000Z',
      '2026-11-20T11:00:00.000Z',
    ]);
  });

  it.each([
    [{ cron: '61 * * * *', timeZone: 'Europe/Amsterdam', enabled: true }, 'cron'],
    [{ cron: '* * * * * *', timeZone: 'Europe/Amsterdam', enabled: true }, 'cron'],
    [{ cron: '*/2 * * * *', timeZone: 'Europe/Amsterdam', enabled: true }, 'cron'],
    [{ cron: '0 6 30 2 *', timeZone: 'Europe/Amsterdam', enabled: true }, 'cron'],
    [{ cron: '0 6 * * *', timeZone: 'Amsterdam', enabled: true }, 'timeZone'],
    [{ cron: '0 6 * * *', timeZone: 'Europe/Amsterdam', enabled: 'yes' }, 'enabled'],
  ])('names what is wrong with %j', async (body, field) => {
    const answer = await put(body).expect(400);
    expect(answer.body.errors).toMatchObject([{ path: field }]);
  });

  it('keeps the hour of day over the change to summer time', async () => {
    engine.clock.advance((Date.parse('2027-03-27T12:00:00Z') - Date.parse('2026-11-18T09:00:00Z')) / 1000);
    const { body } = await put({ cron: '0 6 * * *', timeZone: 'Europe/Amsterdam', enabled: true }).expect(200);
    expect(body.nextRuns.slice(0, 2)).toEqual(['2027-03-28T04:00:00.000Z', '2027-03-29T04:00:00.000Z']);
  });

  it('fires once, however many processes look, and again at the next moment', async () => {
    const others = await Promise.all(
      Array.from({ length: 6 }, async () => appDataSource({ url: engine.database.url, poolSize: 1 }).initialize()),
    );
    const looking = others.map((dataSource) => {
      const unitOfWork = new UnitOfWork(dataSource);
      return new DueWorkRepository(unitOfWork, new SyncRepository(unitOfWork));
    });
    engine.clock.advance(2 * 3600);
    const firing = async (each: DueWorkRepository): Promise<DueJob[]> => {
      const jobs: DueJob[] = [];
      for await (const batch of each.fireSchedules(engine.clock.now())) jobs.push(...batch);
      return jobs;
    };
    expect((await Promise.all(looking.map(firing))).flat()).toHaveLength(1);
    expect(await syncs()).toEqual([
      { trigger: 'first', state: 'complete' },
      { trigger: 'schedule', state: 'queued' },
    ]);
    for (const dataSource of others) await dataSource.destroy();
  });

  it('catches up with one pull after an outage', async () => {
    engine.clock.advance(5 * 86_400);
    await engine.ticker.tick();
    await engine.ticker.tick();
    expect((await syncs()).filter(({ trigger }) => trigger === 'schedule')).toHaveLength(1);
    const [row] = await engine.database.sql<{ next_at: Date }>(`select next_at from schedule`);
    expect(row!.next_at.toISOString()).toBe('2026-11-23T11:00:00.000Z');
  });

  it('does nothing while it is off, or while the connection needs a person', async () => {
    await put({ cron: '0 6 * * *', timeZone: 'Europe/Amsterdam', enabled: false }).expect(200);
    engine.clock.advance(2 * 86_400);
    await engine.ticker.tick();
    expect(await syncs()).toHaveLength(1);
    await put({ cron: '0 6 * * *', timeZone: 'Europe/Amsterdam', enabled: true }).expect(200);
    await engine.database.sql(`update connection set state = 'needs_reconnect'`);
    engine.clock.advance(86_400);
    await engine.ticker.tick();
    expect(await syncs()).toHaveLength(1);
    await engine.database.sql(`update connection set state = 'active'`);
    await engine.ticker.tick();
    expect(await syncs()).toHaveLength(2);
  });

  it('finds work whose job was lost', async () => {
    await engine.as.post(`/administrations/${administrationId}/syncs`).send({}).expect(202);
    const runId = '0193c0de-0000-7000-8000-000000000001';
    await engine.database.sql(
      `insert into dunning_run (id, firm_id, administration_id, as_of, trigger, state, created_by) values ($1, $2, $3, '2026-11-18', 'manual', 'approved', 'a')`,
      [runId, engine.firmId, administrationId],
    );
    engine.queue.jobs.length = 0;
    await engine.ticker.tick();
    expect(engine.queue.jobs.map(({ name }) => name).sort()).toEqual(['apply-run', 'sync']);
    expect(engine.queue.named('apply-run')).toEqual([{ firmId: engine.firmId, runId }]);
  });

  it('streams the progress of a pull to its end', async () => {
    const { body } = await engine.as.post(`/administrations/${administrationId}/syncs`).send({}).expect(202);
    const stream = engine.as
      .get(`/syncs/${body.id}/events`)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => done(null, text));
      });
    const reading = stream.then((answer) => String(answer.body));
    await new Promise((proceed) => setTimeout(proceed, 100));
    await engine.runner.run({ firmId: engine.firmId, syncId: String(body.id) });
    const text = await reading;
    const events = [...text.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
    expect(events[0]).toBe('progress');
    expect(events.at(-1)).toBe('done');
    expect(text).toContain('"state":"complete"');
    await engine.as.get('/syncs/0193c0de-0000-7000-8000-00000000dead/events').expect(404);
  });

  it('asks for a new judgement of debtors when a day has passed, and not before', async () => {
    const unitOfWork = new UnitOfWork(engine.database.dataSource);
    const due = new DueWorkRepository(unitOfWork, new SyncRepository(unitOfWork));
    const now = engine.clock.now();
    const wanted = [{ name: 'ledger-changed', payload: { administrationId }, key: administrationId }];
    expect(await due.findStaleProfiles(now)).toMatchObject(wanted);
    await engine.database.sql(
      `insert into debtor_profile (debtor_id, firm_id, administration_id, as_of, profile, segment_id, segment_name, reason, reason_code, ruleset_version)
       select id, firm_id, administration_id, $1, '{}', 'normal', 'Normal', 'because', 'NO_OTHER_RULE', 1 from debtor`,
      [now.toISOString().slice(0, 10)],
    );
    expect(await due.findStaleProfiles(now)).toEqual([]);
    expect(await due.findStaleProfiles(new Date(now.getTime() + 86_400_000))).toMatchObject(wanted);
  });
});
