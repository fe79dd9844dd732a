import { readAs, readCurrency, show, Unreadable } from '../contract/index.js';
import {
  isBusinessDate,
  parseMinor,
  type BusinessDate,
  type CurrencyCode,
  type JsonRecord,
} from '../../kernel/index.js';

/** Trimmed text; null when absent or blank. */
export function readText(row: JsonRecord, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function requireText(row: JsonRecord, name: string, reason: string): string {
  const text = readText(row, name);
  if (text === null) throw new Unreadable(reason, `${name} is empty.`);
  return text;
}

/** "YYYY-MM-DD"; null when absent. */
export function readDate(row: JsonRecord, name: string): BusinessDate | null {
  const text = readText(row, name);
  if (text === null) return null;
  if (!isBusinessDate(text)) throw new Unreadable('BAD_DATE', `${name} is not a date: ${show(text)}.`);
  return text;
}

export function requireDate(row: JsonRecord, name: string): BusinessDate {
  const date = readDate(row, name);
  if (date === null) throw new Unreadable('DATE_MISSING', `${name} is empty.`);
  return date;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** An instant in milliseconds; null when it is none. */
export function readMoment(row: JsonRecord, name: string): number | null {
  const text = readText(row, name);
  const moment = text !== null && MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

/** The moment of the last change stands for the version: it only ever rises. */
export function requireVersion(row: JsonRecord): bigint {
  const moment = readMoment(row, 'modifiedAt');
  if (moment === null) throw new Unreadable('BAD_VERSION', `modifiedAt is not a moment: ${show(row['modifiedAt'])}.`);
  return BigInt(moment);
}

export function requireCurrency(row: JsonRecord, name: string): CurrencyCode {
  return readCurrency(requireText(row, name, 'UNKNOWN_CURRENCY'), name);
}

/** A decimal text such as "-12.50" as minor units. */
export function requireAmount(row: JsonRecord, name: string, currency: CurrencyCode): bigint {
  const text = requireText(row, name, 'AMOUNT_MISSING');
  return readAs('AMOUNT_UNREADABLE', () => parseMinor(text, currency, name));
}
