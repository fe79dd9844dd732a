import { randomBytes } from 'node:crypto';
import { SecretBox, type SealedSecret } from '../../src/persistence/index.js';

const PLACE = 'connection:1:refresh_token';
const OTHER_ROW = 'connection:2:refresh_token';
const OTHER_FIELD = 'connection:1:access_token';
const SECRET = 'stampNL001.Zk8!IAAA-a-secret-with-ünïcode';

const old = randomBytes(32);
const fresh = randomBytes(32);
const before = new SecretBox(new Map([['2025', old]]));
const during = new SecretBox(
  new Map([
    ['2026', fresh],
    ['2025', old],
  ]),
);
const after = new SecretBox(new Map([['2026', fresh]]));

describe('SecretBox', () => {
  it('opens what it sealed, and shows nothing of it', () => {
    const sealed = before.seal(SECRET, PLACE);
    expect(before.open(sealed, PLACE)).toBe(SECRET);
    expect(JSON.stringify(sealed)).not.toContain('stampNL001');
    expect(sealed.keyId).toBe('2025');
  });

  it('seals the same secret differently each time', () => {
    const [one, two] = [before.seal(SECRET, PLACE), before.seal(SECRET, PLACE)];
    expect(one.text).not.toBe(two.text);
    expect(one.wrappedKey).not.toBe(two.wrappedKey);
  });

  it.each([
    ['another row', OTHER_ROW],
    ['another field of the row', OTHER_FIELD],
    ['no place', ''],
  ])('does not open what was moved to %s', (_name, place) => {
    const sealed = before.seal(SECRET, PLACE);
    expect(() => before.open(sealed, place)).toThrow();
    expect(() => before.rewrap(sealed, place)).toThrow();
  });

  it('does not open a text with the data key of another row', () => {
    const [one, two] = [before.seal(SECRET, PLACE), before.seal(SECRET, OTHER_ROW)];
    expect(() => before.open({ ...one, wrappedKey: two.wrappedKey }, PLACE)).toThrow();
    expect(() => before.open({ ...one, text: two.text }, PLACE)).toThrow();
  });

  it.each(['text', 'wrappedKey'] as const)('does not open when one bit of %s has changed', (field) => {
    const sealed = before.seal(SECRET, PLACE);
    const size = Buffer.from(sealed[field], 'base64').length;
    for (const at of [0, 12, 28, size - 1]) {
      const bytes = Buffer.from(sealed[field], 'base64');
      bytes[at]! ^= 1;
      expect(() => before.open({ ...sealed, [field]: bytes.toString('base64') } as SealedSecret, PLACE)).toThrow();
    }
  });

  it('does not accept a shortened authentication tag', () => {
    // Of an empty text only nonce and tag remain, so cutting eight bytes off leaves a prefix of the right tag.
    const sealed = before.seal('', PLACE);
    expect(before.open(sealed, PLACE)).toBe('');
    const short = Buffer.from(sealed.text, 'base64').subarray(0, 20).toString('base64');
    expect(() => before.open({ ...sealed, text: short }, PLACE)).toThrow();
  });

  it('names the key that is missing, and says what to do', () => {
    const sealed = before.seal(SECRET, PLACE);
    expect(() => after.open(sealed, PLACE)).toThrow(/secret key "2025" is not in OPENPOST_SECRET_KEYS/);
  });

  it('never repeats the secret or a key in an error', () => {
    const sealed = before.seal(SECRET, PLACE);
    for (const attempt of [
      () => after.open(sealed, PLACE),
      () => before.open(sealed, OTHER_ROW),
      () => during.open({ ...sealed, keyId: '2026' }, PLACE),
    ]) {
      const error = thrownBy(attempt);
      expect(String(error)).not.toContain(SECRET);
      expect(String(error)).not.toContain(old.toString('base64'));
    }
  });

  it('rotates: old secrets open beside the new key, and after a rewrap without the old one', () => {
    const sealed = before.seal(SECRET, PLACE);
    expect(during.open(sealed, PLACE)).toBe(SECRET);
    const rewrapped = during.rewrap(sealed, PLACE);
    expect(rewrapped.keyId).toBe('2026');
    expect(rewrapped.text).toBe(sealed.text);
    expect(after.open(rewrapped, PLACE)).toBe(SECRET);
    expect(() => before.open(rewrapped, PLACE)).toThrow(/"2026"/);
    expect(() => after.open(rewrapped, OTHER_ROW)).toThrow();
  });

  it('seals with the newest key, the first one named', () => {
    expect(during.currentKeyId).toBe('2026');
    expect(during.seal(SECRET, PLACE).keyId).toBe('2026');
  });

  it('refuses keys of another length, and none at all', () => {
    expect(() => new SecretBox(new Map())).toThrow(/at least one/);
    expect(() => new SecretBox(new Map([['short', randomBytes(16)]]))).toThrow(/32 bytes/);
  });
});

function thrownBy(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
