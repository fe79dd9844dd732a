import { divideRounded } from '../../kernel/index.js';

/**
 * Days sales outstanding, the simple way: receivables ÷ credit sales of a period × its days, two decimals (legal.md §5).
 * Both in minor units with VAT. Null when nothing was sold.
 */
export function simpleDso(receivables: bigint, sales: bigint, days: number): number | null {
  return sales <= 0n ? null : hundredths(receivables * BigInt(days), sales);
}

/** The sales of one month, minor units with VAT, and how many days of it have passed. */
export interface MonthOfSales {
  readonly sales: bigint;
  readonly days: number;
}

export interface Countback {
  readonly days: number;
  /** The receivables are more than all sales given: the true figure is larger than `days`. */
  readonly exceeds: boolean;
}

/**
 * Days sales outstanding by counting back: takes off the newest month's sales and adds its days, and so on; the last
 * month counts in part. Two decimals (legal.md §5). A month of more credit than sales takes nothing off.
 * @param months newest first
 */
export function countbackDso(receivables: bigint, months: readonly MonthOfSales[]): Countback {
  let rest = receivables;
  let days = 0;
  for (const month of months) {
    if (rest <= 0n) break;
    if (month.sales > 0n && rest <= month.sales)
      return { days: round(days + hundredths(rest * BigInt(month.days), month.sales)), exceeds: false };
    if (month.sales > 0n) rest -= month.sales;
    days += month.days;
  }
  return rest > 0n ? { days, exceeds: true } : { days, exceeds: false };
}

/** A quotient to two decimals. */
function hundredths(numerator: bigint, denominator: bigint): number {
  return Number(divideRounded(numerator * 100n, denominator)) / 100;
}

/** Two decimals, without the dust that adding fractions leaves. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
