import { createHash } from 'node:crypto';
import { formOf, jsonAnswer, type Answer, type Call } from '../../http/index.js';
import type { Site } from '../options.js';
import { claimsOf, type OpenId } from './open-id.js';
import { ACCESS_TTL_SECONDS, type Code, type Grant, type TokenStore } from './token-store.js';

export interface TokenParts {
  readonly site: Site;
  readonly tokens: TokenStore;
  readonly openId: OpenId;
}

/** `POST /oauth2-server/token`: credentials in the form or in a Basic header, since neither is documented. */
export function answerToken(call: Call, parts: TokenParts): Answer {
  const form = formOf(call);
  const client = credentials(call, form);
  if (client.id !== parts.site.clientId || client.secret !== parts.site.clientSecret)
    return refusal(401, 'invalid_client', 'Client authentication failed');
  const type = form.get('grant_type');
  if (type === 'authorization_code') return exchange(call, form, parts);
  if (type !== 'refresh_token') return refusal(400, 'unsupported_grant_type', 'The grant type is not supported');
  const grant = parts.tokens.takeRefresh(form.get('refresh_token') ?? '');
  return grant === null
    ? refusal(400, 'invalid_grant', 'The refresh token is invalid')
    : granted(call, parts, { grant, nonce: null });
}

function exchange(call: Call, form: URLSearchParams, parts: TokenParts): Answer {
  const code = parts.tokens.takeCode(form.get('code') ?? '');
  const isOurs = code !== null && code.redirectUri === form.get('redirect_uri') && provesChallenge(code, form);
  return isOurs
    ? granted(call, parts, { grant: code, nonce: code.nonce })
    : refusal(400, 'invalid_grant', 'The authorization code is invalid');
}

function provesChallenge({ challenge }: Code, form: URLSearchParams): boolean {
  if (challenge === null) return true;
  const verifier = form.get('code_verifier') ?? '';
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** Both the 80 characters and the JWT that carries them open the API. */
function granted(call: Call, parts: TokenParts, what: { grant: Grant; nonce: string | null }): Answer {
  const { site, tokens, openId } = parts;
  const { access, refresh, record } = tokens.grant(what.grant);
  const user = site.users.find(({ userName }) => userName === record.userName) ?? { userName: record.userName, password: '' }; // prettier-ignore
  const issuedAt = Math.floor(site.clock.now().getTime() / 1_000);
  const { clientId, scopes } = record;
  const signing = { issuer: call.origin, clientId, user, scopes, access, issuedAt, nonce: what.nonce };
  const idToken = openId.sign({ ...signing, expiresIn: ACCESS_TTL_SECONDS });
  tokens.noteJwt(record, idToken);
  const body = {
    access_token: access,
    token_type: 'Bearer',
    ...(refresh === null ? {} : { expires_in: ACCESS_TTL_SECONDS, refresh_token: refresh }),
    scope: scopes.join(' '),
    id_token: idToken,
  };
  return jsonAnswer(200, body, { 'Cache-Control': 'no-store', Pragma: 'no-cache' });
}

/** `GET /oauth2-server/userinfo`. */
export function answerUserInfo(call: Call, { site, tokens }: TokenParts): Answer {
  const record = tokens.findAccess(bearerOf(call) ?? '');
  if (record === null) return unauthorised();
  const user = site.users.find(({ userName }) => userName === record.userName) ?? { userName: record.userName, password: '' }; // prettier-ignore
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(claimsOf(user, record.scopes)) }; // prettier-ignore
}

export function bearerOf(call: Call): string | null {
  return /^Bearer\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? null;
}

/** That it is a 401 is what clients assume; the documentation does not say. */
export function unauthorised(): Answer {
  return jsonAnswer(401, { errors: [{ message: 'Unauthorized' }] }, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }); // prettier-ignore
}

function refusal(status: number, error: string, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description });
}

function credentials(call: Call, form: URLSearchParams): { id: string | null; secret: string | null } {
  const basic = /^Basic\s+(.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  if (basic === undefined) return { id: form.get('client_id'), secret: form.get('client_secret') };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(rest.join(':')) };
}
