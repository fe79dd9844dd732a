import type { BusinessDate } from '../kernel/index.js';

/** The countries whose dunning law is known here. */
export const LAW_COUNTRIES = ['NL', 'BE'] as const;
export type LawCountry = (typeof LAW_COUNTRIES)[number];

export const DEBTOR_KINDS = ['consumer', 'business'] as const;
export type DebtorKind = (typeof DEBTOR_KINDS)[number];

/** A row of a dated table: valid from `from` up to and including `to` (open end when absent). */
export interface DatedRow {
  readonly from: BusinessDate;
  readonly to?: BusinessDate;
}

/** The first row that covers `day`. */
export function findRowOn<Row extends DatedRow>(rows: readonly Row[], day: BusinessDate): Row | undefined {
  return rows.find((row) => row.from <= day && (row.to === undefined || day <= row.to));
}

/** "2027 H1": how rate tables are published. */
export function halfYearOf(day: BusinessDate): string {
  return `${day.slice(0, 4)} ${Number(day.slice(5, 7)) <= 6 ? 'H1' : 'H2'}`;
}
