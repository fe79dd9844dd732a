import { InputError, isBusinessDate, isKnownCurrency, parseMinor, type BusinessDate, type CurrencyCode } from '../../kernel/index.js'; // prettier-ignore

/** A value of ClearFacts' that cannot be read. `reason` is a stable code; the message is for people. */
export class Unreadable extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export type WireRecord = Readonly<Record<string, unknown>>;

export function isWireRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'nothing';

/** Trimmed text; null when absent or blank. */
export function readText(row: WireRecord, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function requireText(row: WireRecord, name: string, reason: string): string {
  const text = readText(row, name);
  if (text === null) throw new Unreadable(reason, `${name} is empty.`);
  return text;
}

/** "YYYY-MM-DD"; null when absent. */
export function readDate(row: WireRecord, name: string): BusinessDate | null {
  const text = readText(row, name);
  if (text === null) return null;
  if (!isBusinessDate(text)) throw new Unreadable('BAD_DATE', `${name} is not a date: ${show(text)}.`);
  return text;
}

export function requireDate(row: WireRecord, name: string): BusinessDate {
  const date = readDate(row, name);
  if (date === null) throw new Unreadable('DATE_MISSING', `${name} is empty.`);
  return date;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** An instant in milliseconds; null when it is none. */
export function readMoment(row: WireRecord, name: string): number | null {
  const text = readText(row, name);
  const moment = text !== null && MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

/** The moment of the last change stands for the version: it only ever rises. */
export function requireVersion(row: WireRecord): bigint {
  const moment = readMoment(row, 'modifiedAt');
  if (moment === null) throw new Unreadable('BAD_VERSION', `modifiedAt is not a moment: ${show(row['modifiedAt'])}.`);
  return BigInt(moment);
}

export function requireCurrency(row: WireRecord, name: string): CurrencyCode {
  const currency = requireText(row, name, 'UNKNOWN_CURRENCY').toUpperCase();
  if (!isKnownCurrency(currency))
    throw new Unreadable('UNKNOWN_CURRENCY', `${name} is a currency we do not know: ${show(currency)}.`);
  return currency;
}

/** A decimal text such as "-12.50" as minor units. */
export function requireAmount(row: WireRecord, name: string, currency: CurrencyCode): bigint {
  const text = requireText(row, name, 'AMOUNT_MISSING');
  try {
    return parseMinor(text, currency, name);
  } catch (error) {
    if (error instanceof InputError) throw new Unreadable('AMOUNT_UNREADABLE', `${error.message}.`);
    throw error;
  }
}
