import { readAs, show, Unreadable } from '../contract/index.js';
import { isBusinessDate, parseMinor, type BusinessDate, type CurrencyCode } from '../../kernel/index.js';

/** Trimmed; null when nothing is left. */
export function filled(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** `20181231` as a calendar date, which has no zone; null when empty. */
export function readDate(text: string | null, name: string): BusinessDate | null {
  if (text === null) return null;
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const date = parts === null ? '' : `${parts[1]}-${parts[2]}-${parts[3]}`;
  if (!isBusinessDate(date)) throw new Unreadable('BAD_DATE', `${name} is not a date: ${show(text)}.`);
  return date;
}

/** `-6708.02` as minor units of the currency. Twinfield writes two decimals, also for currencies without any. */
export function readAmount(text: string, name: string, currency: CurrencyCode): bigint {
  if (!/^-?\d{1,15}(\.\d{1,4})?$/.test(text))
    throw new Unreadable('AMOUNT_NOT_A_NUMBER', `${name} is not an amount: ${show(text)}.`);
  const shortest = text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return readAs('AMOUNT_NOT_A_NUMBER', () => parseMinor(shortest, currency, name));
}

/** `20211013203053` (UTC) or a counter as a version. */
export function readVersion(text: string | null, name: string): bigint {
  if (text === null || !/^\d{1,17}$/.test(text))
    throw new Unreadable('BAD_VERSION', `${name} is not a whole number: ${show(text)}.`);
  return BigInt(text);
}

/** A moment as Twinfield writes it: `YYYYMMDDHHMMSS`, UTC. */
export function toStamp(instant: Date): string {
  return instant.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
}

/** `2026-11-20T09:00:30`, with or without fraction and zone (all times are UTC), or a bare day, as a stamp; null: neither. */
export function stampOf(text: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text.trim());
  if (parts === null) return null;
  const instant = new Date(`${parts[1]}T${parts[2] ?? '00:00:00'}${parts[3] ?? 'Z'}`);
  return Number.isNaN(instant.getTime()) ? null : toStamp(instant);
}
