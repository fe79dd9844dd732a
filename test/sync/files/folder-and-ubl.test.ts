import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bring, bringAndTake, receivables, startFileEngine, take, type FileEngine } from './support.js';

const LIST = 'Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Openstaand\n1001;Jansen;F-1;1-10-2026;31-10-2026;100,00\n'; // prettier-ignore

const ubl = (
  root: 'Invoice' | 'CreditNote',
  { number = 'INV-7', due = '<cbc:DueDate>2026-11-30</cbc:DueDate>', payable = '121.00' } = {},
) => `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>${number}</cbc:ID><cbc:IssueDate>2026-10-31</cbc:IssueDate>${due}
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>PO 12</cbc:BuyerReference>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Wij BV</cbc:Name></cac:PartyName></cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cbc:EndpointID schemeID="0106">12345678</cbc:EndpointID>
    <cac:PartyIdentification><cbc:ID>C-42</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>Van &amp; Zn &#233;</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>Kade 1</cbc:StreetName><cbc:CityName>Gent</cbc:CityName><cbc:PostalZone>9000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>BE0123456789</cbc:CompanyID></cac:PartyTaxScheme>
    <cac:Contact><cbc:ElectronicMail>pay@van.example</cbc:ElectronicMail></cac:Contact>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>+++090/9337/55493+++</cbc:PaymentID></cac:PaymentMeans>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">${payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>
</${root}>`;

describe('UBL invoices', () => {
  let engine: FileEngine;
  beforeAll(async () => {
    engine = await startFileEngine();
  });
  afterAll(() => engine.close());

  it('becomes an open item with its debtor, and stays as its document', async () => {
    const id = await bring(engine, 'factuur.xml', ubl('Invoice'));
    expect((await take(engine, id)).counts).toMatchObject({ understood: 1 });
    const [row] = await engine.database.sql(
      `select r.invoice_number, r.due_date::text as due, r.open_amount::text as open, r.payment_reference, r.your_ref, d.code, d.name, d.email, d.city, d.country, d.kind, d.vat_number
       from receivable r join debtor d on d.id = r.debtor_id`,
    );
    expect(row).toEqual({
      invoice_number: 'INV-7',
      due: '2026-11-30',
      open: '12100',
      payment_reference: '+++090/9337/55493+++',
      your_ref: 'PO 12',
      code: 'C-42',
      name: 'Van & Zn é',
      email: 'pay@van.example',
      city: 'Gent',
      country: 'BE',
      kind: 'business',
      vat_number: 'BE0123456789',
    });
    const { body } = await engine.as.get(`/administrations/${engine.administrationId}/files?record=INV-7`).expect(200);
    expect(body.items).toMatchObject([{ id, kind: 'invoice', recordId: 'INV-7', state: 'imported' }]);
  });

  it('a credit note lowers what is owed; a number that is known changes nothing', async () => {
    await bringAndTake(engine, 'credit.xml', ubl('CreditNote', { number: 'CN-1', due: '', payable: '21.00' }));
    const again = await bringAndTake(engine, 'nog eens.xml', ubl('Invoice', { payable: '999.00' }));
    expect(again.counts).toMatchObject({ known: 1 });
    expect(await receivables(engine)).toMatchObject([
      { number: 'CN-1', open: '-2100', due: '2026-10-31' },
      { number: 'INV-7', open: '12100' },
    ]);
  });

  it('names the element that is missing', async () => {
    const answer = await engine.as.post(`/administrations/${engine.administrationId}/files`).attach('file', Buffer.from(ubl('Invoice', { due: '' })), 'x.xml'); // prettier-ignore
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('DueDate')]);
  });
});

describe('the import folder', () => {
  let engine: FileEngine;
  let folder: string;
  beforeEach(async () => {
    engine = await startFileEngine();
    folder = join(engine.importDir, engine.administrationId);
    await mkdir(folder);
  });
  afterEach(() => engine.close());

  const put = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    const before = new Date(engine.clock.now().getTime() - 60_000);
    await utimes(join(folder, name), before, before);
  };
  const names = async (part = '') => (await readdir(join(folder, part)).catch(() => [])).sort();

  it('takes a file whose columns are known, and moves it to done', async () => {
    await bringAndTake(engine, 'eerste.csv', LIST);
    await put('openstaand.csv', LIST.replace('F-1', 'F-2'));
    await engine.watch.tick();
    expect(await names()).toEqual(['done']);
    expect(await names('done')).toEqual(['2026-11-20T09-00-00-000Z openstaand.csv']);
    const [newest] = (await engine.as.get(`/administrations/${engine.administrationId}/files`)).body.items;
    expect(newest).toMatchObject({
      origin: 'folder',
      state: 'imported',
      createdBy: 'import folder',
      counts: { settled: 1 },
    });
  });

  it('says beside a failed file why, and keeps what only a person can decide', async () => {
    await put('nieuw.csv', LIST);
    await put('stuk.xml', '<Invoice><Note>x</Note></Invoice>');
    await put('.half', 'x');
    await symlink('/etc/passwd', join(folder, 'link.csv'));
    await engine.watch.tick();
    expect(await names()).toEqual(['.half', 'failed', 'link.csv']);
    const reason = (name: string) =>
      readFile(join(folder, 'failed', `2026-11-20T09-00-00-000Z ${name}.reason.txt`), 'utf8');
    expect(await reason('nieuw.csv')).toContain('waits in Openpost for a person to choose');
    expect(await reason('stuk.xml')).toContain('a value in ID');
    const { items } = (await engine.as.get(`/administrations/${engine.administrationId}/files`)).body;
    expect(items).toMatchObject([{ name: 'nieuw.csv', state: 'waiting' }]);
  });

  it('gives a file to one of two that look at the same time', async () => {
    await bringAndTake(engine, 'eerste.csv', LIST);
    await put('openstaand.csv', LIST.replace('F-1', 'F-2'));
    const other = Object.assign(Object.create(Object.getPrototypeOf(engine.watch) as object) as typeof engine.watch, engine.watch); // prettier-ignore
    await Promise.all([engine.watch.tick(), other.tick()]);
    const { items } = (await engine.as.get(`/administrations/${engine.administrationId}/files`)).body;
    expect(items).toHaveLength(2);
  });
});
