import * as fc from 'fast-check';
import { planSweep } from '../../../src/sync/sweep/sweep-plan.js';
import { connect, enable, pull, startEngine, type Engine } from '../support/engine.js';

describe('how much may go without asking', () => {
  it.each([
    [{ live: 1_000, missing: 0 }, 'nothing'],
    [{ live: 1_000, missing: 50 }, 'sweep'],
    [{ live: 1_000, missing: 51 }, 'ask'],
    [{ live: 10_000, missing: 200 }, 'sweep'],
    [{ live: 10_000, missing: 201 }, 'ask'],
    // A source that shows nothing at all is not believed, however small the books.
    [{ live: 3, missing: 3 }, 'ask'],
  ] as const)('%j: %s', (found, plan) => {
    expect(planSweep(found)).toBe(plan);
  });

  it('never takes out more than fifty records, or two in a hundred, unasked', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), (live, missing) => {
        fc.pre(missing <= live);
        if (planSweep({ live, missing }) === 'sweep') expect(missing).toBeLessThanOrEqual(Math.max(50, live * 0.02));
      }),
    );
  });
});

describe('records that a full pull does not see', () => {
  let engine: Engine;
  let administrationId: string;

  beforeAll(async () => {
    engine = await startEngine();
    administrationId = await enable(engine, await connect(engine));
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete' });
  });
  afterAll(async () => engine.close());

  /** Records in our books whose deletion the source has forgotten: copies under ids that it does not know. */
  const leaveBehind = async (number: number): Promise<string[]> => {
    const rows = await engine.database.sql<{ id: string }>(
      `insert into receivable (id, firm_id, administration_id, debtor_id, source_id, source_version, source_hash, invoice_number,
         kind, invoice_date, due_date, currency, amount, open_amount, created_at)
       select gen_random_uuid(), r.firm_id, r.administration_id, r.debtor_id, gen_random_uuid()::text, 1, '\\x00', 'GHOST-' || n,
         'invoice', '2026-01-01', '2026-01-31', r.currency, 100, 100, now() - interval '1 day'
       from (select * from receivable where deleted_at is null order by id limit 1) r, generate_series(1, ${number}) n
       returning id`,
    );
    return rows.map(({ id }) => id);
  };
  const living = async (ids: readonly string[]): Promise<number> =>
    (
      await engine.database.sql<{ number: number }>(
        `select count(*)::int as number from receivable where id = any($1) and deleted_at is null`,
        [ids],
      )
    )[0]!.number;
  const countLive = async (): Promise<number> =>
    (
      await engine.database.sql<{ number: number }>(
        `select count(*)::int as number from receivable where deleted_at is null`,
      )
    )[0]!.number;
  const sweeps = async (): Promise<{ id: string; state: string; object: string; missing: number }[]> =>
    (await engine.as.get(`/administrations/${administrationId}/sweeps`).expect(200)).body.items;

  it('are marked as deleted when they are few, and the books tie out again', async () => {
    const before = await countLive();
    const ghosts = await leaveBehind(3);
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete' });
    expect(await living(ghosts)).toBe(3);
    const sync = await pull(engine, administrationId, true);
    expect(sync.state).toBe('complete');
    expect(sync.objects.find(({ object }) => object === 'receivables')).toMatchObject({ deleted: 3 });
    expect(await living(ghosts)).toBe(0);
    expect(await countLive()).toBe(before);
    expect(await sweeps()).toMatchObject([{ state: 'swept', object: 'receivables', missing: 3 }]);
    const [event] = await engine.database.sql(`select change, detail from change_event where record_id = $1`, [
      ghosts[0],
    ]);
    expect(event).toEqual({ change: 'deleted', detail: { how: 'absent' } });
    const { body } = await engine.as.get(`/administrations/${administrationId}`);
    expect(body.tieOut).toMatchObject({ state: 'ties-out' });
    expect(await engine.database.sql(`select 1 from pull_seen`)).toEqual([]);
  });

  it('stay, with a question to a person, when they are many', async () => {
    const ghosts = await leaveBehind(51);
    await pull(engine, administrationId, true);
    expect(await living(ghosts)).toBe(51);
    const [asked] = await sweeps();
    expect(asked).toMatchObject({ state: 'asked', missing: 51 });
    const tasks = await engine.database.sql(`select state from task where kind = 'mass-delete'`);
    expect(tasks).toEqual([{ state: 'open' }]);

    const decide = (body: object) => engine.as.post(`/sweeps/${asked!.id}/decide`).send(body);
    const refused = await decide({ decision: 'perhaps', note: '' }).expect(400);
    expect(JSON.stringify(refused.body)).toMatch(/decision/);
    await decide({ decision: 'keep', note: 'the bookkeeper is moving offices' }).expect(200);
    expect(await living(ghosts)).toBe(51);
    await decide({ decision: 'delete', note: 'changed my mind' }).expect(409);

    // The next full pull finds them missing again, and asks again.
    await pull(engine, administrationId, true);
    const [again] = await sweeps();
    expect(again).toMatchObject({ state: 'asked', missing: 51 });
    await engine.database.sql(`update receivable set source_version = 2 where id = $1`, [ghosts[0]]);
    await engine.as.post(`/sweeps/${again!.id}/decide`).send({ decision: 'delete', note: 'they are gone' }).expect(200);
    // One was shown again by the source since the question was put.
    expect(await living(ghosts)).toBe(1);
    expect(await living([ghosts[0]!])).toBe(1);
    expect(
      await engine.database.sql(`select state, done_by is not null as by from task where kind = 'mass-delete'`),
    ).toEqual([
      { state: 'done', by: true },
      { state: 'done', by: true },
    ]);
    const [deed] = await engine.database.sql(
      `select detail from audit_entry where action = 'sweep-decided' order by at desc limit 1`,
    );
    expect(deed).toMatchObject({ detail: { decision: 'delete', note: 'they are gone' } });
  });

  it('belong to one firm: another sees neither the question nor decides it', async () => {
    const [mine] = await sweeps();
    expect(mine).toBeDefined();
    await engine.as.post(`/sweeps/${administrationId}/decide`).send({ decision: 'keep', note: 'x' }).expect(404);
  });
});
