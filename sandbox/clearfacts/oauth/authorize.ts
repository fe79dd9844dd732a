import { randomBytes } from 'node:crypto';
import { formOf, textAnswer, type Answer, type Call } from '../../http/index.js';
import type { ClearFactsUser, Site } from '../options.js';
import { consentPage, loginPage, problemPage } from './pages.js';
import { scopesOf } from './scopes.js';
import type { TokenStore } from './token-store.js';

const COOKIE = 'ClearFactsSandboxSession';
const HTML = 'text/html; charset=utf-8';

/** The browser's half: login, consent, redirect with a code. Only the authorization code flow is offered. */
export class AuthorizeEndpoint {
  /** Logged-in browsers; they end with the process, as a session does. */
  private readonly sessions = new Map<string, string>();

  constructor(
    private readonly site: Site,
    private readonly tokens: TokenStore,
  ) {}

  answer(call: Call): Answer {
    const { query } = call;
    if (query.get('client_id') !== this.site.clientId)
      return textAnswer(401, problemPage('Onbekende client_id.'), HTML);
    if (!this.isRegistered(query.get('redirect_uri') ?? ''))
      return textAnswer(400, problemPage('De redirect_uri is niet geregistreerd.'), HTML);
    if (query.get('response_type') !== 'code') return redirect(query, { error: 'unsupported_response_type' });
    const scopes = scopesIn(query);
    if (!scopes.includes('openid') || scopes.some((scope) => !scopesOf(this.site.profile).includes(scope)))
      return redirect(query, { error: 'invalid_scope' });
    if (call.method === 'GET') return this.show(call);
    const form = formOf(call);
    return form.get('step') === 'login' ? this.login(call, form) : this.consent(call, form);
  }

  private isRegistered(redirectUri: string): boolean {
    if (this.site.redirectUris !== null) return this.site.redirectUris.includes(redirectUri);
    if (!URL.canParse(redirectUri)) return false;
    const { protocol, hostname } = new URL(redirectUri);
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
    return protocol === 'https:' || (protocol === 'http:' && local);
  }

  private show(call: Call): Answer {
    const user = this.userOf(call);
    if (user === null || call.query.get('prompt') === 'login')
      return textAnswer(200, loginPage(addressOf(call.query), null), HTML);
    const form = { action: addressOf(call.query), userName: user.userName, scopes: scopesIn(call.query) };
    return textAnswer(200, consentPage(form), HTML);
  }

  private login(call: Call, form: URLSearchParams): Answer {
    const user = this.site.users.find(
      ({ userName, password }) => userName === form.get('username') && password === form.get('password'),
    );
    if (user === undefined)
      return textAnswer(200, loginPage(addressOf(call.query), 'E-mailadres of wachtwoord is onjuist.'), HTML);
    const session = randomBytes(24).toString('base64url');
    this.sessions.set(session, user.userName);
    const query = new URLSearchParams(call.query);
    query.delete('prompt');
    const cookie = `${COOKIE}=${session}; Path=/oauth2-server; HttpOnly; SameSite=Lax`;
    return { status: 302, headers: { Location: addressOf(query), 'Set-Cookie': cookie }, body: '' };
  }

  private consent(call: Call, form: URLSearchParams): Answer {
    const user = this.userOf(call);
    if (user === null) return textAnswer(200, loginPage(addressOf(call.query), null), HTML);
    if (form.get('action') !== 'allow') return redirect(call.query, { error: 'access_denied' });
    const code = this.tokens.issueCode({
      clientId: this.site.clientId,
      userName: user.userName,
      scopes: scopesIn(call.query),
      redirectUri: call.query.get('redirect_uri') ?? '',
      challenge: call.query.get('code_challenge'),
      nonce: call.query.get('nonce'),
    });
    return redirect(call.query, { code });
  }

  private userOf(call: Call): ClearFactsUser | null {
    const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(call.headers.cookie ?? '')?.[1];
    const userName = cookie === undefined ? undefined : this.sessions.get(cookie);
    return this.site.users.find((user) => user.userName === userName) ?? null;
  }
}

function scopesIn(query: URLSearchParams): readonly string[] {
  return (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}

function addressOf(query: URLSearchParams): string {
  return `/oauth2-server/authorize?${query.toString()}`;
}

function redirect(query: URLSearchParams, result: { code: string } | { error: string }): Answer {
  const target = new URL(query.get('redirect_uri') ?? '');
  const state = query.get('state');
  for (const [name, value] of Object.entries({ ...result, ...(state === null ? {} : { state }) }))
    target.searchParams.set(name, value);
  return { status: 302, headers: { Location: target.href, 'Cache-Control': 'no-store' }, body: '' };
}
