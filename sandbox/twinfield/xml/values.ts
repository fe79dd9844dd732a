import { exponentOf } from '../../../src/kernel/index.js';

/** Two decimals and a dot; currencies with other minor units are brought to two. Minor units in. */
export function toAmount(minor: number, currency = 'EUR'): string {
  const cents = currency === 'EUR' ? minor : Math.round(minor * 10 ** (2 - exponentOf(currency)));
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What one unit of any other currency is worth in the books' own: fixed, so that the two amounts can be told apart. */
export const FOREIGN_RATE = 0.92;

export function toBaseMinor(minor: number, currency: string): number {
  if (currency === 'EUR') return minor;
  return Math.round(minor * 10 ** (2 - exponentOf(currency)) * FOREIGN_RATE);
}

/** `YYYY-MM-DD` as `YYYYMMDD`: dates have no zone. */
export function toWireDate(date: string): string {
  return date.replaceAll('-', '');
}

/** Milliseconds as `YYYYMMDDHHMMSS` in UTC: every time of the interface is. */
export function toWireTime(ms: number): string {
  // Most stamps of a book are of few moments, and a browse compares every one of them.
  const known = wireTimes.get(ms);
  if (known !== undefined) return known;
  const text = new Date(ms).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
  if (wireTimes.size > 20_000) wireTimes.clear();
  wireTimes.set(ms, text);
  return text;
}

const wireTimes = new Map<number, string>();

/** `YYYYMMDD` or `YYYYMMDDHHMMSS` (UTC) as milliseconds; `null` when it is neither. */
export function fromWireTime(text: string): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) || new Date(ms).toISOString() !== iso ? null : ms;
}

/** The period of a calendar date: `2026/11`. */
export function toPeriod(date: string): string {
  return `${date.slice(0, 4)}/${date.slice(5, 7)}`;
}

/** The same text matcher everywhere: `*` stands for any text, `?` for one character; case does not count. */
export function wildcard(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is');
}
