import { Desk } from '../support/dunning.js';

/** Two debtors promise to pay by Friday 23 October. One does, one does not. Nobody has to remember. */
describe('a promise to pay', () => {
  let desk: Desk;
  let keeps: string;
  let breaks: string;

  beforeAll(async () => {
    desk = await Desk.open('2026-10-19');
    keeps = await desk.invoice(await desk.debtor('Keeps BV'), 'K-1', { due: '2026-10-01', cents: 400_00 });
    breaks = await desk.invoice(await desk.debtor('Breaks BV'), 'B-1', { due: '2026-10-01', cents: 500_00 });
  });
  afterAll(() => desk.close());

  const promise = (receivable: string, body: object) =>
    desk
      .as('collector')
      .post(`/receivables/${receivable}/blocks`)
      .send({ kind: 'promise', reason: 'By telephone', ...body });

  it('needs a day, and not one in the past', async () => {
    const dayless = await promise(keeps, {}).expect(400);
    expect(dayless.body).toMatchObject({ errors: [{ path: 'until' }] });
    const past = await promise(keeps, { until: '2026-10-18' }).expect(400);
    expect(past.body).toMatchObject({
      errors: [{ path: 'until', expected: expect.stringContaining('2026-10-19') as string }],
    });
    const tooMuch = await promise(keeps, { until: '2026-10-23', amount: '400.01' }).expect(400);
    expect(tooMuch.body).toMatchObject({ errors: [{ path: 'amount' }] });
    expect(await desk.database.sql('select id from block')).toEqual([]);
  });

  it('holds through its day', async () => {
    await promise(keeps, { until: '2026-10-23' }).expect(201);
    await promise(breaks, { until: '2026-10-23', amount: { amount: '500.00', currency: 'EUR' } }).expect(201);
    for (const day of ['2026-10-19', '2026-10-23']) {
      await desk.itIs(day);
      const run = await desk.plan();
      expect(await desk.reasons(run)).toEqual({ 'K-1': 'PROMISED', 'B-1': 'PROMISED' });
      expect(run.state).toBe('planned');
    }
  });

  it('kept: nothing more is heard; broken: the reminder goes out by itself at the next run', async () => {
    await desk.isPaid(keeps);
    await desk.itIs('2026-10-26');
    const run = await desk.planAndApprove();
    expect(await desk.reasons(run)).toEqual({ 'B-1': 'TAKEN' });
    expect(await desk.messages()).toMatchObject([{ level: 1, lines: ['B-1'] }]);
  });
});
