import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { jsonAnswer, type Answer } from '../../http/index.js';
import type { ClearFactsUser } from '../options.js';

const KEY_ID = 'sandbox-1';

/** Signs and describes tokens the way the login host does (RS256). Keys last as long as the stand-in. */
export class OpenId {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });

  discovery(issuer: string): Answer {
    return jsonAnswer(200, {
      issuer,
      authorization_endpoint: `${issuer}/oauth2-server/authorize`,
      token_endpoint: `${issuer}/oauth2-server/token`,
      userinfo_endpoint: `${issuer}/oauth2-server/userinfo`,
      jwks_uri: `${issuer}/oauth2-server/jwks.json`,
      response_types_supported: ['code', 'token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email'],
    });
  }

  jwks(): Answer {
    const key = this.keys.publicKey.export({ format: 'jwk' });
    return jsonAnswer(200, { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: KEY_ID }] });
  }

  /** The name of the claim that holds the access token is documented nowhere; ours is `access_token`. */
  sign(token: {
    issuer: string;
    clientId: string;
    user: ClearFactsUser;
    scopes: readonly string[];
    access: string;
    issuedAt: number;
    expiresIn: number;
    nonce: string | null;
  }): string {
    const { issuer, clientId, access, issuedAt, nonce } = token;
    const claims = {
      iss: issuer,
      aud: clientId,
      iat: issuedAt,
      exp: issuedAt + token.expiresIn,
      at_hash: createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url'),
      ...claimsOf(token.user, token.scopes),
      ...(nonce === null ? {} : { nonce }),
      access_token: access,
    };
    const body = [{ typ: 'JWT', alg: 'RS256', kid: KEY_ID }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${body}.${createSign('RSA-SHA256').update(body).sign(this.keys.privateKey).toString('base64url')}`;
  }
}

/** What the scopes let an app know of a user. */
export function claimsOf(user: ClearFactsUser, scopes: readonly string[]): Record<string, string> {
  const { userName, givenName = 'Demo', familyName = 'Gebruiker' } = user;
  return {
    sub: userName,
    username: userName,
    ...(scopes.includes('profile')
      ? {
          name: `${givenName} ${familyName}`,
          given_name: givenName,
          family_name: familyName,
          preferred_username: userName,
        }
      : {}),
    ...(scopes.includes('email') ? { email: userName } : {}),
    ...(scopes.includes('profile') ? { locale: 'nl-BE' } : {}),
  };
}
