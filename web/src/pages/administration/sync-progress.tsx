import type { JSX } from 'react';
import type { Sync } from '../../api/types';
import { Section } from '../../ui/page';
import { useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { ObjectCounts } from './object-counts';

function sayProgress(sync: Sync, { t, count, span }: TextTools): string {
  const { done, total, ratePerSecond, secondsLeft } = sync.progress;
  if (sync.state === 'queued') return t('administration.progress.queued');
  const parts = [
    total === null
      ? t('administration.progress.doneOpen', { done: count(done) })
      : t('administration.progress.done', { done: count(done), total: count(total) }),
  ];
  if (ratePerSecond !== null && ratePerSecond > 0) {
    parts.push(t('administration.progress.rate', { rate: count(Math.round(ratePerSecond)) }));
  }
  if (secondsLeft !== null) parts.push(t('administration.progress.left', { span: span(Math.ceil(secondsLeft)) }));
  return parts.join(' · ');
}

/** Done of total, rate and time left, live; the work goes on when the page is left. */
export function SyncProgressCard({ sync }: { sync: Sync }): JSX.Element {
  const text = useText();
  const { done, total } = sync.progress;
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <Section title={text.t('administration.progress.title')}>
      <div className="op-card op-stack-tight" data-testid="sync-progress" data-done={done} data-total={total ?? ''}>
        <div
          className="op-progress"
          role="progressbar"
          aria-label={text.t('administration.progress.bar')}
          aria-valuemin={0}
          aria-valuemax={total ?? undefined}
          aria-valuenow={share === null ? undefined : done}
          data-unknown={share === null || undefined}
        >
          <div style={share === null ? undefined : { width: `${share * 100}%` }} />
        </div>
        <div className="op-spread op-small">
          <span>{sayProgress(sync, text)}</span>
          <span className="op-muted">{text.t('administration.progress.leave')}</span>
        </div>
      </div>
      {sync.objects.length > 0 && <ObjectCounts objects={sync.objects} moving />}
    </Section>
  );
}
