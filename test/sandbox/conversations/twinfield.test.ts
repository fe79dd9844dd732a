import type { TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { signIn } from '../../contract/sign-in.js';
import { book, escape, REDIRECT, start, textIn, unescape } from '../twinfield/support.js';
import { bytes, form, say, type Heard } from './wire.js';

const NOW = '2026-11-20T09:00:00.000Z';
const SCOPE = 'openid twf.user twf.organisation twf.organisationUser offline_access';
const OFFICES = '<list><type>offices</type></list>';

/** The envelope around every answer. */
const answered = (body: string): string =>
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
  `<soap:Body>${body}</soap:Body></soap:Envelope>`;

describe('what is published of Twinfield, asked of the stand-in', () => {
  let sandbox: TwinfieldSandbox;
  let login: string;
  let tokens: { access_token: string; refresh_token: string };
  let customer: string;
  beforeAll(async () => {
    sandbox = await start({ books: [await book(120, { debtors: 12 })] });
    sandbox.setClock(NOW, true);
    login = `${sandbox.loginUrl}/auth/authentication/connect`;
    tokens = JSON.parse((await exchange()).body) as typeof tokens;
    customer = /<dimension [^>]*>(\d+)<\/dimension>/.exec(await told('<list><type>dimensions</type><office>001</office><dimtype>DEB</dimtype></list>'))![1]!; // prettier-ignore
  });
  afterAll(() => sandbox.close());

  const basic = (): Record<string, string> => ({
    Authorization: `Basic ${Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')}`,
  });
  const token = (fields: Record<string, string>): Promise<Heard> => {
    const { headers, body } = form(fields);
    return say('POST', `${login}/token`, { headers: { ...headers, ...basic() }, body: body! });
  };
  const exchange = async (more: Record<string, string> = {}): Promise<Heard> => {
    const asked = { client_id: sandbox.clientId, redirect_uri: REDIRECT, response_type: 'code', scope: SCOPE, nonce: 'n', state: 's', ...more }; // prettier-ignore
    const back = await signIn(`${login}/authorize?${new URLSearchParams(asked).toString()}`, sandbox.users[0]!);
    return token({ grant_type: 'authorization_code', code: back.searchParams.get('code')!, redirect_uri: REDIRECT });
  };
  const post = (path: string, action: string, body: string, more: Record<string, string> = {}): Promise<Heard> =>
    say('POST', `${sandbox.baseUrl}/webservices/${path}`, {
      headers: {
        'Content-Type': 'text/xml; charset=utf-8',
        SOAPAction: `"http://www.twinfield.com/${action}"`,
        ...more,
      },
      body,
    });
  /** The request as it is published, line by line. */
  const envelope = (message: string, header = `<AccessToken>${tokens.access_token}</AccessToken><CompanyCode>001</CompanyCode><CompanyId xsi:nil="true"/>`): string =>
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soap:Header><Header xmlns="http://www.twinfield.com/">
   ${header}</Header></soap:Header>
 <soap:Body><ProcessXmlString xmlns="http://www.twinfield.com/">
   <xmlRequest>${escape(message)}</xmlRequest></ProcessXmlString></soap:Body></soap:Envelope>`; // prettier-ignore
  const raw = (message: string, header?: string): Promise<Heard> => post('processxml.asmx', 'ProcessXmlString', envelope(message, header)); // prettier-ignore
  const told = async (message: string): Promise<string> =>
    unescape(/<ProcessXmlStringResult>(.*)<\/ProcessXmlStringResult>/s.exec((await raw(message)).body)![1]!);
  const read = (code: string): Promise<string> =>
    told(`<read><type>dimensions</type><office>001</office><dimtype>DEB</dimtype><code>${code}</code></read>`);

  describe('login', () => {
    it('answers a token with its life as a number, to a request with more in it than it needs', async () => {
      const { status, headers, body } = await exchange({ approval_prompt: 'auto' });
      expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
      const { id_token: identity, ...rest } = JSON.parse(body) as Record<string, unknown>;
      expect(identity).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(rest).toEqual({ access_token: expect.stringMatching(/^\w+$/), expires_in: 3600, token_type: 'Bearer', refresh_token: expect.stringMatching(/^\w+$/) }); // prettier-ignore
    });

    it('renews without an end, in the same bytes', async () => {
      for (let time = 0; time < 3; time += 1)
        expect((await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token })).body).toMatch(
          bytes(`{"access_token":"«text»","expires_in":3600,"token_type":"Bearer","refresh_token":"${tokens.refresh_token}"}`), // prettier-ignore
        );
      const refused = await token({ grant_type: 'refresh_token', refresh_token: 'nothing' });
      expect([refused.status, refused.body]).toEqual([400, '{"error":"invalid_grant"}']);
    });

    it('tells of a token in these names and this order, its times in text, with or without the app in the header', async () => {
      const url = `${login}/accesstokenvalidation?token=${tokens.access_token}`;
      const seconds = String(Date.parse(NOW) / 1_000);
      const expected = bytes(
        `{"aud":"${sandbox.loginUrl}/auth/authentication/resources","iss":"${sandbox.loginUrl}/auth/authentication",` +
          `"nbf":"${seconds}","exp":"${Number(seconds) + 3_600}","client_id":"${sandbox.clientId}",` +
          '"scope":["openid","twf.user","twf.organisation","twf.organisationUser","offline_access"],' +
          `"sub":"«text»","auth_time":"${seconds}","idp":"«text»","amr":"«text»","twf.organisationUserCode":"«text»",` +
          `"twf.organisationCode":"«text»","twf.organisationId":"«guid»","twf.clusterUrl":"${sandbox.baseUrl}"}`,
      );
      for (const headers of [{}, basic()]) expect((await say('GET', url, { headers })).body).toMatch(expected);
      const bad = await say('GET', `${login}/accesstokenvalidation?token=nothing`);
      expect([bad.status, Object.keys(JSON.parse(bad.body) as object)]).toEqual([400, ['Message']]);
      const info = await say('GET', `${login}/userinfo`, { headers: { Authorization: `Bearer ${tokens.access_token}` } }); // prettier-ignore
      expect(JSON.parse(info.body)).toMatchObject({ sub: expect.any(String), 'twf.organisationUserCode': expect.any(String) }); // prettier-ignore
    });
  });

  describe('envelopes', () => {
    it.each([
      ['as published', undefined],
      ['without a company', 'TOKEN'],
      ['with an empty session', '<SessionID/>TOKEN<CompanyId xsi:nil="true"/>'],
      ['with other blanks and an order of its own', '\n  <CompanyCode> 001 </CompanyCode>\n  TOKEN\n'],
    ])('takes a request %s', async (_name, header) => {
      const given = header?.replace('TOKEN', `<AccessToken>${tokens.access_token}</AccessToken>`);
      const { status, headers, body } = await raw(OFFICES, given);
      expect([status, headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
      const inner = '&lt;offices result="1"&gt;&lt;office name="«text»" shortname="«text»"&gt;001&lt;/office&gt;&lt;/offices&gt;'; // prettier-ignore
      expect(body).toMatch(bytes(answered(`<ProcessXmlStringResponse xmlns="http://www.twinfield.com/"><ProcessXmlStringResult>${inner}</ProcessXmlStringResult></ProcessXmlStringResponse>`))); // prettier-ignore
    });

    it('takes characters instead of escapes, a declaration before them and a line end behind, from who could unpack gzip', async () => {
      const body = envelope('MESSAGE').replace('MESSAGE', `<![CDATA[<?xml version="1.0"?>\n${OFFICES}\n]]>`);
      const heard = await post('processxml.asmx', 'ProcessXmlString', body, { 'Accept-Encoding': 'gzip, deflate' });
      expect([heard.status, heard.headers['content-encoding'], heard.body]).toEqual([200, undefined, expect.stringContaining('&gt;001&lt;/office&gt;')]); // prettier-ignore
    });

    it('answers a bad token in these bytes and with this status', async () => {
      const { status, body } = await raw(OFFICES, '<AccessToken>nothing</AccessToken>');
      const fault =
        '<soap:Fault><faultcode>soap:Client</faultcode><faultstring>Access denied. Token invalid.</faultstring>' +
        `<faultactor>${sandbox.baseUrl}/webservices/processxml.asmx?wsdl</faultactor><detail>` +
        '<message>Access denied. Token invalid.</message><code>354</code><source>ProcessXmlString</source></detail></soap:Fault>';
      expect([status, body]).toEqual([401, answered(fault)]);
    });

    it('misses the company in the words of its users', async () => {
      const { status, body } = await raw('<columns code="100"><column><field>fin.trs.head.code</field></column></columns>', `<AccessToken>${tokens.access_token}</AccessToken>`); // prettier-ignore
      expect([status, textIn(body, 'faultstring'), /<code>(\d+)<\/code><source>/.exec(body)?.[1]]).toEqual([500, 'Toegang geweigerd. Company ontbreekt in request header.', '359']); // prettier-ignore
    });
  });

  describe('the Finder', () => {
    const search = (fields: string, options: readonly (readonly [string, string])[] = []): Promise<Heard> => {
      const pairs = options.map(([name, value]) => `<ArrayOfString><string>${name}</string><string>${value}</string></ArrayOfString>`); // prettier-ignore
      return post(
        'finder.asmx',
        'Search',
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><Header xmlns="http://www.twinfield.com/">' +
          `<AccessToken>${tokens.access_token}</AccessToken><CompanyCode>001</CompanyCode></Header></soap:Header><soap:Body>` +
          `<Search xmlns="http://www.twinfield.com/">${fields}<options>${pairs.join('')}</options></Search></soap:Body></soap:Envelope>`,
      );
    };
    const slice = (type: string, field = 0): string =>
      `<type>${type}</type><pattern>*</pattern><field>${field}</field><firstRow>1</firstRow><maxRows>2</maxRows>`;
    const debtors = [['dimtype', 'DEB'], ['office', '001']] as const; // prettier-ignore

    it('answers a slice in these bytes, and nothing without items', async () => {
      const row = '<ArrayOfString><string>«int»</string><string>«chars»</string></ArrayOfString>';
      const found = (total: number, items: string): RegExp =>
        bytes(
          answered(
            '<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult/><data>' +
              `<TotalRows>${total}</TotalRows><Columns><string>Code</string><string>Naam</string></Columns>${items}</data></SearchResponse>`,
          ),
        );
      expect((await search(slice('DIM'), debtors)).body).toMatch(found(12, `<Items>${row}${row}</Items>`));
      const none = await search(slice('DIM'), [...debtors, ['modifiedsince', '20990101122232']]);
      expect(none.body).toMatch(found(0, ''));
    });

    it.each(['office', 'level', 'section', 'group', 'matchtype', 'modifiedsince'])('takes the option %s', async (option) => {
      const value = { office: '001', modifiedsince: '20250101' }[option] ?? '2';
      const { body } = await search(slice('DIM'), [['dimtype', 'DEB'], [option, value]]);
      expect(body).toContain('<SearchResult/>');
    }); // prettier-ignore

    it.each([0, 1, 2, 3, 4])('takes field %i', async (field) => {
      expect((await search(slice('DIM', field), debtors)).body).toContain('<SearchResult/>');
    });

    it('lists offices with three columns', async () => {
      expect((await search(slice('OFF'))).body).toMatch(/<Columns>(<string>[^<]+<\/string>){3}<\/Columns>/);
    });

    it.each([
      ['InvalidFinderType', slice('XYZ'), []],
      ['OptionNotAllowed', slice('DIM'), [...debtors, ['colour', 'red']]],
      ['NoAccessToOffice', slice('DIM'), [['dimtype', 'DEB'], ['office', '777']]],
      ['InvalidDateTimeOptionLength', slice('DIM'), [...debtors, ['modifiedsince', '2026']]],
      ['InvalidDateTimeOptionValue', slice('DIM'), [...debtors, ['modifiedsince', '20261301']]],
      ['ParameterTooSmall', slice('DIM').replace('>1<', '>0<'), debtors],
      ['ParameterOutOfRange', slice('DIM', 5), debtors],
    ] as const)('says %s in a message', async (code, fields, options) => {
      const { status, body } = await search(fields, options);
      const message = `<MessageOfErrorCodes><Type>Error</Type><Text>«any»</Text><Code>${code}</Code><Parameters>«any»</Parameters></MessageOfErrorCodes>`;
      const expected = `<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult>${message}</SearchResult><data><TotalRows>0</TotalRows></data></SearchResponse>`;
      expect([status, body]).toEqual([200, expect.stringMatching(bytes(answered(expected)))]);
    }); // prettier-ignore
  });

  describe('customers', () => {
    it('are read with everything a bookkeeper keeps of them', async () => {
      const xml = await read(customer);
      expect(xml).toMatch(bytes(`<dimension status="active" result="1"><office name="«any»" shortname="«any»">001</office><type name="Debiteuren" shortname="Debiteuren">DEB</type><code>${customer}</code><uid>«guid»</uid><name>«any»</dimension>`)); // prettier-ignore
      const elements =
        'shortname inuse behaviour modified touched beginperiod beginyear endperiod endyear website editdimensionname remittanceadvice ' +
        'financials matchtype accounttype subanalyse duedays level payavailable meansofpayment ebilling substitutionlevel substitutewith ' +
        'creditmanagement responsibleuser basecreditlimit sendreminder reminderemail blocked freetext1 freetext2 freetext3 comment ' +
        'invoicing addresses address country city postcode telephone email contact field1 field2 field3 field4 field5 field6 groups';
      expect(elements.split(' ').filter((name) => !new RegExp(`<${name}[ />]`).test(xml))).toEqual([]);
      expect(xml).toMatch(/<creditmanagement><responsibleuser[^>]*\/><basecreditlimit>\d+\.\d\d<\/basecreditlimit><sendreminder>true<\/sendreminder><reminderemail\/><blocked locked="false" modified="[^"]*">false<\/blocked><freetext1\/><freetext2\/><freetext3\/><comment\/><\/creditmanagement>/); // prettier-ignore
      expect(xml).toMatch(/<modified>\d{14}<\/modified>/);
      expect(xml).toMatch(/<address id="1" type="invoice" default="true">/);
    });

    it('come back from a write in the order they were sent, annotated, with one touch more', async () => {
      const before = await read(customer);
      const name = escape(textIn(before, 'name')!);
      const touched = Number(textIn(before, 'touched'));
      const sent = `<creditmanagement><comment>Eén &amp; twee</comment></creditmanagement><name>${name}</name>`;
      const answer = await told(`<dimensions><dimension><type>DEB</type>${sent}<code>${customer}</code><office>001</office></dimension></dimensions>`); // prettier-ignore
      expect(answer).toMatch(/^<dimensions[^>]* result="1"><dimension status="active" result="1">/);
      const order = [...answer.matchAll(/<(type|creditmanagement|name|code|office)[ >]/g)].map((match) => match[1]);
      expect(order.slice(0, 5)).toEqual(['type', 'creditmanagement', 'name', 'code', 'office']);
      expect(answer).toContain(`<touched>${touched + 1}</touched>`);
      expect(textIn(await read(customer), 'comment')).toBe('Eén & twee');
    });

    it('that are not there are named by their code', async () => {
      expect(await read('00590')).toMatch(bytes('<dimension result="0"><office«any»>001</office><type«any»>DEB</type><code result="0" msgtype="error" msg="Dimensie 00590 bestaat niet.">00590</code></dimension>')); // prettier-ignore
    });
  });

  describe('screens', () => {
    const definition = async (code: string): Promise<string[]> => {
      const xml = await told(`<read><type>browse</type><office>001</office><code>${code}</code></read>`);
      return [...xml.matchAll(/<field>fin\.trs\.([\w.]+)<\/field>.*?<ask>(\w+)<\/ask><operator>(\w+)<\/operator>/gs)].map(([, name, ask, operator]) => (ask === 'true' ? `${name} ${operator}` : name!)); // prettier-ignore
    };

    it('100 is the card of customers, as recorded', async () => {
      expect(await definition('100')).toEqual([
        'head.yearperiod between', 'head.code equal', 'head.shortname', 'head.number between', 'head.status equal', 'head.date', 'line.dim2 between', 'line.dim2name',
        'head.curcode', 'line.valuesigned', 'line.basevaluesigned between', 'line.repvaluesigned', 'line.openbasevaluesigned', 'line.invnumber equal', 'line.datedue',
        'line.matchstatus equal', 'line.matchnumber', 'line.matchdate between', 'line.openvaluesigned', 'line.availableforpayruns', 'line.modified between',
      ]); // prettier-ignore
    });

    it('130_1 has these 33 columns', async () => {
      const columns = [
        'head.office', 'head.officename', 'head.year', 'head.period', 'head.yearperiod between', 'head.code like', 'head.shortname', 'head.number', 'head.status equal',
        'head.date', 'line.datedue', 'line.invnumber', 'head.curcode', 'head.customer.respuser', 'head.customer.respusername', 'head.customer.creditlimit', 'head.modified',
        'line.dim1 between', 'line.dim1name', 'line.dim2 between', 'line.dim2name', 'line.valuesigned', 'line.basevaluesigned', 'line.repvaluesigned', 'line.openbasevaluesigned',
        'line.matchstatus equal', 'line.matchdate', 'line.matchnumber', 'line.payrun', 'line.modified', 'line.freetext1', 'line.freetext2', 'line.freetext3',
      ]; // prettier-ignore
      expect(columns).toHaveLength(33);
      expect(await definition('130_1')).toEqual(columns);
    });

    it('take an order, labels and an ask as published, and answer the labels back', async () => {
      const column = (field: string, label: string, rest = ''): string => `<column><field>fin.trs.${field}</field><label>${label}</label><visible>true</visible>${rest}</column>`; // prettier-ignore
      const between = '<ask>true</ask><operator>between</operator><from>2020/00</from><to>2030/55</to><finderparam/>';
      const xml = await told(
        '<columns code="100" optimize="true"><sort><field order="descending">fin.trs.head.number</field></sort>' +
          `${column('head.yearperiod', 'Period', between)}${column('head.number', 'Nr')}` +
          `${column('line.matchstatus', 'Status', '<ask>true</ask><operator>equal</operator><from>available</from><to/>')}${column('line.openvaluesigned', 'Open')}</columns>`,
      );
      const cell = (label: string, type: string, field: string): string => `<td label="${label}" hideforuser="false" type="${type}">fin.trs.${field}</td>`; // prettier-ignore
      expect(xml).toContain(`<th>${cell('Period', 'String', 'head.yearperiod')}${cell('Nr', 'Decimal', 'head.number')}${cell('Status', 'String', 'line.matchstatus')}${cell('Open', 'Value', 'line.openvaluesigned')}</th>`); // prettier-ignore
      const row =
        '<tr><td field="fin.trs.head.yearperiod" hideforuser="false" type="String">«any»</td><td field="fin.trs.head.number" hideforuser="false" type="Decimal">«int»</td>' +
        '<td field="fin.trs.line.matchstatus" hideforuser="false" type="String" name="Beschikbaar">available</td>' +
        '<td field="fin.trs.line.openvaluesigned" hideforuser="false" type="Value">«money»</td>' +
        '<key><office>001</office><code>«text»</code><number>«int»</number><line>«int»</line></key></tr>';
      const rows = xml.match(/<tr>.*?<\/tr>/gs)!;
      expect(rows.filter((each) => !bytes(row).test(each))).toEqual([]);
      const numbers = rows.map((each) => Number(/<number>(\d+)</.exec(each)![1]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    });

    it('name the choices of the status of a booking', async () => {
      const xml = await told('<list><type>browsefields</type></list>');
      const field = xml.slice(xml.indexOf('fin.trs.head.status'));
      for (const status of ['draft', 'temporary', 'final', 'inuse', 'normal']) expect(field.slice(0, field.indexOf('</options>'))).toContain(`>${status}<`); // prettier-ignore
    });
  });

  it('reads a booking without the elements that do not belong to a line', async () => {
    const browse = await told('<columns code="100"><column><field>fin.trs.head.code</field><visible>true</visible><ask>true</ask><operator>equal</operator><from>VRK</from></column></columns>'); // prettier-ignore
    const number = /<number>(\d+)<\/number>/.exec(browse)![1]!;
    const xml = await told(`<read><type>transaction</type><office>001</office><code>VRK</code><number>${number}</number></read>`); // prettier-ignore
    expect(xml).toMatch(/^<transaction [^>]*location="final"[^>]*>/);
    expect(xml).toMatch(bytes(`<transaction«any»><header><office«any»>001</office><code«any»>VRK</code><number>${number}</number>«any»</transaction>`)); // prettier-ignore
    for (const name of ['currency', 'date', 'period', 'invoicenumber', 'duedate', 'inputdate', 'modificationdate']) expect(xml).toMatch(new RegExp(`<${name}[ >]`)); // prettier-ignore
    expect(xml).toMatch(/<period>\d{4}\/\d\d<\/period>/);
    const line = (type: string): string => new RegExp(`<line type="${type}" id="\\d+">.*?</line>`, 's').exec(xml)![0];
    for (const type of ['total', 'detail', 'vat']) expect(line(type)).toMatch(/<dim1[ >].*<value>\d+\.\d\d<\/value>.*<debitcredit>(debit|credit)<\/debitcredit>/s); // prettier-ignore
    expect(line('total')).not.toContain('<vatcode');
    for (const name of ['dim2', 'matchlevel', 'basevalueopen']) expect(line('vat')).not.toContain(`<${name}`);
    expect(xml).not.toMatch(/<(value|rate|matchlevel|basevalueopen)(\/>|><)/);
  });

  describe('deleted transactions', () => {
    const ask = (query: string): Promise<Heard> => {
      const shared = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared';
      return post(
        'DeletedTransactionsService.svc?wsdl',
        'DeletedTransactionsService/Query',
        `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>
 <h:Authentication xmlns:h="http://www.twinfield.com/">
  <AccessToken xmlns="${shared}">${tokens.access_token}</AccessToken>
  <CompanyCode xmlns="${shared}">001</CompanyCode></h:Authentication></s:Header>
 <s:Body><Query i:type="b:GetDeletedTransactions" xmlns="http://www.twinfield.com/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
   xmlns:b="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.DeletedTransactionsService">
   ${query}</Query></s:Body></s:Envelope>`,
      );
    };

    it('are told for a period', async () => {
      const open = sandbox.state().offices[0]!.receivables.find(({ openMinor }) => openMinor > 0)!;
      sandbox.applyBookCommand({ kind: 'delete', receivable: open.id });
      const { status, body } = await ask('<b:CompanyCode>001</b:CompanyCode><b:DateFrom>2026-01-01T00:00:00</b:DateFrom><b:DateTo>2027-01-01T00:00:00</b:DateTo>'); // prettier-ignore
      expect(status).toBe(200);
      const [one] = /<b:DeletedTransaction>.*?<\/b:DeletedTransaction>/s.exec(body)!;
      expect([...one.matchAll(/<b:(\w+)>[^<]+<\/b:\1>/g)].map((match) => match[1])).toEqual(['Daybook', 'DeletionDate', 'ReasonForDeletion', 'TransactionDate', 'TransactionNumber', 'User']); // prettier-ignore
    });

    it.each([
      ['InvalidCompanyCode', '<b:CompanyCode>777</b:CompanyCode>'],
      ['InvalidDaybook', '<b:CompanyCode>001</b:CompanyCode><b:Daybook>no such thing</b:Daybook>'],
      ['InvalidDates', '<b:CompanyCode>001</b:CompanyCode><b:DateFrom>2027-01-01</b:DateFrom><b:DateTo>2026-01-01</b:DateTo>'],
    ])('refuse with %s', async (code, query) => {
      const { status, body } = await ask(query);
      expect([status, body]).toEqual([500, expect.stringContaining(code)]);
      expect(body).toContain('<soap:Fault>');
    }); // prettier-ignore
  });
});
