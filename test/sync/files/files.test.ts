import { bring, bringAndTake, receivables, runPull, startFileEngine, take, type FileEngine } from './support.js';

const HEADERS = 'Debiteurnummer;Naam;E-mail;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand';
const line = (number: string, open = '1.234,56', due = '31-10-2026', debtor = '1001;Jansen & Zn') =>
  `${debtor};a@example.com;${number};1-10-2026;${due};1.234,56;${open}`;
const list = (...lines: string[]) => `${[HEADERS, ...lines].join('\r\n')}\r\n`;
const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => line(`N${from + index}`));

describe('files as a source', () => {
  let engine: FileEngine;
  beforeEach(async () => {
    engine = await startFileEngine();
  });
  afterEach(() => engine.close());

  const quarantine = async () =>
    (await engine.as.get(`/administrations/${engine.administrationId}/quarantine`)).body.items as {
      reason: string;
      message: string;
    }[];
  const administration = async () => (await engine.as.get(`/administrations/${engine.administrationId}`)).body;

  it('connects without a login: the connection works at once, with the one administration that was named', async () => {
    const { body } = await engine.as.get(`/connections/${engine.connectionId}`).expect(200);
    expect(body).toMatchObject({ state: 'active', tokenExpiresAt: null });
    const reached = await engine.as.get(`/connections/${engine.connectionId}/administrations?rights=true`).expect(200);
    expect(reached.body.items).toMatchObject([
      { sourceId: 'books', name: 'Bakker BV', currency: 'EUR', country: 'NL', enabled: true },
    ]);
    expect(await administration()).toMatchObject({
      name: 'Bakker BV',
      writebackChoices: { note: false, document: false },
      lastGoodPullAt: null,
    });
  });

  it('refuses an administration without a name, or in something that is no currency', async () => {
    const settings = { name: 'X', currency: 'EUR', country: 'NL' };
    for (const wrong of [{ name: ' ' }, { currency: 'euro' }, { country: 'Nederland' }]) {
      const { body } = await engine.as.post('/connections').send({ connector: 'files', settings: { ...settings, ...wrong } }).expect(400); // prettier-ignore
      expect(body.errors[0].path).toBe(`settings.${Object.keys(wrong)[0]}`);
    }
  });

  it('proposes columns, shows the rows as they will be understood, and imports them through an ordinary pull', async () => {
    const id = await bring(
      engine,
      'openstaande posten.csv',
      list(line('F-1'), line('F-2', '-50,00'), line('F-3', 'veel')),
    );
    const { body } = await engine.as.post(`/files/${id}/preview`).send({}).expect(200);
    expect(body).toMatchObject({
      kind: 'open-items',
      missing: [],
      remembered: false,
      mapping: {
        columns: { invoiceNumber: 'Factuurnummer', openAmount: 'Openstaand', dueDate: 'Vervaldatum' },
        numbers: 'comma',
        dates: 'dmy',
      },
    });
    expect(body.preview.first[0]).toMatchObject({
      line: 2,
      understood: {
        openAmount: { amount: '1234.56', currency: 'EUR' },
        dueDate: '2026-10-31',
        debtorName: 'Jansen & Zn',
      },
    });
    const wrong = 'Line 4 of openstaande posten.csv, column "Openstaand": expected an amount such as 1.234,56, got "veel".'; // prettier-ignore
    expect(body.preview.problems).toEqual([
      // The invoice amount is above zero and the open amount below: nobody can say who owes whom.
      { line: 3, message: expect.stringContaining('expected the same sign as the invoice amount') },
      { line: 4, message: wrong },
    ]);
    const { counts, sync } = await take(engine, id);
    expect(counts).toMatchObject({ rows: 3, understood: 1, refused: 2 });
    expect(sync?.state).toBe('complete_with_quarantine');
    expect(await receivables(engine)).toEqual([
      { number: 'F-1', debtor: 'Jansen & Zn', open: '123456', amount: '123456', due: '2026-10-31', settledOn: null },
    ]);
    expect((await quarantine()).map(({ reason }) => reason).sort()).toEqual(['OPEN_AMOUNT_UNREADABLE', 'OPEN_AMOUNT_UNREADABLE']); // prettier-ignore
    expect((await administration()).tieOut).toMatchObject({ state: 'ties-out' });
  });

  it('remembers the columns for the same headers, and asks again when they differ', async () => {
    await bringAndTake(engine, 'a.csv', list(line('F-1')));
    const same = await bring(engine, 'b.csv', list(line('F-1'), line('F-2')));
    const { body } = await engine.as.post(`/files/${same}/preview`).send({}).expect(200);
    expect(body.remembered).toBe(true);
    await engine.as.post(`/files/${same}/import`).send({}).expect(202);
    const other = await bring(engine, 'c.csv', `Klant;${list(line('F-1')).replace('\r\n', ';x\r\n')}`);
    const refused = await engine.as.post(`/files/${other}/import`).send({}).expect(409);
    expect(refused.body.code).toBe('COLUMNS_NOT_CHOSEN');
  });

  it('settles what the next list no longer holds, and opens it again when a list does', async () => {
    await bringAndTake(engine, 'a.csv', list(line('F-1'), line('F-2')));
    engine.clock.advance(24 * 3600);
    const { counts, sync } = await bringAndTake(engine, 'b.csv', list(line('F-2')));
    expect(counts).toMatchObject({ settled: 1 });
    expect(sync?.objects.find(({ object }) => object === 'receivables')).toMatchObject({ changed: 1 });
    expect(await receivables(engine)).toMatchObject([
      { number: 'F-1', open: '0', settledOn: '2026-11-21' },
      { number: 'F-2', open: '123456', settledOn: null },
    ]);
    await bringAndTake(engine, 'c.csv', list(line('F-1', '1.000,00'), line('F-2')));
    expect(await receivables(engine)).toMatchObject([
      { number: 'F-1', open: '100000', settledOn: null },
      { number: 'F-2' },
    ]);
    expect((await administration()).tieOut).toMatchObject({ state: 'ties-out' });
  });

  it('changes nothing for the same list in another order', async () => {
    await bringAndTake(engine, 'a.csv', list(line('F-1'), line('F-2')));
    const { sync } = await bringAndTake(engine, 'b.csv', list(line('F-2'), line('F-1')));
    expect(sync?.objects.map((each) => [each.object, each.new, each.changed, each.deleted])).toEqual([
      ['debtors', 0, 0, 0],
      ['receivables', 0, 0, 0],
    ]);
  });

  it('holds a list that would settle more than 50 and 2 %, and settles them once a person has looked', async () => {
    await bringAndTake(engine, 'a.csv', list(...many(3_000)));
    // 60 of 3,000 is exactly 2 %: that is still ordinary. One more is not.
    const ordinary = await bringAndTake(engine, 'b.csv', list(...many(2_940)));
    expect(ordinary).toMatchObject({ status: 'imported', counts: { settled: 60 } });
    await bringAndTake(engine, 'c.csv', list(...many(3_000)));
    const id = await bring(engine, 'd.csv', list(...many(2_939)));
    const held = await take(engine, id);
    expect(held).toMatchObject({ status: 'held', counts: { open: 3000, dropped: 61 }, sync: null });
    expect((await receivables(engine)).filter(({ open }) => open === '0')).toEqual([]);
    expect((await engine.as.get(`/files/${id}`)).body).toMatchObject({ state: 'held', counts: { dropped: 61 } });
    expect(await take(engine, id, { confirmed: true })).toMatchObject({ status: 'imported', counts: { settled: 61 } });
    expect((await receivables(engine)).filter(({ open }) => open === '0')).toHaveLength(61);
  }, 60_000);

  it('sets payments against invoices, refuses what does not fit, and never counts a file twice', async () => {
    await bringAndTake(engine, 'a.csv', list(line('F-1'), line('F-2'), line('F-3')));
    const paid = 'Factuurnummer;Betaaldatum;Bedrag\nF-1;18-11-2026;1.234,56\nF-2;19-11-2026;234,56\nF-3;19-11-2026;2.000,00\nF-9;19-11-2026;1,00\n'; // prettier-ignore
    const { counts } = await bringAndTake(engine, 'betalingen.csv', paid);
    expect(counts).toMatchObject({ rows: 4, applied: 2, refused: 2 });
    expect(await receivables(engine)).toMatchObject([
      { number: 'F-1', open: '0', settledOn: '2026-11-18' },
      { number: 'F-2', open: '100000', settledOn: null },
      { number: 'F-3', open: '123456' },
    ]);
    expect((await quarantine()).map(({ reason }) => reason).sort()).toEqual(['INVOICE_UNKNOWN', 'PAYMENT_TOO_LARGE']);
    const again = await engine.as.post(`/administrations/${engine.administrationId}/files`).attach('file', Buffer.from(paid), 'x.csv'); // prettier-ignore
    expect([again.status, again.body.code]).toEqual([409, 'FILE_ALREADY_IMPORTED']);
    // The next list knows about every payment: it replaces them, and what did not fit is over.
    await bringAndTake(engine, 'b.csv', list(line('F-2', '1.000,00'), line('F-3')));
    expect(await receivables(engine)).toMatchObject([{ open: '0' }, { open: '100000' }, { open: '123456' }]);
    expect(await quarantine()).toEqual([]);
  });

  it('takes debtors from their own list, which open items never overwrite', async () => {
    const debtors = 'Customer number,Name,Email,VAT number,City,Country\n1001,Jansen Holding BV,"billing@jansen.example",NL001234567B01,Utrecht,Nederland\n'; // prettier-ignore
    await bringAndTake(engine, 'customers.csv', debtors);
    await bringAndTake(engine, 'open.csv', list(line('F-1'), line('F-2', '10,00', '1-11-2026', '1002;De Vries')));
    const rows = await engine.database.sql(`select code, name, email, kind, country from debtor order by code`);
    expect(rows).toEqual([
      { code: '1001', name: 'Jansen Holding BV', email: 'billing@jansen.example', kind: 'business', country: 'NL' },
      { code: '1002', name: 'De Vries', email: 'a@example.com', kind: 'consumer', country: null },
    ]);
  });

  it('makes the books as old as the newest list, however often they are pulled', async () => {
    await bringAndTake(engine, 'a.csv', list(line('F-1')));
    engine.clock.advance(3 * 24 * 3600);
    const { body } = await engine.as.post(`/administrations/${engine.administrationId}/syncs`).send({}).expect(202);
    expect((await runPull(engine, String(body.id))).state).toBe('complete');
    expect((await administration()).lastGoodPullAt).toBe('2026-11-20T09:00:00.000Z');
  });

  it('keeps nothing of a file that cannot be read, and says where it is wrong', async () => {
    const send = (name: string, content: Buffer | string) =>
      engine.as.post(`/administrations/${engine.administrationId}/files`).attach('file', Buffer.from(content), name);
    const quotes = await send('a.csv', 'Factuurnummer;Naam\n1;"open\n2;x\n');
    expect([quotes.status, quotes.body.code]).toEqual([400, 'FILE_UNREADABLE']);
    const broken = await send('a.xlsx', Buffer.from('PK\u0003\u0004 nothing more'));
    expect([broken.status, broken.body.code]).toEqual([400, 'FILE_UNREADABLE']);
    const entity = await send('a.xml', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Invoice>&e;</Invoice>');
    expect([entity.status, entity.body.code]).toEqual([400, 'FILE_UNREADABLE']);
    const big = await send('a.csv', Buffer.alloc(20_000_001, 'x'));
    expect(big.status).toBe(413);
    expect(await engine.database.sql(`select id from import_file`)).toEqual([]);
  });

  it('gives a file back as it came, and never as something a browser would run', async () => {
    const id = await bring(engine, 'açé.csv', list(line('F-1')));
    const answer = await engine.as.get(`/files/${id}/content`).buffer(true).parse((response, done) => { const parts: Buffer[] = []; response.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts))); }).expect(200); // prettier-ignore
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''a%C3%A7%C3%A9.csv`);
    expect((answer.body as Buffer).toString()).toBe(list(line('F-1')));
  });

  it('puts away what is not wanted, once', async () => {
    const id = await bring(engine, 'a.csv', list(line('F-1')));
    await engine.as.delete(`/files/${id}`).expect(204);
    expect((await engine.as.get(`/files/${id}`)).body.state).toBe('discarded');
    expect((await engine.as.delete(`/files/${id}`).expect(409)).body.code).toBe('FILE_NOT_WAITING');
  });

  it('lets viewers look and collectors bring, and shows another firm nothing', async () => {
    const id = await bring(engine, 'a.csv', list(line('F-1')));
    const viewer = engine.api.as(engine.firmId, 'viewer');
    await viewer.get(`/files/${id}`).expect(200);
    await viewer.post(`/files/${id}/import`).send({}).expect(403);
    const stranger = engine.api.as('00000000-0000-4000-8000-000000000001');
    for (const path of [`/files/${id}`, `/files/${id}/content`]) await stranger.get(path).expect(404);
    await stranger.post(`/files/${id}/preview`).send({}).expect(404);
    await stranger.post(`/files/${id}/import`).send({}).expect(404);
    await stranger.delete(`/files/${id}`).expect(404);
    await stranger.get(`/administrations/${engine.administrationId}/files`).expect(404);
  });

  it('stops with the connection and goes on when it is taken up again', async () => {
    await engine.as.delete(`/connections/${engine.connectionId}`).expect(204);
    const refused = await engine.as.post(`/administrations/${engine.administrationId}/files`).attach('file', Buffer.from(list(line('F-1'))), 'a.csv'); // prettier-ignore
    expect([refused.status, refused.body.code]).toEqual([409, 'CONNECTION_NEEDS_RECONNECT']);
    const { body } = await engine.as.post(`/connections/${engine.connectionId}/reconnect`).expect(200);
    expect(body).toEqual({ authorizeUrl: null });
    expect((await bringAndTake(engine, 'a.csv', list(line('F-1')))).status).toBe('imported');
  });
});
