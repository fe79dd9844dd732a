import { formatMinor, type CurrencyCode, type MoneyJson } from '../kernel/index.js';

/** Minor units as Postgres hands them out (bigint as text; null from an empty sum) to money in JSON. */
export function moneyOf(minor: string | number | bigint | null, currency: CurrencyCode): MoneyJson {
  return { amount: formatMinor(BigInt(minor ?? 0), currency), currency };
}
