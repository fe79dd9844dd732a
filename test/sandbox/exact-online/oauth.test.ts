import type { ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { caller, connect, consent, door, exchange, refresh, REDIRECT, start, token, type Tokens } from './support.js';

const AT = '2026-11-22T10:00:00.000Z';

function later(seconds: number): string {
  return new Date(Date.parse(AT) + seconds * 1_000).toISOString();
}

describe('the OAuth of the stand-in', () => {
  let sandbox: ExactOnlineSandbox;
  beforeEach(async () => {
    sandbox = await start();
    sandbox.setClock(AT, true);
  });
  afterEach(() => sandbox.close());

  it('hands back the state and a code with an encoded exclamation mark', async () => {
    const back = await consent(sandbox, { state: 'a b&c' });
    expect(back.href.startsWith(`${REDIRECT}&code=`)).toBe(true);
    expect(back.search).toContain('%21');
    expect(back.searchParams.get('code')).toContain('!');
    expect(back.searchParams.get('state')).toBe('a b&c');
  });

  it('tells the app that the person said no', async () => {
    const back = await consent(sandbox, { action: 'deny' });
    expect(back.href).toBe(`${REDIRECT}&error=access_denied&state=xyz`);
  });

  it('never redirects to an address that is not registered, nor for an unknown app', async () => {
    const ask = (changes: Record<string, string>): Promise<Response> =>
      fetch(
        `${sandbox.baseUrl}/api/oauth2/auth?${new URLSearchParams({
          client_id: sandbox.clientId,
          redirect_uri: REDIRECT,
          response_type: 'code',
          ...changes,
        })}`,
        { redirect: 'manual' },
      );
    expect((await ask({ redirect_uri: 'http://evil.example/' })).status).toBe(401);
    expect((await ask({ client_id: 'somebody-else' })).status).toBe(401);
    expect((await ask({})).status).toBe(200);
  });

  it('refuses a wrong password and shows the form again', async () => {
    const url = `${sandbox.baseUrl}/api/oauth2/auth?client_id=${sandbox.clientId}&redirect_uri=${encodeURIComponent(REDIRECT)}&response_type=code`;
    const body = new URLSearchParams({ step: 'login', UserName: sandbox.users[0]!.userName, Password: 'wrong' });
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.text()).toContain('type="password"');
  });

  it('takes a code once, within three minutes, from the same address', async () => {
    const code = (await consent(sandbox)).searchParams.get('code')!;
    const wrong = await token(sandbox, { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost:1/' });
    expect(wrong.status).toBe(400);
    expect((await exchange(sandbox, code)).status).toBe(400);

    const onTime = (await consent(sandbox)).searchParams.get('code')!;
    sandbox.setClock(later(180), true);
    expect((await exchange(sandbox, onTime)).status).toBe(200);
    expect((await exchange(sandbox, onTime)).status).toBe(400);

    const late = (await consent(sandbox)).searchParams.get('code')!;
    sandbox.setClock(later(361), true);
    expect((await exchange(sandbox, late)).status).toBe(400);
  });

  it('takes the credentials in a Basic header too, and refuses wrong ones', async () => {
    const code = (await consent(sandbox)).searchParams.get('code')!;
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
    const ask = (secret: string): Promise<Response> =>
      fetch(`${sandbox.baseUrl}/api/oauth2/token`, {
        method: 'POST',
        body,
        headers: { authorization: `Basic ${Buffer.from(`${sandbox.clientId}:${secret}`).toString('base64')}` },
      });
    expect((await ask('wrong')).status).toBe(401);
    expect((await ask(sandbox.clientSecret)).status).toBe(200);
  });

  it('refuses a refresh before 570 seconds, byte for byte, and keeps the token alive', async () => {
    const tokens = await connect(sandbox);
    sandbox.setClock(later(569), true);
    const early = await refresh(sandbox, tokens.refresh_token);
    expect(early.status).toBe(400);
    expect(early.headers.get('reason')).toBe('TooEarlyToRefreshTokens: Rate limit exceeded: access_token not expired');
    expect(await early.text()).toBe(
      '{ "error":"access_denied","error_description":"Rate limit exceeded: access_token not expired" }',
    );
    sandbox.setClock(later(570), true);
    expect((await refresh(sandbox, tokens.refresh_token)).status).toBe(200);
  });

  it('rotates: the old refresh token and the old access token are dead at once', async () => {
    const first = await connect(sandbox);
    sandbox.setClock(later(570), true);
    const second = (await (await refresh(sandbox, first.refresh_token)).json()) as Tokens;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const again = await refresh(sandbox, first.refresh_token);
    expect({ status: again.status, body: await again.text() }).toEqual({
      status: 401,
      body: '{"error":"unauthorized_client","error_description":"Old refresh token used."}',
    });
    expect((await caller(sandbox, first.access_token).get('/api/v1/current/Me')).status).toBe(401);
    expect((await caller(sandbox, second.access_token).get('/api/v1/current/Me')).status).toBe(200);
  });

  it('lets an access token live 600 seconds and says why it is dead', async () => {
    const { access_token } = await connect(sandbox);
    sandbox.setClock(later(599), true);
    expect((await caller(sandbox, access_token).get('/api/v1/current/Me')).status).toBe(200);
    sandbox.setClock(later(600), true);
    const dead = await caller(sandbox, access_token).get('/api/v1/current/Me');
    expect(dead.status).toBe(401);
    expect(decodeURIComponent(dead.headers.get('www-authenticate')!)).toContain('access token expired');
  });

  it('lets a refresh token rest for 30 days and not longer', async () => {
    const { refresh_token } = await connect(sandbox);
    sandbox.setClock(later(30 * 86_400 + 1), true);
    const dead = await refresh(sandbox, refresh_token);
    expect({ status: dead.status, body: await dead.json() }).toEqual({
      status: 400,
      body: {
        error: 'invalid_request',
        error_description: 'The refresh token expired at 12/22/2026 11:00:00 AM and it is now 12/22/2026 11:00:01 AM.',
      },
    });
  });

  it('ends the first chain when the same user consents again, and all of them when access is withdrawn', async () => {
    const first = await connect(sandbox);
    const second = await connect(sandbox);
    expect((await refresh(sandbox, first.refresh_token)).status).toBe(401);
    expect((await caller(sandbox, first.access_token).get('/api/v1/current/Me')).status).toBe(401);
    await door(sandbox, 'POST', 'faults', { kind: 'revoke' });
    expect((await caller(sandbox, second.access_token).get('/api/v1/current/Me')).status).toBe(401);
    sandbox.setClock(later(600), true);
    expect((await refresh(sandbox, second.refresh_token)).status).toBe(400);
  });

  it('blocks an app that keeps refreshing too early', async () => {
    const { refresh_token } = await connect(sandbox);
    const statuses: number[] = [];
    for (let call = 0; call < 12; call += 1) statuses.push((await refresh(sandbox, refresh_token)).status);
    expect(statuses).toEqual([...Array<number>(11).fill(400), 429]);
  });
});
