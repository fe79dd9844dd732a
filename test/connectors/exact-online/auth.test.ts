import { inspect } from 'node:util';
import nock from 'nock';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { failureOf } from '../../contract/stage.js';
import { answersOnly, clock, HOST, NOW, settings } from './support.js';

const auth = createExactOnline(clock).auth(settings);
const REFRESH = { refreshToken: 'Gcp7!canary-old' };

describe('the login of Exact Online', () => {
  answersOnly();

  it('sends people to the site with a state and without a scope', () => {
    const url = new URL(
      auth.authorizeUrl({ redirectUri: 'https://us.example/oauth/callback', state: 's&1', forceLogin: true }),
    );
    expect(`${url.origin}${url.pathname}`).toBe(`${HOST}/api/oauth2/auth`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'app',
      redirect_uri: 'https://us.example/oauth/callback',
      response_type: 'code',
      state: 's&1',
      force_login: '1',
    });
    expect(auth.authorizeUrl({ redirectUri: 'https://us.example', state: 's', forceLogin: false })).toContain(
      'force_login=0',
    );
  });

  it.each([
    ['stampNL001.abc!IAAA', 'stampNL001.abc!IAAA'],
    ['stampNL001.abc%21IAAA', 'stampNL001.abc!IAAA'],
  ])('exchanges the code %s as %s', async (given, sent) => {
    nock(HOST)
      .post('/api/oauth2/token', {
        grant_type: 'authorization_code',
        code: sent,
        redirect_uri: 'https://us.example/cb',
        client_id: 'app',
        client_secret: 'canary-secret',
      })
      .reply(200, { access_token: 'A', token_type: 'Bearer', expires_in: '600', refresh_token: 'R' });
    const grant = await auth.exchange({ code: given, redirectUri: 'https://us.example/cb' });
    expect(grant).toEqual({ accessToken: 'A', refreshToken: 'R', expiresInSeconds: 600 });
  });

  it.each([
    ['600', 600],
    [599, 599],
    [undefined, 600],
    ['soon', 600],
    [-1, 600],
  ])('reads expires_in %j as %d seconds', async (sent, seconds) => {
    nock(HOST)
      .post('/api/oauth2/token', {
        grant_type: 'refresh_token',
        refresh_token: REFRESH.refreshToken,
        client_id: 'app',
        client_secret: 'canary-secret',
      }) // prettier-ignore
      .reply(200, { access_token: 'A', token_type: 'bearer', expires_in: sent, refresh_token: 'R2' });
    expect((await auth.refresh(REFRESH)).expiresInSeconds).toBe(seconds);
  });

  const EARLY = 'Rate limit exceeded: access_token not expired';
  const EARLY_BODY = { error: 'access_denied', error_description: EARLY };
  it.each([
    ['early, as of 2026', 400, EARLY_BODY, { Reason: `TooEarlyToRefreshTokens: ${EARLY}` }, 'rate_limited'],
    ['early, as documented', 401, EARLY_BODY, {}, 'rate_limited'],
    [
      'an old token',
      401,
      { error: 'unauthorized_client', error_description: 'Old refresh token used.' },
      {},
      'auth_revoked',
    ],
    ['30 days passed', 400, { error: 'invalid_request', error_description: 'The refresh token expired at 10/11/2022 9:18:20 PM and it is now 10/28/2022 4:15:50 PM.' }, {}, 'auth_revoked'], // prettier-ignore
    ['invalid_grant', 400, { error: 'invalid_grant' }, {}, 'auth_revoked'],
    ['a bare 400', 400, '', {}, 'auth_revoked'],
    ['a bare 401', 401, '', {}, 'auth_revoked'],
    ['a wrong client secret', 401, { error: 'invalid_client' }, {}, 'rejected'],
    ['a gateway', 502, '<html/>', {}, 'outcome_unknown'],
    ['a failing server', 500, { error: 'server_error' }, {}, 'outcome_unknown'],
    ['an empty success', 200, '', {}, 'outcome_unknown'],
    ['half a success', 200, '{"access_token":"A', {}, 'outcome_unknown'],
    ['a limit', 429, '', { 'X-RateLimit-Minutely-Reset': '1795165260000' }, 'rate_limited'],
    ['a redirect', 302, '', { Location: '/elsewhere' }, 'contract_changed'],
  ] as const)('%s (%d) means %5$s', async (_name, status, body, headers, kind) => {
    nock(HOST).post('/api/oauth2/token').reply(status, body, headers);
    const error = await failureOf(() => auth.refresh(REFRESH));
    expect([error.kind, error.status]).toEqual([kind, status]);
    expect(error.until === null).toBe(kind !== 'rate_limited');
    expect(error.grantedRefreshToken).toBeNull();
  });

  it('waits two minutes after "too early": five tries an hour stay below ten errors an hour', async () => {
    nock(HOST).post('/api/oauth2/token').reply(400, EARLY_BODY);
    const { until } = await failureOf(() => auth.refresh(REFRESH));
    expect(until!.getTime() - new Date(NOW).getTime()).toBe(120_000);
  });

  it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE'])('does not know what a refresh lost to %s has done', async (code) => {
    nock(HOST)
      .post('/api/oauth2/token')
      .replyWithError(Object.assign(new Error('lost'), { code }));
    expect((await failureOf(() => auth.refresh(REFRESH))).kind).toBe('outcome_unknown');
  });

  it('knows that a refused connection has done nothing', async () => {
    nock(HOST)
      .post('/api/oauth2/token')
      .replyWithError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    expect((await failureOf(() => auth.refresh(REFRESH))).kind).toBe('source_down');
  });

  it.each([400, 200])(
    'hands over a refresh token that came with a %d that holds no grant, and shows it to nobody',
    async (status) => {
      nock(HOST)
        .post('/api/oauth2/token')
        .reply(status, { ...EARLY_BODY, refresh_token: 'canary-next' });
      const error = await failureOf(() => auth.refresh(REFRESH));
      expect(error.grantedRefreshToken).toBe('canary-next');
      expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain('canary-next');
    },
  );

  it('shows no secret that a refusal echoes', async () => {
    nock(HOST).post('/api/oauth2/token').reply(400, { error: 'invalid_grant', error_description: 'No canary-secret, Gcp7!canary-old, Gcp7%21canary-old' }); // prettier-ignore
    const error = await failureOf(() => auth.refresh(REFRESH));
    expect(error.message).toContain('[redacted]');
    expect(`${inspect(error, { depth: 9, showHidden: true })}`).not.toContain('canary');
  });
});
