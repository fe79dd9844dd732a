import { daysBetween, endOfMonth, type BusinessDate, type CurrencyCode, type MoneyJson } from '../kernel/index.js';
import { moneyOf } from '../ledger/index.js';
import { countbackDso, round, simpleDso, type Countback, type MonthOfSales } from './domain/index.js';

export const DSO_PERIODS = [365, 90] as const;
/** Calendar months that the countback looks at, the running one included. */
export const COUNTBACK_MONTHS = 24;

/** Figures of one currency, minor units as text, with VAT. */
export interface DsoRow {
  readonly currency: CurrencyCode;
  readonly receivables: string;
  readonly not_due: string;
  readonly sales_365: string;
  readonly sales_90: string;
  /** Sales by first day of month. */
  readonly months: Readonly<Record<string, string>>;
}

interface DsoPeriod {
  readonly days: number;
  readonly sales: MoneyJson;
  readonly dso: number | null;
  /** What the figure would be if nothing were overdue, and the part of it that is lateness. */
  readonly bestPossible: number | null;
  readonly averageDaysDelinquent: number | null;
}

export interface DsoReport {
  readonly asOf: BusinessDate;
  readonly rows: readonly {
    readonly currency: CurrencyCode;
    readonly receivables: MoneyJson;
    readonly periods: readonly DsoPeriod[];
    readonly countback: Countback;
  }[];
}

/** How many days of sales are still to be paid, per currency. */
export function toDsoReport(rows: readonly DsoRow[], asOf: BusinessDate): DsoReport {
  return {
    asOf,
    rows: rows.map((row) => ({
      currency: row.currency,
      receivables: moneyOf(row.receivables, row.currency),
      periods: DSO_PERIODS.map((days) => toPeriod(row, days)),
      countback: countbackDso(BigInt(row.receivables), monthsOf(row, asOf)),
    })),
  };
}

function toPeriod(row: DsoRow, days: (typeof DSO_PERIODS)[number]): DsoPeriod {
  const sales = BigInt(row[`sales_${days}`]);
  const dso = simpleDso(BigInt(row.receivables), sales, days);
  const bestPossible = simpleDso(BigInt(row.not_due), sales, days);
  return {
    days,
    sales: moneyOf(sales, row.currency),
    dso,
    bestPossible,
    averageDaysDelinquent: dso === null || bestPossible === null ? null : round(dso - bestPossible),
  };
}

/** The calendar months up to the day of the report, newest first; the running month counts the days that have passed. */
function monthsOf({ months }: DsoRow, asOf: BusinessDate): MonthOfSales[] {
  return Array.from({ length: COUNTBACK_MONTHS }, (_, back) => {
    const first = firstOfMonth(asOf, back);
    const last = back === 0 ? asOf : endOfMonth(first);
    return { sales: BigInt(months[first] ?? 0), days: daysBetween(first, last) + 1 };
  });
}

function firstOfMonth(date: BusinessDate, monthsBack: number): BusinessDate {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - monthsBack;
  const [year, index] = [Math.floor(month / 12), month % 12];
  return `${String(year).padStart(4, '0')}-${String(index + 1).padStart(2, '0')}-01` as BusinessDate;
}
