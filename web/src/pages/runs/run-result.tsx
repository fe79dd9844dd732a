import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { Run } from '../../api/types';
import { Notice } from '../../ui/feedback';
import { useText } from '../../ui/text';
import { ReasonText } from './reason-text';
import { sayReminders } from './say-run';

/** What applying is doing or has done; nothing while a run still waits. */
export function RunResult({ run }: { run: Run }): JSX.Element | null {
  if (run.state === 'approved' || run.state === 'applying') return <ApplyProgress run={run} />;
  if (run.state === 'applied' || (run.state === 'failed' && run.applied !== null)) return <Applied run={run} />;
  return null;
}

function ApplyProgress({ run }: { run: Run }): JSX.Element {
  const { t, count } = useText();
  const total = run.summary?.messages ?? 0;
  const skipped = Object.values(run.applied?.skipped ?? {}).reduce((sum, each) => sum + each, 0);
  const sent = run.applied?.messages ?? 0;
  const started = run.state === 'applying' && sent + skipped > 0;
  const text = started ? t('runs.progressDone', { done: count(sent), total: count(total) }) : t('runs.progressRefresh');
  return (
    <div className="op-card op-stack-tight" data-testid="run-progress" role="status">
      <div className="op-spread">
        <span className="op-strong">{t('runs.progressTitle')}</span>
        <span>{text}</span>
      </div>
      <div
        className="op-progress"
        role="progressbar"
        aria-label={t('runs.progressBar')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={started ? sent : undefined}
        data-unknown={!started || undefined}
      >
        <div style={started ? { width: `${Math.min(100, (sent / Math.max(1, total)) * 100)}%` } : undefined} />
      </div>
    </div>
  );
}

function Applied({ run }: { run: Run }): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const skipped = Object.entries(run.applied?.skipped ?? {});
  const search = { run: run.id, administration: run.administrationId };
  return (
    <div data-testid="run-result" data-sent={run.applied?.messages ?? 0}>
      <Notice
        tone={run.state === 'failed' ? 'failed' : 'paid'}
        icon={run.state === 'failed' ? 'failed' : 'checkCircle'}
        title={`${t('runs.resultSent')}: ${sayReminders(run.applied?.messages ?? 0, text)}`}
      >
        {skipped.length > 0 && (
          <div className="op-small" data-testid="run-skipped">
            <span className="op-muted">{t('runs.resultSkippedWhy')}</span>
            <ul style={{ margin: 0, paddingLeft: 20 }}>
              {skipped.map(([code, n]) => (
                <li key={code}>
                  {count(n)} × <ReasonText code={code} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="op-row" style={{ marginTop: 8 }}>
          <Link to="/messages" search={search} data-testid="see-messages">
            {t('runs.resultSeeMessages')}
          </Link>
          <Link to="/writebacks" search={{ administration: run.administrationId }} data-testid="see-writebacks">
            {t('runs.resultSeeWritebacks')}
          </Link>
        </div>
      </Notice>
    </div>
  );
}
