import { localeOf } from './money';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A business date has no zone: read and written in UTC it can never slip a day. */
function businessDate(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** "22 nov", with the year when it is not `currentYear`. */
export function formatDate(date: string, language: string, currentYear: number): string {
  const value = businessDate(date);
  const withYear = value.getUTCFullYear() !== currentYear;
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' };
  if (withYear) options.year = 'numeric';
  return new Intl.DateTimeFormat(localeOf(language), options).format(value);
}

/** "zondag 22 november 2026" */
export function formatDateFull(date: string, language: string): string {
  const options = { dateStyle: 'full', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(localeOf(language), options).format(businessDate(date));
}

/** "22 nov, 14:05" in the reader's own zone. */
export function formatInstant(instant: string, language: string, currentYear: number): string {
  const value = new Date(instant);
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
  if (value.getFullYear() !== currentYear) options.year = 'numeric';
  return new Intl.DateTimeFormat(localeOf(language), options).format(value);
}

export function formatInstantFull(instant: string, language: string): string {
  const options = { dateStyle: 'full', timeStyle: 'medium' } as const;
  return new Intl.DateTimeFormat(localeOf(language), options).format(new Date(instant));
}

/** "4 minuten geleden", "over 2 dagen". */
export function formatRelative(instant: string, language: string, now: number): string {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' });
  if (size < MINUTE) return format.format(Math.round(seconds), 'second');
  if (size < HOUR) return format.format(Math.round(seconds / MINUTE), 'minute');
  if (size < DAY) return format.format(Math.round(seconds / HOUR), 'hour');
  return format.format(Math.round(seconds / DAY), 'day');
}

/** "4 minuten", for sentences such as "de boeken zijn 4 minuten oud". */
export function formatAge(instant: string, language: string, now: number): string {
  return formatSpan(Math.max(1, Math.round((now - new Date(instant).getTime()) / 1000)), language);
}

/** A length of time in its largest fitting unit. */
export function formatSpan(seconds: number, language: string, unitDisplay: 'long' | 'short' = 'long'): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour' | 'day'): string =>
    new Intl.NumberFormat(localeOf(language), { style: 'unit', unit: name, unitDisplay }).format(Math.round(value));
  if (seconds < MINUTE) return unit(seconds, 'second');
  if (seconds < HOUR) return unit(seconds / MINUTE, 'minute');
  if (seconds < 2 * DAY) return unit(seconds / HOUR, 'hour');
  return unit(seconds / DAY, 'day');
}

/** Today as a business date in the reader's own zone. */
export function localToday(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
