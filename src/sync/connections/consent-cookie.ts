import { createHash, randomBytes } from 'node:crypto';
import type { CookieOptions, Request } from 'express';

const PREFIX = 'openpost_consent_';
const LIFETIME_MS = 10 * 60_000;

/**
 * A secret for the browser that begins a consent, or null when no browser of ours does: a script with an API key, or a
 * program that sends no `Origin`, opens the address itself and need not keep a cookie. A browser always sends `Origin`
 * with a POST; from another address of ours the cookie would not come back either.
 */
export function newBrowserSecret(request: Request, publicUrl: string): string | null {
  const isOurs = request.header('origin') === new URL(publicUrl).origin;
  const hasKey = request.header('authorization') !== undefined;
  return isOurs && !hasKey ? randomBytes(32).toString('base64url') : null;
}

/** One cookie per consent under way, so that two tabs do not disturb each other. */
export function consentCookieName(state: string): string {
  return PREFIX + createHash('sha256').update(state).digest('hex').slice(0, 16);
}

/** What the browser kept for this state, or null. */
export function browserSecretOf(request: Request, state: string | undefined): string | null {
  const cookies = request.cookies as Record<string, unknown> | undefined;
  const secret = state === undefined ? undefined : cookies?.[consentCookieName(state)];
  return typeof secret === 'string' && secret !== '' ? secret : null;
}

/** Lax: the source's page sends the browser back to us, which is another site's doing. */
export function consentCookieOptions(publicUrl: string): CookieOptions {
  const secure = publicUrl.startsWith('https://');
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: LIFETIME_MS };
}
