import { inspect } from 'node:util';
import nock from 'nock';
import { createTwinfield } from '../../../src/connectors/twinfield/index.js';
import { failureOf } from '../../contract/stage.js';
import { answersOnly, clock, LOGIN, settings } from './support.js';

const auth = createTwinfield(clock).auth(settings);
const REDIRECT = 'https://openpost.example/oauth/callback';
const TOKEN_PATH = '/auth/authentication/connect/token';
const BASIC = `Basic ${Buffer.from('app:canary-secret').toString('base64')}`;
const GRANT = { access_token: '25a62e', expires_in: 3600, token_type: 'Bearer', refresh_token: '077e5' };

const token = (form: Record<string, string>) =>
  nock(LOGIN, { reqheaders: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' } }).post(TOKEN_PATH, form); // prettier-ignore

describe('signing in at Twinfield', () => {
  answersOnly();

  it('asks for a code with scopes, state and the nonce that Twinfield insists on', () => {
    const url = new URL(auth.authorizeUrl({ redirectUri: REDIRECT, state: 'a-state', forceLogin: false }));
    expect(`${url.origin}${url.pathname}`).toBe(`${LOGIN}/auth/authentication/connect/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'app',
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: 'openid twf.user twf.organisation twf.organisationUser offline_access',
      state: 'a-state',
      nonce: expect.stringMatching(/^[\da-f]{32}$/),
    });
    expect(url.href).not.toContain('secret');
  });

  it('makes another nonce of another state, and never the state itself', () => {
    const nonceOf = (state: string) =>
      new URL(auth.authorizeUrl({ redirectUri: REDIRECT, state, forceLogin: false })).searchParams.get('nonce');
    expect(nonceOf('a')).toBe(nonceOf('a'));
    expect(nonceOf('a')).not.toBe(nonceOf('b'));
  });

  it('makes the user log in again when asked to', () => {
    const url = new URL(auth.authorizeUrl({ redirectUri: REDIRECT, state: 's', forceLogin: true }));
    expect(url.searchParams.get('prompt')).toBe('login');
  });

  it('exchanges a code, with the app in the header', async () => {
    token({ grant_type: 'authorization_code', code: 'the-code', redirect_uri: REDIRECT }).reply(200, GRANT);
    expect(await auth.exchange({ code: 'the-code', redirectUri: REDIRECT })).toEqual({
      accessToken: '25a62e',
      refreshToken: '077e5',
      expiresInSeconds: 3600,
    });
  });

  it.each([
    ['no new refresh token', {}, 'old-one'],
    ['a new refresh token', { refresh_token: 'new-one' }, 'new-one'],
  ])('keeps what is good after a refresh that brings %s', async (_name, more, expected) => {
    token({ grant_type: 'refresh_token', refresh_token: 'old-one' }).reply(200, { access_token: 'next', expires_in: 3600, ...more }); // prettier-ignore
    expect((await auth.refresh({ refreshToken: 'old-one' })).refreshToken).toBe(expected);
  });

  it('says which scope is missing when a code brings no refresh token', async () => {
    token({ grant_type: 'authorization_code', code: 'c', redirect_uri: REDIRECT }).reply(200, { access_token: 'x' });
    const error = await failureOf(() => auth.exchange({ code: 'c', redirectUri: REDIRECT }));
    expect([error.kind, error.message]).toEqual(['scope_missing', expect.stringContaining('offline_access')]);
  });

  it.each<[number, unknown, string]>([
    [400, { error: 'invalid_grant' }, 'auth_revoked'],
    [400, { error: 'invalid_client' }, 'rejected'],
    [401, { error: 'invalid_client' }, 'rejected'],
    [400, '<html>', 'auth_revoked'],
    [500, 'oops', 'outcome_unknown'],
    [503, '', 'outcome_unknown'],
    [302, '', 'contract_changed'],
    [200, {}, 'outcome_unknown'],
    [200, 'login page', 'outcome_unknown'],
  ])('takes %d with %j for %s', async (status, body, kind) => {
    token({ grant_type: 'refresh_token', refresh_token: 'canary-refresh' }).reply(status, body as nock.Body);
    const error = await failureOf(() => auth.refresh({ refreshToken: 'canary-refresh' }));
    expect(error.kind).toBe(kind);
  });

  it('waits as long as it is told after too many calls', async () => {
    token({ grant_type: 'refresh_token', refresh_token: 'r' }).reply(429, '', { 'Retry-After': '7' });
    const error = await failureOf(() => auth.refresh({ refreshToken: 'r' }));
    expect([error.kind, error.until?.toISOString()]).toEqual(['rate_limited', '2026-11-20T09:00:37.000Z']);
  });

  it('shows no secret in a refusal that quotes them all', async () => {
    const error_description = `bad canary-refresh of app:canary-secret, ${BASIC}`;
    token({ grant_type: 'refresh_token', refresh_token: 'canary-refresh' }).reply(400, { error: 'invalid_grant', error_description }); // prettier-ignore
    const error = await failureOf(() => auth.refresh({ refreshToken: 'canary-refresh' }));
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/canary|YXBwOmNhbmFye/);
  });
});
