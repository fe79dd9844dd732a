import { Desk } from '../support/dunning.js';

/** After the first reminder the creditor gives more time. The plan moves along, and never sends two in one day. */
describe('a due date that changes after the first reminder', () => {
  let desk: Desk;
  let invoice: string;

  beforeAll(async () => {
    desk = await Desk.open('2026-10-08');
    invoice = await desk.invoice(await desk.debtor('Jansen BV'), 'F-1', { due: '2026-10-01', cents: 300_00 });
    await desk.planAndApprove();
  });
  afterAll(() => desk.close());

  it('does not send the second reminder before the new due date has passed', async () => {
    await desk.dueDateBecomes(invoice, '2026-11-15');
    await desk.itIs('2026-10-22');
    const run = await desk.plan();
    expect(await desk.lines(run)).toMatchObject([{ reason: 'NEXT_STEP_NOT_DUE', until: '2026-11-16' }]);
    await desk.itIs('2026-11-15');
    expect(await desk.reasons(await desk.plan())).toEqual({ 'F-1': 'NEXT_STEP_NOT_DUE' });
  });

  it('sends it the day after', async () => {
    await desk.itIs('2026-11-16');
    await desk.planAndApprove();
    expect((await desk.messages()).map((message) => message.level)).toEqual([1, 2]);
  });

  it('never sends two in one day when the date moves back', async () => {
    await desk.dueDateBecomes(invoice, '2026-08-01');
    const run = await desk.planAndApprove();
    expect(await desk.reasons(run)).toEqual({ 'F-1': 'STEP_TAKEN_TODAY' });
    expect(await desk.messages()).toHaveLength(2);
  });
});
