import nock from 'nock';
import type { ConnectorContext, ConnectorSettings } from '../../../src/connectors/contract/index.js';
import { createSourceHttp } from '../../../src/connectors/transport/index.js';
import { fixedClock } from '../../../src/kernel/index.js';

// Importing nock is enough for it to intercept, also in the files that this worker runs next; see `answersOnly`.
nock.restore();

export const LOGIN = 'https://login.twinfield.com';
export const CLUSTER = 'https://api.accounting2.twinfield.com';
export const OFFICE = '001';
export const TOKEN = '25a62e<canary>&access-token';
/** As it must stand between two tags. */
export const ESCAPED_TOKEN = '25a62e&lt;canary>&amp;access-token';
export const NOW = '2026-11-20T09:00:30.000Z';
/** Ten minutes before, as Twinfield writes it: where the next question by time of change begins. */
export const SIGNPOST = '20261120085030';
export const clock = fixedClock(NOW);
export const settings: ConnectorSettings = {
  baseUrl: LOGIN,
  clientId: 'app',
  clientSecret: 'canary-secret',
  extra: {},
};

/** A context on the real hosts, where only answers that a test wrote down exist. */
export function contextOf(): ConnectorContext {
  const http = createSourceHttp({
    baseUrl: LOGIN,
    allowedHosts: ['*.twinfield.com'],
    bearer: async () => TOKEN,
    timeoutMs: 1_000,
  });
  return { http, clock, settings };
}

/** No call leaves the machine, and every answer that was written down must have been asked for. */
export function answersOnly(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}

/** The answer of `accesstokenvalidation`, as the vendor's article shows it. */
export const VALIDATION = {
  aud: `${LOGIN}/auth/authentication/resources`,
  iss: `${LOGIN}/auth/authentication`,
  nbf: '1638421526',
  exp: '1638425126',
  client_id: 'app',
  scope: ['openid', 'offline_access', 'twf.user', 'twf.organisationUser', 'twf.organisation'],
  sub: 'a-subject',
  'twf.organisationUserCode': 'SANNE',
  'twf.organisationCode': 'NLA000001',
  'twf.organisationId': '6f4f1a1e-0000-4000-8000-000000000001',
  'twf.clusterUrl': CLUSTER,
};

/** Where the books are is asked once per connection. */
export function validates(body: unknown = VALIDATION, status = 200): void {
  nock(LOGIN, { badheaders: ['authorization'] })
    .get('/auth/authentication/connect/accesstokenvalidation')
    .query({ token: TOKEN })
    .reply(status, body as nock.Body);
}

export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`;

export const escape = (xml: string): string =>
  xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An answer of the XML service around XML, which travels as escaped text. */
export const processed = (xml: string): string =>
  envelope(
    `<ProcessXmlStringResponse xmlns="http://www.twinfield.com/"><ProcessXmlStringResult>${escape(xml)}</ProcessXmlStringResult></ProcessXmlStringResponse>`,
  );

export const fault = (code: number, message: string): string =>
  envelope(
    `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${message}</faultstring><faultactor>${CLUSTER}/webservices/processxml.asmx?wsdl</faultactor>` +
      `<detail><message>${message}</message><code>${code}</code><source>ProcessXmlString</source></detail></soap:Fault>`,
  );

export interface Expected {
  readonly request: string;
  readonly office?: string | null;
  readonly answer?: string;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly delayMs?: number;
}

/** The one request of the XML service that may come next, to the byte, and its answer. */
export function asks({
  request,
  office = OFFICE,
  answer = '',
  status = 200,
  headers = {},
  body,
  delayMs = 0,
}: Expected): void {
  const company = office === null ? '' : `<CompanyCode>${office}</CompanyCode>`;
  const whole =
    '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soap:Header><Header xmlns="http://www.twinfield.com/"><AccessToken>${ESCAPED_TOKEN}</AccessToken>${company}<CompanyId xsi:nil="true"/></Header></soap:Header>` +
    `<soap:Body><ProcessXmlString xmlns="http://www.twinfield.com/"><xmlRequest>${escape(request)}</xmlRequest></ProcessXmlString></soap:Body></soap:Envelope>`;
  nock(CLUSTER, {
    reqheaders: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"http://www.twinfield.com/ProcessXmlString"',
    },
    badheaders: ['authorization'],
  })
    .post('/webservices/processxml.asmx', whole)
    .delay(delayMs)
    .reply(status, body ?? processed(answer), headers);
}

/** A search of the Finder with exactly these options. */
export function searches(
  type: string,
  options: Record<string, string>,
  rows: readonly (readonly string[])[],
  total = rows.length,
): void {
  const wanted = Object.entries(options).map(
    ([name, value]) => `<ArrayOfString><string>${name}</string><string>${value}</string></ArrayOfString>`,
  );
  const items = rows.map(
    (row) => `<ArrayOfString>${row.map((each) => `<string>${each}</string>`).join('')}</ArrayOfString>`,
  );
  const data = `<TotalRows>${total}</TotalRows><Columns><string>Code</string><string>Naam</string></Columns>${items.length > 0 ? `<Items>${items.join('')}</Items>` : ''}`;
  const isThis = (body: string): boolean =>
    body.includes(`<type>${type}</type><pattern>*</pattern><field>0</field><firstRow>1</firstRow>`) &&
    body.includes(`<options>${wanted.join('')}</options>`);
  nock(CLUSTER, { reqheaders: { soapaction: '"http://www.twinfield.com/Search"' }, badheaders: ['authorization'] })
    .post('/webservices/finder.asmx', isThis)
    .reply(
      200,
      envelope(
        `<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult/><data>${data}</data></SearchResponse>`,
      ),
    );
}

