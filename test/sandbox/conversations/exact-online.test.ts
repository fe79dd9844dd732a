import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import { signIn } from '../../contract/sign-in.js';
import { book } from '../exact-online/support.js';
import { REFERENCE, type EdmName } from './exact-online-reference.js';
import { bytes, form, say, type Heard } from './wire.js';

const NOW = '2026-06-25T14:16:40.637Z';
const BACK = 'http://localhost:9999/callback';
const NOBODY = '00000000-0000-0000-0000-000000000000';

type Row = Record<string, unknown>;
type Source = readonly [entity: keyof typeof REFERENCE, path: string, more: string];
interface Body {
  readonly d: { readonly results: readonly Row[]; readonly __next?: string };
}

describe('what the reference of Exact Online says, asked of the stand-in', () => {
  let sandbox: ExactOnlineSandbox;
  let bearer: string;
  let base: string;
  beforeAll(async () => {
    const books = [await book(200, { debtors: 70 })];
    sandbox = await createExactOnlineSandbox({ books, clock: fixedClock(NOW), quota: false, webhookRetryUnitMs: 5 });
    sandbox.setClock(NOW, true);
    bearer = await tokenOf();
    base = `${sandbox.baseUrl}/api/v1/${books[0]!.code}`;
  });
  afterAll(() => sandbox.close());

  const authorizeUrl = (): string =>
    `${sandbox.baseUrl}/api/oauth2/auth?client_id=${sandbox.clientId}&redirect_uri=${encodeURIComponent(BACK)}&response_type=code&force_login=0`;
  const codeOf = async (): Promise<string> => (await signIn(authorizeUrl(), sandbox.users[0]!)).href.split('code=')[1]!;
  const token = (fields: Record<string, string>): Promise<Heard> =>
    say('POST', `${sandbox.baseUrl}/api/oauth2/token`, form({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret, ...fields })); // prettier-ignore
  const tokenOf = async (): Promise<string> => {
    const grant = await token({ grant_type: 'authorization_code', code: decodeURIComponent(await codeOf()), redirect_uri: BACK }); // prettier-ignore
    return (JSON.parse(grant.body) as { access_token: string }).access_token;
  };
  const headers = (more: Record<string, string> = {}): Record<string, string> => ({
    Authorization: `Bearer ${bearer}`,
    Accept: 'application/json',
    ...more,
  });
  const get = (path: string): Promise<Heard> => say('GET', base + encodeURI(path), { headers: headers() });
  const rows = async (path: string): Promise<readonly Row[]> => {
    const { d } = JSON.parse((await get(path)).body) as { d: readonly Row[] | Body['d'] };
    return 'results' in d ? d.results : d;
  };
  const write = (method: string, path: string, body: unknown, more: Record<string, string> = {}): Promise<Heard> =>
    say(method, base + path, { headers: headers({ 'Content-Type': 'application/json', ...more }), body: JSON.stringify(body) }); // prettier-ignore
  const whole = { Prefer: 'return=representation' };
  const made = async (path: string, body: unknown): Promise<Row> =>
    (JSON.parse((await write('POST', path, body, whole)).body) as { d: Row }).d;
  /** The error body of the reference: CRLF, no code, no language. */
  const refusal = (message: string): string =>
    `{\r\n"error": {\r\n"code": "", "message": {\r\n"lang": "", "value": ${JSON.stringify(message)}\r\n}\r\n}\r\n}`;
  const anyAccount = async (): Promise<string> => String((await rows("/crm/Accounts?$select=ID&$filter=Status eq 'C'&$top=1"))[0]!['ID']); // prettier-ignore

  describe('login', () => {
    it('answers a token in these bytes, its life in text, for a code that was decoded and used once', async () => {
      const raw = await codeOf();
      expect(raw).toContain('%21');
      const ask = (code: string) => token({ grant_type: 'authorization_code', code, redirect_uri: BACK });
      expect((await ask(raw)).status).toBe(400);
      const code = decodeURIComponent(await codeOf());
      const granted = await ask(code);
      expect(granted.status).toBe(200);
      expect(granted.headers['content-type']).toMatch(/^application\/json/);
      expect(granted.body).toMatch(bytes('{"access_token":"«text»","token_type":"Bearer","expires_in":"600","refresh_token":"«text»"}')); // prettier-ignore
      expect((await ask(code)).status).toBe(400);
      bearer = await tokenOf();
    });
  });

  describe('rows', () => {
    const sources: readonly Source[] = [
      ['Receivables', '/cashflow/Receivables?$top=1', ''],
      ['Receivables', '/sync/Cashflow/PaymentTerms?$top=1', 'Timestamp LineType ApprovalStatus PaymentBatchNumber PaymentSelected PaymentSelector PaymentSelectorFullName'], // prettier-ignore
      ['ReceivablesList', '/read/financial/ReceivablesList?$top=1', ''],
      ['PaymentConditions', '/cashflow/PaymentConditions?$top=1', ''],
      ['Accounts', "/crm/Accounts?$filter=Status eq 'C'&$top=1", ''],
      ['Accounts', '/sync/CRM/Accounts?$top=1', 'Timestamp'],
      ['Contacts', `/crm/Contacts?$filter=ID ne guid'${NOBODY}'&$top=1`, ''],
      ['DocumentTypes', '/documents/DocumentTypes?$top=1', ''],
      ['Divisions', '/system/Divisions?$top=1', ''],
      ['CommunicationNotes', '/activities/CommunicationNotes?$top=1', ''],
      ['Tasks', '/activities/Tasks?$top=1', ''],
      ['Documents', "/documents/Documents?$filter=Subject eq 'x'&$top=1", ''],
      ['DocumentAttachments', `/documents/DocumentAttachments?$filter=Document ne guid'${NOBODY}'&$top=1`, ''],
      ['Deleted', '/sync/Deleted?$top=1', ''],
    ];
    beforeAll(async () => {
      const about = { Account: await anyAccount(), Subject: 'x' };
      await made('/activities/CommunicationNotes', about);
      await made('/activities/Tasks', { Account: about.Account, Description: 'x', TaskType: 1 });
      const { ID: document } = await made('/documents/Documents', { ...about, Type: 55 });
      await made('/documents/DocumentAttachments', { Document: document, FileName: 'a.pdf', Attachment: 'JVBERg==' });
      const { ID: doomed } = await made('/documents/Documents', { ...about, Type: 55 });
      await say('DELETE', `${base}/documents/Documents(guid'${String(doomed)}')`, { headers: headers() });
    });

    it.each<Source>(sources)('%s: %s holds the fields of the reference in their types', async (entity, path, more) => {
      const [row] = await rows(path);
      const fields: Readonly<Partial<Record<EdmName, string>>> = REFERENCE[entity];
      const typed = Object.entries(fields).flatMap(([type, names]) => words(names).map((name) => [name, type as EdmName] as const)); // prettier-ignore
      const own = words(more);
      expect(Object.keys(row!).sort()).toEqual([...typed.map(([name]) => name), ...own, '__metadata'].sort());
      const wrong = typed.filter(([name, type]) => row![name] !== null && !FORMS[type](row![name]));
      expect(wrong.map(([name, type]) => `${name} is not ${type}: ${JSON.stringify(row![name])}`)).toEqual([]);
      if (own.includes('Timestamp')) expect(row!['Timestamp']).toMatch(/^\d+$/);
    }); // prettier-ignore

    it('tells who asks in a list of one, and the wall clock of its server', async () => {
      const me = (await say('GET', `${sandbox.baseUrl}/api/v1/current/Me`, { headers: headers() })).body;
      const [row] = (JSON.parse(me) as Body).d.results;
      const names = Object.values(REFERENCE.Me).flatMap(words);
      expect(Object.keys(row!).sort()).toEqual([...names, '__metadata'].sort());
      expect(row).toMatchObject({ Legislation: '128', ServerTime: '2026-06-25T16:16:40', ServerUtcOffset: 7200 });
    });

    it('answers no rows as an empty array when the caller cut the page itself', async () => {
      expect((await get("/crm/Accounts?$select=ID&$filter=Name eq 'nobody'&$top=50")).body).toBe('{"d":[]}');
      expect((await get("/crm/Accounts?$select=ID&$filter=Name eq 'nobody'")).body).toBe('{"d":{"results":[]}}');
    });

    it('drops $skip from the address of the next page, and keeps the rest', async () => {
      const { d } = JSON.parse((await get("/crm/Accounts?$select=ID&$filter=Status eq 'C'&$skip=3")).body) as Body;
      const last = String(d.results.at(-1)!['ID']);
      expect(d.__next).toBe(`${base}/crm/Accounts?$select=ID&$filter=Status%20eq%20'C'&$skiptoken=guid'${last}'`);
    });

    it('takes these filters on open items in bulk, and no other', async () => {
      const ask = async (filter: string): Promise<Heard> => get(`/bulk/Cashflow/Receivables?$select=ID&$filter=${filter}`); // prettier-ignore
      const guids = words('Account Document EntryID GLAccount ID TransactionID').map((name) => `${name} eq guid'${NOBODY}'`); // prettier-ignore
      const dates = words('EndDate EntryDate InvoiceDate').map((name) => `${name} gt datetime'2026-01-01T00:00:00'`);
      const others = ["EndToEndID eq 'x'", 'InvoiceNumber eq 1', 'Source eq 1', 'Status eq 20', 'TransactionType eq 20']; // prettier-ignore
      for (const filter of [...guids, ...dates, ...others]) expect([filter, (await ask(filter)).status]).toEqual([filter, 200]); // prettier-ignore
      for (const name of words('Modified DueDate')) {
        const { status, body } = await ask(`${name} gt datetime'2026-01-01T00:00:00'`);
        expect([status, body]).toEqual([400, refusal(`Filtering on these fields is not supported: ${name}`)]);
      }
    });
  });

  describe('time', () => {
    it('is midnight for a date, however it was written, and the wall clock of Amsterdam for a moment', async () => {
      const about = { Account: await anyAccount(), Subject: 'x', Type: 55 };
      for (const DocumentDate of ['2026-06-25', '2026-06-25T00:00:00'])
        expect(await made('/documents/Documents', { ...about, DocumentDate })).toMatchObject({
          DocumentDate: '/Date(1782345600000)/',
          Created: '/Date(1782404200637)/',
        });
      const dates = ['DueDate', 'InvoiceDate', 'EntryDate', 'LastPaymentDate', 'EndDate'] as const;
      const terms = await rows(`/sync/Cashflow/PaymentTerms?$select=Timestamp,${dates.join(',')}&$filter=Timestamp gt 1L`); // prettier-ignore
      const moments = terms.flatMap((row) => dates.map((name) => row[name])).filter((value) => value !== null);
      expect(moments.length).toBeGreaterThan(600);
      expect(moments.filter((value) => Number(/^\/Date\((-?\d+)\)\/$/.exec(String(value))?.[1]) % 86_400_000 !== 0)).toEqual([]); // prettier-ignore
    });

    it('comes twice in the night when the clocks go back', async () => {
      const Account = await anyAccount();
      const at = async (moment: string): Promise<unknown> => {
        sandbox.setClock(moment, true);
        bearer = await tokenOf();
        return (await made('/activities/CommunicationNotes', { Account, Subject: 'x' }))['Created'];
      };
      const twice = `/Date(${Date.UTC(2026, 9, 25, 2, 30)})/`;
      expect([await at('2026-10-25T00:30:00Z'), await at('2026-10-25T01:30:00Z')]).toEqual([twice, twice]);
    });
  });

  describe('writes', () => {
    it('changes what was sent and answers nothing, and forgets fields that are not for writing', async () => {
      const id = await anyAccount();
      const path = `/crm/Accounts(guid'${id}')`;
      const before = JSON.parse((await get(path)).body) as { d: Row };
      const put = await write('PUT', path, { Remarks: 'regel 1\r\nregel 2', CreatorFullName: 'niemand' });
      expect([put.status, put.body]).toEqual([204, '']);
      const after = JSON.parse((await get(path)).body) as { d: Row };
      const { Modified, Modifier, ModifierFullName, Remarks, ...rest } = after.d;
      expect([Remarks, typeof Modified, typeof Modifier, typeof ModifierFullName]).toEqual(['regel 1\r\nregel 2', 'string', 'string', 'string']); // prettier-ignore
      expect(before.d).toMatchObject(rest);
    });

    it('lets notes and tasks be added only, open items be described, and documents come and go', async () => {
      const Account = await anyAccount();
      const note = await made('/activities/CommunicationNotes', { Account, Subject: 'x' });
      const task = await made('/activities/Tasks', { Account, Description: 'x', TaskType: 1 });
      for (const path of [`CommunicationNotes(guid'${String(note['ID'])}')`, `Tasks(guid'${String(task['ID'])}')`])
        for (const method of ['PUT', 'DELETE', 'PATCH'])
          expect((await write(method, `/activities/${path}`, {})).status).toBe(405);
      const [item] = await rows('/cashflow/Receivables?$select=ID,AmountDC&$filter=Status eq 20&$top=1');
      const path = `/cashflow/Receivables(guid'${String(item!['ID'])}')`;
      expect((await write('PUT', path, { Description: 'tweede keer', AmountDC: 0 })).status).toBe(204);
      expect(JSON.parse((await get(`${path}?$select=Description,AmountDC`)).body)).toMatchObject({ d: { Description: 'tweede keer', AmountDC: item!['AmountDC'] } }); // prettier-ignore
      expect((await write('POST', '/cashflow/Receivables', {})).status).toBe(405);
      const document = await made('/documents/Documents', { Account, Subject: 'x', Type: 55 });
      const address = `/documents/Documents(guid'${String(document['ID'])}')`;
      const gone = await say('DELETE', base + address, { headers: headers() });
      expect([gone.status, gone.body, (await get(address)).status]).toEqual([204, '', 404]);
      const log = await rows('/sync/Deleted?$select=EntityKey,EntityType,Timestamp&$filter=Timestamp gt 1L and EntityType eq 6'); // prettier-ignore
      expect(log.at(-1)).toMatchObject({ EntityKey: document['ID'], EntityType: 6 });
    });

    it('refuses a body that is no JSON object, in the bytes of every refusal', async () => {
      const message = 'Error processing request stream. The request should be a valid top-level resource object.';
      const url = `${base}/activities/CommunicationNotes`;
      const asked = { headers: headers({ 'Content-Type': 'application/xml' }), body: '<note/>' };
      const broken = { headers: headers({ 'Content-Type': 'application/json' }), body: '{"Subject":' };
      for (const said of [asked, broken]) {
        const { status, body } = await say('POST', url, said);
        expect([status, body]).toEqual([400, refusal(message)]);
      }
    });
  });

  it('gives the reason of a refused scope in the bytes of every refusal', async () => {
    const scope = 'organization.administration';
    const poor = await createExactOnlineSandbox({ books: [await book(5, { debtors: 2 })], clock: fixedClock(NOW), missingScopes: [scope] }); // prettier-ignore
    const there = sandbox;
    try {
      sandbox = poor;
      bearer = await tokenOf();
      const me = JSON.parse((await say('GET', `${poor.baseUrl}/api/v1/current/Me`, { headers: headers() })).body) as Body; // prettier-ignore
      const url = `${poor.baseUrl}/api/v1/${String(me.d.results[0]!['CurrentDivision'])}/system/Divisions`;
      const { status, body } = await say('GET', url, { headers: headers() });
      expect([status, body]).toEqual([403, refusal(`Forbidden - Application Scope Violated. Cannot read '${scope}' scope.`)]); // prettier-ignore
    } finally {
      sandbox = there;
      bearer = await tokenOf();
      await poor.close();
    }
  });

  it('tells of a change in these bytes, after an empty POST, signed over the bytes of Content', async () => {
    const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
    const server = await listen((headersOf, body) => heard.push({ headers: headersOf, body }));
    const callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    await made('/webhooks/WebhookSubscriptions', { Topic: 'Accounts', CallbackURL: callback });
    expect(heard).toMatchObject([{ headers: { 'content-length': '0' }, body: '' }]);
    const id = await anyAccount();
    await write('PUT', `/crm/Accounts(guid'${id}')`, { Remarks: 'é' });
    while (heard.length < 2) await new Promise((proceed) => setTimeout(proceed, 5));
    const { body } = heard[1]!;
    expect(body).toMatch(
      bytes(
        `{"Content":{"Topic":"Accounts","ClientId":"{${sandbox.clientId}}","Division":«int»,"Action":"Update","Key":"${id}",` +
          `"ExactOnlineEndpoint":"${base}/crm/Accounts(guid'${id}')","EventCreatedOn":"«text»"},"HashCode":"«text»"}`,
      ),
    );
    const content = body.slice('{"Content":'.length, body.indexOf(',"HashCode":'));
    const hash = createHmac('sha256', sandbox.webhookSecret).update(content).digest('hex').toUpperCase();
    expect(body.endsWith(`,"HashCode":"${hash}"}`)).toBe(true);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const whole = (value: unknown): boolean => Number.isInteger(value);

/** How each type of the reference looks in verbose JSON. */
const FORMS: Readonly<Record<EdmName, (value: unknown) => boolean>> = {
  Guid: (value) => typeof value === 'string' && GUID.test(value),
  String: (value) => typeof value === 'string',
  DateTime: (value) => typeof value === 'string' && /^\/Date\(-?\d+\)\/$/.test(value),
  Int64: (value) => typeof value === 'string' && /^-?\d+$/.test(value),
  Int32: whole,
  Int16: whole,
  Byte: (value) => whole(value) && Number(value) >= 0 && Number(value) < 256,
  Double: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
  Binary: (value) => typeof value === 'string',
  Complex: (value) => typeof value === 'object',
  Deferred: (value) => typeof (value as { __deferred?: { uri?: unknown } }).__deferred?.uri === 'string',
};

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function listen(hear: (headers: IncomingHttpHeaders, body: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      hear(request.headers, Buffer.concat(chunks).toString('utf8'));
      response.end();
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
