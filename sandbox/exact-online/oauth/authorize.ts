import { randomBytes } from 'node:crypto';
import { formOf, textAnswer, type Answer, type Call } from '../../http/index.js';
import type { SandboxUser, Site } from '../options.js';
import type { DivisionStore } from '../store/index.js';
import { consentPage, loginPage, problemPage } from './pages.js';
import type { TokenStore } from './token-store.js';

const COOKIE = 'ExactOnlineSandboxSession';
const HTML = 'text/html; charset=utf-8';

/** The browser's half: login, consent, redirect with a code. */
export class AuthorizeEndpoint {
  /** Logged-in browsers; they end with the process, as a session does. */
  private readonly sessions = new Map<string, string>();

  constructor(
    private readonly site: Site,
    private readonly tokens: TokenStore,
    private readonly divisions: () => readonly DivisionStore[],
  ) {}

  answer(call: Call): Answer {
    const problem = this.problemOf(call.query);
    if (problem !== null) return textAnswer(401, problemPage(problem), HTML);
    if (call.query.get('response_type') !== 'code') return redirect(call.query, { error: 'unsupported_response_type' });
    if (call.method === 'GET') return this.show(call);
    const form = formOf(call);
    return form.get('step') === 'login' ? this.login(call, form) : this.consent(call, form);
  }

  /** A wrong app or an address that is not registered never gets a redirect. */
  private problemOf(query: URLSearchParams): string | null {
    if (query.get('client_id') !== this.site.clientId) return 'Unauthorized: unknown client_id.';
    return this.isRegistered(query.get('redirect_uri') ?? '') ? null : 'Unauthorized: redirect_uri does not match.';
  }

  /**
   * Exact only takes public https addresses. Here an address on this machine is fine too: the stand-in exists for
   * development and tests, where the app itself runs on localhost.
   */
  private isRegistered(redirectUri: string): boolean {
    if (this.site.redirectUris !== null) return this.site.redirectUris.includes(redirectUri);
    if (!URL.canParse(redirectUri)) return false;
    const { protocol, hostname } = new URL(redirectUri);
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
    return protocol === 'https:' || (protocol === 'http:' && local);
  }

  private show(call: Call): Answer {
    const user = this.userOf(call);
    if (user === null || call.query.get('force_login') === '1')
      return textAnswer(200, loginPage(addressOf(call.query), null), HTML);
    return this.consentForm(call, user, null);
  }

  private login(call: Call, form: URLSearchParams): Answer {
    const user = this.site.users.find(
      ({ userName, password }) => userName === form.get('UserName') && password === form.get('Password'),
    );
    if (user === undefined)
      return textAnswer(200, loginPage(addressOf(call.query), 'Gebruikersnaam of wachtwoord is onjuist.'), HTML);
    const session = randomBytes(24).toString('base64url');
    this.sessions.set(session, user.userName);
    const query = new URLSearchParams(call.query);
    query.delete('force_login');
    return {
      status: 302,
      headers: {
        Location: addressOf(query),
        'Set-Cookie': `${COOKIE}=${session}; Path=/api/oauth2; HttpOnly; SameSite=Lax`,
      },
      body: '',
    };
  }

  private consent(call: Call, form: URLSearchParams): Answer {
    const user = this.userOf(call);
    if (user === null) return textAnswer(200, loginPage(addressOf(call.query), null), HTML);
    if (form.get('action') === 'deny') return redirect(call.query, { error: 'access_denied' });
    const reachable = this.reachable(user).map(({ head }) => head.code);
    const divisions = form
      .getAll('division')
      .map(Number)
      .filter((code) => reachable.includes(code));
    if (divisions.length === 0) return this.consentForm(call, user, 'Kies ten minste één administratie.');
    const code = this.tokens.issueCode({
      clientId: this.site.clientId,
      userName: user.userName,
      redirectUri: call.query.get('redirect_uri') ?? '',
      divisions,
    });
    return redirect(call.query, { code });
  }

  private consentForm(call: Call, user: SandboxUser, problem: string | null): Answer {
    const divisions = this.reachable(user).map(({ head }) => head);
    const page = consentPage({ action: addressOf(call.query), userName: user.userName, divisions, problem });
    return textAnswer(200, page, HTML);
  }

  private reachable(user: SandboxUser): DivisionStore[] {
    return this.divisions().filter(({ head }) => user.divisions?.includes(head.code) ?? true);
  }

  private userOf(call: Call): SandboxUser | null {
    const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(call.headers.cookie ?? '')?.[1];
    const userName = cookie === undefined ? undefined : this.sessions.get(cookie);
    return this.site.users.find((user) => user.userName === userName) ?? null;
  }
}

function addressOf(query: URLSearchParams): string {
  return `/api/oauth2/auth?${query.toString()}`;
}

/** Back to the app. The `!` of a code travels as `%21`, which clients must decode. */
function redirect(query: URLSearchParams, result: { code: string } | { error: string }): Answer {
  const target = query.get('redirect_uri') ?? '';
  const state = query.get('state');
  const parts = Object.entries({ ...result, ...(state === null ? {} : { state }) }).map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('!', '%21')}`,
  );
  const glue = target.includes('?') ? '&' : '?';
  return {
    status: 302,
    headers: { Location: `${target}${glue}${parts.join('&')}`, 'Cache-Control': 'no-store' },
    body: '',
  };
}
