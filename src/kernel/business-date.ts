import { Temporal } from 'temporal-polyfill';
import { InputError } from './assert.js';

/** A calendar date `YYYY-MM-DD`. Never a `Date`: an invoice is due on a day, not at an instant. */
export type BusinessDate = string & { readonly __brand: 'BusinessDate' };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

export function isBusinessDate(text: unknown): text is BusinessDate {
  if (typeof text !== 'string') return false;
  const match = SHAPE.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Reads a calendar date; `path` names the field in the error. */
export function parseBusinessDate(text: unknown, path = '$'): BusinessDate {
  if (!isBusinessDate(text)) throw new InputError(path, `a calendar date YYYY-MM-DD, got ${JSON.stringify(text)}`);
  return text;
}

/** Days since 1970-01-01 (proleptic Gregorian). The form in which rules count. */
export function toEpochDay(date: BusinessDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / MS_PER_DAY;
}

export function fromEpochDay(epochDay: number): BusinessDate {
  return new Date(epochDay * MS_PER_DAY).toISOString().slice(0, 10) as BusinessDate;
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  return fromEpochDay(toEpochDay(date) + days);
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return toEpochDay(to) - toEpochDay(from);
}

export function endOfMonth(date: BusinessDate): BusinessDate {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return `${date.slice(0, 8)}${String(daysInMonth(year, month)).padStart(2, '0')}` as BusinessDate;
}

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: BusinessDate): number {
  return ((((toEpochDay(date) + 3) % 7) + 7) % 7) + 1;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The calendar day on which `instant` falls in an IANA time zone, e.g. `Europe/Amsterdam`. */
export function businessDateIn(instant: Date, timeZone: string): BusinessDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString() as BusinessDate;
}

const MONTHS: Readonly<Record<string, readonly string[]>> = {
  nl: ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
}; // prettier-ignore

/** "22 november 2026" in the language of the reader; French writes the first of a month "1er". */
export function formatDateFor(date: BusinessDate, language: string): string {
  const months = MONTHS[language] ?? MONTHS['nl']!;
  const day = Number(date.slice(8, 10));
  return `${day === 1 && language === 'fr' ? '1er' : day} ${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}
