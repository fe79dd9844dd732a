import { Desk } from '../support/dunning.js';

/** Three days without the source, and once a month without us. Nothing is lost, nothing comes in a burst. */
describe('an outage', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-08');
    const debtor = await desk.debtor('Jansen BV');
    await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 300_00 });
  });
  afterEach(() => desk.close());

  it('of three days at the source holds everything, with one alert, and goes on when the books are fresh', async () => {
    for (const day of ['2026-10-10', '2026-10-11']) {
      await desk.itIs(day, { synced: false });
      const held = await desk.plan();
      expect(held).toMatchObject({ state: 'held', stateReason: 'STALE_BOOKS', summary: { take: 1 } });
    }
    expect(await desk.tasks()).toMatchObject([{ kind: 'run-held', state: 'open' }]);
    expect(await desk.messages()).toEqual([]);
    await desk.itIs('2026-10-12');
    expect(await desk.planAndApprove()).toMatchObject({ state: 'applied', applied: { messages: 1 } });
    expect(await desk.tasks()).toMatchObject([{ kind: 'run-held', state: 'done' }]);
  });

  it('holds an approved run when the pull before sending fails; a person goes on later', async () => {
    const run = await desk.plan();
    desk.sourceIsUnreachable();
    expect(await desk.approve(run)).toMatchObject({ state: 'held', stateReason: 'STALE_BOOKS', applied: null });
    expect(await desk.messages()).toEqual([]);
    await desk.as('collector').post(`/dunning-runs/${run.id}/apply`).expect(202);
    expect(await desk.settled(run.id, ['approved', 'applying'])).toMatchObject({ state: 'applied' });
    expect(await desk.messages()).toHaveLength(1);
  });

  it('says that the connection is lost when that is why', async () => {
    await desk.database.sql(`update connection set state = 'needs_reconnect'`);
    expect(await desk.plan()).toMatchObject({ state: 'held', stateReason: 'CONNECTION_LOST' });
  });

  it('of a month on our side leads to one step, not to those that were missed', async () => {
    await desk.planAndApprove();
    await desk.itIs('2026-12-20');
    expect(await desk.planAndApprove()).toMatchObject({ applied: { messages: 1 } });
    expect((await desk.messages()).map((message) => message.level)).toEqual([1, 2]);
    await desk.itIs('2026-12-21');
    expect(await desk.reasons(await desk.plan())).toEqual({ 'F-1': 'NEXT_STEP_NOT_DUE' });
  });

  it('or a first load of very old invoices starts gently, at level 1', async () => {
    await desk.invoice(await desk.debtor('Oud BV'), 'F-0', { due: '2025-09-03', cents: 300_00 });
    await desk.planAndApprove();
    expect((await desk.messages()).map((message) => message.level)).toEqual([1, 1]);
  });
});
