import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import nock from 'nock';
import { ACCESS_TOKEN_PLACE, SourceError } from '../../../src/connectors/contract/index.js';
import { createSourceHttp, postForm, redact, type CallSeen } from '../../../src/connectors/transport/index.js';

const TOKEN = 'canary-bearer-0123456789';
const HOME = 'https://start.exactonline.nl';

async function failure(attempt: Promise<unknown>): Promise<SourceError> {
  const error = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SourceError);
  return error as SourceError;
}

const isSilent = (error: unknown): void => {
  expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain('canary');
};

describe('the way out of a connector', () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([]);
    nock.cleanAll();
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  const seen: CallSeen[] = [];
  const http = createSourceHttp({
    baseUrl: HOME,
    allowedHosts: ['api.example.com', '*.twinfield.com'],
    bearer: async () => TOKEN,
    // Far beyond what a busy machine needs to be told of a refusal, and far below the delay in the deadline test.
    timeoutMs: 1_000,
    onCall: (call) => seen.push(call),
  });

  it('sends the bearer and JSON, and takes JSON back', async () => {
    nock(HOME, { reqheaders: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } })
      .post('/api/v1/1/x?a=%27b%27', { Subject: 'é' })
      .reply(201, { d: { ID: 'one' } }, { 'X-RateLimit-Remaining': '4999' });
    const response = await http.request({ method: 'POST', url: '/api/v1/1/x?a=%27b%27', body: { Subject: 'é' } });
    expect(response).toMatchObject({ status: 201, body: { d: { ID: 'one' } } });
    expect(response.headers['x-ratelimit-remaining']).toBe('4999');
    expect(seen.at(-1)).toMatchObject({
      method: 'POST',
      host: 'start.exactonline.nl',
      path: '/api/v1/1/x',
      status: 201,
    });
  });

  it('puts the token where a message has its place, in no header, and takes nothing that a person wrote for it', async () => {
    const token = 'canary&<"$&-0123456789';
    const placed = createSourceHttp({ baseUrl: HOME, bearer: async () => token });
    const body = `<t>${ACCESS_TOKEN_PLACE}</t><note>access-token</note>`;
    nock(HOME, { badheaders: ['authorization'] })
      .post('/soap', '<t>canary&amp;&lt;"$&amp;-0123456789</t><note>access-token</note>')
      .query({ token, other: 'access-token' })
      .reply(401, `no good: ${token}`);
    const url = `/soap?token=${encodeURIComponent(ACCESS_TOKEN_PLACE)}&other=access-token`;
    const response = await placed.request({ method: 'POST', url, body, token: 'placed' });
    expect(response.body).toBe('no good: [redacted]');
    expect(JSON.stringify(seen)).not.toContain('canary');
  });

  it('leaves the place alone where the token goes into the header', async () => {
    nock(HOME, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .post('/soap', ACCESS_TOKEN_PLACE)
      .reply(200, '');
    await http.request({ method: 'POST', url: '/soap', body: ACCESS_TOKEN_PLACE });
  });

  it('sends bytes as they are, and takes the silence after a POST that only reads for a read', async () => {
    const body = Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0x00]);
    nock(HOME, { reqheaders: { 'content-type': 'multipart/form-data; boundary=x' } })
      .post('/upload', (sent: unknown) => sent === body.toString('hex'))
      .reply(200, '{}');
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    expect(await http.request({ method: 'POST', url: '/upload', body, headers })).toMatchObject({ status: 200 });
    for (const [isRead, kind] of [
      [true, 'source_down'],
      [false, 'outcome_unknown'],
    ] as const) {
      nock(HOME)
        .post('/graphql')
        .replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
      const error = await failure(http.request({ method: 'POST', url: '/graphql', body: { query: '{a}' }, isRead }));
      expect(error.kind).toBe(kind);
    }
  });

  it.each([
    ['a page', '<html>Service Unavailable</html>', '<html>Service Unavailable</html>'],
    ['nothing', '', ''],
    ['half of it', '{"d":{"results":[', '{"d":{"results":['],
    ['a number', '12', '12'],
    ['JSON under another name', '{"d":[]}', { d: [] }],
  ])('takes %s as it came', async (_name, sent, expected) => {
    nock(HOME).get('/x').reply(503, sent, { 'Content-Type': 'text/html' });
    expect(await http.request({ method: 'GET', url: 'x' })).toMatchObject({ status: 503, body: expected });
  });

  it('follows no redirect, so the token goes nowhere else', async () => {
    nock(HOME).get('/x').reply(302, '', { Location: 'https://elsewhere.example/x' });
    expect((await http.request({ method: 'GET', url: '/x' })).status).toBe(302);
  });

  it.each([
    'https://evil.example/api/v1/1/x',
    'https://start.exactonline.nl.evil.example/x',
    'https://start.exactonline.nl@evil.example/x',
    'https://user:pass@start.exactonline.nl/x',
    '//evil.example/x',
    '/\\evil.example/x',
    'http://start.exactonline.nl/x',
    'https://start.exactonline.nl:8443/x',
    'https://eviltwinfield.com/x',
  ])('never calls %s, and asks for no token', async (url) => {
    let asked = 0;
    const guarded = createSourceHttp({
      baseUrl: HOME,
      allowedHosts: ['*.twinfield.com'],
      bearer: async () => `${TOKEN}${(asked += 1)}`,
    });
    const error = await failure(guarded.request({ method: 'GET', url }));
    expect(['contract_changed', 'bug']).toContain(error.kind);
    expect(asked).toBe(0);
    expect(error.message).not.toContain('pass');
  });

  it.each(['https://api.example.com/x', 'https://accounting.twinfield.com/x', 'https://start.exactonline.nl/x'])(
    'calls %s',
    async (url) => {
      nock(new URL(url).origin).get('/x').reply(200, {});
      expect((await http.request({ method: 'GET', url })).status).toBe(200);
    },
  );

  it('keeps a path of the base URL', async () => {
    nock('https://proxy.example').get('/exact/api/v1/x').reply(200, {});
    const proxied = createSourceHttp({ baseUrl: 'https://proxy.example/exact/', bearer: async () => TOKEN });
    expect((await proxied.request({ method: 'GET', url: '/api/v1/x' })).status).toBe(200);
  });

  it.each([
    ['GET', 'ETIMEDOUT', 'timeout_read'],
    ['GET', 'ECONNRESET', 'source_down'],
    ['GET', 'ECONNREFUSED', 'source_down'],
    ['GET', 'ENOTFOUND', 'source_down'],
    ['POST', 'ETIMEDOUT', 'outcome_unknown'],
    ['POST', 'ECONNRESET', 'outcome_unknown'],
    ['POST', 'EPIPE', 'outcome_unknown'],
    ['POST', 'ECONNREFUSED', 'source_down'],
    ['PUT', 'ENOTFOUND', 'source_down'],
    ['DELETE', 'ECONNRESET', 'outcome_unknown'],
    ['POST', 'CERT_HAS_EXPIRED', 'source_down'],
  ] as const)('%s that ends in %s is %s', async (method, code, kind) => {
    const lost = Object.assign(new Error(`canary ${code}`), { code });
    nock(HOME).intercept('/api/x?code=canary', method).replyWithError(lost);
    const error = await failure(http.request({ method, url: '/api/x?code=canary', body: { secret: 'canary' } }));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(code);
    expect(seen.at(-1)!.status).toBeNull();
    isSilent(error);
  });

  it.each([
    ['GET', 'timeout_read'],
    ['POST', 'outcome_unknown'],
  ] as const)('%s gives up at the deadline: %s', async (method, kind) => {
    nock(HOME).intercept('/slow', method).delay(20_000).reply(200, {});
    const started = performance.now();
    expect((await failure(http.request({ method, url: '/slow' }))).kind).toBe(kind);
    expect(performance.now() - started).toBeLessThan(10_000);
    nock.abortPendingRequests();
  });

  it('takes its own token out of a refusal that echoes it', async () => {
    nock(HOME)
      .get('/x')
      .reply(401, `bad token ${TOKEN}`, { 'WWW-Authenticate': `Bearer ${TOKEN}` });
    isSilent(await http.request({ method: 'GET', url: '/x' }));
  });

  it('posts a form and keeps its values out of every failure', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: 'canary!&=é', client_secret: 'canary-secret' };
    nock(HOME, { reqheaders: { 'content-type': 'application/x-www-form-urlencoded' } })
      .post('/token', form)
      .reply(200, { access_token: 'a' });
    expect(await postForm({ baseUrl: HOME, url: '/token', form })).toMatchObject({ body: { access_token: 'a' } });
    nock(HOME)
      .post('/token')
      .replyWithError(Object.assign(new Error('canary'), { code: 'ECONNRESET' }));
    const error = await failure(postForm({ baseUrl: HOME, url: '/token', form }));
    expect(error.kind).toBe('outcome_unknown');
    isSilent(error);
    expect((await failure(postForm({ baseUrl: HOME, url: 'https://evil.example/token', form }))).kind).toBe(
      'contract_changed',
    );
  });
});

