import { createHash, createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import type { ClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { ALL_SCOPES, ask, connect, consent, door, REDIRECT, start, token, type Json } from './support.js';

const ME = '{ administrations { companyNumber } }';

describe('the login of ClearFacts', () => {
  let sandbox: ClearFactsSandbox;
  beforeEach(async () => void (sandbox = await start()));
  afterEach(() => sandbox.close());

  const userInfo = (bearer: string) =>
    fetch(`${sandbox.loginUrl}/oauth2-server/userinfo`, { headers: { authorization: `Bearer ${bearer}` } });
  const exchange = (code: string, more = {}) =>
    token(sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more });

  it('describes itself', async () => {
    const issuer = sandbox.loginUrl;
    expect(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()).toEqual({
      issuer,
      authorization_endpoint: `${issuer}/oauth2-server/authorize`,
      token_endpoint: `${issuer}/oauth2-server/token`,
      userinfo_endpoint: `${issuer}/oauth2-server/userinfo`,
      jwks_uri: `${issuer}/oauth2-server/jwks.json`,
      response_types_supported: ['code', 'token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email'],
    });
  });

  it('tells who the user is, byte for byte, and more only for more scopes', async () => {
    const few = await connect(sandbox, 'openid email');
    expect(await (await userInfo(few.access_token)).text()).toBe(
      '{"sub":"demo@openpost.example","username":"demo@openpost.example","email":"demo@openpost.example"}',
    );
    const more = await connect(sandbox, 'openid profile');
    expect(await (await userInfo(more.access_token)).json()).toMatchObject({ name: 'Lotte Peeters', locale: 'nl-BE' });
    expect((await userInfo('nonsense')).status).toBe(401);
  });

  it('gives 80 characters and a signed token around them, and takes either', async () => {
    const { access_token: access, id_token: jwt } = await connect(sandbox);
    expect(access).toMatch(/^[\x21-\x7e]{80}$/);
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const jwks = (await (await fetch(`${sandbox.loginUrl}/oauth2-server/jwks.json`)).json()) as { keys: JsonWebKey[] };
    const key = createPublicKey({ key: jwks.keys[0]!, format: 'jwk' });
    const verify = createVerify('RSA-SHA256').update(`${head}.${body}`);
    expect(verify.verify(key, Buffer.from(signature, 'base64url'))).toBe(true);
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Json;
    expect(claims).toMatchObject({ iss: sandbox.loginUrl, aud: sandbox.clientId, access_token: access });
    for (const bearer of [access, jwt]) expect((await ask(sandbox, bearer, ME)).errors).toBeUndefined();
  });

  it.each([
    ['without openid', { scope: 'email contact_read' }, 'invalid_scope'],
    ['with a scope that does not exist', { scope: 'openid invoice_read' }, 'invalid_scope'],
    ['for another flow', { response_type: 'token' }, 'unsupported_response_type'],
  ])('refuses a login %s, and sends the state back', async (_name, query, error) => {
    const back = await consent(sandbox, query);
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([error, 'xyz']);
  });

  it('shows no redirect to an app it does not know', async () => {
    const address = `${sandbox.loginUrl}/oauth2-server/authorize?client_id=other&redirect_uri=${REDIRECT}`;
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(401);
  });

  it('gives a token for a code once, and to who has the verifier of its challenge', async () => {
    const code = (await consent(sandbox)).searchParams.get('code')!;
    expect((await exchange(code)).status).toBe(200);
    const again = await exchange(code);
    expect([again.status, ((await again.json()) as Json)['error']]).toEqual([400, 'invalid_grant']);
    const code_challenge = createHash('sha256').update('verifier').digest('base64url');
    const proofs = await Promise.all([consent(sandbox, { code_challenge }), consent(sandbox, { code_challenge })]);
    const [right, wrong] = proofs.map((each) => each.searchParams.get('code')!);
    expect((await exchange(wrong!, { code_verifier: 'guess' })).status).toBe(400);
    expect((await exchange(right!, { code_verifier: 'verifier' })).status).toBe(200);
  });

  it('takes the app in a Basic header too, and refuses a wrong secret', async () => {
    const code = (await consent(sandbox)).searchParams.get('code')!;
    const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64');
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
    const url = `${sandbox.loginUrl}/oauth2-server/token`;
    expect((await fetch(url, { method: 'POST', body, headers: { authorization: `Basic ${basic}` } })).status).toBe(200);
    const wrong = await token(sandbox, { grant_type: 'refresh_token', client_secret: 'no' });
    expect([wrong.status, ((await wrong.json()) as Json)['error']]).toEqual([401, 'invalid_client']);
  });

  it('revokes the token that was used longest ago when there are more than ten of a kind', async () => {
    const tokens = [];
    for (let count = 0; count < 10; count += 1) {
      sandbox.setClock(`2026-11-20T09:00:${String(count).padStart(2, '0')}Z`, true);
      tokens.push((await connect(sandbox)).access_token);
    }
    const other = (await connect(sandbox, `${ALL_SCOPES.replace(' archive', '')}`)).access_token;
    sandbox.setClock('2026-11-20T09:01:00Z', true);
    await ask(sandbox, tokens[0]!, ME);
    await connect(sandbox);
    const works = async (bearer: string) => (await userInfo(bearer)).status === 200;
    expect(await Promise.all(tokens.slice(0, 3).map(works))).toEqual([true, false, true]);
    expect(await works(other)).toBe(true);
  });

  it('ends tokens after an hour, renews them once, and ends them all when the user removes the app', async () => {
    const first = await connect(sandbox);
    sandbox.setClock('2026-11-20T10:00:31Z', true);
    expect((await userInfo(first.access_token)).status).toBe(401);
    const renew = () => token(sandbox, { grant_type: 'refresh_token', refresh_token: first.refresh_token! });
    const second = (await (await renew()).json()) as { access_token: string };
    expect((await userInfo(second.access_token)).status).toBe(200);
    expect((await renew()).status).toBe(400);
    await door(sandbox, 'POST', 'faults', { kind: 'revoke' });
    expect((await userInfo(second.access_token)).status).toBe(401);
  });

  it('knows tokens without an end: where logins give none, and those made by hand, with their scopes', async () => {
    await sandbox.close();
    const made = 'p'.repeat(80);
    const personal = { token: made, userName: 'demo@openpost.example', scopes: ['read_administrations'] };
    sandbox = await start({ tokens: 'lasting', personalAccessTokens: [personal] });
    const granted = await connect(sandbox);
    expect([granted.refresh_token, granted.expires_in]).toEqual([undefined, undefined]);
    sandbox.setClock('2036-01-01T00:00:00Z', true);
    expect((await userInfo(granted.access_token)).status).toBe(200);
    expect((await ask(sandbox, made, ME)).errors).toBeUndefined();
    expect(await ask(sandbox, made, '{ accountant { name } }')).toEqual({
      errors: [{ message: 'Access denied: scope accountant is missing.' }],
      data: { accountant: null },
    });
    await expect(start({ personalAccessTokens: [{ ...personal, token: 'short' }] })).rejects.toThrow(/80 ASCII/);
  });
});
