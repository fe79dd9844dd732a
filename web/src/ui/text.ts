import { useTranslation } from 'react-i18next';
import { useEffect, useState } from 'react';
import * as dates from '../format/dates';
import * as money from '../format/money';
import type { Money } from '../api/types';

const TICK_MS = 15_000;

/** The moment now, moving on its own so that "4 minutes old" stays true. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Texts, figures and dates in the reader's language. */
export function useText() {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const year = new Date().getFullYear();
  return {
    t,
    language,
    has: (key: string): boolean => i18n.exists(key),
    money: (value: Money): string => money.formatMoney(value, language),
    moneyRounded: (value: Money): string => money.formatMoneyRounded(value, language),
    figure: (value: Money): string => money.formatFigure(value, language),
    sign: (currency: string): string => money.currencySign(currency, language),
    count: (value: number): string => money.formatCount(value, language),
    share: (value: number): string => money.formatShare(value, language),
    date: (value: string): string => dates.formatDate(value, language, year),
    dateFull: (value: string): string => dates.formatDateFull(value, language),
    instant: (value: string): string => dates.formatInstant(value, language, year),
    instantFull: (value: string): string => dates.formatInstantFull(value, language),
    // What arrived after the last tick is not of the future.
    relative: (value: string, now: number): string => dates.formatRelative(value, language, Math.max(now, Date.now())),
    age: (value: string, now: number): string => dates.formatAge(value, language, Math.max(now, Date.now())),
    span: (seconds: number): string => dates.formatSpan(seconds, language),
    spanShort: (seconds: number): string => dates.formatSpan(seconds, language, 'short'),
  };
}

export type TextTools = ReturnType<typeof useText>;

/** A code of the server without a text of ours: readable at least. */
export function humanise(code: string): string {
  const words = code
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The text under `prefix.code`, or the code made readable when the server knows more codes than we do. */
export function lookUp(text: TextTools, prefix: string, code: string): string {
  const key = `${prefix}.${code}`;
  return text.has(key) ? (text.t as (key: string) => string)(key) : humanise(code);
}
