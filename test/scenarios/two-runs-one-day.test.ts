import { Desk } from '../support/dunning.js';

/** The same day twice: the second run sends nothing and says why for every receivable. */
describe('two runs on one day', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20');
    const debtor = await desk.debtor('Jansen BV');
    await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    await desk.invoice(debtor, 'F-2', { due: '2026-10-19', cents: 75_00 });
    await desk.invoice(await desk.debtor('Smit'), 'F-3', { due: '2026-09-01', cents: 60_00 });
  });
  afterEach(() => desk.close());

  it('has nothing left to take the second time', async () => {
    expect(await desk.planAndApprove()).toMatchObject({ applied: { messages: 2 } });
    const second = await desk.planAndApprove();
    expect(second).toMatchObject({ state: 'planned', stateReason: 'NOTHING_TO_TAKE', summary: { lines: 3, take: 0 } });
    expect(await desk.reasons(second)).toEqual({
      'F-1': 'STEP_TAKEN_TODAY',
      'F-2': 'NOT_DUE_YET',
      'F-3': 'STEP_TAKEN_TODAY',
    });
    expect(await desk.messages()).toHaveLength(2);
  });

  it('sends once when two plans were made before either was approved', async () => {
    const [first, second] = [await desk.plan(), await desk.plan()];
    expect(await desk.approve(first)).toMatchObject({ applied: { messages: 2, skipped: {} } });
    expect(await desk.approve(second)).toMatchObject({ applied: { messages: 0, skipped: { ALREADY_TAKEN: 2 } } });
    expect(await desk.messages()).toHaveLength(2);
  });

  it('keeps the minimum gap: an invoice that comes due the next day waits for its turn', async () => {
    await desk.planAndApprove();
    await desk.itIs('2026-10-26');
    expect(await desk.reasons(await desk.plan())).toMatchObject({ 'F-2': 'MINIMUM_GAP' });
    await desk.itIs('2026-10-27');
    expect(await desk.reasons(await desk.planAndApprove())).toMatchObject({ 'F-2': 'TAKEN' });
  });
});
