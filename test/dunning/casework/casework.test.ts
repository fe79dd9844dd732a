import { addFirm } from '../../support/database.js';
import { Desk } from '../../support/dunning.js';

interface WorkItem {
  readonly debtor: { name: string };
  readonly overdue: { amount: string; currency: string };
  readonly oldestOverdueDays: number;
  readonly level: number;
  readonly nextActionCode: string;
  readonly nextAction: string;
  readonly nextOn: string | null;
}

describe('blocks', () => {
  let desk: Desk;
  let debtor: string;
  let invoice: string;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20');
    debtor = await desk.debtor('Jansen BV');
    invoice = await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    await desk.invoice(debtor, 'F-2', { due: '2026-10-02', cents: 80_00 });
  });
  afterEach(() => desk.close());

  const block = (path: string, body: object) => desk.as('collector').post(`${path}/blocks`).send(body);

  it('on a debtor stop everything, insolvency before all', async () => {
    await block(`/debtors/${debtor}`, { kind: 'hold', reason: 'New owner', until: '2026-10-31' }).expect(201);
    expect(await desk.reasons(await desk.plan())).toEqual({ 'F-1': 'HELD_BY_PERSON', 'F-2': 'HELD_BY_PERSON' });
    await block(`/debtors/${debtor}`, { kind: 'insolvency', reason: 'Bankrupt since yesterday' }).expect(201);
    expect(await desk.reasons(await desk.plan())).toEqual({ 'F-1': 'INSOLVENT', 'F-2': 'INSOLVENT' });
  });

  it('are shown with owner and amount, on the receivable with those of its debtor', async () => {
    await block(`/debtors/${debtor}`, { kind: 'hold', reason: 'New owner' }).expect(201);
    await block(`/receivables/${invoice}`, { kind: 'dispute', reason: 'Broken', amount: '10.50' }).expect(201);
    const { body } = await desk.as('viewer').get(`/receivables/${invoice}/blocks`).expect(200);
    expect(body).toMatchObject({
      items: [
        {
          kind: 'dispute',
          amount: { amount: '10.50', currency: 'EUR' },
          receivableId: invoice,
          debtorId: debtor,
          owner: 'collector@example.com',
          endedAt: null,
        },
        { kind: 'hold', amount: null, receivableId: null },
      ],
    });
  });

  it.each([
    [{ kind: 'pause', reason: 'x' }, 'kind'],
    [{ kind: 'hold', reason: '  ' }, 'reason'],
    [{ kind: 'hold' }, 'reason'],
    [{ kind: 'hold', reason: 'x', until: '2026-10-19' }, 'until'],
    [{ kind: 'hold', reason: 'x', until: '20-11-2026' }, 'until'],
    [{ kind: 'dispute', reason: 'x', amount: '0.00' }, 'amount'],
    [{ kind: 'dispute', reason: 'x', amount: '12,50' }, 'amount'],
    [{ kind: 'dispute', reason: 'x', amount: 12.5 }, 'amount'],
    [{ kind: 'dispute', reason: 'x', amount: { amount: '12.50', currency: 'USD' } }, 'amount.currency'],
    [{ kind: 'dispute', reason: 'x', colour: 'red' }, 'colour'],
  ])('refuse %j by name', async (body, path) => {
    const answer = await block(`/receivables/${invoice}`, body).expect(400);
    expect((answer.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(path);
    expect(await desk.database.sql('select id from block')).toEqual([]);
  });

  it('hold on their last day and let go the day after', async () => {
    await block(`/receivables/${invoice}`, { kind: 'hold', reason: 'x', until: '2026-10-20' }).expect(201);
    expect(await desk.reasons(await desk.plan())).toMatchObject({ 'F-1': 'HELD_BY_PERSON' });
    await desk.itIs('2026-10-21');
    expect(await desk.reasons(await desk.plan())).toMatchObject({ 'F-1': 'STEP_DUE' });
  });

  it('belong to their firm', async () => {
    const { body } = await block(`/receivables/${invoice}`, { kind: 'hold', reason: 'x' }).expect(201);
    const stranger = desk.api.as(await addFirm(desk.database, 'Other'));
    await stranger.get(`/receivables/${invoice}/blocks`).expect(404);
    await stranger.post(`/debtors/${debtor}/blocks`).send({ kind: 'hold', reason: 'x' }).expect(404);
    await stranger.delete(`/blocks/${(body as { id: string }).id}`).expect(404);
    expect(await desk.database.sql('select ended_at from block')).toEqual([{ ended_at: null }]);
  });
});

