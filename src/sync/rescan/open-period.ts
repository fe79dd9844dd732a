/** The running month and the two before: a quarter whose VAT return may still be corrected. */
const MONTHS_BEFORE = 2;

/** PURE. The first day of the period that may still be booked in. */
export function openPeriodFrom(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS_BEFORE, 1));
}
