import { electronicFormatIBAN, friendlyFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { InputError } from '../kernel/index.js';

/**
 * Whether an IBAN has its country's length and structure and the right check digits. The old Dutch eleven-test is not
 * applied: valid accounts of one large bank do not pass it.
 */
export function isValidIban(text: string): boolean {
  const compact = electronicFormatIBAN(text);
  return compact !== null && isValidIBAN(compact);
}

/** The IBAN without spaces, in capitals; `path` names the field in the error. */
export function parseIban(text: string, path = '$.iban'): string {
  const compact = electronicFormatIBAN(text);
  if (compact === null || !isValidIBAN(compact))
    throw new InputError(path, `a valid IBAN, got ${JSON.stringify(text)}`, 'INVALID_IBAN');
  return compact;
}

/** "NL91 ABNA 0417 1643 00" */
export function formatIban(iban: string): string {
  return friendlyFormatIBAN(iban) ?? iban;
}

export function isValidBic(text: string): boolean {
  return isValidBIC(text);
}

/** Belgian enterprise number: ten digits, the last two = 97 - (first eight mod 97). Dots, spaces and "BE" are allowed. */
export function isValidBelgianEnterpriseNumber(text: string): boolean {
  const digits = enterpriseDigits(text);
  if (!/^[01]\d{9}$/.test(digits)) return false;
  return 97 - (Number(digits.slice(0, 8)) % 97) === Number(digits.slice(8));
}

/** "0403.227.515" */
export function formatBelgianEnterpriseNumber(text: string): string {
  const digits = enterpriseDigits(text);
  return `${digits.slice(0, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}`;
}

/** Numbers of nine digits predate the leading zero. */
function enterpriseDigits(text: string): string {
  const digits = text.replace(/^BE/i, '').replace(/[\s.]/g, '');
  return /^\d{9}$/.test(digits) ? `0${digits}` : digits;
}
