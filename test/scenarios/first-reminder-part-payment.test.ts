import { Desk } from '../support/dunning.js';

/** Jansen owes one invoice of € 1.000. After the first reminder part of it is paid; the second asks for the rest. */
describe('a reminder, a part payment, a second reminder', () => {
  let desk: Desk;
  let jansen: string;
  let invoice: string;

  beforeAll(async () => {
    desk = await Desk.open('2026-10-07');
    jansen = await desk.debtor('Jansen BV');
    invoice = await desk.invoice(jansen, 'F-1', { due: '2026-10-01', cents: 1_000_00 });
  });
  afterAll(() => desk.close());

  it('waits six days after the due date', async () => {
    const run = await desk.planAndApprove();
    expect(run).toMatchObject({ state: 'planned', stateReason: 'NOTHING_TO_TAKE' });
    expect(await desk.lines(run)).toMatchObject([{ decision: 'wait', reason: 'NOT_DUE_YET', until: '2026-10-08' }]);
  });

  it('sends the first reminder on the seventh day, in Dutch, to the address in the ledger', async () => {
    await desk.itIs('2026-10-08');
    const run = await desk.planAndApprove();
    expect(run).toMatchObject({ state: 'applied', applied: { messages: 1, skipped: {} } });
    const [message] = await desk.messages();
    expect(message).toMatchObject({
      level: 1,
      channel: 'email',
      state: 'queued',
      recipient: 'jansenbv@klant.example',
      language: 'nl',
      open_total: '100000',
      lines: ['F-1'],
    });
    expect(message!.subject).toContain('vriendelijke herinnering');
  });

  it('reserves the step, and tells the ledger with a document and a note that points at it', async () => {
    const steps = await desk.database.sql('select level, state, taken_on from step_taken');
    expect(steps).toEqual([{ level: 1, state: 'reserved', taken_on: '2026-10-08' }]);
    const writebacks = await desk.database.sql<{ kind: string; summary: string; waits_for: string | null }>(
      `select w.kind, w.summary, d.kind as waits_for from writeback w left join writeback d on d.id = w.depends_on order by w.sequence`,
    );
    expect(writebacks).toEqual([
      { kind: 'document', summary: expect.any(String) as string, waits_for: null },
      {
        kind: 'note',
        summary: 'Openpost: eerste herinnering verstuurd – 1 factuur, € 1.000,00',
        waits_for: 'document',
      },
    ]);
  });

  it('says nothing more for fourteen days, and then asks for what is left', async () => {
    await desk.itIs('2026-10-21');
    await desk.isPaid(invoice, 400_00);
    const early = await desk.planAndApprove();
    expect(await desk.lines(early)).toMatchObject([{ reason: 'NEXT_STEP_NOT_DUE', level: 1, until: '2026-10-22' }]);
    await desk.itIs('2026-10-22');
    await desk.planAndApprove();
    const [, second] = await desk.messages();
    expect(second).toMatchObject({ level: 2, open_total: '60000', lines: ['F-1'] });
    expect(second!.subject).toContain('tweede herinnering');
    expect(second!.text).toMatch(/600,00/);
  });

  it('is finished once the rest is paid', async () => {
    await desk.daysLater(14);
    await desk.isPaid(invoice);
    const run = await desk.planAndApprove();
    expect(run).toMatchObject({ state: 'planned', summary: { lines: 0, take: 0 } });
    expect(await desk.messages()).toHaveLength(2);
  });
});
