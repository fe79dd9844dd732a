import { createHmac } from 'node:crypto';

const REDACTED = '[redacted]';
const SECRET_NAME = /^(access|refresh|id)_?token$|secret|password|^api_?key$|authorization|assertion/i;
const SECRET_PAIR =
  /((?:access_token|refresh_token|id_token|client_secret|client_assertion|api_key|password)["']?\s*[=:]\s*["']?)([^"'&\s,;<}]+)/gi;
const BEARER = /(Bearer\s+)([\w.!~+/=-]{8,})/gi;

/** Names of fields that tell who somebody is. Ids, codes and amounts stay: the bookkeeping is what a recording is for. */
const PERSONAL_NAME =
  /name|mail|phone|mobile|fax|address|street|city|town|post(al)?_?code|zip|iban|\bbic\b|vat|chamber|contact|birth|remark|comment/i;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const XML_FIELD = /<([\w:.-]+)([^<>]*)>([^<>]+)(?=<\/)/g;

/** What is taken out of a recording before it is written. */
export interface Discretion {
  /** A text that may hold secrets: an address, a header, a body of XML or of a form. */
  text(text: string): string;
  /** Anything that came out of JSON. */
  value(value: unknown): unknown;
}

export interface DiscretionOptions {
  /** Taken out wherever they stand, raw or encoded. */
  readonly secrets: readonly string[];
  /** A key under which what tells who somebody is becomes something else of the same shape; null: it stays. */
  readonly people: string | null;
}

/**
 * PURE for the same options: the same text always becomes the same other text, so that what a connector repeats from an
 * answer into its next call still agrees with it.
 */
export function createDiscretion({ secrets, people }: DiscretionOptions): Discretion {
  const known = secrets.filter((secret) => secret.length >= 4);
  const clean = (text: string): string => {
    const bare = known
      .flatMap((secret) => [secret, encodeURIComponent(secret)])
      .reduce((left, secret) => left.replaceAll(secret, REDACTED), text);
    const named = bare.replaceAll(SECRET_PAIR, `$1${REDACTED}`).replaceAll(BEARER, `$1${REDACTED}`);
    return people === null ? named : named.replaceAll(EMAIL, (address) => emailLike(address, people));
  };
  const text = (given: string): string => {
    const cleaned = clean(given);
    if (people === null) return cleaned;
    return cleaned.replaceAll(XML_FIELD, (whole, tag: string, attributes: string, inner: string) =>
      PERSONAL_NAME.test(tag) || PERSONAL_NAME.test(attributes)
        ? `<${tag}${attributes}>${shapeLike(inner, people)}`
        : whole,
    );
  };
  const value = (given: unknown, name = ''): unknown => {
    if (Array.isArray(given)) return given.map((each) => value(each, name));
    if (typeof given === 'object' && given !== null)
      return Object.fromEntries(Object.entries(given).map(([key, each]) => [key, value(each, key)]));
    if (typeof given !== 'string') return given;
    if (SECRET_NAME.test(name)) return REDACTED;
    return people !== null && PERSONAL_NAME.test(name) ? shapeLike(clean(given), people) : text(given);
  };
  return { text, value: (given) => value(given) };
}

/** No mail ever reaches ".invalid". */
function emailLike(address: string, key: string): string {
  return address.endsWith('.invalid') ? address : `${shapeLike(address.split('@')[0]!, key)}@people.invalid`;
}

/** Letters for letters and digits for digits, from a keyed digest; everything else as it was. */
function shapeLike(text: string, key: string): string {
  if (text.endsWith('.invalid') || text === REDACTED) return text;
  const digest = createHmac('sha256', key).update(text).digest();
  return text.replaceAll(/\p{L}|\d/gu, (sign, at: number) => {
    const random = digest[at % digest.length]! + at;
    if (/\d/.test(sign)) return String(random % 10);
    const letter = String.fromCharCode(97 + (random % 26));
    return sign === sign.toLowerCase() ? letter : letter.toUpperCase();
  });
}
