import {
  exponentOf,
  fromEpochDay,
  InputError,
  isBusinessDate,
  isKnownCurrency,
  minorFromNumber,
  parseMinor,
  toEpochDay,
  type BusinessDate,
  type CurrencyCode,
} from '../../kernel/index.js';
import type { Mapping } from './fields.js';

/** A cell as the file holds it: text, or the number of a spreadsheet. */
export type Cell = string | number;

/** A cell that is not what its column says; `expected` in words for people. */
export class Unreadable extends Error {
  constructor(readonly expected: string) {
    super(expected);
  }
}

export function isCell(value: unknown): value is Cell {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

/** Trimmed; empty is null. A number is written without exponent, as a person sees it. */
export function textOf(cell: unknown): string | null {
  if (!isCell(cell)) return null;
  const text = typeof cell === 'number' ? plainNumber(cell) : cell.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim();
  return text === '' ? null : text;
}

function plainNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
}

const GROUPED = {
  comma: /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$|^\d+(?:,\d+)?$/,
  point: /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/,
} as const satisfies Record<Mapping['numbers'], RegExp>;

const EXAMPLES = { comma: '1.234,56', point: '1,234.56' } as const;

/**
 * Minor units of an amount as packages write it: with grouping, a currency sign, a minus before or behind, or in
 * brackets. A number of a spreadsheet is rounded at the currency's precision, for it is a double. Throws {@link Unreadable}.
 */
export function readAmount(cell: Cell, currency: CurrencyCode, numbers: Mapping['numbers']): bigint {
  try {
    if (typeof cell === 'number') return minorFromNumber(cell, currency);
    const { digits, negative } = unsigned(cell);
    if (!GROUPED[numbers].test(digits)) throw new Unreadable(`an amount such as ${EXAMPLES[numbers]}`);
    const plain = numbers === 'comma' ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '');
    const minor = parseMinor(plain, currency);
    return negative ? -minor : minor;
  } catch (error) {
    if (error instanceof InputError)
      throw new Unreadable(`an amount with at most ${exponentOf(currency)} decimals for ${currency}`);
    throw error;
  }
}

function unsigned(text: string): { digits: string; negative: boolean } {
  const bare = text.replaceAll(/[\s\u00a0\u202f'’]/g, '').replaceAll(/€|\$|£|EUR|USD|GBP/gi, '').replaceAll(/[−–]/g, '-'); // prettier-ignore
  const bracketed = /^\((.+)\)$/.exec(bare)?.[1];
  const signed = bracketed ?? bare;
  const negative = bracketed !== undefined || signed.startsWith('-') || signed.endsWith('-');
  return { digits: signed.replaceAll(/^[-+]|-$/g, ''), negative };
}

/** Days of spreadsheets count from here (their year 1900 has a 29 February, which only matters before March 1900). */
const SERIAL_ZERO = toEpochDay('1899-12-30' as BusinessDate);
/** 1954 to 2119: a serial outside is some other number. */
const SERIALS = { first: 20_000, last: 80_000 };

/** A calendar date: year first, day first or month first as said, or a spreadsheet's serial. Throws {@link Unreadable}. */
export function readDate(cell: Cell, dates: Mapping['dates']): BusinessDate {
  const found = typeof cell === 'number' ? fromSerial(cell) : fromText(cell.trim(), dates);
  if (found !== null) return found;
  throw new Unreadable(dates === 'dmy' ? 'a date such as 31-12-2026' : 'a date such as 12/31/2026');
}

function fromSerial(value: number): BusinessDate | null {
  const day = Math.floor(value);
  return day >= SERIALS.first && day <= SERIALS.last ? fromEpochDay(SERIAL_ZERO + day) : null;
}

function fromText(text: string, dates: Mapping['dates']): BusinessDate | null {
  if (/^\d{5}$/.test(text)) return fromSerial(Number(text));
  const date = text.replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/, '');
  const yearFirst = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$/.exec(date);
  if (yearFirst !== null) return dateOf(yearFirst[1]!, yearFirst[3]!, yearFirst[4]!);
  const parts = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/.exec(date);
  if (parts === null) return null;
  const [, first = '', , second = '', year = ''] = parts;
  const [day, month] = dates === 'dmy' ? [first, second] : [second, first];
  return dateOf(year.length === 2 ? `20${year}` : year, month, day);
}

function dateOf(year: string, month: string, day: string): BusinessDate | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isBusinessDate(text) ? text : null;
}

/** ISO 4217. Throws {@link Unreadable}. */
export function readCurrency(text: string): CurrencyCode {
  const code = text === '€' ? 'EUR' : text.toUpperCase();
  if (isKnownCurrency(code)) return code;
  throw new Unreadable('a currency code such as EUR');
}

const COUNTRIES: Readonly<Record<string, string>> = {
  nederland: 'NL', netherlands: 'NL', thenetherlands: 'NL', paysbas: 'NL', belgie: 'BE', belgium: 'BE', belgique: 'BE',
  duitsland: 'DE', germany: 'DE', allemagne: 'DE', deutschland: 'DE', frankrijk: 'FR', france: 'FR', luxemburg: 'LU',
  luxembourg: 'LU', verenigdkoninkrijk: 'GB', unitedkingdom: 'GB', royaumeuni: 'GB', uk: 'GB', spanje: 'ES', spain: 'ES',
  espagne: 'ES', italie: 'IT', italy: 'IT', oostenrijk: 'AT', austria: 'AT', autriche: 'AT', polen: 'PL', poland: 'PL',
}; // prettier-ignore

/** ISO 3166-1, from a code or a name in Dutch, French or English; null for anything else, which is never guessed. */
export function readCountry(text: string | null): string | null {
  if (text === null) return null;
  if (/^[a-z]{2}$/i.test(text) && text.toLowerCase() !== 'uk') return text.toUpperCase();
  return COUNTRIES[simple(text)] ?? null;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  nederlands: 'nl', dutch: 'nl', neerlandais: 'nl', frans: 'fr', french: 'fr', francais: 'fr', engels: 'en', english: 'en',
  anglais: 'en', duits: 'de', german: 'de', allemand: 'de', nld: 'nl', dut: 'nl', fra: 'fr', fre: 'fr', eng: 'en', deu: 'de', ger: 'de',
}; // prettier-ignore

/** "nl", "nl-BE", "Nederlands" → nl; anything else → null. */
export function readLanguage(text: string | null): string | null {
  const code = text?.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return /^[a-z]{2}$/.test(code) ? code : (LANGUAGES[simple(text ?? '')] ?? null);
}

/** Ja, yes, oui, x, 1, true. */
export function isYes(cell: unknown): boolean {
  return /^(j|ja|y|yes|o|oui|x|1|true|waar|vrai)$/i.test(textOf(cell) ?? '');
}

/** Small letters and digits alone, without accents: how names are compared. */
export function simple(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
