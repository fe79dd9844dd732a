import { createHash } from 'node:crypto';
import type { TwinfieldUser } from '../options.js';
import { organisationOf } from '../options.js';

export const ORGANISATION_USER = 'twf.organisationUser';
export const ORGANISATION = 'twf.organisation';

/** Every scope an app can be given. */
export const SCOPES: readonly string[] = [
  'openid',
  'twf.user',
  ORGANISATION,
  ORGANISATION_USER,
  'offline_access',
  'readFixedAssets',
  'readVat',
  'readBookkeepingMatches',
];

/** The claims a scope opens; `clusterUrl` is where this user's books are. */
export function claimsOf(user: TwinfieldUser, scopes: readonly string[], clusterUrl: string): Record<string, string> {
  const organisation = organisationOf(user);
  return {
    ...(scopes.includes(ORGANISATION_USER) ? { 'twf.organisationUserCode': userCodeOf(user) } : {}),
    ...(scopes.includes(ORGANISATION)
      ? {
          'twf.organisationCode': organisation,
          'twf.organisationId': guidOf(organisation),
          'twf.clusterUrl': clusterUrl,
        }
      : {}),
  };
}

/** What the books call the user: short, in capitals. */
export function userCodeOf({ userName }: TwinfieldUser): string {
  return userName.split('@')[0]!.toUpperCase().slice(0, 16);
}

export function subjectOf({ userName }: TwinfieldUser): string {
  return guidOf(`user ${userName}`);
}

/** A GUID that is the same after every restart. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
