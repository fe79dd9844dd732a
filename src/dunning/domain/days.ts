import { endOfMonth, fromEpochDay, toEpochDay, type BusinessDate } from '../../kernel/index.js';
import type { DayCount } from './types.js';

/** The last day a `BusinessDate` can name; what would fall later has no date. */
const LAST_DAY = toEpochDay('9999-12-31' as BusinessDate);

const ZERO = 48;

/**
 * Calendar dates as epoch days, remembered by month for the length of one run: a million receivables share a few
 * hundred months, and reading dates is most of what a planner does.
 */
export class DayBook {
  private readonly monthStarts = new Map<number, number>();
  private readonly monthEnds = new Map<number, number>();

  dayOf(date: BusinessDate): number {
    const year = 1000 * digitAt(date, 0) + 100 * digitAt(date, 1) + 10 * digitAt(date, 2) + digitAt(date, 3);
    const month = 12 * year + 10 * digitAt(date, 5) + digitAt(date, 6);
    const start = this.monthStarts.get(month) ?? this.rememberMonth(month, date);
    return start + 10 * digitAt(date, 8) + digitAt(date, 9) - 1;
  }

  private rememberMonth(month: number, date: BusinessDate): number {
    const start = toEpochDay(`${date.slice(0, 8)}01` as BusinessDate);
    this.monthStarts.set(month, start);
    return start;
  }

  monthEndOf(day: number): number {
    const known = this.monthEnds.get(day);
    if (known !== undefined) return known;
    const end = day > LAST_DAY ? day : toEpochDay(endOfMonth(fromEpochDay(day)));
    this.monthEnds.set(day, end);
    return end;
  }
}

function digitAt(date: BusinessDate, index: number): number {
  return date.charCodeAt(index) - ZERO;
}

/** The date of an epoch day; undefined beyond the calendar's end (9999-12-31). */
export function dateOf(day: number): BusinessDate | undefined {
  return day > LAST_DAY ? undefined : fromEpochDay(day);
}

interface DayCountRule {
  readonly yearDays: bigint;
  readonly daysBetween: (from: number, to: number) => number;
}

const actual = (from: number, to: number): number => to - from;

/** 30E/360 (the European 30/360): day 31 counts as 30 at both ends. */
function thirtyDays(from: number, to: number): number {
  const [start, end] = [fromEpochDay(from), fromEpochDay(to)];
  const part = (date: BusinessDate, at: number, length: number): number => Number(date.slice(at, at + length));
  const day = (date: BusinessDate): number => Math.min(30, part(date, 8, 2));
  return (
    360 * (part(end, 0, 4) - part(start, 0, 4)) + 30 * (part(end, 5, 2) - part(start, 5, 2)) + day(end) - day(start)
  );
}

/** How days of interest are counted and how many make a year. */
export const DAY_COUNT_RULES: Readonly<Record<DayCount, DayCountRule>> = {
  'act/365': { yearDays: 365n, daysBetween: actual },
  'act/360': { yearDays: 360n, daysBetween: actual },
  '30/360': { yearDays: 360n, daysBetween: thirtyDays },
};
