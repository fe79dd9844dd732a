import { daysBetween, type BusinessDate } from '../../kernel/index.js';

/**
 * The ageing's buckets, by days after the due date (legal.md §5). What we owe a debtor (credit notes, unallocated
 * payments) is in none of them: it is shown beside them as `credits`.
 */
export const AGEING_BUCKETS = [
  { bucket: 'not-due', from: null, to: 0 },
  { bucket: '1-30', from: 1, to: 30 },
  { bucket: '31-60', from: 31, to: 60 },
  { bucket: '61-90', from: 61, to: 90 },
  { bucket: '90+', from: 91, to: null },
] as const;

export type AgeingBucket = (typeof AGEING_BUCKETS)[number]['bucket'];
/** Where an open item stands in an ageing. */
export type AgeingColumn = AgeingBucket | 'credits';
export const AGEING_COLUMNS: readonly AgeingColumn[] = [...AGEING_BUCKETS.map(({ bucket }) => bucket), 'credits'];

/** The column of an open item on a day. The due date itself is not overdue. */
export function ageingColumnOf(open: bigint, dueDate: BusinessDate, today: BusinessDate): AgeingColumn {
  if (open < 0n) return 'credits';
  const days = daysBetween(dueDate, today);
  return AGEING_BUCKETS.find(({ to }) => to === null || days <= to)?.bucket ?? '90+';
}
