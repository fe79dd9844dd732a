import { createHash, createHmac } from 'node:crypto';
import type { ConnectorSettings, HintProfile } from '../../connectors/contract/index.js';

/**
 * PURE. The secret part of the address that a source calls for one administration. Made from the app's own secret, so
 * that it is the same every time, differs per administration and is stored nowhere; what a signature proves it does not.
 */
export function hintToken({ clientSecret }: ConnectorSettings, administrationId: string): string {
  return createHmac('sha256', clientSecret).update(`openpost hint address ${administrationId}`).digest('base64url');
}

/** PURE. What is stored of it, and looked for. */
export function hintTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** PURE. Where a source sends the hints of one administration. */
export function hintAddress(publicUrl: string, connector: string, token: string): string {
  return `${publicUrl}/api/v1/webhooks/${connector}/${token}`;
}

/** PURE. Why this installation cannot be called by a source, in words for its operator; null when it can. */
export function hintObstacle(profile: HintProfile, settings: ConnectorSettings, publicUrl: string): string | null {
  const { setting, variable } = profile.secret;
  if ((settings.extra[setting] ?? '') === '')
    return `This installation has no webhook secret: set ${variable} to the one of your app.`;
  // A stand-in on this machine can call any address of it; the real ones call https only.
  if (new URL(publicUrl).protocol === 'https:' || isHere(settings.baseUrl)) return null;
  return 'The source calls only https addresses: set PUBLIC_URL to one that can be reached from the internet.';
}

function isHere(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
