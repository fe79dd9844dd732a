import type { EdmType } from '../fields/index.js';

/** A value before it is put on the wire: date-times as wall milliseconds, 64-bit integers as numbers. */
export type Raw = string | number | boolean | null;

/** The verbose-JSON form of a value (Int64 travels as a string, a date-time as `/Date(ms)/`). */
export function toWire(type: EdmType, value: Raw): Raw {
  if (value === null) return null;
  if (type === 'DateTime') return `/Date(${value})/`;
  if (type === 'Int64') return String(value);
  return value;
}

/** The same as JSON text. */
export function toJson(type: EdmType, value: Raw): string {
  if (value === null) return 'null';
  if (type === 'DateTime') return `"/Date(${value})/"`;
  if (type === 'Int64' || type === 'Guid') return `"${value}"`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Codes of accounts are fixed-length numeric strings with leading blanks, length 18. */
export function padCode(code: number | string): string {
  return String(code).padStart(18, ' ');
}

/** Country codes come three characters wide: `"NL "`. */
export function padCountry(code: string): string {
  return code.padEnd(3, ' ');
}

/** Decimals of the currencies that have no cents or more of them. Everything else has two. */
const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, ISK: 0, CLP: 0, VND: 0, BHD: 3, KWD: 3, TND: 3 };

/** Minor units as the Edm.Double that Exact sends: `316.5`, `300`. */
export function toDouble(minor: number, currency: string): number {
  return minor / 10 ** (DECIMALS[currency] ?? 2);
}

/** A GUID that is always the same for one GUID and one purpose, for fields the neutral books do not hold. */
export function derivedGuid(guid: string, purpose: string): string {
  let hash = 2_166_136_261;
  for (const character of purpose) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619) >>> 0;
  const head = (Number.parseInt(guid.slice(0, 8), 16) ^ hash) >>> 0;
  return head.toString(16).padStart(8, '0') + guid.slice(8);
}
