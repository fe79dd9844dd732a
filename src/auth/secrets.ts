import { createHash, randomBytes } from 'node:crypto';

/** A random token for a cookie or an API key; 256 bits, URL-safe. */
export function newToken(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** Only the hash of a token is stored: a copy of the database signs nobody in. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** API keys say what they are, so that a leaked one is recognised. */
export const API_KEY_PREFIX = 'opk_';
