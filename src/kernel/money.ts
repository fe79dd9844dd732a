import { assert, InputError } from './assert.js';

/** ISO 4217 alphabetic code, upper case. */
export type CurrencyCode = string;

/** An amount in integer minor units (cents for EUR). Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly currency: CurrencyCode;
}

/** How money travels in JSON: a decimal string and its currency. */
export interface MoneyJson {
  readonly amount: string;
  readonly currency: CurrencyCode;
}

/**
 * Minor-unit exponents of the currencies that books here may hold (ISO 4217). A currency that is not in the table is
 * refused: guessing two decimals would put an amount wrong by a factor of ten or a hundred.
 */
const EXPONENTS: Readonly<Record<CurrencyCode, number>> = {
  AED: 2, AUD: 2, BGN: 2, BHD: 3, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CNY: 2, CZK: 2, DKK: 2, EGP: 2, EUR: 2, GBP: 2,
  HKD: 2, HUF: 2, IDR: 2, ILS: 2, INR: 2, ISK: 0, JOD: 3, JPY: 0, KRW: 0, KWD: 3, MAD: 2, MXN: 2, MYR: 2, NOK: 2,
  NZD: 2, OMR: 3, PHP: 2, PLN: 2, RON: 2, RSD: 2, RUB: 2, SAR: 2, SEK: 2, SGD: 2, THB: 2, TND: 3, TRY: 2, TWD: 2,
  UAH: 2, USD: 2, VND: 0, ZAR: 2,
}; // prettier-ignore

/** Whether `code` is a currency this product can count in. */
export function isKnownCurrency(code: string): boolean {
  return Object.hasOwn(EXPONENTS, code);
}

/** Decimals of a currency; throws {@link InputError} for an unknown one. */
export function exponentOf(currency: CurrencyCode, path = '$.currency'): number {
  const exponent = EXPONENTS[currency];
  if (exponent === undefined)
    throw new InputError(path, `a known ISO 4217 currency, got "${currency}"`, 'UNKNOWN_CURRENCY');
  return exponent;
}

export function money(minor: bigint | number, currency: CurrencyCode): Money {
  assert(typeof minor === 'bigint' || Number.isSafeInteger(minor), 'minor units are a whole number');
  exponentOf(currency);
  return { minor: BigInt(minor), currency };
}

export function zero(currency: CurrencyCode): Money {
  return money(0n, currency);
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal string ("1234.5") as minor units. Refuses more decimals than the currency has (unless they are
 * zeros), exponents, thousands separators and anything else that is not a plain decimal.
 */
export function parseMinor(decimal: string, currency: CurrencyCode, path = '$.amount'): bigint {
  const exponent = exponentOf(currency);
  const match = DECIMAL.exec(decimal);
  if (match === null) throw new InputError(path, `a decimal amount such as "1234.56", got ${JSON.stringify(decimal)}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  if (/[1-9]/.test(fraction.slice(exponent)))
    throw new InputError(path, `at most ${exponent} decimals for ${currency}, got ${JSON.stringify(decimal)}`);
  const minor = BigInt(whole + kept);
  return sign === '-' ? -minor : minor;
}

export function parseMoney(decimal: string, currency: CurrencyCode, path?: string): Money {
  return { minor: parseMinor(decimal, currency, path), currency };
}

/**
 * Minor units of a JSON number that a source sends as an IEEE double (Exact's Edm.Double). The double is rounded
 * half away from zero at the currency's precision; doubles carry 15 digits, so amounts below 10^13 are exact.
 */
export function minorFromNumber(value: number, currency: CurrencyCode, path = '$.amount'): bigint {
  const exponent = exponentOf(currency);
  if (!Number.isFinite(value) || Math.abs(value) >= 1e13)
    throw new InputError(path, `a finite amount below 10^13, got ${value}`);
  const minor = BigInt(roundHalfUp(Math.abs(value) * 10 ** exponent));
  return value < 0 ? -minor : minor;
}

/**
 * The product of a double and a power of ten is off by less than a tenth here, so only near a half do the digits beyond
 * the fifteenth decide: those are cut first. (Cutting costs more than all the rest, and almost no amount needs it.)
 */
function roundHalfUp(scaled: number): number {
  const near = Math.round(scaled);
  return Math.abs(scaled - near) < 0.4 ? near : Math.round(Number(scaled.toPrecision(15)));
}

/** "1234.56": always the currency's own number of decimals, a point, no grouping. */
export function formatMinor(minor: bigint, currency: CurrencyCode): string {
  const exponent = exponentOf(currency);
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, '0');
  const whole = exponent === 0 ? digits : digits.slice(0, -exponent);
  const text = exponent === 0 ? whole : `${whole}.${digits.slice(-exponent)}`;
  return negative ? `-${text}` : text;
}

export function formatDecimal(value: Money): string {
  return formatMinor(value.minor, value.currency);
}

export function toMoneyJson(value: Money): MoneyJson {
  return { amount: formatDecimal(value), currency: value.currency };
}

export function addMoney(left: Money, right: Money): Money {
  assert(left.currency === right.currency, `currencies never mix: ${left.currency} and ${right.currency}`);
  return { minor: left.minor + right.minor, currency: left.currency };
}

export function negateMoney(value: Money): Money {
  return { minor: -value.minor, currency: value.currency };
}

/** Integer division rounded half away from zero: the one rounding rule for money (legal.md: "rounded half-up"). */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  assert(denominator > 0n, 'denominator is positive');
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return negative ? -rounded : rounded;
}

const CURRENCY_SIGNS: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

/** Money as the language writes it: nl "€ 1.234,56", fr "1 234,56 €", en "€1,234.56". */
export function formatMoneyFor(value: Money, language: string): string {
  const exponent = exponentOf(value.currency);
  const plain = formatDecimal(value);
  const negative = plain.startsWith('-');
  const [whole = '0', fraction = ''] = plain.replace('-', '').split('.');
  const style = MONEY_STYLES[language] ?? MONEY_STYLES['nl']!;
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, style.group);
  const number = exponent === 0 ? grouped : `${grouped}${style.decimal}${fraction}`;
  const sign = CURRENCY_SIGNS[value.currency] ?? value.currency;
  const spaced = sign.length > 1 ? '\u00a0' : style.space;
  const text = style.signFirst ? `${sign}${spaced}${number}` : `${number}\u00a0${sign}`;
  return negative ? `-${text}` : text;
}

const MONEY_STYLES: Readonly<Record<string, { group: string; decimal: string; space: string; signFirst: boolean }>> = {
  nl: { group: '.', decimal: ',', space: '\u00a0', signFirst: true },
  fr: { group: '\u202f', decimal: ',', space: '\u00a0', signFirst: false },
  en: { group: ',', decimal: '.', space: '', signFirst: true },
};
