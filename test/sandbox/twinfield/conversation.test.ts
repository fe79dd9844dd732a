import type { TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { book, caller, columns, connect, OFFICE, rowsOf, start, textIn, type Caller } from './support.js';

describe('a conversation with the stand-in of Twinfield', () => {
  let sandbox: TwinfieldSandbox;
  let api: Caller;
  let accessToken: string;
  beforeAll(async () => {
    sandbox = await start({ books: [await book(2_466), await book(20, { debtors: 3, seed: 9, code: 42 })] });
    accessToken = (await connect(sandbox)).access_token;
    api = caller(sandbox, accessToken);
  });
  afterAll(() => sandbox.close());

  it('lists the offices without a company, escaped to the byte', async () => {
    const { status, headers, text } = await api.raw('<list><type>offices</type></list>', null);
    expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'text/xml; charset=utf-8' });
    const name = 'Lindeboom Groothandel BV';
    expect(text).toBe(
      '<?xml version="1.0" encoding="utf-8"?>' +
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body><ProcessXmlStringResponse xmlns="http://www.twinfield.com/">' +
        `<ProcessXmlStringResult>&lt;offices result="1"&gt;&lt;office name="${name}" shortname="${name}"&gt;001&lt;/office&gt;` +
        `&lt;office name="${name}" shortname="${name}"&gt;042&lt;/office&gt;&lt;/offices&gt;</ProcessXmlStringResult>` +
        '</ProcessXmlStringResponse></soap:Body></soap:Envelope>',
    );
  });

  it('lists customers and reads them all, the template last', async () => {
    const list = await api.process('<list><type>dimensions</type><office>001</office><dimtype>DEB</dimtype></list>');
    const codes = [...list.matchAll(/<dimension [^>]*>(\w+)<\/dimension>/g)].map((match) => match[1]);
    expect(codes).toHaveLength(101);
    expect(codes[0]).toMatch(/^0\d{5}$/);
    expect(list).toMatch(/<dimension name="" shortname="">DEB<\/dimension><\/dimensions>$/);
    const bulk = await api.process('<read><type>dimensions</type><office>001</office><dimtype>DEB</dimtype></read>');
    const all = bulk.match(/<dimension status="active" result="1">/g);
    expect([all!.length, bulk.includes('<office')]).toEqual([101, false]);
    expect(bulk).toMatch(
      /<code>DEB<\/code>.*<behaviour>template<\/behaviour><touched>0<\/touched><\/dimension><\/dimensions>$/,
    );
    expect(bulk.match(/<creditmanagement>/g)).toHaveLength(100);
  });

  it('reads one customer, and says which does not exist', async () => {
    const { debtors } = sandbox.state().offices[0]!;
    const debtor = debtors.find(({ email }) => email !== null)!;
    const code = String(debtor.code).padStart(6, '0');
    const read = (each: string): Promise<string> =>
      api.process(`<read><type>dimensions</type><office>001</office><dimtype>DEB</dimtype><code>${each}</code></read>`);
    const xml = await read(code);
    expect(xml).toMatch(/^<dimension status="active" result="1"><office name="[^"]+" shortname="">001<\/office>/);
    expect([textIn(xml, 'code'), textIn(xml, 'name'), textIn(xml, 'duedays'), textIn(xml, 'sendreminder')]).toEqual([
      code,
      debtor.name,
      String(debtor.paymentDays),
      'true',
    ]);
    expect(xml).toContain(`<email>${debtor.email}</email>`);
    expect(await read('999999')).toBe(
      '<dimension result="0"><office name="Lindeboom Groothandel BV" shortname="">001</office>' +
        '<type name="Debiteuren" shortname="Debiteuren">DEB</type>' +
        '<code result="0" msgtype="error" msg="Dimensie 999999 bestaat niet.">999999</code></dimension>',
    );
  });

  it('describes a screen and serves its rows period by period, adding up to the books', async () => {
    const definition = await api.process('<read><type>browse</type><office>001</office><code>100</code></read>');
    expect(definition).toMatch(/^<browse result="1"><office name=.*<code>100<\/code><name>Debiteurenkaart<\/name>/);
    expect(definition).toContain(
      '<column id="1"><field>fin.trs.head.yearperiod</field><label>Periode</label><visible>true</visible><ask>true</ask>' +
        '<operator>between</operator><from>$DEFAULT$</from><to>$DEFAULT$</to><finderparam/></column>',
    );
    const years = [2023, 2024, 2025, 2026];
    const rows = [];
    for (const year of years) {
      const asked = { 'head.yearperiod': ['between', `${year}/00`, `${year}/55`], ...PLAIN } as const;
      rows.push(...rowsOf(await api.process(columns(asked))));
    }
    const cents = (text: string | undefined): number => Math.round(Number(text) * 100);
    const { openMinor, counts } = sandbox.state().offices[0]!;
    const open = rows.filter((row) => row['line.matchstatus'] === 'available');
    expect(open).toHaveLength(counts['open']!);
    expect(open.reduce((sum, row) => sum + cents(row['line.openvaluesigned']), 0)).toBe(openMinor['EUR']);
    expect(
      rows
        .filter((row) => row['line.matchstatus'] === 'matched')
        .every((row) => row['line.openvaluesigned'] === '0.00'),
    ).toBe(true);
    expect(new Set(rows.map((row) => row['key'])).size).toBe(rows.length);
    const paid = rows.find((row) => row['line.matchstatus'] === 'matched' && row['head.code'] === 'VRK')!;
    const set = rows.filter(
      (row) => row['line.dim2'] === paid['line.dim2'] && row['line.matchnumber'] === paid['line.matchnumber'],
    );
    expect(set.reduce((sum, row) => sum + cents(row['line.valuesigned']), 0)).toBe(0);
  });

  it('names every cell, gives the whole key, and shows empty answers with a head', async () => {
    const xml = await api.process(
      columns({
        'head.yearperiod': ['between', '2020/00', '2030/55'],
        'line.matchstatus': ['equal', 'available'],
        'head.status': null,
        'line.datedue': null,
        'head.number': null,
      }),
    );
    expect(xml).toMatch(
      /^<browse result="1" first="1" last="(\d+)" total="\1"><th><td label="head.yearperiod" hideforuser="false" type="String">fin.trs.head.yearperiod<\/td>/,
    );
    expect(xml).toMatch(
      /<td field="fin.trs.head.status" hideforuser="false" type="String" name="Definitief">final<\/td><td field="fin.trs.line.datedue" hideforuser="false" type="Date" name="\d\d\/\d\d\/\d{4}">\d{8}<\/td><td field="fin.trs.head.number" hideforuser="false" type="Decimal">(\d+)<\/td><key><office>001<\/office><code>VRK<\/code><number>\1<\/number><line>1<\/line><\/key><\/tr>/,
    );
    const empty = await api.process(columns({ 'head.yearperiod': ['between', '2001/01', '2001/12'] }));
    expect(empty).toBe(
      '<browse result="1" first="0" last="0" total="0"><th><td label="head.yearperiod" hideforuser="false" type="String">fin.trs.head.yearperiod</td></th></browse>',
    );
  });

  it('leaves invisible columns out, though they still filter, and hides what the screen hides', async () => {
    const xml = await api.process(
      '<columns code="100"><column><field>fin.trs.line.matchstatus</field><visible>false</visible><ask>true</ask>' +
        '<operator>equal</operator><from>available</from><to/></column><column><field>fin.trs.line.openvaluesigned</field>' +
        '</column><column><field>fin.trs.line.invnumber</field></column></columns>',
    );
    expect(Object.keys(rowsOf(xml)[0]!)).toEqual(['line.invnumber', 'key']);
    expect(rowsOf(xml)).toHaveLength(sandbox.state().offices[0]!.counts['open']!);
  });

  it('finds customers by pattern, by change, and in slices', async () => {
    const dim = (more: string, options = ''): string =>
      `<ns1:type>DIM</ns1:type>${more}<ns1:options><ns1:ArrayOfString><ns1:string>dimtype</ns1:string>` +
      `<ns1:string>DEB</ns1:string></ns1:ArrayOfString>${options}</ns1:options>`;
    const slice = (first: number, most: number): string =>
      dim(
        `<ns1:pattern>*</ns1:pattern><ns1:field>0</ns1:field><ns1:firstRow>${first}</ns1:firstRow><ns1:maxRows>${most}</ns1:maxRows>`,
      );
    const all = await api.search(slice(1, 1_000));
    expect(all.text).toContain(
      '<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult/><data><TotalRows>100</TotalRows><Columns><string>Code</string><string>Naam</string></Columns><Items><ArrayOfString>',
    );
    const items = (text: string): string[] =>
      [...text.matchAll(/<ArrayOfString><string>(\w+)</g)].map((match) => match[1]!);
    const pages = [await api.search(slice(1, 60)), await api.search(slice(61, 60)), await api.search(slice(121, 60))];
    expect(pages.map(({ text }) => items(text).length)).toEqual([60, 40, 0]);
    expect(pages.flatMap(({ text }) => items(text))).toEqual(items(all.text));
    expect(pages[2]!.text).not.toContain('<Items');
    const none = await api.search(slice(0, 60));
    expect(none.text).toContain(
      '<Type>Error</Type><Text>ParameterTooSmall: firstRow</Text><Code>ParameterTooSmall</Code>',
    );
  });

  it('describes its services so that a toolkit finds its way', async () => {
    for (const [name, action] of [
      ['processxml', 'ProcessXmlString'],
      ['finder', 'Search'],
    ]) {
      const address = `${sandbox.baseUrl}/webservices/${name}.asmx`;
      const wsdl = await (await fetch(`${address}?wsdl`)).text();
      const addresses = [...wsdl.matchAll(/<(soap\w*):address location="([^"]+)"/g)].map((match) => [
        match[1],
        match[2],
      ]);
      expect(addresses).toEqual([
        ['soap', address],
        ['soap12', address],
      ]);
      expect(wsdl).toContain(`soapAction="http://www.twinfield.com/${action}"`);
    }
  });

  it('speaks SOAP 1.2, and takes a message as elements instead of text', async () => {
    const post = (operation: string): Promise<Response> =>
      fetch(`${sandbox.baseUrl}/webservices/processxml.asmx`, {
        method: 'POST',
        headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
        body:
          '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:t="http://www.twinfield.com/"><e:Header><t:Header>' +
          `<t:AccessToken>${accessToken}</t:AccessToken></t:Header></e:Header><e:Body>${operation}</e:Body></e:Envelope>`,
      });
    const message = '<list><type>offices</type></list>';
    const document = (inner: string): string =>
      `<t:ProcessXmlDocument><t:xmlRequest>${inner}</t:xmlRequest></t:ProcessXmlDocument>`;
    const answer = await post(document(message));
    expect(answer.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    const text = await answer.text();
    expect(text).toContain('<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"');
    expect(text).toMatch(/<ProcessXmlDocumentResult><offices xmlns="" result="1"><office [^>]*>001<\/office>/);
    const asCharacters = `<t:ProcessXmlString><t:xmlRequest><![CDATA[${message}]]></t:xmlRequest></t:ProcessXmlString>`;
    expect(await (await post(asCharacters)).text()).toContain('&gt;001&lt;/office&gt;');
    const namespaced = await post(document('<t:list><t:type>offices</t:type></t:list>'));
    expect([namespaced.status, await namespaced.text()]).toEqual([500, expect.stringContaining('<code>187</code>')]);
    const unknown = await post('<t:ProcessXmlCompressed/>');
    expect([unknown.status, await unknown.text()]).toEqual([500, expect.stringContaining('<code>100</code>')]);
  });

  it('tells the log and the faults which office and which message it was', () => {
    expect(sandbox.requests.find(({ path }) => path.endsWith('#read.browse'))).toMatchObject({
      method: 'POST',
      path: '/webservices/processxml.asmx#read.browse',
      status: 200,
      tenant: OFFICE,
    });
  });
});

const PLAIN = {
  'head.code': null,
  'line.dim2': null,
  'line.valuesigned': null,
  'line.openvaluesigned': null,
  'line.matchstatus': null,
  'line.matchnumber': null,
} as const;
