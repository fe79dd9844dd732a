import type { NewWriteback } from '../../../src/sync/index.js';
import { openOffice, type Office, type OpenInvoice } from './office.js';

const noteFor = (office: Office<'twinfield' | 'clearfacts'>, invoice: OpenInvoice, key: string): NewWriteback => ({
  firmId: office.firmId,
  administrationId: office.administrationId,
  debtorId: invoice.debtor_id,
  messageId: null,
  intentKey: key,
  intent: { kind: 'note', subject: `Bericht ${key}`, text: 'EUR 100,00', date: '2026-11-18' },
  summary: `note ${key}`,
  dependsOn: null,
});

describe('somebody changed what we wrote', () => {
  let office: Office<'twinfield'>;
  let invoice: OpenInvoice;
  beforeEach(async () => {
    office = await openOffice('twinfield');
    [invoice] = (await office.openInvoices()) as [OpenInvoice];
    await office.enqueue(noteFor(office, invoice, 'op:1'));
    await office.push();
    edit(comment().replace('Bericht op:1', 'Bericht op:1 – gebeld, betaalt vrijdag'));
    await office.enqueue(noteFor(office, invoice, 'op:2'), noteFor(office, invoice, 'op:3'));
    await office.push();
  });
  afterEach(() => office.close());

  const comment = (): string =>
    office.standIn.state().offices[0]!.customers.find(({ code }) => code === invoice.debtor_source)!.written['creditmanagement/comment']!; // prettier-ignore
  const edit = (text: string): unknown =>
    office.standIn.applyBookCommand({ kind: 'edit-customer', debtor: invoice.debtor_source, elements: { 'creditmanagement/comment': text } }); // prettier-ignore
  const line = (key: string, said = ''): string => `2026-11-18 Bericht ${key}${said} [${key}]`;
  const block = (...lines: string[]): string => ['--- Openpost ---', ...lines, '--- einde Openpost ---'].join('\n');
  const edited = line('op:1', ' – gebeld, betaalt vrijdag');

  it('nothing is written, both are shown, and what comes after waits for the answer', async () => {
    expect(comment()).toBe(block(edited));
    const [, second, third] = await office.shown();
    expect(second).toMatchObject({
      state: 'rejected',
      lastErrorKind: 'conflict',
      conflict: { before: block(line('op:1')), theirs: block(edited), ours: block(line('op:2'), line('op:1')) },
      actions: ['settle', 'resolve'],
    });
    expect(second!.history.map(({ outcome }) => outcome)).toEqual(['conflict']);
    expect(third).toMatchObject({ state: 'pending', attempts: 0 });
    const refused = await office.as.post(`/writebacks/${second!.id}/retry`).expect(409);
    expect(refused.body.code).toBe('WRITEBACK_CONFLICT');
    await office.as.post(`/writebacks/${third!.id}/resolve`).send({ choice: 'ours' }).expect(409);
    await office.as.post(`/writebacks/${second!.id}/resolve`).send({ choice: 'mine' }).expect(400);
  });

  it('theirs stays: this note is let go, the next ones keep what was changed', async () => {
    const [, second] = await office.shown();
    const { body } = await office.as.post(`/writebacks/${second!.id}/resolve`).send({ choice: 'theirs', note: 'klopt zo' }).expect(200); // prettier-ignore
    expect(body).toMatchObject({ state: 'abandoned', settled: { note: 'klopt zo', by: expect.stringContaining('@') } });
    await office.push();
    expect(comment()).toBe(block(line('op:3'), edited));
    const [deed] = await office.database.sql(`select action, detail from audit_entry where subject_type = 'writeback'`);
    expect(deed).toEqual({ action: 'writeback.resolved', detail: { choice: 'theirs', note: 'klopt zo' } });
  });

  it('ours is written again, over exactly what was seen', async () => {
    const [, second] = await office.shown();
    await office.as.post(`/writebacks/${second!.id}/resolve`).send({ choice: 'ours' }).expect(200);
    await office.push();
    expect(comment()).toBe(block(line('op:3'), line('op:2'), line('op:1')));
    expect((await office.shown()).map(({ state }) => state)).toEqual(['applied', 'applied', 'applied']);
  });

  it('and asked about again when it was changed once more in between', async () => {
    const [, second] = await office.shown();
    await office.as.post(`/writebacks/${second!.id}/resolve`).send({ choice: 'ours' }).expect(200);
    edit(comment().replace('vrijdag', 'maandag'));
    await office.push();
    expect(comment()).toBe(block(edited.replace('vrijdag', 'maandag')));
    const [, again] = await office.shown();
    expect(again).toMatchObject({ state: 'rejected', lastErrorKind: 'conflict' });
    expect(again!.conflict!.theirs).toContain('maandag');
  });
});

