import { Desk } from '../support/dunning.js';

/** A credit note lowers what is asked; a bigger one means that nothing is asked. */
describe('a credit note', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20');
  });
  afterEach(() => desk.close());

  it('stands in the message and lowers its total', async () => {
    const debtor = await desk.debtor('Jansen BV');
    await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 300_00 });
    await desk.creditNote(debtor, 'C-1', { due: '2026-10-15', cents: 50_00 });
    const run = await desk.plan();
    expect(run.summary.total).toEqual([{ amount: '250.00', currency: 'EUR' }]);
    await desk.approve(run);
    expect(await desk.messages()).toMatchObject([{ lines: ['F-1', 'C-1'], open_total: '25000' }]);
    expect(await desk.database.sql('select level from step_taken')).toEqual([{ level: 1 }]);
  });

  it('that comes in just before sending lowers it too', async () => {
    const debtor = await desk.debtor('Jansen BV');
    await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 300_00 });
    const run = await desk.plan();
    desk.meanwhile(() => desk.creditNote(debtor, 'C-1', { due: '2026-10-20', cents: 120_00 }));
    await desk.approve(run);
    expect(await desk.messages()).toMatchObject([{ lines: ['F-1', 'C-1'], open_total: '18000' }]);
  });

  it('that outweighs the invoices stops the message, before the plan or after it', async () => {
    const debtor = await desk.debtor('Jansen BV');
    await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 300_00 });
    const run = await desk.plan();
    desk.meanwhile(() => desk.creditNote(debtor, 'C-1', { due: '2026-10-20', cents: 300_00 }));
    expect(await desk.approve(run)).toMatchObject({ applied: { messages: 0, skipped: { NET_CREDIT: 1 } } });
    expect(await desk.reasons(await desk.plan())).toEqual({ 'F-1': 'NET_CREDIT', 'C-1': 'CREDIT_NOTE' });
    expect(await desk.messages()).toEqual([]);
  });
});
