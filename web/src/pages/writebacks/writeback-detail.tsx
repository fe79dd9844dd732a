import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useRetryWriteback } from '../../api/actions';
import type { Writeback } from '../../api/types';
import { notifyDone, notifyFailed } from '../../ui/feedback';
import { Moment } from '../../ui/figures';
import { FactList } from '../../ui/page';
import { humanise, lookUp, useText } from '../../ui/text';

export function RetryButton({ id }: { id: string }): JSX.Element {
  const text = useText();
  const { t } = text;
  const retry = useRetryWriteback();
  const act = (): void =>
    retry.mutate(id, {
      onSuccess: () => notifyDone(t('writebacks.retried')),
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={retry.isPending}
      onClick={act}
      title={t('writebacks.unknownHint')}
      data-testid="writeback-retry"
    >
      {t('writebacks.retry')}
    </Button>
  );
}

export function WritebackDetail({ writeback }: { writeback: Writeback }): JSX.Element {
  const text = useText();
  const { t } = text;
  return (
    <div className="op-stack">
      <FactList
        items={[
          [t('writebacks.answer'), writeback.lastError],
          [
            t('errors.code', { code: '' }).trim().replace(/:$/, ''),
            writeback.lastErrorKind && humanise(writeback.lastErrorKind),
          ],
          [
            t('writebacks.remoteId'),
            writeback.remoteId && (
              <span key="id" className="op-mono">
                {writeback.remoteId}
              </span>
            ),
          ],
          [
            t('writebacks.message'),
            writeback.messageId && (
              <Link key="m" to="/messages/$messageId" params={{ messageId: writeback.messageId }}>
                {t('writebacks.seeMessage')}
              </Link>
            ),
          ],
        ]}
      />
      {writeback.history.length > 0 && (
        <div className="op-stack-tight">
          <span className="op-muted op-small">{t('writebacks.history')}</span>
          <ol className="op-timeline">
            {writeback.history.map((each, index) => (
              <li key={`${each.at}-${index}`}>
                <span className="op-muted">
                  <Moment value={each.at} />
                </span>{' '}
                <span className="op-strong">{lookUp(text, 'states.writeback', each.outcome)}</span> {each.detail}
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}
