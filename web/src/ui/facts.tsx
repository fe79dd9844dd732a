import type { JSX, ReactNode } from 'react';
import type { Facts } from '../api/types';
import { FactList } from './page';
import { lookUp, useText } from './text';
import type { TextTools } from './text';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DECIMAL = /^-?\d+\.\d+$/;

/** Identifiers of the server that the row above already shows as names. */
const UNTOLD = ['debtor', 'currency'];

function isMoney(value: object): value is { amount: string; currency: string } {
  return 'amount' in value && 'currency' in value && typeof value.amount === 'string';
}

function showObject(value: object, text: TextTools, texts: string): string {
  if (Array.isArray(value)) return value.map((each) => showValue(each, text, texts)).join(', ');
  if (isMoney(value)) return text.money(value);
  return Object.entries(value)
    .map(([key, each]) => `${lookUp(text, texts, key)}: ${showValue(each, text, texts)}`)
    .join('; ');
}

/** A value of the server's facts as a person would write it. */
export function showValue(value: unknown, text: TextTools, texts = 'reasons.fact'): string {
  if (value === null || value === undefined) return text.t('common.unknown');
  if (typeof value === 'boolean') return value ? text.t('common.yes') : text.t('common.no');
  if (typeof value === 'number') return text.count(value);
  if (typeof value === 'object') return showObject(value, text, texts);
  const written = String(value);
  if (DATE.test(written)) return text.date(written);
  if (DECIMAL.test(written)) return text.figure({ amount: written, currency: 'EUR' });
  return text.has(`reasons.value.${written}`) ? lookUp(text, 'reasons.value', written) : written;
}

interface FactsViewProps {
  facts: Facts | null | undefined;
  /** Where the names of these facts are: `reasons.fact` or `debtor.profile`. */
  texts?: string;
  /** Facts whose value needs more than its type to be read, such as shares. */
  special?: Record<string, (value: unknown) => ReactNode>;
}

/** The facts that a decision rests on, as label and value. */
export function FactsView({ facts, texts = 'reasons.fact', special = {} }: FactsViewProps): JSX.Element {
  const text = useText();
  const told = ([key, value]: [string, unknown]): boolean =>
    value !== null && value !== undefined && !UNTOLD.includes(key);
  const entries = Object.entries(facts ?? {}).filter(told);
  if (entries.length === 0) return <span className="op-muted op-small">{text.t('common.none')}</span>;
  return (
    <FactList
      items={entries.map(([key, value]) => [
        lookUp(text, texts, key),
        special[key]?.(value) ?? showValue(value, text, texts),
      ])}
    />
  );
}
