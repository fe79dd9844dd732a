import { readAs, readCurrency, show, Unreadable } from '../contract/index.js';
import {
  isBusinessDate,
  isUuid,
  minorFromNumber,
  type BusinessDate,
  type CurrencyCode,
  type JsonRecord,
} from '../../kernel/index.js';

/** Trimmed text; null when absent or blank. Numbers are written out: some codes are numbers on one site, text on another. */
export function readText(row: JsonRecord, name: string): string | null {
  const value = row[name];
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

/** Throws `${NAME}_MISSING`-like reasons given by the caller, because only it knows what the record is without it. */
export function requireText(row: JsonRecord, name: string, reason: string): string {
  const text = readText(row, name);
  if (text === null) throw new Unreadable(reason, `${name} is empty.`);
  return text;
}

/** A lower-case GUID; null when absent. */
export function readGuid(row: JsonRecord, name: string): string | null {
  const text = readText(row, name);
  if (text === null) return null;
  if (!isUuid(text)) throw new Unreadable('BAD_ID', `${name} is not an identifier: ${show(text)}.`);
  return text.toLowerCase();
}

export function requireGuid(row: JsonRecord, name: string, reason: string): string {
  const guid = readGuid(row, name);
  if (guid === null) throw new Unreadable(reason, `${name} is empty.`);
  return guid;
}

/** Edm.Int64, which Exact writes as text because JavaScript's numbers end at 2^53. */
export function readInt64(row: JsonRecord, name: string): bigint {
  const value = row[name];
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value.trim())) return BigInt(value.trim());
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new Unreadable('BAD_VERSION', `${name} is not a whole number: ${show(value)}.`);
}

const WIRE_DATE = /^\/Date\((-?\d{1,15})\)\/$/;
/** A large book has a few thousand different days in hundreds of thousands of fields: each is read once. */
const KNOWN_DATES = new Map<string, BusinessDate>();
const MOST_KNOWN_DATES = 20_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/**
 * "/Date(1782345600000)/" as a calendar date; null when absent. The number is Amsterdam wall time written as if it were
 * UTC (a note created at 14:16 GMT in summer comes back as 16:16), so the day is read off as it stands: converting it
 * to a time zone would put dates one day off.
 */
export function readDate(row: JsonRecord, name: string): BusinessDate | null {
  const value = row[name];
  if (value === null || value === undefined || value === '') return null;
  const known = typeof value === 'string' ? KNOWN_DATES.get(value) : undefined;
  if (known !== undefined) return known;
  const match = typeof value === 'string' ? WIRE_DATE.exec(value) : null;
  const instant = new Date(match === null ? Number.NaN : Number(match[1]));
  const year = instant.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR))
    throw new Unreadable('BAD_DATE', `${name} is not a date: ${show(value)}.`);
  const date = instant.toISOString().slice(0, 10);
  if (!isBusinessDate(date)) throw new Unreadable('BAD_DATE', `${name} is not a date: ${show(value)}.`);
  if (KNOWN_DATES.size < MOST_KNOWN_DATES) KNOWN_DATES.set(value as string, date);
  return date;
}

/** How Exact takes a calendar date in a body: wall time, no zone. */
export function toWireDate(date: string): string {
  return `${date}T00:00:00`;
}

/** Edm.Double as minor units of the currency. */
export function readAmount(row: JsonRecord, name: string, currency: CurrencyCode): bigint {
  const value = row[name];
  if (typeof value !== 'number')
    throw new Unreadable('AMOUNT_NOT_A_NUMBER', `${name} is not an amount: ${show(value)}.`);
  return readAs('AMOUNT_NOT_A_NUMBER', () => minorFromNumber(value, currency, name));
}

export function requireCurrency(row: JsonRecord, name: string): CurrencyCode {
  return readCurrency(requireText(row, name, 'UNKNOWN_CURRENCY'), name);
}
