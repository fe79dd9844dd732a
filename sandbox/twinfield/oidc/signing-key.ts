import { createSign, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';

/** The key that signs id tokens: RSA, made once per process, published at the key address. */
export class SigningKey {
  private static made: SigningKey | null = null;

  private readonly privateKey: KeyObject;
  /** What verifies the signature, as a JSON Web Key. */
  readonly publicJwk: JsonWebKey & { kid: string };

  /** Making one takes a good part of a second: it is made when it is first needed, for all stand-ins of the process. */
  static get(): SigningKey {
    return (SigningKey.made ??= new SigningKey());
  }

  private constructor() {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    this.privateKey = pair.privateKey;
    const jwk = pair.publicKey.export({ format: 'jwk' });
    this.publicJwk = { ...jwk, use: 'sig', alg: 'RS256', kid: String(jwk.n).slice(0, 16) };
  }

  /** A signed token over the claims (RS256). */
  sign(claims: Readonly<Record<string, unknown>>): string {
    const header = { alg: 'RS256', typ: 'JWT', kid: this.publicJwk.kid };
    const text = `${encode(header)}.${encode(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(this.privateKey, 'base64url')}`;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
