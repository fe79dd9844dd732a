import { addDays, daysBetween, divideRounded, InputError, type BusinessDate, type Money } from '../kernel/index.js';
import { findRateOn, RATE_TABLES, type RateRow, type RateTable } from './rate-tables.js';
import { halfYearOf, type DebtorKind, type LawCountry } from './types.js';

export interface InterestInput {
  readonly country: LawCountry;
  readonly kind: DebtorKind;
  readonly principal: Money;
  /** The last day on which payment was in time. Interest runs from the day after. */
  readonly due: BusinessDate;
  /** The day of payment; it counts as a day of interest. */
  readonly paid: BusinessDate;
}

/** A stretch of days at one rate; `from` and `to` both count. */
export interface InterestSegment {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly days: number;
  /** Percent per year, "10.15". */
  readonly rate: string;
  readonly interest: Money;
}

export interface InterestResult {
  readonly total: Money;
  readonly segments: readonly InterestSegment[];
  readonly source: string;
  readonly rows: readonly RateRow[];
}

const DAYS_PER_YEAR = 365;

/**
 * Statutory interest on a late payment, rounded per segment, act/365. A full year of default bears exactly the yearly
 * rate; in the Netherlands that year's interest then joins the sum (art. 6:119 lid 2, 6:119a lid 3 BW).
 * @throws InputError `RATE_MISSING` when a day lies in a half-year without a row: it names that half-year.
 */
export function computeInterest(input: InterestInput): InterestResult {
  if (input.principal.minor < 0n) throw new InputError('$.principal', 'an amount of zero or more');
  const table: RateTable = RATE_TABLES[input.country][input.kind];
  const segments: InterestSegment[] = [];
  const rows = new Set<RateRow>();
  let base = input.principal.minor;
  let total = 0n;
  for (const year of yearsOfDefault(input.due, input.paid)) {
    const denominator = table.compoundsYearly && year.full ? year.days : DAYS_PER_YEAR;
    let ofYear = 0n;
    for (const stretch of stretchesOf(table, year.from, year.to)) {
      const days = daysBetween(stretch.from, stretch.to) + 1;
      const interest = divideRounded(base * BigInt(stretch.row.basisPoints * days), BigInt(denominator * 10_000));
      rows.add(stretch.row);
      segments.push({ from: stretch.from, to: stretch.to, days, rate: percent(stretch.row), interest: { ...input.principal, minor: interest } }); // prettier-ignore
      ofYear += interest;
    }
    total += ofYear;
    if (table.compoundsYearly) base += ofYear;
  }
  return { total: { ...input.principal, minor: total }, segments, source: table.source, rows: [...rows] };
}

interface YearOfDefault {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly days: number;
  readonly full: boolean;
}

/** The days after `due` up to and including `paid`, cut on each anniversary of `due`. */
function yearsOfDefault(due: BusinessDate, paid: BusinessDate): readonly YearOfDefault[] {
  const years: YearOfDefault[] = [];
  let start = due;
  for (let count = 1; start < paid; count += 1) {
    const anniversary = addYears(due, count);
    const to = anniversary < paid ? anniversary : paid;
    years.push({ from: addDays(start, 1), to, days: daysBetween(start, to), full: to === anniversary });
    start = to;
  }
  return years;
}

/** 29 February becomes 28 February in an ordinary year: the year of default ends no later than the month does. */
function addYears(date: BusinessDate, years: number): BusinessDate {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0');
  const isLeap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1;
  const monthAndDay = date.slice(5) === '02-29' && !isLeap ? '02-28' : date.slice(5);
  return `${year}-${monthAndDay}` as BusinessDate;
}

interface Stretch {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly row: RateRow;
}

function stretchesOf(table: RateTable, from: BusinessDate, to: BusinessDate): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let day = from;
  while (day <= to) {
    const row = findRateOn(table, day);
    if (row === undefined) throw missingRate(table, day);
    const end = row.to < to ? row.to : to;
    const previous = stretches.at(-1);
    if (previous !== undefined && previous.row.basisPoints === row.basisPoints)
      stretches[stretches.length - 1] = { ...previous, to: end }; // prettier-ignore
    else stretches.push({ from: day, to: end, row });
    day = addDays(end, 1);
  }
  return stretches;
}

function missingRate(table: RateTable, day: BusinessDate): InputError {
  return new InputError(
    '$.paid',
    `days with a known rate; ${table.name} has no rate for ${halfYearOf(day)}`,
    'RATE_MISSING',
  );
}

function percent(row: RateRow): string {
  return (row.basisPoints / 100).toFixed(2);
}
