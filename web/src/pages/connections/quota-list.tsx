import type { JSX } from 'react';
import { useAdministrations } from '../../api/queries';
import type { Quota } from '../../api/types';
import { lookUp, useNow, useText } from '../../ui/text';

/** What is left of the package's own limits, per administration. */
export function QuotaList({ quota }: { quota: Quota[] }): JSX.Element {
  const text = useText();
  const now = useNow();
  const names = new Map((useAdministrations().data?.items ?? []).map((each) => [each.id, each.name]));
  return (
    <div className="op-stack">
      {quota.map((each) => {
        const left = text.t('connections.quotaLeft', {
          remaining: text.count(each.remaining),
          limit: text.count(each.limit),
        });
        return (
          <div key={`${each.administrationId}-${each.scope}`}>
            <div className="op-spread op-small">
              <span>
                {each.administrationId === null
                  ? text.t('connections.quotaAll')
                  : (names.get(each.administrationId) ?? '')}{' '}
                <span className="op-muted">{lookUp(text, 'connections.quotaScope', each.scope)}</span>
              </span>
              <span>{left}</span>
            </div>
            <div className="op-progress" aria-hidden="true">
              <div style={{ width: `${(each.remaining / Math.max(1, each.limit)) * 100}%` }} />
            </div>
            {each.reserve !== undefined && each.scope === 'day' && (
              <div className="op-muted op-small">
                {text.t('connections.quotaReserve', { reserve: text.count(each.reserve) })}
              </div>
            )}
            {each.resetsAt !== null && each.remaining < each.limit && (
              <div className="op-muted op-small">
                {text.t('connections.quotaResets', { when: text.relative(each.resetsAt, now) })}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}
