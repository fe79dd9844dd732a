import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { assert } from '../kernel/index.js';

/** A secret as it lies in the database: a data key wrapped by a named master key, and the text under the data key. */
export interface SealedSecret {
  readonly keyId: string;
  readonly wrappedKey: string;
  readonly text: string;
}

const ALGORITHM = 'aes-256-gcm';

/**
 * Envelope encryption (AES-256-GCM). `place` names table, row and field and is authenticated with the text, so a
 * sealed secret that is copied to another row does not open there. The first master key seals; all of them open.
 */
export class SecretBox {
  constructor(private readonly masterKeys: ReadonlyMap<string, Buffer>) {
    assert(masterKeys.size > 0, 'at least one master key');
    for (const key of masterKeys.values()) assert(key.length === 32, 'a master key has 32 bytes');
  }

  get currentKeyId(): string {
    return this.masterKeys.keys().next().value as string;
  }

  seal(secret: string, place: string): SealedSecret {
    const dataKey = randomBytes(32);
    const masterKey = this.masterKeyOf(this.currentKeyId);
    return {
      keyId: this.currentKeyId,
      wrappedKey: encrypt(masterKey, dataKey, `key:${place}`),
      text: encrypt(dataKey, Buffer.from(secret, 'utf8'), place),
    };
  }

  /** Throws when the key is unknown, or the text was changed or moved from another place. */
  open(sealed: SealedSecret, place: string): string {
    const dataKey = decrypt(this.masterKeyOf(sealed.keyId), sealed.wrappedKey, `key:${place}`);
    return decrypt(dataKey, sealed.text, place).toString('utf8');
  }

  /** The same secret under the newest master key; the data key is re-wrapped, the text stays. */
  rewrap(sealed: SealedSecret, place: string): SealedSecret {
    const dataKey = decrypt(this.masterKeyOf(sealed.keyId), sealed.wrappedKey, `key:${place}`);
    return {
      ...sealed,
      keyId: this.currentKeyId,
      wrappedKey: encrypt(this.masterKeyOf(this.currentKeyId), dataKey, `key:${place}`),
    };
  }

  private masterKeyOf(keyId: string): Buffer {
    const key = this.masterKeys.get(keyId);
    if (key === undefined)
      throw new Error(`secret key "${keyId}" is not in OPENPOST_SECRET_KEYS; add it back, then rotate`);
    return key;
  }
}

function encrypt(key: Buffer, plain: Buffer, place: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function decrypt(key: Buffer, packed: string, place: string): Buffer {
  const bytes = Buffer.from(packed, 'base64');
  // Without the length, Node takes a tag of 4 bytes too, which can be guessed.
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(
    Buffer.from(place),
  );
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}