describe('what nobody can look up', () => {
  let office: Office<'clearfacts'>;
  let document: NewWriteback;
  beforeEach(async () => {
    office = await openOffice('clearfacts');
    const [invoice] = (await office.openInvoices()) as [OpenInvoice];
    const messageId = await office.takeStep(invoice, 1);
    await office.choose({ badge: false, dunningStatus: false });
    const text = { subject: 'Herinnering', text: 'PDF', date: '2026-11-18' };
    document = { ...noteFor(office, invoice, 'op:doc'), messageId, intent: { kind: 'document', ...text, entrySourceId: null } }; // prettier-ignore
  });
  afterEach(() => office.close());

  const files = (): unknown[] =>
    (office.standIn.state() as unknown as { administrations: { documents: unknown[] }[] }).administrations[0]!
      .documents;

  it('is not asked about before anything was tried: a limit, a refusal and a retry all end in one file', async () => {
    await office.enqueue(document);
    office.standIn.arm({ kind: '429-minute', match: '#uploadArchiveFile' });
    await office.push();
    expect((await office.shown())[0]).toMatchObject({ state: 'pending', lastErrorKind: 'rate_limited' });
    office.clock.advance(120);
    office.standIn.arm({ kind: 'reject', match: '#uploadArchiveFile', message: 'Het archief is gesloten.' });
    await office.push();
    const [refused] = await office.shown();
    expect(refused).toMatchObject({ state: 'rejected', lastError: 'Het archief is gesloten.' });
    await office.as.post(`/writebacks/${refused!.id}/retry`).expect(202);
    await office.push();
    expect((await office.shown())[0]).toMatchObject({ state: 'applied' });
    expect(files()).toHaveLength(1);
  });

  it('waits for a person when its answer is lost, who says that it is there', async () => {
    await office.enqueue(document);
    office.standIn.arm({ kind: 'timeout-after-commit', match: '#uploadArchiveFile', delayMs: 50 });
    await office.push();
    office.clock.advance(60);
    await office.push();
    office.clock.advance(86_400);
    await office.push();
    const [lost] = await office.shown();
    expect(lost).toMatchObject({ state: 'unknown', attempts: 2, actions: ['retry', 'settle'] });
    expect(lost!.lastError).toContain('Look there for');
    await office.as.post(`/writebacks/${lost!.id}/settle`).send({ outcome: 'applied' }).expect(400);
    const settled = await office.as.post(`/writebacks/${lost!.id}/settle`).send({ outcome: 'applied', note: 'gezien in het archief' }).expect(200); // prettier-ignore
    expect(settled.body).toMatchObject({ state: 'applied', settled: { note: 'gezien in het archief' }, actions: [] });
    await office.as.post(`/writebacks/${lost!.id}/settle`).send({ outcome: 'abandoned', note: 'x' }).expect(409);
    const [deed] = await office.database.sql(`select action, actor, detail from audit_entry where subject_type = 'writeback'`); // prettier-ignore
    expect(deed).toMatchObject({ action: 'writeback.settled', detail: { outcome: 'applied', note: 'gezien in het archief' } }); // prettier-ignore
    expect(files()).toHaveLength(1);
  });

  it('or that it is not, and then it is written again', async () => {
    await office.enqueue(document);
    office.standIn.arm({ kind: 'timeout-before-commit', match: '#uploadArchiveFile', delayMs: 50 });
    await office.push();
    office.clock.advance(60);
    await office.push();
    const [lost] = await office.shown();
    expect(lost!.state).toBe('unknown');
    await office.as.post(`/writebacks/${lost!.id}/retry`).expect(202);
    await office.push();
    expect((await office.shown())[0]).toMatchObject({ state: 'applied' });
    expect(files()).toHaveLength(1);
  });
});
