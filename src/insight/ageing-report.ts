import type { BusinessDate, CurrencyCode, MoneyJson } from '../kernel/index.js';
import { moneyOf } from '../ledger/index.js';
import { toCsv } from './csv.js';
import { AGEING_COLUMNS, type AgeingColumn } from './domain/index.js';

/** Open items of one debtor and currency, summed per ageing column (minor units as text; null where there are none). */
export interface AgeingRow {
  readonly debtor_id: string;
  readonly debtor_code: string;
  readonly debtor_name: string;
  readonly currency: CurrencyCode;
  readonly columns: Readonly<Partial<Record<AgeingColumn, string | null>>>;
}

interface AgeingLine {
  readonly currency: CurrencyCode;
  readonly buckets: Readonly<Record<AgeingColumn, MoneyJson>>;
  readonly total: MoneyJson;
}

/** What is open, by how long ago it was due. */
export interface AgeingReport {
  readonly asOf: BusinessDate;
  /** Days count from the due date, not from the invoice date. */
  readonly basis: 'due-date';
  readonly totals: readonly AgeingLine[];
  readonly rows: readonly (AgeingLine & { readonly debtor: { id: string; code: string; name: string } })[];
}

/** The rows as they come, and a total per currency. */
export function toAgeingReport(rows: readonly AgeingRow[], asOf: BusinessDate): AgeingReport {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].toSorted();
  return {
    asOf,
    basis: 'due-date',
    totals: currencies.map((currency) =>
      toLine(
        currency,
        rows.filter((row) => row.currency === currency),
      ),
    ),
    rows: rows.map((row) => ({
      debtor: { id: row.debtor_id, code: row.debtor_code, name: row.debtor_name },
      ...toLine(row.currency, [row]),
    })),
  };
}

function toLine(currency: CurrencyCode, rows: readonly AgeingRow[]): AgeingLine {
  const sums = AGEING_COLUMNS.map((column) => [column, sumOf(rows, column)] as const);
  const buckets = Object.fromEntries(sums.map(([column, sum]) => [column, moneyOf(sum, currency)]));
  return {
    currency,
    buckets: buckets as AgeingLine['buckets'],
    total: moneyOf(
      sums.reduce((all, [, sum]) => all + sum, 0n),
      currency,
    ),
  };
}

function sumOf(rows: readonly AgeingRow[], column: AgeingColumn): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row.columns[column] ?? 0), 0n);
}

/** The same report for a spreadsheet: one line per debtor and currency. */
export function toAgeingCsv({ asOf, rows }: AgeingReport): string {
  const header = ['as of', 'debtor code', 'debtor', 'currency', ...AGEING_COLUMNS, 'total'];
  const lines = rows.map(({ debtor, currency, buckets, total }) => [
    asOf,
    debtor.code,
    debtor.name,
    currency,
    ...AGEING_COLUMNS.map((column) => buckets[column].amount),
    total.amount,
  ]);
  return toCsv([header, ...lines]);
}
