import { createHash } from 'node:crypto';
import { formOf, jsonAnswer, textAnswer, type Answer, type Call } from '../../http/index.js';
import type { Site, TwinfieldUser } from '../options.js';
import { AuthorizeEndpoint } from './authorize.js';
import { claimsOf, SCOPES, subjectOf } from './scopes.js';
import { SigningKey } from './signing-key.js';
import { ACCESS_TTL_SECONDS, type Access, type Grant, type TokenStore } from './token-store.js';

export const AUTH_PATH = '/auth/authentication';
export const TOKEN_PATH = `${AUTH_PATH}/connect/token`;

type Handler = (call: Call) => Answer;

/** The login host: everything under `/auth/authentication`. */
export class OpenIdProvider {
  private readonly authorize: AuthorizeEndpoint;
  private readonly handlers: Readonly<Record<string, Handler>>;

  constructor(
    private readonly site: Site,
    private readonly tokens: TokenStore,
  ) {
    this.authorize = new AuthorizeEndpoint(site, tokens);
    this.handlers = {
      'GET /.well-known/openid-configuration': discovery,
      'GET /.well-known/openid-configuration/jwks': () => jsonAnswer(200, { keys: [SigningKey.get().publicJwk] }),
      'GET /connect/authorize': (call) => this.authorize.answer(call),
      'POST /connect/authorize': (call) => this.authorize.answer(call),
      'POST /connect/token': (call) => this.token(call),
      'GET /connect/accesstokenvalidation': (call) => this.validation(call),
      'GET /connect/userinfo': (call) => this.userInfo(call),
      'POST /connect/userinfo': (call) => this.userInfo(call),
    };
  }

  answer(call: Call): Answer {
    const handler = this.handlers[`${call.method} ${call.path.slice(AUTH_PATH.length)}`];
    return handler === undefined ? textAnswer(404, 'Not found') : handler(call);
  }

  /** Id and secret come in a Basic header or in the form. */
  private token(call: Call): Answer {
    const form = formOf(call);
    const client = credentials(call, form);
    if (client.id !== this.site.clientId || client.secret !== this.site.clientSecret)
      return jsonAnswer(400, { error: 'invalid_client' });
    const grant = form.get('grant_type');
    if (grant === 'authorization_code') return this.exchange(call, form);
    if (grant === 'refresh_token') return this.refresh(form);
    return jsonAnswer(400, { error: 'unsupported_grant_type' });
  }

  private exchange(call: Call, form: URLSearchParams): Answer {
    const code = this.tokens.takeCode(form.get('code') ?? '', form.get('redirect_uri') ?? '');
    const user = this.userNamed(code?.userName);
    if (code === null || user === null) return jsonAnswer(400, { error: 'invalid_grant' });
    const { grant, refreshToken } = this.tokens.startGrant(code.userName, code.scopes);
    const access = this.tokens.issueAccess(grant);
    const identity = this.identity({ call, user, grant }, { access, nonce: code.nonce });
    return granted(access, { id_token: identity, ...(refreshToken === null ? {} : { refresh_token: refreshToken }) });
  }

  /** The same refresh token comes back: it does not rotate. */
  private refresh(form: URLSearchParams): Answer {
    const token = form.get('refresh_token') ?? '';
    const grant = this.tokens.findRefresh(token);
    if (grant === null) return jsonAnswer(400, { error: 'invalid_grant' });
    return granted(this.tokens.issueAccess(grant), { refresh_token: token });
  }

  private identity(
    who: { call: Call; user: TwinfieldUser; grant: Grant },
    token: { access: string; nonce: string },
  ): string {
    const { call, user, grant } = who;
    const now = Math.floor(this.site.clock.now().getTime() / 1_000);
    const half = createHash('sha256').update(token.access).digest().subarray(0, 16);
    return SigningKey.get().sign({
      iss: call.origin + AUTH_PATH,
      aud: this.site.clientId,
      nbf: now,
      iat: now,
      exp: now + 300,
      nonce: token.nonce,
      at_hash: half.toString('base64url'),
      sub: subjectOf(user),
      auth_time: now,
      idp: 'idsrv',
      ...claimsOf(user, grant.scopes, call.origin),
    });
  }

  /** Who the token is of, until when, and where the books are. The numbers are text; a bad token is a 400. */
  private validation(call: Call): Answer {
    const found = this.tokens.findAccess(call.query.get('token') ?? '');
    const user = this.userNamed(found?.grant.userName);
    if (found === null || user === null) return jsonAnswer(400, { Message: 'invalid_token' });
    const { grant, access } = found;
    return jsonAnswer(200, {
      aud: `${call.origin}${AUTH_PATH}/resources`,
      iss: call.origin + AUTH_PATH,
      ...lifetimeOf(access),
      client_id: this.site.clientId,
      scope: grant.scopes,
      sub: subjectOf(user),
      auth_time: seconds(grant.grantedAt),
      idp: 'idsrv',
      amr: 'password',
      ...claimsOf(user, grant.scopes, call.origin),
    });
  }

  private userInfo(call: Call): Answer {
    const token = /^Bearer\s+(.+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? '';
    const found = this.tokens.findAccess(token);
    const user = this.userNamed(found?.grant.userName);
    if (found === null || user === null)
      return { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' }, body: '' };
    return jsonAnswer(200, { sub: subjectOf(user), ...claimsOf(user, found.grant.scopes, call.origin) });
  }

  private userNamed(name: string | undefined): TwinfieldUser | null {
    return this.site.users.find(({ userName }) => userName === name) ?? null;
  }
}

function granted(access: string, more: Record<string, string>): Answer {
  const body = { access_token: access, expires_in: ACCESS_TTL_SECONDS, token_type: 'Bearer', ...more };
  return jsonAnswer(200, body, { 'Cache-Control': 'no-store', Pragma: 'no-cache' });
}

function lifetimeOf({ issuedAt }: Access): { nbf: string; exp: string } {
  return { nbf: seconds(issuedAt), exp: seconds(issuedAt + ACCESS_TTL_SECONDS * 1_000) };
}

function seconds(ms: number): string {
  return String(Math.floor(ms / 1_000));
}

function discovery({ origin }: Call): Answer {
  const issuer = origin + AUTH_PATH;
  return jsonAnswer(200, {
    issuer,
    jwks_uri: `${issuer}/.well-known/openid-configuration/jwks`,
    authorization_endpoint: `${issuer}/connect/authorize`,
    token_endpoint: `${issuer}/connect/token`,
    userinfo_endpoint: `${issuer}/connect/userinfo`,
    scopes_supported: SCOPES,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  });
}

function credentials(call: Call, form: URLSearchParams): { id: string | null; secret: string | null } {
  const basic = /^Basic\s+(.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  if (basic === undefined) return { id: form.get('client_id'), secret: form.get('client_secret') };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decodeForm(id), secret: decodeForm(rest.join(':')) };
}

/** The parts of a Basic header are form-encoded before they are joined. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
