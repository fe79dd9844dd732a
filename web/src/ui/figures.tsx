import type { JSX } from 'react';
import type { Money } from '../api/types';
import { useNow, useText } from './text';

/** A figure for a column whose header names `currency`; another currency is written out in full. */
export function Amount({ value, currency }: { value: Money; currency?: string }): JSX.Element {
  const text = useText();
  return <span className="op-nowrap">{value.currency === currency ? text.figure(value) : text.money(value)}</span>;
}

/** "22 nov" with the whole date on hover. */
export function Day({ value }: { value: string }): JSX.Element {
  const text = useText();
  return (
    <time className="op-nowrap" dateTime={value} title={text.dateFull(value)}>
      {text.date(value)}
    </time>
  );
}

/** "22 nov, 14:05" with everything on hover; a dash-like word when it never happened. */
export function Moment({ value }: { value: string | null }): JSX.Element {
  const text = useText();
  if (value === null) return <span className="op-muted">{text.t('common.never')}</span>;
  return (
    <time className="op-nowrap" dateTime={value} title={text.instantFull(value)}>
      {text.instant(value)}
    </time>
  );
}

/** "4 minuten geleden", kept true while the page stays open. */
export function Ago({ value }: { value: string | null }): JSX.Element {
  const text = useText();
  const now = useNow();
  if (value === null) return <span className="op-muted">{text.t('common.never')}</span>;
  return (
    <time className="op-nowrap" dateTime={value} title={text.instantFull(value)}>
      {text.relative(value, now)}
    </time>
  );
}
