import { formatMinor, InputError, type Money } from '../kernel/index.js';
import { isValidBic, parseIban } from './bank-account.js';
import { findOgmDigits, formatOgm, isValidRf } from './payment-references.js';

export interface EpcInput {
  /** `001` wants a BIC; `002`, the default, does not inside the EEA. */
  readonly version?: '001' | '002';
  readonly bic?: string;
  /** The payee, at most 70 characters. */
  readonly name: string;
  readonly iban: string;
  /** EUR 0.01 to 999,999,999.99. */
  readonly amount?: Money;
  /** Purpose code, at most 4 characters. */
  readonly purpose?: string;
  /** RF reference → structured; OGM or free text (≤ 140) → unstructured. */
  readonly remittance?: string;
  /** Note to the payer, at most 70 characters. */
  readonly note?: string;
}

const MAXIMUM_BYTES = 331;
const MAXIMUM_CENTS = 99_999_999_999n;

/**
 * The text of a SEPA payment QR code (EPC069-12): UTF-8, lines ended by LF, nothing after the last filled element.
 * Encode it with error correction M.
 * @throws InputError naming the element that breaks a rule.
 */
export function buildEpcPayload(input: EpcInput): string {
  const version = input.version ?? '002';
  const remittance = splitRemittance(input.remittance);
  const lines = [
    'BCD',
    version,
    '1',
    'SCT',
    bicElement(input.bic, version),
    element('$.name', input.name, 70, true),
    parseIban(input.iban, '$.iban'),
    amountElement(input.amount),
    element('$.purpose', input.purpose ?? '', 4),
    remittance.structured,
    element('$.remittance', remittance.unstructured, 140),
    element('$.note', input.note ?? '', 70),
  ];
  const payload = lines.join('\n').replace(/\n+$/, '');
  const bytes = Buffer.byteLength(payload, 'utf8');
  if (bytes > MAXIMUM_BYTES)
    throw new InputError('$', `a payment code of at most ${MAXIMUM_BYTES} bytes, got ${bytes}`, 'EPC_TOO_LONG');
  return payload;
}

/**
 * The Belgian OGM is no ISO 11649 reference: banks read it from the free text. Twelve bare digits stay as they are:
 * one Dutch payment reference in 97 would pass for an OGM.
 */
function splitRemittance(text = ''): { structured: string; unstructured: string } {
  if (isValidRf(text)) return { structured: text.replace(/\s/g, '').toUpperCase(), unstructured: '' };
  const ogm = /^[+*]{3}|\//.test(text) ? findOgmDigits(text) : undefined;
  return { structured: '', unstructured: ogm === undefined ? text : formatOgm(ogm) };
}

function bicElement(bic: string | undefined, version: string): string {
  if (bic === undefined || bic === '') {
    if (version === '001') throw new InputError('$.bic', 'a BIC: version 001 wants one');
    return '';
  }
  if (!isValidBic(bic)) throw new InputError('$.bic', `a BIC of 8 or 11 characters, got ${JSON.stringify(bic)}`);
  return bic;
}

function amountElement(amount: Money | undefined): string {
  if (amount === undefined) return '';
  if (amount.currency !== 'EUR') throw new InputError('$.amount', `an amount in EUR, got ${amount.currency}`);
  if (amount.minor < 1n || amount.minor > MAXIMUM_CENTS)
    throw new InputError('$.amount', 'between 0.01 and 999999999.99 EUR');
  return `EUR${formatMinor(amount.minor, 'EUR').replace(/\.?0+$/, '')}`;
}

/** One line of text: a control character would shift every element after it. */
function element(path: string, value: string, maximum: number, isRequired = false): string {
  if (isRequired && value.trim() === '') throw new InputError(path, 'a name');
  if (/\p{Cc}/u.test(value)) throw new InputError(path, 'text without line breaks or control characters');
  if ([...value].length > maximum)
    throw new InputError(path, `at most ${maximum} characters, got ${[...value].length}`);
  return value;
}
