import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { AgeingBucket, Overview } from '../../api/types';
import { Amount } from '../../ui/figures';
import { useText } from '../../ui/text';

const COLOURS = {
  'not-due': 'var(--op-bar-0)',
  '1-30': 'var(--op-bar-1)',
  '31-60': 'var(--op-bar-2)',
  '61-90': 'var(--op-bar-3)',
  '90+': 'var(--op-bar-4)',
} as const satisfies Record<AgeingBucket, string>;

/** The chart is its own table: a zero-based bar per bucket, its figures beside it, each row a link to its items. */
export function AgeingBars({ ageing }: { ageing: Overview['ageing'] }): JSX.Element {
  const { t, count, sign } = useText();
  // Only the length of a bar: the figure beside it is the exact decimal.
  const size = (amount: string): number => Math.max(0, Number(amount));
  const largest = Math.max(1, ...ageing.map((each) => size(each.amount.amount)));
  const currency = ageing[0]?.amount.currency ?? 'EUR';
  return (
    <div className="op-card">
      <table className="op-ageing" data-testid="ageing">
        <thead className="op-muted">
          <tr>
            <th scope="col">{t('overview.ageingBucket')}</th>
            <th className="op-bar-cell" aria-hidden="true" />
            <th scope="col" style={{ textAlign: 'right' }}>
              {t('overview.ageingAmount')} ({sign(currency)})
            </th>
            <th scope="col" style={{ textAlign: 'right', paddingRight: 0 }}>
              {t('overview.ageingCount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ageing.map(({ bucket, amount, count: items }) => (
            <tr key={bucket}>
              <th scope="row">
                <Link to="/receivables" search={{ bucket }} data-testid={`ageing-${bucket}`}>
                  {t(`buckets.${bucket}`)}
                </Link>
              </th>
              <td className="op-bar-cell" aria-hidden="true">
                <div className="op-bar-track">
                  <div
                    className="op-bar-fill"
                    style={{
                      width: `${(size(amount.amount) / largest) * 100}%`,
                      minWidth: size(amount.amount) > 0 ? 2 : 0,
                      background: COLOURS[bucket],
                    }}
                  />
                </div>
              </td>
              <td className="op-num">
                <Amount value={amount} currency={currency} />
              </td>
              <td className="op-num" style={{ paddingRight: 0 }}>
                {count(items)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
