import { openOffice, type Office, type OpenInvoice } from './office.js';

describe('ClearFacts is shown how far every invoice has come', () => {
  let office: Office<'clearfacts'>;
  let invoice: OpenInvoice;
  let other: OpenInvoice;
  beforeEach(async () => {
    office = await openOffice('clearfacts');
    [invoice, other] = (await office.openInvoices()) as [OpenInvoice, OpenInvoice];
  });
  afterEach(() => office.close());

  interface Books {
    dunning: { invoiceId: string; level: number; status: string; externalKey: string }[];
    appInfo: { badge: { text: string; color: string } } | null;
  }
  const books = (): Books => (office.standIn.state() as unknown as { administrations: Books[] }).administrations[0]!;
  const status = (of: OpenInvoice): [number, string] | null => {
    const found = books().dunning.find(({ invoiceId }) => invoiceId === of.source_id);
    return found === undefined ? null : [found.level, found.status];
  };

  it('after a message is sent, a level changes, a receivable is settled, and a payment is taken back', async () => {
    await office.push();
    expect(await office.shown()).toEqual([]);
    await office.takeStep(invoice, 1);
    await office.takeStep(other, 1, 'reserved');
    await office.push();
    expect([status(invoice), status(other)]).toEqual([[1, 'first-reminder'], null]);
    expect(books().appInfo?.badge).toMatchObject({ text: '1 herinnerd', color: '#f9a825' });

    await office.takeStep(invoice, 3);
    await office.push();
    expect(status(invoice)).toEqual([3, 'formal-notice']);
    expect(books().appInfo?.badge.color).toBe('#b71c1c');

    office.standIn.applyBookCommand({ kind: 'pay', receivable: invoice.source_id });
    await office.pull();
    await office.push();
    expect(status(invoice)).toEqual([0, 'settled']);
    expect(books().appInfo?.badge).toMatchObject({ text: 'geen herinneringen' });

    office.standIn.applyBookCommand({ kind: 'unmatch', receivable: invoice.source_id });
    await office.pull();
    await office.push();
    expect(status(invoice)).toEqual([3, 'formal-notice']);
    expect(new Set((await office.shown()).map(({ state }) => state))).toEqual(new Set(['applied']));
  });

  it('and never a level that turned out not to be taken', async () => {
    await office.takeStep(invoice, 1);
    const message = await office.takeStep(invoice, 2);
    await office.push();
    expect(status(invoice)).toEqual([2, 'second-reminder']);
    await office.database.sql(`update message set state = 'cancelled' where id = $1`, [message]);
    await office.database.sql(`update step_taken set state = 'released' where message_id = $1`, [message]);
    await office.push();
    expect(status(invoice)).toEqual([1, 'first-reminder']);
  });

  it('says nothing twice, however often and by however many it is looked at', async () => {
    await office.takeStep(invoice, 1);
    await Promise.all([office.push(), office.push(), office.push(), office.push()]);
    await office.push();
    const kinds = (await office.shown()).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['badge', 'dunning-status']);
    expect(books().dunning).toHaveLength(1);
  });

  it('a state that never left the house makes way for the next, and a lost answer is said again', async () => {
    await office.takeStep(invoice, 1);
    office.standIn.arm({ kind: '429-minute', match: '#setDunningStatus' });
    await office.push();
    await office.takeStep(invoice, 2);
    office.clock.advance(120);
    office.standIn.arm({ kind: 'timeout-after-commit', match: '#setDunningStatus', delayMs: 50 });
    await office.push();
    office.clock.advance(30);
    await office.push();
    expect(status(invoice)).toEqual([2, 'second-reminder']);
    const states = (await office.shown()).filter(({ kind }) => kind === 'dunning-status');
    expect(states.map(({ state, lastErrorKind }) => [state, lastErrorKind])).toEqual([
      ['abandoned', 'superseded'],
      ['applied', null],
    ]);
    // The old one cannot be brought back over the new one.
    const refused = await office.as.post(`/writebacks/${states[0]!.id}/retry`).expect(409);
    expect(refused.body.code).toBe('WRITEBACK_SUPERSEDED');
    expect(states[0]!.actions).toEqual([]);
  });

  it('what ClearFacts does not offer is left out after the first refusal, and asked for again a day later', async () => {
    await office.takeStep(invoice, 1);
    await office.takeStep(other, 1);
    office.standIn.arm({ kind: '403', match: '#setDunningStatus' });
    await office.push();
    const refused = (await office.shown()).filter(({ kind }) => kind === 'dunning-status');
    expect(refused.map(({ state }) => state).sort()).toEqual(['abandoned', 'rejected']);
    await office.push();
    expect(books().dunning).toEqual([]);
    expect(books().appInfo?.badge.text).toBe('2 herinnerd');
    await office.database.sql(`update writeback set created_at = created_at - interval '30 days'`);
    office.clock.advance(86_400);
    await office.push();
    expect([status(invoice), status(other)]).toEqual([[1, 'first-reminder'], [1, 'first-reminder']]); // prettier-ignore
  });

  it('goes back to rest when it is no longer wanted', async () => {
    await office.takeStep(invoice, 1);
    await office.push();
    await office.choose({ dunningStatus: false, badge: false });
    await office.push();
    expect(status(invoice)).toEqual([0, 'not-reminded']);
    expect(books().appInfo?.badge.text).toBe('geen herinneringen');
  });
});

