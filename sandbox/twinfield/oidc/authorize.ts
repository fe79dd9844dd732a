import { randomBytes } from 'node:crypto';
import { formOf, textAnswer, type Answer, type Call } from '../../http/index.js';
import { organisationOf, type Site, type TwinfieldUser } from '../options.js';
import { consentPage, loginPage, problemPage } from './pages.js';
import { ORGANISATION_USER, SCOPES } from './scopes.js';
import type { TokenStore } from './token-store.js';

const COOKIE = 'TwinfieldSandboxSession';
const HTML = 'text/html; charset=utf-8';
const PATH = '/auth/authentication/connect/authorize';

/** The browser's half: login, consent, redirect with a code. */
export class AuthorizeEndpoint {
  /** Logged-in browsers; they end with the process, as a session does. */
  private readonly sessions = new Map<string, string>();

  constructor(
    private readonly site: Site,
    private readonly tokens: TokenStore,
  ) {}

  answer(call: Call): Answer {
    const problem = this.problemOf(call.query);
    if (problem !== null) return textAnswer(400, problemPage(problem), HTML);
    const refusal = refusalOf(call.query);
    if (refusal !== null) return redirect(call.query, refusal);
    const user = this.userOf(call);
    if (call.method === 'GET')
      return user === null || forced(call) ? this.loginForm(call, null) : consentForm(call, user);
    const form = formOf(call);
    if (form.get('step') === 'login') return this.login(call, form);
    return user === null ? this.loginForm(call, null) : this.consent(call, user, form);
  }

  /** A wrong app or an address that is not registered never gets a redirect. */
  private problemOf(query: URLSearchParams): string | null {
    if (query.get('client_id') !== this.site.clientId) return 'unauthorized_client: unknown client_id.';
    return this.isRegistered(query.get('redirect_uri') ?? '') ? null : 'unauthorized_client: invalid redirect_uri.';
  }

  private isRegistered(redirectUri: string): boolean {
    if (this.site.redirectUris !== null) return this.site.redirectUris.includes(redirectUri);
    if (!URL.canParse(redirectUri)) return false;
    const { protocol, hostname } = new URL(redirectUri);
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
    return protocol === 'https:' || (protocol === 'http:' && local);
  }

  private login(call: Call, form: URLSearchParams): Answer {
    const user = this.site.users.find(
      ({ userName, password }) => userName === form.get('UserName') && password === form.get('Password'),
    );
    if (user === undefined) return this.loginForm(call, 'Gebruikersnaam of wachtwoord is onjuist.');
    const session = randomBytes(24).toString('base64url');
    this.sessions.set(session, user.userName);
    const query = new URLSearchParams(call.query);
    query.delete('prompt');
    const cookie = `${COOKIE}=${session}; Path=/auth/authentication; HttpOnly; SameSite=Lax`;
    return { status: 302, headers: { Location: `${PATH}?${query}`, 'Set-Cookie': cookie }, body: '' };
  }

  private consent(call: Call, user: TwinfieldUser, form: URLSearchParams): Answer {
    if (form.get('action') !== 'allow') return redirect(call.query, { error: 'access_denied' });
    const code = this.tokens.issueCode({
      userName: user.userName,
      redirectUri: call.query.get('redirect_uri') ?? '',
      scopes: scopesOf(call.query),
      nonce: call.query.get('nonce') ?? '',
    });
    return redirect(call.query, { code });
  }

  private loginForm(call: Call, problem: string | null): Answer {
    return textAnswer(200, loginPage(`${PATH}?${call.query}`, problem), HTML);
  }

  private userOf(call: Call): TwinfieldUser | null {
    const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(call.headers.cookie ?? '')?.[1];
    const userName = cookie === undefined ? undefined : this.sessions.get(cookie);
    return this.site.users.find((user) => user.userName === userName) ?? null;
  }
}

function forced(call: Call): boolean {
  return call.query.get('prompt') === 'login';
}

function consentForm(call: Call, user: TwinfieldUser): Answer {
  const { userName } = user;
  const scopes = scopesOf(call.query);
  const form = { action: `${PATH}?${call.query}`, userName, organisation: organisationOf(user), scopes };
  return textAnswer(200, consentPage(form), HTML);
}

function scopesOf(query: URLSearchParams): string[] {
  return (query.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
}

type Refusal = { error: string; error_description?: string };

/** Twinfield wants a nonce of every app, also for a code. */
function refusalOf(query: URLSearchParams): Refusal | null {
  if (query.get('response_type') !== 'code') return { error: 'unsupported_response_type' };
  const scopes = scopesOf(query);
  const wrong = scopes.find((scope) => !SCOPES.includes(scope));
  if (wrong !== undefined) return { error: 'invalid_scope', error_description: `unknown scope ${wrong}` };
  if (!scopes.includes('openid') || !scopes.includes(ORGANISATION_USER))
    return { error: 'invalid_scope', error_description: `openid and ${ORGANISATION_USER} are required` };
  if ((query.get('nonce') ?? '') === '') return { error: 'invalid_request', error_description: 'nonce is required' };
  return null;
}

function redirect(query: URLSearchParams, result: { code: string } | Refusal): Answer {
  const target = query.get('redirect_uri') ?? '';
  const state = query.get('state');
  const parts = new URLSearchParams({ ...result, ...(state === null ? {} : { state }) });
  const glue = target.includes('?') ? '&' : '?';
  return { status: 302, headers: { Location: `${target}${glue}${parts}`, 'Cache-Control': 'no-store' }, body: '' };
}