describe('tasks', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20');
  });
  afterEach(() => desk.close());

  it('of a letter: once it is posted, its step is taken and the ledger may be told', async () => {
    const { body } = await desk.as().get(`/administrations/${desk.administration}/scenarios`).expect(200);
    const [standard] = (body as { items: { definition: { steps: Record<string, unknown>[] } }[] }).items;
    standard!.definition.steps[0]!['channel'] = 'letter';
    await desk
      .as()
      .put(`/administrations/${desk.administration}/scenarios`)
      .send({ scenarios: [standard!.definition] })
      .expect(200);
    const place = { address_line: 'Dorpsstraat 1', postcode: '1234 AB', city: 'Utrecht' };
    await desk.invoice(await desk.debtor('Jansen BV', place), 'F-1', { due: '2026-10-01', cents: 250_00 });
    await desk.planAndApprove();
    expect(await desk.messages()).toMatchObject([
      { channel: 'letter', state: 'queued', recipient: 'Dorpsstraat 1, 1234 AB Utrecht' },
    ]);
    const [task] = await desk.tasks();
    expect(task).toMatchObject({ kind: 'post-letter', state: 'open' });
    const done = await desk.as('collector').post(`/tasks/${task!.id}/done`).send({ note: 'Posted' }).expect(200);
    expect(done.body).toMatchObject({ state: 'done', doneBy: 'collector@example.com', note: 'Posted' });
    expect(await desk.messages()).toMatchObject([{ state: 'sent' }]);
    expect(await desk.database.sql('select state from step_taken')).toEqual([{ state: 'taken' }]);
    await desk.as('collector').post(`/tasks/${task!.id}/done`).send({}).expect(200);
    expect(await desk.database.sql(`select id from audit_entry where action = 'task.done'`)).toHaveLength(1);
  });

  it('of an unknown id or another firm are not found', async () => {
    await desk.as('collector').post(`/tasks/${desk.firm}/done`).send({}).expect(404);
    const stranger = desk.api.as(await addFirm(desk.database, 'Other'));
    await stranger.get(`/administrations/${desk.administration}/tasks`).expect(404);
    await stranger.get(`/administrations/${desk.administration}/worklist`).expect(404);
  });
});

describe('the worklist', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open('2026-10-20');
    await desk.invoice(await desk.debtor('Small and old'), 'F-1', { due: '2026-07-12', cents: 100_00 });
    await desk.invoice(await desk.debtor('Large and new'), 'F-2', { due: '2026-10-18', cents: 900_00 });
    const both = await desk.debtor('Large and old');
    const disputed = await desk.invoice(both, 'F-3', { due: '2026-07-12', cents: 900_00 });
    await desk.as().post(`/receivables/${disputed}/blocks`).send({ kind: 'dispute', reason: 'Broken' });
    await desk.invoice(await desk.debtor('Not due'), 'F-4', { due: '2026-11-12', cents: 9_000_00 });
    const dollars = await desk.debtor('Two currencies');
    await desk.invoice(dollars, 'F-5', { due: '2026-10-19', cents: 20_00 });
    await desk.invoice(dollars, 'F-6', { due: '2026-10-19', cents: 10_00, currency: 'USD' });
  });
  afterAll(() => desk.close());

  const page = async (query: string): Promise<{ items: WorkItem[]; nextCursor: string | null }> =>
    (await desk.as('viewer').get(`/administrations/${desk.administration}/worklist?${query}`).expect(200)).body as {
      items: WorkItem[];
      nextCursor: string | null;
    };

  it('puts the largest and oldest first, one row per currency, without what is not due', async () => {
    const { items } = await page('');
    expect(items.map((item) => `${item.debtor.name} ${item.overdue.amount} ${item.overdue.currency}`)).toEqual([
      'Large and old 900.00 EUR',
      'Small and old 100.00 EUR',
      'Large and new 900.00 EUR',
      'Two currencies 20.00 EUR',
      'Two currencies 10.00 USD',
    ]);
  });

  it('says what comes next, by the planner itself', async () => {
    const { items } = await page('');
    expect(items[0]).toMatchObject({ nextActionCode: 'ACT', nextAction: 'The debtor disputes it.' });
    expect(items[1]).toMatchObject({ nextActionCode: 'STEP_DUE', oldestOverdueDays: 100, level: 0 });
    expect(items[2]).toMatchObject({ nextActionCode: 'WAITS', nextOn: '2026-10-25' });
  });

  it('pages without losing or repeating one', async () => {
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const found: Awaited<ReturnType<typeof page>> = await page(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      names.push(...found.items.map((item) => `${item.debtor.name} ${item.overdue.currency}`));
      cursor = found.nextCursor;
    }
    expect(names).toEqual((await page('')).items.map((item) => `${item.debtor.name} ${item.overdue.currency}`));
  });
});
