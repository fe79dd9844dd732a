import { toEpochDay, type BusinessDate, type CurrencyCode } from '../../kernel/index.js';
import type { BehaviourProfile, ProfileOptions, ProfileReceivable, Trend } from './types.js';

export const DEFAULT_PROFILE_OPTIONS: ProfileOptions = {
  windowDays: 730,
  recentDays: 183,
  trendDays: 3,
  trendMinimumCount: 3,
};

/** A settled invoice, reduced to what is measured. */
interface Settled {
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  readonly daysLate: number;
  readonly day: number;
}

/**
 * The payment behaviour of one debtor on a day. Pure; what is settled after `asOf` is not known yet on that day and
 * is left out, so that the past can be replayed.
 */
export function computeProfile(
  receivables: readonly ProfileReceivable[],
  asOf: BusinessDate,
  options: Partial<ProfileOptions> = {},
): BehaviourProfile {
  const rules = { ...DEFAULT_PROFILE_OPTIONS, ...options };
  const today = toEpochDay(asOf);
  const currency = mainCurrencyOf(receivables);
  const settled = receivables.flatMap((receivable) => settledWithin(receivable, today, rules.windowDays));
  const weighed = settled.filter((row) => row.currency === currency);
  const onTime = (row: Settled): boolean => row.daysLate === 0;
  return {
    asOf,
    windowDays: rules.windowDays,
    currency,
    paidCount: settled.length,
    paidAmount: sumOf(weighed),
    amountWeightedDaysLate: weightedDaysLate(weighed),
    medianDaysLate: medianOf(settled.map((row) => row.daysLate)),
    shareOnTimeByCount: settled.length === 0 ? null : settled.filter(onTime).length / settled.length,
    shareOnTimeByAmount: shareOf(sumOf(weighed.filter(onTime)), sumOf(weighed)),
    trend: trendOf(weighed, today, rules),
    ...openFigures(receivables, currency, today),
    turnover: turnoverOf(receivables, currency, { today, windowDays: rules.windowDays }),
    lastPaymentOn: lastPaymentOf(receivables, asOf),
  };
}

/** The currency of most receivables; of two equally frequent ones the first in the alphabet. */
function mainCurrencyOf(receivables: readonly ProfileReceivable[]): CurrencyCode | null {
  const counts = new Map<CurrencyCode, number>();
  for (const { currency } of receivables) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  const ranked = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}

function settledWithin(receivable: ProfileReceivable, today: number, windowDays: number): Settled[] {
  const { kind, currency, amount, settledOn, dueDate } = receivable;
  if (kind !== 'invoice' || amount <= 0n || !settledOn || !dueDate) return [];
  const day = toEpochDay(settledOn);
  if (day > today || day <= today - windowDays) return [];
  return [{ currency, amount, day, daysLate: Math.max(0, day - toEpochDay(dueDate)) }];
}

/** Days late, each invoice weighing as much as its amount; one decimal. */
function weightedDaysLate(settled: readonly Settled[]): number | null {
  const weight = sumOf(settled);
  if (weight === 0n) return null;
  const lateness = settled.reduce((sum, { amount, daysLate }) => sum + amount * BigInt(daysLate), 0n);
  return Number((lateness * 20n + weight) / (weight * 2n)) / 10;
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function shareOf(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number((part * 10_000n) / whole) / 10_000;
}

function trendOf(settled: readonly Settled[], today: number, rules: ProfileOptions): Trend {
  const recent = settled.filter(({ day }) => day > today - rules.recentDays);
  const earlier = settled.filter(({ day }) => day <= today - rules.recentDays);
  const enough = Math.min(recent.length, earlier.length) >= rules.trendMinimumCount;
  const [recentDaysLate, earlierDaysLate] = [weightedDaysLate(recent), weightedDaysLate(earlier)];
  if (!enough || recentDaysLate === null || earlierDaysLate === null)
    return { direction: 'stable', recentDaysLate: null, earlierDaysLate: null };
  const change = recentDaysLate - earlierDaysLate;
  const direction = change >= rules.trendDays ? 'worsening' : change <= -rules.trendDays ? 'improving' : 'stable';
  return { direction, recentDaysLate, earlierDaysLate };
}

type OpenFigures = Pick<BehaviourProfile, 'openAmount' | 'overdueAmount' | 'overdueCount' | 'oldestOverdueDays'>;

function openFigures(
  receivables: readonly ProfileReceivable[],
  currency: CurrencyCode | null,
  today: number,
): OpenFigures {
  const figures = { openAmount: 0n, overdueAmount: 0n, overdueCount: 0, oldestOverdueDays: 0 };
  for (const receivable of receivables) {
    const open = signed(receivable.kind, receivable.open);
    const main = receivable.currency === currency;
    if (main) figures.openAmount += open;
    const daysOverdue = receivable.dueDate ? today - toEpochDay(receivable.dueDate) : 0;
    if (open <= 0n || daysOverdue <= 0) continue;
    if (main) figures.overdueAmount += open;
    figures.overdueCount += 1;
    figures.oldestOverdueDays = Math.max(figures.oldestOverdueDays, daysOverdue);
  }
  return figures;
}

function turnoverOf(
  receivables: readonly ProfileReceivable[],
  currency: CurrencyCode | null,
  { today, windowDays }: { today: number; windowDays: number },
): bigint {
  return receivables.reduce((sum, receivable) => {
    const { kind, amount, invoiceDate } = receivable;
    if (kind === 'payment' || receivable.currency !== currency || !invoiceDate) return sum;
    const day = toEpochDay(invoiceDate);
    return day > today || day <= today - windowDays ? sum : sum + signed(kind, amount);
  }, 0n);
}

function lastPaymentOf(receivables: readonly ProfileReceivable[], asOf: BusinessDate): BusinessDate | null {
  let last: BusinessDate | null = null;
  for (const { kind, settledOn, lastPaymentOn } of receivables) {
    const paidOn = lastPaymentOn ?? settledOn;
    if (kind !== 'invoice' || !paidOn || paidOn > asOf) continue;
    if (last === null || paidOn > last) last = paidOn;
  }
  return last;
}

/** Sources disagree on the sign of a credit note; here whatever lowers the debt is negative. */
function signed(kind: ProfileReceivable['kind'], amount: bigint): bigint {
  return kind !== 'invoice' && amount > 0n ? -amount : amount;
}

function sumOf(settled: readonly Settled[]): bigint {
  return settled.reduce((sum, { amount }) => sum + amount, 0n);
}
