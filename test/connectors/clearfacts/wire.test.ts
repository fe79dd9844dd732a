import nock from 'nock';
import { createClearFacts } from '../../../src/connectors/clearfacts/index.js';
import { failureOf } from '../../contract/stage.js';
import { API, clock, contextOf, HOST, settings, TOKEN } from './support.js';

const connector = createClearFacts('public', clock);
const auth = connector.auth(settings);
const first = connector.firstPosition('debtors');
const pull = () =>
  connector.pull(contextOf(), { object: 'debtors', administration: '0403227515', position: first, limit: 100 });

describe('the wire of ClearFacts', () => {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it('asks for the login with the scopes of its profile', () => {
    const request = { redirectUri: 'https://x.example/oauth/callback', state: 's', forceLogin: false };
    expect(auth.authorizeUrl(request)).toBe(
      `${HOST}/oauth2-server/authorize?response_type=code&client_id=app` +
        '&redirect_uri=https%3A%2F%2Fx.example%2Foauth%2Fcallback' +
        '&scope=openid+email+profile+read_administrations+contact_read+archive&state=s',
    );
    expect(createClearFacts('extended', clock).auth(settings).authorizeUrl(request)).toContain('invoice_read');
  });

  it('exchanges a code, and keeps a token without an end until it is refused', async () => {
    nock(HOST)
      .post(
        '/oauth2-server/token',
        'grant_type=authorization_code&code=c&redirect_uri=r&client_id=app&client_secret=canary-secret',
      ) // prettier-ignore
      .reply(200, { access_token: 'a'.repeat(80), token_type: 'Bearer' });
    const grant = await auth.exchange({ code: 'c', redirectUri: 'r' });
    expect(grant).toEqual({ accessToken: 'a'.repeat(80), refreshToken: '', expiresInSeconds: 315_360_000 });
    expect((await failureOf(() => auth.refresh({ refreshToken: '' }))).kind).toBe('auth_revoked');
  });

  it.each([
    [401, { error: 'invalid_client' }, 'rejected'],
    [400, { error: 'invalid_grant', error_description: 'The code c0de is invalid' }, 'auth_revoked'],
    [502, '<html>', 'outcome_unknown'],
    [200, { token_type: 'Bearer' }, 'outcome_unknown'],
    [429, '', 'rate_limited'],
  ])('reads the token endpoint: %s %j is %s', async (status, body, kind) => {
    nock(HOST).post('/oauth2-server/token').reply(status, body);
    const error = await failureOf(() => auth.exchange({ code: 'c0de', redirectUri: 'r' }));
    expect(error.kind).toBe(kind);
    expect(error.message).not.toContain('c0de');
  });

  it('asks for customers in one JSON call to the API host', async () => {
    nock(API, { reqheaders: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } })
      .post('/graphql', {
        query: 'query customers($companyNumber: String, $offset: Int) {\n  customers(companyNumber: $companyNumber, offset: $offset) { id name }\n}', // prettier-ignore
        variables: { companyNumber: '0403227515', offset: 0 },
      })
      .reply(200, '{"data":{"customers":[{"id":"ACME","name":"Acme"}]}}');
    const page = await pull();
    expect([page.records, page.more]).toEqual([[{ id: 'ACME', name: 'Acme' }], false]);
    const context = { object: 'debtors', currency: 'EUR', country: 'BE' } as const;
    expect(connector.map(page.records[0], context)).toMatchObject({ record: { sourceId: 'ACME', code: 'ACME', kind: 'consumer' } }); // prettier-ignore
  });

  it.each([
    ['{"errors":[{"message":"Internal server error"}],"data":{"customers":null}}', 'source_down'],
    ['{"errors":[{"message":"Unauthorized"}]}', 'auth_expired'],
    ['{"errors":[{"message":"You are not allowed to access this administration."}]}', 'scope_missing'],
    ['{"errors":[{"message":"Administration unknown."}]}', 'rejected'],
    ['{"errors":"broken"}', 'rejected'],
    ['{"errors":[]}', 'rejected'],
    ['{"data":{"customers":null}}', 'contract_changed'],
    ['{"data":null}', 'contract_changed'],
    ['{"data":{"cust', 'source_down'],
    ['<html>502 Bad Gateway</html>', 'source_down'],
  ])('reads an answer of status 200: %s is %s', async (body, kind) => {
    nock(API).post('/graphql').reply(200, body);
    expect((await failureOf(pull)).kind).toBe(kind);
  });

  it.each([
    ['120', 'rate_limited', '2026-11-20T09:02:30.000Z'],
    ['7200', 'quota_exhausted', '2026-11-20T11:00:30.000Z'],
    ['Fri, 20 Nov 2026 09:10:00 GMT', 'rate_limited', '2026-11-20T09:10:00.000Z'],
    ['soon', 'rate_limited', '2026-11-20T09:01:30.000Z'],
  ])('believes Retry-After %s', async (value, kind, until) => {
    nock(API).post('/graphql').reply(429, '', { 'Retry-After': value });
    const error = await failureOf(pull);
    expect([error.kind, error.until?.toISOString()]).toEqual([kind, until]);
  });

  it('sends a file as the documentation has it: query, variables, file', async () => {
    nock(API)
      .post('/graphql')
      .reply(200, { data: { archiveCategories: { various: [{ id: '7', name: 'Openpost' }] } } });
    const sent: string[] = [];
    nock(API, { reqheaders: { 'content-type': /^multipart\/form-data; boundary=openpost-/ } })
      .post('/graphql', (body: string) => (sent.push(body), true))
      .reply(200, { data: { uploadArchiveFile: { uuid: 'u-1' } } });
    const shared = {
      administration: '0403227515',
      debtorSourceId: 'ACME',
      subject: 's',
      text: 't',
      date: '2026-11-20',
    };
    const intent = { ...shared, kind: 'document', key: 'k', entrySourceId: null, fileName: 'a.pdf', file: Buffer.from('%PDF') } as const; // prettier-ignore
    expect(await connector.push(contextOf(), intent, null)).toEqual({ outcome: 'applied', remoteId: 'u-1' });
    const parts = sent[0]!.replaceAll(/openpost-[0-9a-f]{24}/g, 'B').split('\r\n');
    expect(parts.filter((line) => !line.startsWith('Content-Type'))).toEqual([
      '--B',
      'Content-Disposition: form-data; name="query"',
      '',
      expect.stringMatching(/^mutation uploadArchiveFile\([\s\S]*type: VARIOUS, category: \$category/),
      '--B',
      'Content-Disposition: form-data; name="variables"',
      '',
      '{"vatnumber":"0403227515","filename":"a [k].pdf","category":"7"}',
      '--B',
      'Content-Disposition: form-data; name="file"; filename="a [k].pdf"',
      '',
      '%PDF',
      '--B--',
      '',
    ]);
  });
});