export interface RowOptions {
  readonly code?: string;
  readonly number?: string;
  readonly line?: string;
  readonly cells?: Readonly<Record<string, string | null>>;
}

/** Cells of an open invoice, as browse 100 shows them. */
export const INVOICE_CELLS: Readonly<Record<string, string>> = {
  'head.yearperiod': '2018/05',
  'head.code': 'VRK',
  'head.number': '201800017',
  'head.status': 'final',
  'head.date': '20180530',
  'head.curcode': 'EUR',
  'line.dim2': '001000',
  'line.valuesigned': '17729.00',
  'line.basevaluesigned': '17729.00',
  'line.openvaluesigned': '6708.02',
  'line.openbasevaluesigned': '6708.02',
  'line.invnumber': '0017',
  'line.datedue': '20180630',
  'line.matchstatus': 'available',
  'line.matchnumber': '1, 2',
  'line.matchdate': '20180529',
  'line.modified': '20180924070744',
};

/** A raw row; a cell that is null is left out of the answer. */
export function rowOf({ code = 'VRK', number = '201800017', line = '1', cells = {} }: RowOptions = {}) {
  const all = Object.entries({ ...INVOICE_CELLS, ...cells }).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  );
  return { key: { office: OFFICE, code, number, line }, cells: Object.fromEntries(all) };
}

/** The same row on the wire. */
export function wireRowOf(options: RowOptions = {}): string {
  const { key, cells } = rowOf(options);
  const tds = Object.entries(cells).map(
    ([name, value]) => `<td field="fin.trs.${name}" hideforuser="false" type="String">${value}</td>`,
  );
  return `<tr>${tds.join('')}<key><office>${key.office}</office><code>${key.code}</code><number>${key.number}</number><line>${key.line}</line></key></tr>`;
}

export const browseAnswer = (rows: readonly string[]): string =>
  `<browse result="1" first="${rows.length === 0 ? 0 : 1}" last="${rows.length}" total="${rows.length}"><th><td label="x" hideforuser="false" type="String">fin.trs.line.dim2</td></th>${rows.join('')}</browse>`;

/** A customer as a read shows it; `more` goes into credit management, `rest` behind it. */
export function dimensionXml(
  changes: { code?: string; comment?: string; credit?: string; touched?: number; rest?: string } = {},
): string {
  const { code = '001000', comment = '', credit = '<responsibleuser name="" shortname="">SANNE</responsibleuser><basecreditlimit>2500.00</basecreditlimit><sendreminder>true</sendreminder><reminderemail/><blocked locked="false" modified="">false</blocked><freetext1>true</freetext1><freetext2>segment</freetext2><freetext3/>', touched = 4, rest = '' } = changes; // prettier-ignore
  return (
    `<dimension status="active" result="1"><office name="Lindeboom" shortname="">${OFFICE}</office><type name="Debiteuren" shortname="Debiteuren">DEB</type>` +
    `<code>${code}</code><uid>8f3a2b7e-0000-4000-8000-000000000002</uid><name>Waardedijk &amp; Zn</name><shortname/><inuse>true</inuse><behaviour>normal</behaviour>` +
    `<modified>20211013203053</modified><touched>${touched}</touched><cocnumber/><vatnumber/>` +
    `<financials><duedays>30</duedays><payavailable>false</payavailable><meansofpayment>none</meansofpayment><ebillmail>facturen@waardedijk.example</ebillmail></financials>` +
    `<creditmanagement>${credit}<comment>${escape(comment)}</comment></creditmanagement>` +
    `<addresses><address id="1" type="invoice" default="false"><country name="België" shortname="">BE</country><city>Gent</city></address>` +
    `<address id="2" type="postal" default="true"><name/><country name="Nederland" shortname="">NL</country><city>Utrecht</city><postcode>3511 AB</postcode><telephone>030 123</telephone><email>info@waardedijk.example; tweede@waardedijk.example</email><contact>J. de Wit</contact>` +
    `<field1>t.a.v. Administratie</field1><field2>Oudegracht 1</field2><field3/><field4>NL001234567B01</field4><field5>01234567</field5><field6/></address></addresses>${rest}</dimension>`
  );
}

export const readRequest = (code: string): string =>
  `<read><type>dimensions</type><office>${OFFICE}</office><dimtype>DEB</dimtype><code>${code}</code></read>`;

export const absentXml = (code: string): string =>
  `<dimension result="0"><office name="Lindeboom" shortname="">${OFFICE}</office><type name="Debiteuren" shortname="Debiteuren">DEB</type><code msgtype="error" msg="Dimension ${code} does not exist." result="0">${code}</code></dimension>`;
