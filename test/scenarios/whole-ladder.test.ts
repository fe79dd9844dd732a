import { Desk } from '../support/dunning.js';

/** A debtor who never answers: two reminders, a formal notice, a call by a person, and then no more letters. */
describe('the whole ladder', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open('2026-09-08');
    const debtor = await desk.debtor('Stil BV', { phone: '020 123 45 67', account_manager: 'Anna' });
    await desk.invoice(debtor, 'F-1', { due: '2026-09-01', cents: 900_00 });
  });
  afterAll(() => desk.close());

  it('goes up one step at a time, fourteen days apart', async () => {
    for (let step = 0; step < 4; step += 1) {
      expect(await desk.planAndApprove()).toMatchObject({ state: 'applied', applied: { messages: 1 } });
      await desk.daysLater(14);
    }
    const messages = await desk.messages();
    expect(messages.map(({ level, channel, state }) => ({ level, channel, state }))).toEqual([
      { level: 1, channel: 'email', state: 'queued' },
      { level: 2, channel: 'email', state: 'queued' },
      { level: 3, channel: 'email', state: 'queued' },
      { level: 4, channel: 'task', state: 'sent' },
    ]);
  });

  it('ends with a call on the list of the account manager, and a note of it for the ledger', async () => {
    expect(await desk.tasks()).toMatchObject([
      { kind: 'call', state: 'open', title: 'Bel Stil BV: 1 factuur, € 900,00' },
    ]);
    expect((await desk.messages()).at(-1)).toMatchObject({ recipient: 'Anna' });
    const notes = await desk.database.sql<{ summary: string }>(
      `select summary from writeback where kind = 'note' order by sequence`,
    );
    expect(notes.map((note) => note.summary)).toEqual([
      'Openpost: eerste herinnering verstuurd – 1 factuur, € 900,00',
      'Openpost: tweede herinnering verstuurd – 1 factuur, € 900,00',
      'Openpost: aanmaning verstuurd – 1 factuur, € 900,00',
      'Openpost: belactie gepland – 1 factuur, € 900,00',
    ]);
  });

  it('then says that the ladder is done', async () => {
    expect(await desk.reasons(await desk.plan())).toEqual({ 'F-1': 'LAST_STEP_DONE' });
  });
});