describe('over a real socket', () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));

  async function listen(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('uses one connection for calls in a row', async () => {
    const ports = new Set<number | undefined>();
    const baseUrl = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const http = createSourceHttp({ baseUrl, bearer: async () => TOKEN });
    for (let call = 0; call < 5; call += 1) await http.request({ method: 'GET', url: '/x' });
    expect(ports.size).toBe(1);
  });

  it('has a deadline for the whole call, however steadily bytes drip in', async () => {
    const baseUrl = await listen((_request, response) => {
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    });
    const http = createSourceHttp({ baseUrl, bearer: async () => TOKEN, timeoutMs: 300 });
    expect((await failure(http.request({ method: 'GET', url: '/x' }))).kind).toBe('timeout_read');
    expect((await failure(http.request({ method: 'POST', url: '/x', body: {} }))).kind).toBe('outcome_unknown');
  });

  it('reads an answer larger than any we know as a changed contract', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    const baseUrl = await listen((_request, response) => {
      for (let megabyte = 0; megabyte < 66; megabyte += 1) response.write(chunk);
      response.end();
    });
    const http = createSourceHttp({ baseUrl, bearer: async () => TOKEN });
    expect((await failure(http.request({ method: 'GET', url: '/x' }))).kind).toBe('contract_changed');
  });
});

describe('redact', () => {
  it.each([
    ['{"access_token":"abc.def","expires_in":600}', '{"access_token":"[redacted]","expires_in":600}'],
    [
      'grant_type=x&refresh_token=a%21b&client_secret=s',
      'grant_type=x&refresh_token=[redacted]&client_secret=[redacted]',
    ],
    ['?code=stamp!IAAAA&state=1', '?code=[redacted]&state=1'],
    ['Authorization: Bearer AAEAAGxW.abc', 'Authorization: Bearer [redacted]'],
    ['Old refresh token used.', 'Old refresh token used.'],
    ['Gegeven bestaat reeds: VATCode "VB "', 'Gegeven bestaat reeds: VATCode "VB "'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('takes a given secret out raw and encoded', () => {
    expect(redact('x s3cr!t& y s3cr!t%26 z', ['s3cr!t&'])).toBe('x [redacted] y [redacted] z');
  });
});
