import type { TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { caller, columns, connect, escape, rowsOf, start, textIn, type Caller, type Row } from './support.js';

const EVERY_PERIOD = { 'head.yearperiod': ['between', '2000/00', '2040/55'] } as const;
const CELLS = {
  'head.code': null,
  'head.number': null,
  'head.status': null,
  'line.dim2': null,
  'line.valuesigned': null,
  'line.basevaluesigned': null,
  'line.openvaluesigned': null,
  'line.invnumber': null,
  'line.datedue': null,
  'line.matchstatus': null,
  'line.matchnumber': null,
  'head.curcode': null,
} as const;

describe('the ledger of the stand-in of Twinfield', () => {
  let sandbox: TwinfieldSandbox;
  let api: Caller;
  beforeEach(async () => {
    sandbox = await start();
    api = caller(sandbox, (await connect(sandbox)).access_token);
  });
  afterEach(() => sandbox.close());

  /** The token of before has run out by then. */
  const turnTo = async (instant: string): Promise<void> => {
    sandbox.setClock(instant, true);
    api = caller(sandbox, (await connect(sandbox)).access_token);
  };
  const rows = async (more: Parameters<typeof columns>[0] = {}): Promise<Row[]> =>
    rowsOf(await api.process(columns({ ...EVERY_PERIOD, ...CELLS, ...more })));
  const ofInvoice = async (number: number): Promise<Row> =>
    (await rows({ 'line.invnumber': ['equal', String(number)] })).find((row) => row['head.code'] === 'VRK')!;
  const openInvoice = (): { invoiceNumber: number; openMinor: number; dueDate: string } =>
    sandbox
      .state()
      .offices[0]!.receivables.filter(({ kind }) => kind === 'invoice')
      .reduce((most, each) => (each.openMinor > most.openMinor ? each : most));
  const firstCode = async (): Promise<string> => (await rows())[0]!['line.dim2']!;
  const read = (code: string): Promise<string> =>
    api.process(`<read><type>dimensions</type><office>001</office><dimtype>DEB</dimtype><code>${code}</code></read>`);
  const write = (code: string, rest: string, attributes = ''): Promise<string> =>
    api.process(
      `<dimensions><dimension${attributes}><office>001</office><type>DEB</type><code>${code}</code>${rest}</dimension></dimensions>`,
    );
  const transaction = (row: Row): Promise<string> =>
    api.process(
      `<read><type>transaction</type><office>001</office><code>${row['head.code']}</code><number>${row['head.number']}</number></read>`,
    );
  const decimal = (minor: number): string => (minor / 100).toFixed(2);

  it('shows a part payment on the invoice and the money beside it, and who paid in the transaction', async () => {
    const { invoiceNumber, openMinor } = openInvoice();
    sandbox.applyBookCommand({
      kind: 'part-pay',
      receivable: String(invoiceNumber),
      amount: '5.00',
      on: '2026-11-02',
    });
    sandbox.applyBookCommand({
      kind: 'part-pay',
      receivable: String(invoiceNumber),
      amount: '2.50',
      on: '2026-11-03',
    });
    const invoice = await ofInvoice(invoiceNumber);
    expect(invoice).toMatchObject({
      'line.matchstatus': 'available',
      'line.openvaluesigned': decimal(openMinor - 750),
      'line.matchnumber': expect.stringMatching(/^\d+, \d+$/),
    });
    const money = (await rows({ 'line.invnumber': ['equal', String(invoiceNumber)] })).filter(
      (row) => row['head.code'] === 'BNK',
    );
    expect(money.map((row) => [row['line.valuesigned'], row['line.openvaluesigned'], row['line.matchstatus']])).toEqual(
      [
        ['-5.00', '0.00', 'matched'],
        ['-2.50', '0.00', 'matched'],
      ],
    );
    const xml = await transaction(invoice);
    expect(xml).toMatch(/^<transaction location="final" result="1"><header><office /);
    expect(xml).toContain(
      '<matches><set status="temporary"><matchdate>20261102</matchdate><lines><line><code>BNK</code>' +
        `<number>${money[0]!['head.number']}</number><line>2</line><method>payment</method><matchvalue>-5.00</matchvalue></line></lines>` +
        '<matchvalue>5.00</matchvalue></set>',
    );
    expect(xml.match(/<line type="(total|detail|vat)" id="\d">/g)).toHaveLength(3);
    const bank = await transaction(money[0]!);
    expect(bank).toContain(`<code>VRK</code><number>${invoice['head.number']}</number><line>1</line>`);
  });

  it('settles, and opens again when the match is undone', async () => {
    const { invoiceNumber } = openInvoice();
    sandbox.applyBookCommand({ kind: 'pay', receivable: String(invoiceNumber) });
    expect(await ofInvoice(invoiceNumber)).toMatchObject({
      'line.matchstatus': 'matched',
      'line.openvaluesigned': '0.00',
    });
    sandbox.applyBookCommand({ kind: 'unmatch', receivable: String(invoiceNumber) });
    expect(await ofInvoice(invoiceNumber)).toMatchObject({ 'line.matchstatus': 'available', 'line.matchnumber': '' });
    expect(sandbox.state().offices[0]!.deletions).toMatchObject([{ daybook: 'BNK', reason: 'Storno' }]);
  });

  it('books credit notes with a minus, write-offs on their own daybook, and money without an invoice as open', async () => {
    const { invoiceNumber } = openInvoice();
    sandbox.applyBookCommand({ kind: 'credit', receivable: String(invoiceNumber), amount: '10.00' });
    sandbox.applyBookCommand({ kind: 'write-off', receivable: String(invoiceNumber), amount: '0.05' });
    const code = await firstCode();
    sandbox.applyBookCommand({ kind: 'receipt', debtor: String(Number(code)), amount: '99.00' });
    const all = await rows();
    expect(all.find((row) => row['line.valuesigned'] === '-10.00')).toMatchObject({
      'head.code': 'VRK',
      'line.matchstatus': 'matched',
    });
    expect(all.find((row) => row['line.valuesigned'] === '-0.05')).toMatchObject({
      key: '001/AFLETTEREN/1/1',
      'line.openvaluesigned': '0.00',
    });
    expect(all.find((row) => row['line.valuesigned'] === '-99.00')).toMatchObject({
      'head.code': 'BNK',
      'line.matchstatus': 'available',
      'line.openvaluesigned': '-99.00',
      'line.invnumber': '',
      'line.dim2': code,
    });
  });

  it('tells an invoice that is about to be collected from one that is free', async () => {
    const { invoiceNumber, openMinor } = openInvoice();
    const receivable = String(invoiceNumber);
    sandbox.applyBookCommand({ kind: 'propose', receivable });
    const [row] = await rows({ 'line.matchstatus': ['equal', 'proposed'] });
    expect(row).toMatchObject({ 'line.invnumber': receivable, 'line.openvaluesigned': decimal(openMinor) });
    sandbox.applyBookCommand({ kind: 'propose', receivable, proposed: false });
    expect(await rows({ 'line.matchstatus': ['equal', 'proposed'] })).toEqual([]);
    sandbox.applyBookCommand({ kind: 'propose', receivable });
    sandbox.applyBookCommand({ kind: 'pay', receivable });
    expect(await ofInvoice(invoiceNumber)).toMatchObject({ 'line.matchstatus': 'matched' });
  });

  it('keeps the currency of an invoice apart from the one of the books', async () => {
    const debtor = String(Number(await firstCode()));
    const dates = { invoiceDate: '2026-11-01', dueDate: '2026-12-01' };
    sandbox.applyBookCommand({
      kind: 'add-invoice',
      debtor,
      amount: '100.00',
      currency: 'USD',
      invoiceNumber: 77,
      ...dates,
    });
    expect(await ofInvoice(77)).toMatchObject({
      'head.curcode': 'USD',
      'line.valuesigned': '100.00',
      'line.basevaluesigned': '92.00',
      'line.datedue': '20261201',
    });
  });

  it('shows what changed since a moment, in UTC', async () => {
    await turnTo('2027-01-31T23:30:00.000Z');
    const { invoiceNumber } = openInvoice();
    sandbox.applyBookCommand({ kind: 'change-due-date', receivable: String(invoiceNumber), dueDate: '2027-03-01' });
    const since = (from: string): Promise<Row[]> => rows({ 'line.modified': ['between', from, '20270201000000'] });
    expect(await since('20270131233000')).toMatchObject([
      { 'line.modified': '20270131233000', 'line.datedue': '20270301', 'line.invnumber': String(invoiceNumber) },
    ]);
    expect(await since('20270131233001')).toEqual([]);
  });

  it('stores the comment, the reminder switch and its address, and nothing else of a partial document', async () => {
    const code = await firstCode();
    const before = await read(code);
    const comment = `€ < > & ' "\nregel 2`;
    const credit = `<creditmanagement><sendreminder>email</sendreminder><reminderemail>a&amp;b@c.example</reminderemail><comment>${escape(comment)}</comment></creditmanagement>`;
    const name = textIn(before, 'name')!;
    const answer = await write(code, `<name>${escape(name)}</name>${credit}`);
    expect(answer).toMatch(/^<dimensions result="1"><dimension status="active" result="1"><office [^>]*>001<\/office>/);
    expect(answer).toContain('<touched>1</touched>');
    const after = await read(code);
    expect([textIn(after, 'comment'), textIn(after, 'sendreminder'), textIn(after, 'reminderemail')]).toEqual([
      comment,
      'email',
      'a&b@c.example',
    ]);
    const still = (xml: string): string =>
      xml.replace(/<(modified|touched|comment|sendreminder|reminderemail)(\/>|>.*?<\/\1>)/gs, '');
    expect(still(after)).toBe(still(before));
    await write(code, `<name>${escape(name)}</name><creditmanagement><comment/></creditmanagement>`);
    expect([textIn(await read(code), 'comment'), textIn(await read(code), 'touched')]).toEqual(['', '2']);
    expect(sandbox.state().offices[0]!.customers).toMatchObject([
      { code, touched: 2, written: { 'creditmanagement/sendreminder': 'email', 'creditmanagement/comment': '' } },
    ]);
  });

  it.each([
    ['<creditmanagement><comment>x</comment></creditmanagement>', 'name', 'Naam moet worden ingevuld.'],
    ['<name>A</name><inuse>true</inuse>', 'inuse', "Het element 'inuse' mag niet worden aangeleverd."],
    ['<name>A</name><touched>9</touched>', 'touched', "Het element 'touched' mag niet worden aangeleverd."],
    ['<name>A</name><colour>red</colour>', 'colour', "Het element 'colour' is niet bekend."],
    ['<name>A</name><creditmanagement><note>x</note></creditmanagement>', 'note', "Het element 'note' is niet bekend."],
    [
      '<name>A</name><creditmanagement><sendreminder>no</sendreminder></creditmanagement>',
      'sendreminder',
      'De waarde no is niet toegestaan.',
    ],
    [
      '<name>A</name><creditmanagement><sendreminder>email</sendreminder></creditmanagement>',
      'sendreminder',
      'E-mailadres voor herinneringen moet worden ingevuld.',
    ],
    [
      `<name>A</name><creditmanagement><reminderemail>${'a'.repeat(201)}</reminderemail></creditmanagement>`,
      'reminderemail',
      'De waarde mag maximaal 200 tekens bevatten.',
    ],
  ])('refuses %s and changes nothing', async (rest, name, text) => {
    const code = await firstCode();
    const before = await read(code);
    const answer = await write(code, rest);
    expect(answer).toMatch(/^<dimensions result="0"><dimension (status="active" )?result="0">/);
    expect(answer).toContain(`<${name} result="0" msgtype="error" msg="${text}"`);
    expect(await read(code)).toBe(before);
  });

  it('stores one customer beside another that is refused', async () => {
    const code = await firstCode();
    const one = (each: string, name: string): string =>
      `<dimension><office>001</office><type>DEB</type><code>${each}</code><name>${name}</name></dimension>`;
    const answer = await api.process(`<dimensions>${one('999999', 'B')}${one(code, 'Nieuwe naam')}</dimensions>`);
    expect(answer.match(/<dimension [^>]*result="\d"/g)!.map((each) => each.at(-2))).toEqual(['0', '1']);
    expect(textIn(await read(code), 'name')).toBe('Nieuwe naam');
  });

  it('tells the Finder who changed, to the second', async () => {
    await turnTo('2027-01-31T12:00:00.500Z');
    const code = await firstCode();
    sandbox.applyBookCommand({ kind: 'edit-customer', debtor: code, elements: { 'creditmanagement/comment': 'Belt' } });
    const since = async (moment: string): Promise<string[]> => {
      const option = (name: string, value: string): string =>
        `<ns1:ArrayOfString><ns1:string>${name}</ns1:string><ns1:string>${value}</ns1:string></ns1:ArrayOfString>`;
      const { text } = await api.search(
        '<ns1:type>DIM</ns1:type><ns1:pattern>*</ns1:pattern><ns1:field>0</ns1:field><ns1:firstRow>1</ns1:firstRow><ns1:maxRows>25</ns1:maxRows>' +
          `<ns1:options>${option('dimtype', 'DEB')}${option('office', '001')}${option('modifiedsince', moment)}</ns1:options>`,
      );
      const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1];
      return code === undefined ? [...text.matchAll(/<ArrayOfString><string>(\w+)/g)].map((each) => each[1]!) : [code];
    };
    expect(await since('20270131120000')).toEqual([code]);
    expect(await since('20270131')).toEqual([code]);
    expect(await since('20270131120001')).toEqual([]);
    expect(await since('2027013')).toEqual(['InvalidDateTimeOptionLength']);
    expect(await since('20271331')).toEqual(['InvalidDateTimeOptionValue']);
  });

  it('deletes a provisional booking once, and tells of it afterwards', async () => {
    const debtor = String(Number(await firstCode()));
    const dates = { invoiceDate: '2026-11-01', dueDate: '2026-12-01' };
    sandbox.applyBookCommand({
      kind: 'add-invoice',
      debtor,
      amount: '5.00',
      invoiceNumber: 78,
      provisional: true,
      ...dates,
    });
    const row = await ofInvoice(78);
    expect(row['head.status']).toBe('temporary');
    const remove = (each: Row): Promise<string> =>
      api.process(
        `<transaction action="delete" reason="dubbel"><office>001</office><code>${each['head.code']}</code><number>${each['head.number']}</number></transaction>`,
      );
    const final = (await rows()).find((each) => each['head.status'] === 'final')!;
    expect(await remove(final)).toBe(
      '<transaction result="0" msgtype="error" msg="De status van de boeking moet Concept zijn."/>',
    );
    expect(await remove(row)).toContain('result="1"');
    expect(await remove(row)).toContain('result="0"');
    expect(await ofInvoice(78)).toBeUndefined();
    expect(await transaction(row)).toContain('result="0"');
    const { text } = await api.deleted(
      '<b:CompanyCode>001</b:CompanyCode><b:DateFrom>2026-01-01T00:00:00</b:DateFrom>',
    );
    expect(text).toMatch(
      new RegExp(
        '<soap:Body><Result [^>]*><b:DeletedTransactions><b:DeletedTransaction><b:Daybook>VRK</b:Daybook>' +
          '<b:DeletionDate>[\\dT:-]{19}</b:DeletionDate><b:ReasonForDeletion>dubbel</b:ReasonForDeletion>' +
          `<b:TransactionDate>2026-11-01T00:00:00</b:TransactionDate><b:TransactionNumber>${row['head.number']}</b:TransactionNumber>` +
          '<b:User>DEMO</b:User></b:DeletedTransaction></b:DeletedTransactions></Result>',
      ),
    );
    const none = await api.deleted('<b:CompanyCode>001</b:CompanyCode><b:DateTo>2020-01-01</b:DateTo>');
    expect(none.text).toContain('<b:DeletedTransactions/>');
    expect(await api.deleted('<b:CompanyCode>777</b:CompanyCode>')).toMatchObject({
      status: 500,
      text: expect.stringContaining('InvalidCompanyCode'),
    });
  });

  it.each([
    [
      '<list><type>dimensions</type><office>777</office><dimtype>DEB</dimtype></list>',
      'De administratie bestaat niet.',
    ],
    ['<read><type>article</type><office>001</office></read>', 'Type niet geïmplementeerd.'],
    ['<general/>', 'Type niet geïmplementeerd.'],
    ['<list><type>dimensions</type><dimtype>DEB</dimtype><colour/></list>', "Het element 'colour' is niet bekend."],
    ['<read><type>browse</type><code>999</code></read>', 'Browse 999 bestaat niet.'],
    [columns({ 'line.value': null }), 'Veld bestaat niet: fin.trs.line.value.'],
    [columns({ 'line.basevaluesigned': ['greaterequal', '1'] }), 'Operator greaterequal is niet toegestaan.'],
    [columns({ 'line.modified': ['between', 'yesterday', ''] }), 'De waarde yesterday is niet toegestaan.'],
  ])('answers %s with a refusal', async (message, text) => {
    const answer = await api.process(message);
    expect(answer).toMatch(/^<\w+ result="0"/);
    expect(answer).toContain(`msg="${text}"`);
  });

  it('breaks on a filter that a screen does not have', async () => {
    const { status, text } = await api.raw(columns({ 'head.date': ['between', '20260101', '20261231'] }));
    expect({ status, text }).toMatchObject({ status: 500, text: expect.stringContaining('Reference code: ') });
  });
});
