import { InputError } from '../kernel/index.js';

/* Belgian structured communication (OGM/VCS): 12 digits, the last two = first ten mod 97, 0 written as 97. */

/** Builds `+++nnn/nnnn/nnnnn+++` from a number of at most ten digits. */
export function buildOgm(number: string): string {
  if (!/^\d{1,10}$/.test(number)) throw new InputError('$.reference', `1 to 10 digits, got ${JSON.stringify(number)}`);
  const base = number.padStart(10, '0');
  return formatOgm(base + ogmCheck(base));
}

/** Twelve digits as banks print them. Does not check them. */
export function formatOgm(digits: string): string {
  return `+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7, 12)}+++`;
}

/** Accepts bare digits, `+++…+++` and `***…***`. */
export function isValidOgm(text: string): boolean {
  return findOgmDigits(text) !== undefined;
}

/** The twelve digits of a valid OGM, else nothing. */
export function findOgmDigits(text: string): string | undefined {
  const match = /^(\+{3}|\*{3})?(\d{3})\/?(\d{4})\/?(\d{5})(\+{3}|\*{3})?$/.exec(text.trim());
  if (match === null || match[1] !== match[5]) return undefined;
  const digits = `${match[2]}${match[3]}${match[4]}`;
  return ogmCheck(digits.slice(0, 10)) === digits.slice(10) ? digits : undefined;
}

function ogmCheck(base: string): string {
  const rest = Number(BigInt(base) % 97n);
  return String(rest === 0 ? 97 : rest).padStart(2, '0');
}

/* Creditor reference (ISO 11649): "RF", two check digits, at most 21 characters. */

/** Builds an RF reference from letters and digits; spaces and punctuation are dropped, letters made capital. */
export function buildRf(reference: string): string {
  const body = reference.toUpperCase().replace(/[\s./-]/g, '');
  if (!/^[0-9A-Z]{1,21}$/.test(body))
    throw new InputError('$.reference', `1 to 21 letters or digits, got ${JSON.stringify(reference)}`);
  const check = 98n - (lettersToNumber(`${body}RF00`) % 97n);
  return `RF${check.toString().padStart(2, '0')}${body}`;
}

export function isValidRf(text: string): boolean {
  const compact = text.replace(/\s/g, '').toUpperCase();
  if (!/^RF\d{2}[0-9A-Z]{1,21}$/.test(compact)) return false;
  return lettersToNumber(compact.slice(4) + compact.slice(0, 4)) % 97n === 1n;
}

/** In groups of four, as people read it. */
export function formatRf(reference: string): string {
  return (
    reference
      .replace(/\s/g, '')
      .toUpperCase()
      .match(/.{1,4}/g) ?? []
  ).join(' ');
}

function lettersToNumber(text: string): bigint {
  return BigInt(text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)));
}

/* Dutch payment reference (betalingskenmerk, betaalvereniging.nl): 7 digits without check; 9 to 14 digits = check +
 * length + 7 to 12 digits; 16 digits = check + 15 digits. */

const WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1] as const;

/** Builds a Dutch payment reference: up to 12 digits get a length digit, 13 to 15 become the 16-digit form. */
export function buildDutchReference(number: string): string {
  if (!/^\d{1,15}$/.test(number)) throw new InputError('$.reference', `1 to 15 digits, got ${JSON.stringify(number)}`);
  const digits = number.padStart(7, '0');
  const checked = digits.length <= 12 ? `${digits.length % 10}${digits}` : digits.padStart(15, '0');
  return dutchCheck(checked) + checked;
}

export function isValidDutchReference(text: string): boolean {
  const digits = text.replace(/\s/g, '');
  if (/^\d{7}$/.test(digits)) return true;
  if (!/^(\d{9,14}|\d{16})$/.test(digits)) return false;
  const checked = digits.slice(1);
  if (digits.length < 16 && checked[0] !== String((digits.length - 2) % 10)) return false;
  return dutchCheck(checked) === digits[0];
}

/** "5000 0567 8901 2345" */
export function formatDutchReference(reference: string): string {
  return (reference.replace(/\s/g, '').match(/.{1,4}/g) ?? []).join(' ');
}

function dutchCheck(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (WEIGHTS[index % 10] ?? 0), 0);
  const check = 11 - (sum % 11);
  return String(check === 10 ? 1 : check === 11 ? 0 : check);
}
