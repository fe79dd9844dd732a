import { Desk, type RunJson } from '../../support/dunning.js';

/** Where an administration wants it, a change in the books plans the day's run by itself. */
describe('automatic runs', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20', { dunning_settings: { automatic: true } });
    await desk.invoice(await desk.debtor('Jansen BV'), 'F-1', { due: '2026-10-01', cents: 250_00 });
  });
  afterEach(() => desk.close());

  const booksChanged = () =>
    desk.api.queue.enqueue('ledger-changed', { firmId: desk.firm, administrationId: desk.administration });
  const runs = async (): Promise<RunJson[]> => {
    const { body } = await desk.as('viewer').get(`/administrations/${desk.administration}/dunning-runs`).expect(200);
    return (body as { items: RunJson[] }).items;
  };
  const settledRuns = async (count: number): Promise<RunJson[]> => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const found = await runs();
      if (found.length >= count && found.every((run) => !['planning', 'approved', 'applying'].includes(run.state)))
        return found;
      await new Promise((proceed) => setTimeout(proceed, 25));
    }
    throw new Error('no run came');
  };

  it('once a day, whatever number of changes; the first one waits for a person', async () => {
    await Promise.all(Array.from({ length: 5 }, booksChanged));
    const [run, ...others] = await settledRuns(1);
    expect(run).toMatchObject({ state: 'awaiting_approval', trigger: 'automatic' });
    await booksChanged();
    await new Promise((proceed) => setTimeout(proceed, 200));
    expect([...others, ...(await runs()).slice(1)]).toEqual([]);
  });

  it('go on by themselves when their steps allow it, and wait when one does not', async () => {
    await desk.planAndApprove();
    await desk.itIs('2026-11-03');
    await booksChanged();
    const [second] = await settledRuns(2);
    expect(second).toMatchObject({ state: 'applied', applied: { messages: 1 } });
    await desk.itIs('2026-11-17');
    await booksChanged();
    const [third] = await settledRuns(3);
    expect(third).toMatchObject({ state: 'awaiting_approval' });
    expect((await desk.messages()).map((message) => message.level)).toEqual([1, 2]);
  });

  it('make room for the next day when nobody looked', async () => {
    await booksChanged();
    await settledRuns(1);
    await desk.itIs('2026-10-21');
    await booksChanged();
    const [today, yesterday] = await settledRuns(2);
    expect(today).toMatchObject({ state: 'awaiting_approval' });
    expect(yesterday).toMatchObject({ state: 'planned', stateReason: 'SUPERSEDED' });
  });

  it('are not planned where nobody asked for them', async () => {
    await desk.database.sql(`update administration set dunning_settings = '{"automatic": false}'`);
    await booksChanged();
    await new Promise((proceed) => setTimeout(proceed, 300));
    expect(await runs()).toEqual([]);
  });
});
