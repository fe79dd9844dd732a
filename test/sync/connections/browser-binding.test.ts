import request from 'supertest';
import { consentAt, PUBLIC_URL, startEngine, type Engine } from '../support/engine.js';

describe('a consent that a browser began', () => {
  let engine: Engine;

  beforeEach(async () => {
    engine = await startEngine({ size: 10, debtors: 2 });
  });
  afterEach(async () => engine.close());

  const begin = async (headers: Record<string, string>): Promise<{ id: string; url: string; cookies: string[] }> => {
    const answer = await engine.as.post('/connections').set(headers).send({ connector: 'exact-online' }).expect(201);
    expect(Object.keys(answer.body as object).sort()).toEqual(['authorizeUrl', 'id']);
    const cookies = (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
    return { id: String(answer.body.id), url: String(answer.body.authorizeUrl), cookies };
  };
  const comeBack = async (query: Record<string, string>, cookies: readonly string[]): Promise<string> => {
    const server = engine.api.app.getHttpServer() as Parameters<typeof request>[0];
    const kept = cookies.map((cookie) => cookie.split(';')[0]!).join('; ');
    const answer = await request(server).get('/oauth/callback').query(query).set('Cookie', kept).redirects(0);
    return String(answer.headers['location']);
  };
  const browser = { Origin: PUBLIC_URL };

  it('is kept in a short-lived cookie that no script reads, different for each', async () => {
    const [first, second] = [await begin(browser), await begin(browser)];
    expect(first.cookies).toHaveLength(1);
    expect(first.cookies[0]).toMatch(/^openpost_consent_[\da-f]{16}=[\w-]{43}; Max-Age=600; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/); // prettier-ignore
    expect(first.cookies[0]!.split('=')[0]).not.toBe(second.cookies[0]!.split('=')[0]);
    const rows = await engine.database.sql<{ kept: string }>(`select encode(browser_hash, 'hex') as kept from authorization_request`); // prettier-ignore
    expect(rows.every(({ kept }) => /^[\da-f]{64}$/.test(kept))).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(first.cookies[0]!.split(/[=;]/)[1]);
  });

  it('ends in that browser', async () => {
    const { id, url, cookies } = await begin(browser);
    expect(await comeBack(await consentAt(engine, url), cookies)).toBe(
      `${PUBLIC_URL}/connections/${id}?result=connected`,
    );
  });

  it('does nothing in another browser, and says so without naming the connection', async () => {
    const { id, url, cookies } = await begin(browser);
    const other = await begin(browser);
    const query = await consentAt(engine, url);
    expect(await comeBack(query, [])).toBe(`${PUBLIC_URL}/connections?result=other-browser`);
    expect(await comeBack(query, other.cookies)).toBe(`${PUBLIC_URL}/connections?result=other-browser`);
    const forged = `${cookies[0]!.split('=')[0]}=made-up`;
    expect(await comeBack(query, [forged])).toBe(`${PUBLIC_URL}/connections?result=other-browser`);
    expect((await engine.as.get(`/connections/${id}`)).body).toMatchObject({ stateReason: 'awaiting_consent' });
    expect(await comeBack(query, cookies)).toContain('result=connected');
  });

  it('is bound again at a reconnect', async () => {
    const { id, url, cookies } = await begin(browser);
    await comeBack(await consentAt(engine, url), cookies);
    const again = await engine.as.post(`/connections/${id}/reconnect`).set(browser).expect(200);
    const query = await consentAt(engine, String(again.body.authorizeUrl));
    expect(await comeBack(query, cookies)).toContain('result=other-browser');
    expect(await comeBack(query, again.headers['set-cookie'] as unknown as string[])).toContain('result=connected');
  });

  it.each([
    ['a program without an Origin', {}],
    ['an API key', { Origin: PUBLIC_URL, Authorization: 'Bearer opk_x' }],
    ['another address of ours, to which the cookie would not come back', { Origin: 'http://127.0.0.1:3000' }],
  ])('asks nothing of %s: it opens the address itself', async (_name, headers) => {
    const { url, cookies } = await begin(headers);
    expect(cookies).toEqual([]);
    expect(await comeBack(await consentAt(engine, url), [])).toContain('result=connected');
  });
});
