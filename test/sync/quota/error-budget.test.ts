import { enable, pull, startEngine, type Engine } from '../support/engine.js';

describe('the error budget', () => {
  let engine: Engine;
  let administrationId: string;

  beforeAll(async () => {
    engine = await startEngine({ size: 20, debtors: 3, quota: true });
    administrationId = await enable(engine);
    expect((await pull(engine, administrationId)).state).toBe('complete');
  });
  afterAll(async () => engine.close());

  const connection = async (): Promise<Record<string, unknown>> => {
    const { body } = await engine.as.get('/connections').expect(200);
    return (body as { items: Record<string, unknown>[] }).items[0]!;
  };
  const asked = (): number => engine.exact.requests.filter(({ path }) => path.includes('PaymentTerms')).length;

  it('leaves an endpoint alone after six errors within an hour, says so, and goes on by itself', async () => {
    engine.exact.arm({ kind: '403', match: 'PaymentTerms', count: 6 });
    engine.exact.log.clear();
    for (let failed = 1; failed <= 6; failed += 1)
      expect(await pull(engine, administrationId)).toMatchObject({ error: { kind: 'scope_missing' } });
    expect(asked()).toBe(6);
    const stopped = await pull(engine, administrationId);
    expect(asked()).toBe(6);
    expect(stopped).toMatchObject({ state: 'queued', error: { kind: 'quota_exhausted' } });
    expect(stopped.error!.message).toContain('sync/cashflow/paymentterms');
    const seen = await connection();
    expect(seen).toMatchObject({ state: 'active', stateReason: 'error_budget' });
    expect(seen['resting']).toEqual([
      { administrationId, endpoint: 'sync/cashflow/paymentterms', until: stopped.notBefore },
    ]);
    engine.clock.advance(3_601);
    await engine.database.sql(`update schedule set enabled = false`);
    const again = await pull(engine, administrationId);
    expect(again.state).toBe('complete');
    expect(await connection()).toMatchObject({ stateReason: null, resting: [] });
  });

  it('shows what is left of each budget, and the part that is kept', async () => {
    const { quota } = (await connection()) as { quota: Record<string, unknown>[] };
    expect(quota).toMatchObject([
      { administrationId, scope: 'minute', limit: 60, reserve: 2 },
      { administrationId, scope: 'day', limit: 5_000, reserve: 250, resetsAt: '2026-11-19T00:00:00.000Z' },
    ]);
    const { body } = await engine.as.get(`/administrations/${administrationId}/schedule`).expect(200);
    expect(body.forecast).toMatchObject({ basis: 'history', warning: null, day: { limit: 5_000, reserve: 250 } });
    expect(body.forecast.callsPerRun).toBeGreaterThanOrEqual(3);
  });

  it('forecasts a draft without saving it, and names what is wrong with one', async () => {
    const draft = (query: object) => engine.as.get(`/administrations/${administrationId}/schedule`).query(query);
    const { body } = await draft({ cron: '*/5 * * * *', timeZone: 'Europe/Amsterdam' }).expect(200);
    expect(body).toMatchObject({ cron: '*/5 * * * *', forecast: { runsPerDay: 288 } });
    expect((await engine.as.get(`/administrations/${administrationId}/schedule`)).body.cron).toBe('0 6,12 * * 1-5');
    expect((await draft({ cron: '*/5 * * *' }).expect(400)).body.errors).toMatchObject([{ path: 'cron' }]);
    expect((await draft({ timeZone: 'Mars/Base' }).expect(400)).body.errors).toMatchObject([{ path: 'timeZone' }]);
  });
});
