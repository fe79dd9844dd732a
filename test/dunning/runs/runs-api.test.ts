import { Desk, type RunJson } from '../../support/dunning.js';

describe('dunning runs over HTTP', () => {
  let desk: Desk;
  let debtor: string;
  let first: string;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20');
    debtor = await desk.debtor('Jansen BV', { contact_name: 'Piet Jansen' });
    first = await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    await desk.invoice(debtor, 'F-2', { due: '2026-10-02', cents: 80_50 });
    await desk.invoice(debtor, 'F-3', { due: '2026-11-02', cents: 70_00 });
  });
  afterEach(() => desk.close());

  const approve = (run: RunJson, body: object = {}) =>
    desk.as('collector').post(`/dunning-runs/${run.id}/approve`).send(body);
  const hold = (run: RunJson, receivable: string, held: boolean) =>
    desk.as('collector').patch(`/dunning-runs/${run.id}/lines/${receivable}`).send({ held });

  it('shows every receivable with decision, reason, facts and scenario version', async () => {
    const run = await desk.plan();
    expect(run).toMatchObject({
      state: 'awaiting_approval',
      summary: {
        lines: 3,
        take: 2,
        messages: 1,
        total: [{ amount: '330.50', currency: 'EUR' }],
        byReason: { STEP_DUE: 2, NOT_DUE_YET: 1 },
        byLevel: { 1: 1 },
      },
    });
    const { body } = await desk.as('viewer').get(`/dunning-runs/${run.id}/lines?decision=take&limit=1`).expect(200);
    expect(body).toMatchObject({
      items: [
        {
          receivable: { id: expect.any(String) as string, open: { currency: 'EUR' } },
          debtor: { id: debtor, name: 'Jansen BV' },
          decision: 'take',
          level: 1,
          channel: 'email',
          reason: 'STEP_DUE',
          facts: { scenario: 'standard', dayBoundary: 'inclusive' },
          scenario: { id: 'standard', version: 1 },
          held: false,
          outcome: null,
        },
      ],
    });
    const page = body as { items: { receivable: { id: string } }[]; nextCursor: string };
    const next = await desk
      .as('viewer')
      .get(`/dunning-runs/${run.id}/lines?decision=take&limit=1&cursor=${page.nextCursor}`);
    const second = next.body as typeof page;
    expect(second.items).toHaveLength(1);
    expect(second.items[0]!.receivable.id).not.toBe(page.items[0]!.receivable.id);
    expect(second.nextCursor).toBeNull();
  });

  it('previews recipient, language and text, each with its reason, and the mail itself', async () => {
    const run = await desk.plan();
    const { body } = await desk.as('viewer').get(`/dunning-runs/${run.id}/messages`).expect(200);
    expect((body as { items: object[] }).items).toMatchObject([
      {
        debtor: { id: debtor, name: 'Jansen BV' },
        level: 1,
        recipient: 'jansenbv@klant.example',
        recipientReason: 'e-mail address in the ledger',
        language: 'nl',
        languageReason: 'language of the administration',
        template: { key: 'first-reminder', version: 1 },
        total: { amount: '330.50', currency: 'EUR' },
        fees: { amount: '0.00', currency: 'EUR' },
      },
    ]);
    const preview = await desk.as('viewer').get(`/dunning-runs/${run.id}/preview/${debtor}`).expect(200);
    const { subject, html, text } = preview.body as { subject: string; html: string; text: string };
    expect(subject).toBe('2 facturen van Bakker BV: vriendelijke herinnering');
    expect(text).toContain('Piet Jansen');
    expect(text).toMatch(/330,50/);
    expect(html).toContain('data:image/png;base64,');
    expect(html).not.toContain('cid:');
    expect(await desk.messages()).toEqual([]);
    await desk.approve(run);
    const stored = await desk.as('viewer').get(`/dunning-runs/${run.id}/preview/${debtor}`).expect(200);
    expect((stored.body as { text: string }).text).toBe((await desk.messages())[0]!.text);
  });

  it('binds an approval to exactly what was shown', async () => {
    const run = await desk.plan();
    await hold(run, first, true).expect(200);
    const stale = await approve(run, { planHash: run.planHash }).expect(409);
    expect(stale.body).toMatchObject({ code: 'PLAN_CHANGED' });
    await hold(run, first, false).expect(200);
    expect((await desk.run(run.id)).planHash).toBe(run.planHash);
    await approve(run, { planHash: run.planHash }).expect(200);
    const twice = await approve(run).expect(409);
    expect(twice.body).toMatchObject({ code: 'RUN_NOT_WAITING' });
  });

  it('leaves out what a person held back', async () => {
    const run = await desk.plan();
    await hold(run, first, true).expect(200);
    expect(await desk.approve(await desk.run(run.id))).toMatchObject({
      applied: { messages: 1, skipped: { HELD_BY_PERSON: 1 } },
    });
    expect(await desk.messages()).toMatchObject([{ lines: ['F-2'], open_total: '8050' }]);
    await hold(run, first, false).expect(409);
  });

  it('only looks with dryRun, on any day; a run for real is for today or earlier', async () => {
    const look = await desk.plan({ dryRun: true, asOf: '2026-11-20' });
    expect(look).toMatchObject({ state: 'planned', stateReason: null, summary: { take: 3 } });
    expect((await approve(look).expect(409)).body).toMatchObject({ code: 'RUN_NOT_WAITING' });
    const path = `/administrations/${desk.administration}/dunning-runs`;
    const future = await desk.as('collector').post(path).send({ asOf: '2026-11-20' }).expect(400);
    expect(future.body).toMatchObject({ errors: [{ path: 'asOf' }] });
    await desk.as('collector').post(path).send({ asOf: '2026-02-30' }).expect(400);
    await desk.as('viewer').post(path).send({}).expect(403);
    const { body } = await desk.as('viewer').get(path).expect(200);
    expect((body as { items: RunJson[] }).items.map((run) => run.id)).toEqual([look.id]);
  });

  it('refuses to send for a house style without an account, and names what is missing', async () => {
    await desk.database.sql(`update administration set house_style = '{"senderName": "Bakker BV"}'`);
    const run = await desk.plan();
    const refused = await approve(run).expect(409);
    expect(refused.body).toMatchObject({
      code: 'HOUSE_STYLE_INCOMPLETE',
      errors: [{ path: 'houseStyle.iban' }, { path: 'houseStyle.senderEmail' }],
    });
    expect(await desk.run(run.id)).toMatchObject({ state: 'awaiting_approval' });
  });

  it('asks a person for an address when there is none; the level does not advance', async () => {
    await desk.database.sql(`update debtor set email = 'no address' where id = $1`, [debtor]);
    const run = await desk.plan();
    expect(run).toMatchObject({ state: 'planned', stateReason: 'NOTHING_TO_TAKE' });
    expect(await desk.reasons(run)).toEqual({ 'F-1': 'NO_RECIPIENT', 'F-2': 'NO_RECIPIENT', 'F-3': 'NOT_DUE_YET' });
    await desk.plan();
    expect(await desk.tasks()).toMatchObject([{ kind: 'no-recipient', state: 'open' }]);
    await desk.database.sql(`update debtor set dunning_contact_email = 'inkoop@jansen.example' where id = $1`, [
      debtor,
    ]);
    await desk.planAndApprove();
    expect(await desk.messages()).toMatchObject([{ level: 1, recipient: 'inkoop@jansen.example' }]);
  });

  it('makes one message per currency, and never adds them up', async () => {
    await desk.database.sql(`update administration set dunning_settings = '{"options": {"minimumGapDays": 0}}'`);
    await desk.invoice(debtor, 'U-1', { due: '2026-10-01', cents: 99_00, currency: 'USD' });
    const run = await desk.plan();
    expect(run.summary.total).toEqual(
      expect.arrayContaining([
        { amount: '330.50', currency: 'EUR' },
        { amount: '99.00', currency: 'USD' },
      ]),
    );
    await desk.approve(run);
    expect((await desk.messages()).map((message) => message.lines)).toEqual(
      expect.arrayContaining([['F-1', 'F-2'], ['U-1']]),
    );
  });

  it('writes what cannot be written on a task, and goes on with the others', async () => {
    await desk.invoice(await desk.debtor('Smit'), 'S-1', { due: '2026-10-01', cents: 60_00 });
    const run = await desk.plan();
    const broken = `update message_template set body = '{{ nonsense }}' where key = 'first-reminder' and language = 'fr'`;
    await desk.database.sql(broken);
    await desk.database.sql(`update debtor set language_override = 'fr' where id = $1`, [debtor]);
    expect(await desk.approve(run)).toMatchObject({ applied: { messages: 1, skipped: { NOT_COMPOSED: 2 } } });
    expect(await desk.tasks()).toMatchObject([{ kind: 'message-not-composed' }]);
  });

  it('does not know the run of another firm', async () => {
    const run = await desk.plan();
    const { addFirm } = await import('../../support/database.js');
    const stranger = desk.api.as(await addFirm(desk.database, 'Other'));
    for (const path of ['', '/lines', '/messages', `/preview/${debtor}`])
      await stranger.get(`/dunning-runs/${run.id}${path}`).expect(404);
    await stranger.post(`/dunning-runs/${run.id}/approve`).expect(404);
    await stranger.post(`/dunning-runs/${run.id}/apply`).expect(404);
    await stranger.patch(`/dunning-runs/${run.id}/lines/${first}`).send({ held: true }).expect(404);
    await stranger.post(`/administrations/${desk.administration}/dunning-runs`).send({}).expect(404);
    await stranger.get(`/administrations/${desk.administration}/dunning-runs`).expect(404);
  });
});
