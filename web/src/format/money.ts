import type { Money } from '../api/types';

const LOCALES: Record<string, string> = { nl: 'nl-NL', en: 'en-GB' };

/** The full locale tag that figures and dates are written in. */
export function localeOf(language: string): string {
  return LOCALES[language.slice(0, 2)] ?? 'nl-NL';
}

/** Decimal string to text without passing through a float: Intl reads the digits as they stand. */
function formatDecimal(amount: string, locale: string, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale, options).format(amount as Intl.StringNumericLiteral);
}

/** "€ 1.234,56" in Dutch, "€1,234.56" in English. */
export function formatMoney(money: Money, language: string): string {
  return formatDecimal(money.amount, localeOf(language), { style: 'currency', currency: money.currency });
}

/** Whole units for headlines; the exact figure belongs in the title. */
export function formatMoneyRounded(money: Money, language: string): string {
  const options = { style: 'currency', currency: money.currency, maximumFractionDigits: 0 } as const;
  return formatDecimal(money.amount, localeOf(language), options);
}

/** Only the figure, for columns whose header names the currency. */
export function formatFigure(money: Money, language: string): string {
  const fraction = money.amount.split('.')[1]?.length ?? 0;
  const options = { minimumFractionDigits: fraction, maximumFractionDigits: Math.max(fraction, 2) };
  return formatDecimal(money.amount, localeOf(language), options);
}

/** "€" for EUR, the code for what has no symbol of its own. */
export function currencySign(currency: string, language: string): string {
  const parts = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(localeOf(language)).format(count);
}

/** 0.237 → "23,7 %". */
export function formatShare(share: number, language: string): string {
  return new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

export function isZero(money: Money): boolean {
  return !/[1-9]/.test(money.amount);
}
