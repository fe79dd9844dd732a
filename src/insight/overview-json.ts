import type { CurrencyCode, MoneyJson } from '../kernel/index.js';
import { moneyOf } from '../ledger/index.js';
import { AGEING_BUCKETS, type AgeingBucket, type AgeingColumn } from './domain/index.js';

/** Open items of one administration, currency and ageing column. */
export interface OpenRow {
  readonly administration_id: string;
  readonly currency: CurrencyCode;
  readonly column: AgeingColumn;
  readonly amount: string;
  readonly count: number;
}

interface AmountAndCount {
  readonly amount: MoneyJson;
  readonly count: number;
}

/** What is open in one currency. `open` is net of credits; the ageing's buckets hold debts only, `credits` the rest. */
export interface OpenFigures {
  readonly open: MoneyJson;
  readonly overdue: MoneyJson;
  readonly openCount: number;
  readonly overdueCount: number;
  readonly ageing: readonly (AmountAndCount & { readonly bucket: AgeingBucket })[];
  readonly credits: AmountAndCount;
}

/** The figures of one currency, of the rows given. */
export function toOpenFigures(rows: readonly OpenRow[], currency: CurrencyCode): OpenFigures {
  const own = rows.filter((row) => row.currency === currency);
  const of = (columns: readonly AgeingColumn[] | null): AmountAndCount => {
    const counted = columns === null ? own : own.filter(({ column }) => columns.includes(column));
    const amount = counted.reduce((sum, row) => sum + BigInt(row.amount), 0n);
    return { amount: moneyOf(amount, currency), count: counted.reduce((sum, row) => sum + row.count, 0) };
  };
  const buckets = AGEING_BUCKETS.map(({ bucket }) => bucket);
  const overdue = of(buckets.filter((bucket) => bucket !== 'not-due'));
  const open = of(null);
  return {
    open: open.amount,
    overdue: overdue.amount,
    openCount: open.count,
    overdueCount: overdue.count,
    ageing: buckets.map((bucket) => ({ bucket, ...of([bucket]) })),
    credits: of(['credits']),
  };
}

/** The currency that most administrations keep their books in; of equals the first in the alphabet. */
export function mainCurrencyOf(currencies: readonly CurrencyCode[]): CurrencyCode {
  const counts = new Map<CurrencyCode, number>();
  for (const currency of currencies) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  const ranked = [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? 'EUR';
}

/** One figure set per currency in which something is open, the main one first. */
export function toFiguresByCurrency(rows: readonly OpenRow[], main: CurrencyCode): readonly OpenFigures[] {
  const others = [...new Set(rows.map(({ currency }) => currency))].filter((currency) => currency !== main).toSorted();
  return [main, ...others].map((currency) => toOpenFigures(rows, currency));
}
