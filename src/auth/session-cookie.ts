import type { CookieOptions, Request } from 'express';

export const SESSION_COOKIE = 'openpost_session';

/** The session token of a request, or null. */
export function sessionTokenOf(request: Request): string | null {
  const cookies = request.cookies as Record<string, unknown> | undefined;
  const token = cookies?.[SESSION_COOKIE];
  return typeof token === 'string' && token !== '' ? token : null;
}

/** Not readable by scripts, not sent from other sites, https only where we are reached by https. */
export function cookieOptions(publicUrl: string, days: number): CookieOptions {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https://'),
    path: '/',
    maxAge: days * 86_400_000,
  };
}
