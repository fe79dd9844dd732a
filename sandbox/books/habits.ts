/**
 * How debtors pay: measured on the late-payment histories (2,466 invoices of 100 debtors over 699 days). The file is
 * not part of the product; these figures are, and a test compares generated books with the file where it is at hand.
 *
 * The model: days late = the debtor's usual days late + a delay when the invoice is disputed + noise, rounded, and
 * never before the invoice date. It reproduces the file's share of late invoices (35.6 %), mean days late (3.44 over
 * all, 9.68 over the late ones) and spread between debtors (share late 0.36 ± 0.33).
 */

/** Every invoice of the file is due 30 days after its date. */
export const TERM_DAYS = 30;

/** Days from the first to the last invoice date of the file; invoices are spread evenly. */
export const PERIOD_DAYS = 699;

/** A debtor's mean days from due date to payment on undisputed terms, at every 5 % of the debtors (mean −6.8, sd 9.7). */
export const USUAL_DAYS_LATE_BY_SHARE = [
  -26.8, -24.6, -21.2, -16.5, -14, -12.6, -10.7, -10, -8.9, -8, -6.2, -5.9, -5.4, -3.6, -0.5, 1.7, 2.5, 4.2, 5.7, 7.3, 13.9,
] as const; // prettier-ignore

/** Within one debtor, a disputed invoice is paid this much later than an undisputed one (regression on the file). */
export const DISPUTE_DELAY_DAYS = 14.3;

/** Standard deviation of what is left after the debtor and the dispute. */
export const NOISE_DAYS = 5.8;

/** Share of a debtor's invoices that is disputed, at every 5 % of the debtors (22.7 % over all; unrelated to the habit). */
export const DISPUTED_SHARE_BY_SHARE = [
  0, 0, 0, 0, 0, 0.032, 0.038, 0.071, 0.087, 0.095, 0.118, 0.148, 0.227, 0.25, 0.286, 0.333, 0.381, 0.484, 0.636, 0.923, 1,
] as const; // prettier-ignore

/** A debtor's mean invoice amount in euros, at every 10 % of the debtors (overall mean 59.90, sd 20.43). */
export const MEAN_AMOUNT_EURO_BY_SHARE = [17.8, 41.7, 50, 52.8, 57.5, 62.1, 66, 69.2, 71.9, 77, 88] as const;

/** Standard deviation of the amounts of one debtor, in euros. */
export const AMOUNT_DEVIATION_EURO = 14.6;

/** The smallest amount in the file is 5.26. */
export const LEAST_AMOUNT_MINOR = 525;

/** Invoices per debtor in the file: 15 to 36. Other sizes keep the proportions. */
export const INVOICES_PER_DEBTOR = { mean: 24.66, deviation: 4.75, least: 15, most: 36 } as const;

/** The five country codes of the file have 25, 23, 20, 16 and 16 debtors; three stand for the Netherlands. */
export const REGION_SHARES = { netherlands: 0.68, flanders: 0.16, wallonia: 0.16 } as const;
