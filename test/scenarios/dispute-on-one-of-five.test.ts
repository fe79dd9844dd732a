import { Desk } from '../support/dunning.js';

/** De Boer has five invoices overdue and disputes one of them. The other four go out, without it in the total. */
describe('a dispute on one of five invoices', () => {
  let desk: Desk;
  let invoices: string[];

  beforeAll(async () => {
    desk = await Desk.open('2026-10-20');
    const debtor = await desk.debtor('De Boer');
    invoices = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => desk.invoice(debtor, `F-${n}`, { due: `2026-10-0${n}`, cents: n * 100_00 })),
    );
  });
  afterAll(() => desk.close());

  it('sends one message about the other four', async () => {
    const block = { kind: 'dispute', reason: 'Three chairs were broken', amount: '150.00' };
    await desk.as('collector').post(`/receivables/${invoices[2]}/blocks`).send(block).expect(201);
    const run = await desk.planAndApprove();
    expect(run.applied).toEqual({ messages: 1, skipped: {} });
    expect(await desk.messages()).toMatchObject([
      { level: 1, lines: ['F-1', 'F-2', 'F-4', 'F-5'], open_total: '120000' },
    ]);
    expect(await desk.reasons(run)).toMatchObject({ 'F-1': 'TAKEN', 'F-3': 'DISPUTED' });
  });

  it('takes the disputed one up where it stands once the dispute is over, on its own level', async () => {
    await desk.daysLater(8);
    const { body } = await desk.as('viewer').get(`/receivables/${invoices[2]}/blocks`).expect(200);
    const [block] = (body as { items: { id: string }[] }).items;
    await desk.as('collector').delete(`/blocks/${block!.id}`).expect(204);
    const run = await desk.planAndApprove();
    expect(await desk.reasons(run)).toMatchObject({ 'F-1': 'NEXT_STEP_NOT_DUE', 'F-3': 'TAKEN' });
    const [, second] = await desk.messages();
    expect(second).toMatchObject({ level: 1, lines: ['F-3'], open_total: '30000' });
  });

  it('keeps a record of who did what', async () => {
    const audit = await desk.database.sql<{ action: string; actor: string }>(
      `select action, actor from audit_entry where subject_type = 'block' order by at, id`,
    );
    expect(audit).toEqual([
      { action: 'block.added', actor: 'collector@example.com' },
      { action: 'block.ended', actor: 'collector@example.com' },
    ]);
  });
});
