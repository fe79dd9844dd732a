import { createHash, createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import type { TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import {
  authorizeUrl,
  caller,
  connect,
  consent,
  door,
  exchange,
  refresh,
  REDIRECT,
  start,
  token,
  validate,
  type Tokens,
} from './support.js';

const AT = '2026-11-22T10:00:00.000Z';
const OFFICES = '<list><type>offices</type></list>';

function later(seconds: number): string {
  return new Date(Date.parse(AT) + seconds * 1_000).toISOString();
}

describe('the OpenID Connect of the stand-in', () => {
  let sandbox: TwinfieldSandbox;
  beforeEach(async () => {
    sandbox = await start();
    sandbox.setClock(AT, true);
  });
  afterEach(() => sandbox.close());

  it('publishes what it can do', async () => {
    const issuer = `${sandbox.loginUrl}/auth/authentication`;
    const found = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    expect(found).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/connect/authorize`,
      token_endpoint: `${issuer}/connect/token`,
      userinfo_endpoint: `${issuer}/connect/userinfo`,
    });
  });

  it('hands back the state and a code, or that the person said no', async () => {
    const back = await consent(sandbox, { state: 'a b&c' });
    expect(back.href.startsWith(`${REDIRECT}&code=`)).toBe(true);
    expect(back.searchParams.get('state')).toBe('a b&c');
    const denied = await consent(sandbox, { action: 'deny' });
    expect(denied.href).toBe(`${REDIRECT}&error=access_denied&state=xyz`);
  });

  it.each([
    [{ client_id: 'somebody-else' }, 400, null],
    [{ redirect_uri: 'http://evil.example/' }, 400, null],
    [{ nonce: undefined }, 302, 'invalid_request'],
    [{ scope: 'openid twf.user' }, 302, 'invalid_scope'],
    [{ scope: 'openid twf.organisationUser twf.everything' }, 302, 'invalid_scope'],
    [{ response_type: 'token' }, 302, 'unsupported_response_type'],
  ])('gives no code for %j', async (changes, status, error) => {
    const response = await fetch(authorizeUrl(sandbox, changes), { redirect: 'manual' });
    expect(response.status).toBe(status);
    const location = response.headers.get('location');
    expect(location === null ? null : new URL(location).searchParams.get('error')).toBe(error);
  });

  it('refuses a wrong password and shows the form again', async () => {
    const body = new URLSearchParams({ step: 'login', UserName: sandbox.users[0]!.userName, Password: 'wrong' });
    const response = await fetch(authorizeUrl(sandbox), { method: 'POST', body, redirect: 'manual' });
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.text()).toContain('type="password"');
  });

  it('takes a code once, from the same address', async () => {
    const code = (await consent(sandbox)).searchParams.get('code')!;
    const elsewhere = { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost:1/' };
    expect(await (await token(sandbox, elsewhere)).json()).toEqual({ error: 'invalid_grant' });
    const next = (await consent(sandbox)).searchParams.get('code')!;
    expect((await exchange(sandbox, next)).status).toBe(200);
    expect((await exchange(sandbox, next)).status).toBe(400);
  });

  it('takes id and secret in the body as well, and refuses wrong ones', async () => {
    const { refresh_token } = await connect(sandbox);
    const ask = (secret: string): Promise<Response> =>
      fetch(`${sandbox.loginUrl}/auth/authentication/connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: sandbox.clientId,
          client_secret: secret,
          grant_type: 'refresh_token',
          refresh_token,
          redirect_uri: REDIRECT,
        }),
      });
    expect((await ask(sandbox.clientSecret)).status).toBe(200);
    expect(await (await ask('wrong')).json()).toEqual({ error: 'invalid_client' });
  });

  it('signs an id token for the app, over the nonce', async () => {
    const { id_token, access_token } = await connect(sandbox);
    const [head, claims, signature] = id_token.split('.') as [string, string, string];
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
    const keys = `${sandbox.loginUrl}/auth/authentication/.well-known/openid-configuration/jwks`;
    const { keys: found } = (await (await fetch(keys)).json()) as { keys: (JsonWebKey & { kid: string })[] };
    const key = createPublicKey({ key: found.find((each) => each.kid === kid)!, format: 'jwk' });
    const verifies = (text: string): boolean =>
      createVerify('RSA-SHA256').update(text).verify(key, signature, 'base64url');
    expect([verifies(`${head}.${claims}`), verifies(`${head}.${claims}x`)]).toEqual([true, false]);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: `${sandbox.loginUrl}/auth/authentication`,
      aud: sandbox.clientId,
      nonce: 'n-0S6',
      at_hash: createHash('sha256').update(access_token).digest().subarray(0, 16).toString('base64url'),
      'twf.organisationCode': 'SANDBOX',
    });
  });

  it('lets an access token live an hour, and the refresh token be used again and again', async () => {
    const first = await connect(sandbox);
    expect(first).toMatchObject({ token_type: 'Bearer', expires_in: 3_600 });
    const second = (await (await refresh(sandbox, first.refresh_token)).json()) as Tokens;
    expect(second.refresh_token).toBe(first.refresh_token);
    const statuses = async (): Promise<number[]> => {
      const tokens = [first.access_token, second.access_token];
      return Promise.all(tokens.map(async (each) => (await caller(sandbox, each).raw(OFFICES)).status));
    };
    expect(await statuses()).toEqual([200, 200]);
    sandbox.setClock(later(3_599), true);
    expect(await statuses()).toEqual([200, 200]);
    sandbox.setClock(later(3_600), true);
    expect(await statuses()).toEqual([401, 401]);
    sandbox.setClock(later(20 * 365 * 86_400), true);
    expect((await refresh(sandbox, first.refresh_token)).status).toBe(200);
  });

  it('tells whose a token is and where the books are', async () => {
    const { access_token } = await connect(sandbox);
    const facts = (await (await validate(sandbox, access_token)).json()) as Record<string, unknown>;
    const seconds = Date.parse(AT) / 1_000;
    expect(facts).toMatchObject({
      aud: `${sandbox.loginUrl}/auth/authentication/resources`,
      iss: `${sandbox.loginUrl}/auth/authentication`,
      nbf: String(seconds),
      exp: String(seconds + 3_600),
      client_id: sandbox.clientId,
      scope: ['openid', 'twf.user', 'twf.organisation', 'twf.organisationUser', 'offline_access'],
      'twf.organisationUserCode': 'DEMO',
      'twf.organisationCode': 'SANDBOX',
      'twf.clusterUrl': sandbox.baseUrl,
    });
    const bad = await validate(sandbox, 'bad');
    expect({ status: bad.status, body: await bad.json() }).toEqual({ status: 400, body: { Message: 'invalid_token' } });
  });

  it('names no cluster and opens no books without the scope of the organisation', async () => {
    const scope = 'openid twf.user twf.organisationUser';
    const tokens = await connect(sandbox, { scope });
    expect(tokens.refresh_token).toBeUndefined();
    expect(await (await validate(sandbox, tokens.access_token)).json()).not.toHaveProperty(['twf.clusterUrl']);
    expect(await caller(sandbox, tokens.access_token).raw(OFFICES)).toMatchObject({
      status: 403,
      text: expect.stringContaining('<code>352</code>'),
    });
  });

  it('ends everything when access is withdrawn', async () => {
    const { access_token, refresh_token } = await connect(sandbox);
    expect(await (await door(sandbox, 'POST', 'faults', { kind: 'revoke' })).json()).toEqual({ revoked: 1 });
    expect((await caller(sandbox, access_token).raw(OFFICES)).status).toBe(401);
    expect(await (await refresh(sandbox, refresh_token)).json()).toEqual({ error: 'invalid_grant' });
  });

  it('keeps no code and no token in its log', async () => {
    const tokens = await connect(sandbox);
    await validate(sandbox, tokens.access_token);
    await caller(sandbox, tokens.access_token).raw(OFFICES);
    const log = JSON.stringify(sandbox.requests);
    expect(log).toContain('/auth/authentication/connect/accesstokenvalidation');
    for (const secret of [tokens.access_token, tokens.refresh_token, 'code=']) expect(log).not.toContain(secret);
  });
});
