import { Desk } from '../support/dunning.js';

/** Something happens at the source between the plan and the sending. The pull before sending brings it to light. */
describe('what changes between the plan and the sending', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20');
  });
  afterEach(() => desk.close());

  it('paid in full: no message, and the reason says so', async () => {
    const debtor = await desk.debtor('Jansen BV');
    const invoice = await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    const run = await desk.plan();
    expect(run).toMatchObject({ state: 'awaiting_approval', summary: { messages: 1 } });
    desk.meanwhile(() => desk.isPaid(invoice));
    expect(await desk.approve(run)).toMatchObject({
      state: 'applied',
      applied: { messages: 0, skipped: { PAID_SINCE_PLAN: 1 } },
    });
    expect(await desk.messages()).toEqual([]);
    expect(await desk.database.sql('select id from step_taken')).toEqual([]);
    expect(await desk.database.sql('select id from writeback')).toEqual([]);
  });

  it('paid in part: the message asks for what is open now', async () => {
    const debtor = await desk.debtor('Jansen BV');
    const invoice = await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    const run = await desk.plan();
    desk.meanwhile(() => desk.isPaid(invoice, 100_00));
    expect(await desk.approve(run)).toMatchObject({ applied: { messages: 1, skipped: {} } });
    expect(await desk.reasons(run)).toEqual({ 'F-1': 'AMOUNT_CHANGED' });
    expect(await desk.messages()).toMatchObject([{ open_total: '15000' }]);
  });

  it('one of two paid: the message is about the other', async () => {
    const debtor = await desk.debtor('Jansen BV');
    const paid = await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    await desk.invoice(debtor, 'F-2', { due: '2026-10-02', cents: 80_00 });
    const run = await desk.plan();
    desk.meanwhile(() => desk.isPaid(paid));
    await desk.approve(run);
    expect(await desk.reasons(run)).toEqual({ 'F-1': 'PAID_SINCE_PLAN', 'F-2': 'TAKEN' });
    expect(await desk.messages()).toMatchObject([{ lines: ['F-2'], open_total: '8000' }]);
  });

  it('due date moved, disputed, deleted, moved to another debtor: each with its own reason', async () => {
    const debtors = await Promise.all(['Aa BV', 'Bb BV', 'Cc BV', 'Dd BV'].map((name) => desk.debtor(name)));
    const [moved, disputed, deleted, reassigned] = await Promise.all(
      debtors.map((debtor, index) => desk.invoice(debtor, `F-${index + 1}`, { due: '2026-10-01', cents: 90_00 })),
    );
    const other = await desk.debtor('Ee BV');
    const run = await desk.plan();
    expect(run.summary.messages).toBe(4);
    desk.meanwhile(async () => {
      await desk.dueDateBecomes(moved!, '2026-11-15');
      await desk
        .as('collector')
        .post(`/receivables/${disputed}/blocks`)
        .send({ kind: 'dispute', reason: 'Wrong goods' });
      await desk.database.sql('update receivable set deleted_at = now() where id = $1', [deleted]);
      await desk.database.sql('update receivable set debtor_id = $2 where id = $1', [reassigned, other]);
    });
    await desk.approve(run);
    expect(await desk.reasons(run)).toEqual({
      'F-1': 'DUE_DATE_CHANGED',
      'F-2': 'BLOCKED_SINCE_PLAN',
      'F-3': 'DELETED_SINCE_PLAN',
      'F-4': 'DEBTOR_CHANGED',
    });
    expect(await desk.messages()).toEqual([]);
  });

  it('an invoice that came due since: only what was approved goes out', async () => {
    const debtor = await desk.debtor('Jansen BV');
    await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    const run = await desk.plan();
    desk.meanwhile(() => desk.invoice(debtor, 'F-9', { due: '2026-10-01', cents: 999_00 }));
    await desk.approve(run);
    expect(await desk.messages()).toMatchObject([{ lines: ['F-1'], open_total: '25000' }]);
  });
});