describe('Twinfield is shown how a debtor stands', () => {
  let office: Office<'twinfield'>;
  let invoice: OpenInvoice;
  beforeEach(async () => {
    office = await openOffice('twinfield');
    [invoice] = (await office.openInvoices()) as [OpenInvoice];
  });
  afterEach(() => office.close());

  const field = (name: string): string | undefined =>
    office.standIn.state().offices[0]!.customers.find(({ code }) => code === invoice.debtor_source)?.written[`creditmanagement/${name}`]; // prettier-ignore
  const edit = (name: string, text: string): unknown =>
    office.standIn.applyBookCommand({ kind: 'edit-customer', debtor: invoice.debtor_source, elements: { [`creditmanagement/${name}`]: text } }); // prettier-ignore

  it('in a block of the comment that goes along with the books', async () => {
    edit('comment', 'Jan belt altijd terug.');
    await office.takeStep(invoice, 2);
    await office.push();
    expect(field('comment')).toMatch(/^Jan belt altijd terug\.\n--- Openpost ---\n> Niveau 2: tweede herinnering op 18 november 2026; 1 factuur, € [\d.,]+ open \[#\w{8}\]\n--- einde Openpost ---$/); // prettier-ignore
    const { id } = office.book.debtors.find(({ code }) => String(code).padStart(6, '0') === invoice.debtor_source)!;
    for (const { id: receivable } of office.book.receivables.filter(
      (each) => each.debtorId === id && each.openMinor > 0,
    ))
      // prettier-ignore
      office.standIn.applyBookCommand({ kind: 'pay', receivable });
    office.clock.advance(60);
    await office.pull();
    await office.push();
    expect(field('comment')).toContain('> Er staat geen herinnering open [#');
    await office.choose({ standing: false });
    await office.push();
    expect(field('comment')).toBe('Jan belt altijd terug.');
  });

  it('never reminds beside us when that is wanted, and is given back what it had', async () => {
    edit('sendreminder', 'true');
    await office.takeStep(invoice, 1, 'reserved');
    await office.push();
    expect(field('sendreminder')).toBe('true');
    await office.choose({ ownReminders: true });
    await office.push();
    expect(field('sendreminder')).toBe('false');
    await office.choose({ ownReminders: false });
    await office.push();
    expect(field('sendreminder')).toBe('true');
    expect([field('blocked'), field('freetext1')]).toEqual([undefined, undefined]);
  });

  it('an address for reminders that somebody filled in is theirs until a person says otherwise', async () => {
    await office.choose({ reminderEmail: true, standing: false });
    await office.database.sql(
      `update debtor set email = 'ledger@example.com', dunning_contact_email = 'hier@example.com'`,
    );
    edit('reminderemail', 'boekhouder@example.com');
    await office.takeStep(invoice, 1);
    await office.push();
    const [row] = await office.shown();
    expect(row).toMatchObject({
      kind: 'reminder-email',
      state: 'rejected',
      lastErrorKind: 'conflict',
      conflict: { ours: 'hier@example.com', theirs: 'boekhouder@example.com', before: null },
    });
    await office.as.post(`/writebacks/${row!.id}/resolve`).send({ choice: 'ours' }).expect(200);
    await office.push();
    expect(field('reminderemail')).toBe('hier@example.com');
    await office.choose({ reminderEmail: false });
    await office.push();
    expect(field('reminderemail')).toBe('boekhouder@example.com');
  });
});

describe('Exact Online, where an admin asks for it', () => {
  let office: Office<'exact-online'>;
  afterEach(() => office.close());

  it('is shown how a debtor stands in the remarks of the account', async () => {
    office = await openOffice('exact-online');
    const [invoice] = (await office.openInvoices()) as [OpenInvoice];
    await office.takeStep(invoice, 1);
    await office.push();
    expect(await office.shown()).toEqual([]);
    office.standIn.applyBookCommand({ kind: 'edit-account', debtor: invoice.debtor_source, fields: { Remarks: 'Niet op vrijdag bellen' } }); // prettier-ignore
    await office.choose({ standing: true });
    await office.push();
    const { accounts } = (office.standIn.state() as unknown as { divisions: { accounts: { id: string; written: { Remarks: string } }[] }[] }).divisions[0]!; // prettier-ignore
    expect(accounts.find(({ id }) => id === invoice.debtor_source)!.written.Remarks).toMatch(/^Niet op vrijdag bellen\n--- Openpost ---\n> Niveau 1: eerste herinnering/); // prettier-ignore
  });
});
