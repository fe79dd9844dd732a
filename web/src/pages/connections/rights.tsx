import type { JSX } from 'react';
import { useAdministrations } from '../../api/queries';
import type { Connection } from '../../api/types';
import { Notice } from '../../ui/feedback';
import { Ago } from '../../ui/figures';
import { Mark } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';

/** Whether the connected user may do what is needed, and when that was asked. */
export function RightsWord({ connection }: { connection: Connection }): JSX.Element | null {
  const { t, count } = useText();
  const { rightsMissing: missing, rightsCheckedAt } = connection;
  if (rightsCheckedAt === null) return <span className="op-muted">{t('connections.rightsUnknown')}</span>;
  return (
    <div>
      {missing.length === 0 ? (
        <Mark tone="paid" icon="check">
          {t('connections.rightsAllFine')}
        </Mark>
      ) : (
        <Mark tone="warn" icon="warning">
          {t('connections.rightsMissing', { objects: count(missing.length) })}
        </Mark>
      )}
      <div className="op-muted op-small">
        <Ago value={rightsCheckedAt} />
      </div>
    </div>
  );
}

/** Which rights are missing where, in the source's words, and what to do about it. */
export function RightsMissing({ connection }: { connection: Connection }): JSX.Element {
  const text = useText();
  const { t } = text;
  const names = new Map((useAdministrations().data?.items ?? []).map((each) => [each.id, each.name]));
  return (
    <Notice tone="warn" icon="warning" title={t('connections.rightsMissingTitle')} testId="rights-missing">
      <ul className="op-plain-list">
        {connection.rightsMissing.map((each) => (
          <li key={`${each.administrationId} ${each.object}`}>
            <span className="op-strong">{lookUp(text, 'states.object', each.object)}</span>{' '}
            {names.get(each.administrationId)}
            {each.message !== null && <span className="op-muted"> · {each.message}</span>}
          </li>
        ))}
      </ul>
      <p>{t('connections.rightsMissingText')}</p>
    </Notice>
  );
}
