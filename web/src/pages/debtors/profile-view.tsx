import type { JSX, ReactNode } from 'react';
import type { Facts } from '../../api/types';
import { sayFieldValue } from '../../ui/conditions';
import { showValue } from '../../ui/facts';
import { FactList } from '../../ui/page';
import { lookUp, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';

const SHOWN = [
  'paidCount',
  'amountWeightedDaysLate',
  'medianDaysLate',
  'shareOnTimeByCount',
  'shareOnTimeByAmount',
  'trend',
  'overdueCount',
  'oldestOverdueDays',
  'turnover',
  'lastPaymentOn',
] as const;
const SECONDS_PER_DAY = 86_400;

interface Trend {
  direction?: unknown;
  recentDaysLate?: unknown;
  earlierDaysLate?: unknown;
}

function sayTrend({ direction, recentDaysLate, earlierDaysLate }: Trend, text: TextTools): string {
  const trend = lookUp(text, 'reasons.value', String(direction));
  if (typeof recentDaysLate !== 'number' || typeof earlierDaysLate !== 'number') return trend;
  const days = (value: number): string => sayFieldValue('amountWeightedDaysLate', value, text);
  return text.t('debtor.trendFromTo', { trend, earlier: days(earlierDaysLate), recent: days(recentDaysLate) });
}

function sayHabit(key: string, value: unknown, text: TextTools): ReactNode {
  if (value === null || value === undefined) return null;
  if (key === 'trend' && typeof value === 'object') return sayTrend(value, text);
  if (typeof value === 'object' || key === 'lastPaymentOn') return showValue(value, text);
  return sayFieldValue(key, value, text);
}

/** The debtor's habits as figures: the same facts that the segment rules look at. */
export function ProfileView({ profile }: { profile: Facts | null }): JSX.Element {
  const text = useText();
  if (profile === null || profile['paidCount'] === 0) {
    return <p className="op-muted op-small">{text.t('debtor.behaviourEmpty')}</p>;
  }
  const days = profile['windowDays'];
  return (
    <>
      <FactList
        items={SHOWN.map((key) => [lookUp(text, 'debtor.profile', key), sayHabit(key, profile[key], text)] as const)}
      />
      {typeof days === 'number' && (
        <p className="op-muted op-small">
          {text.t('debtor.profileWindow', { span: text.span(days * SECONDS_PER_DAY) })}
        </p>
      )}
    </>
  );
}
