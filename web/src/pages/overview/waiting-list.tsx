import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { Waiting } from '../../api/types';
import type { AppSearch } from '../../search';
import { Icon } from '../../ui/icons';
import type { Tone } from '../../ui/states';
import { useText } from '../../ui/text';

interface Entry {
  field: keyof Waiting;
  text: 'waitRuns' | 'waitUncertain' | 'waitFailed' | 'waitRejected' | 'waitUnknown' | 'waitTasks' | 'waitConnections';
  to: '/runs' | '/messages' | '/writebacks' | '/connections' | '/tasks';
  search: AppSearch;
  tone: Tone;
}

const ENTRIES: readonly Entry[] = [
  { field: 'connectionsToReconnect', text: 'waitConnections', to: '/connections', search: {}, tone: 'failed' },
  { field: 'runsAwaitingApproval', text: 'waitRuns', to: '/runs', search: {}, tone: 'accent' },
  { field: 'uncertainMessages', text: 'waitUncertain', to: '/messages', search: { state: 'uncertain' }, tone: 'warn' },
  { field: 'failedMessages', text: 'waitFailed', to: '/messages', search: { state: 'failed' }, tone: 'failed' },
  {
    field: 'rejectedWritebacks',
    text: 'waitRejected',
    to: '/writebacks',
    search: { state: 'rejected' },
    tone: 'failed',
  },
  { field: 'unknownWritebacks', text: 'waitUnknown', to: '/writebacks', search: { state: 'unknown' }, tone: 'warn' },
  { field: 'openTasks', text: 'waitTasks', to: '/tasks', search: {}, tone: 'accent' },
];

/** What only a person can decide, each line leading to where it is decided. */
export function WaitingList({ waiting }: { waiting: Waiting }): JSX.Element {
  const { t, count } = useText();
  const open = ENTRIES.filter((entry) => waiting[entry.field] > 0);
  if (open.length === 0) {
    return (
      <div className="op-card op-muted" data-testid="waiting-none">
        <span data-tone="paid" style={{ color: 'var(--tone)' }}>
          <Icon name="checkCircle" />
        </span>{' '}
        {t('overview.waitingNone')}
      </div>
    );
  }
  return (
    <ul className="op-waiting op-card" style={{ padding: '4px 16px' }} data-testid="waiting">
      {open.map((entry) => (
        <li key={entry.field} data-tone={entry.tone}>
          <Link to={entry.to} search={entry.search} data-testid={`waiting-${entry.field}`}>
            <b>{count(waiting[entry.field])}</b>
            <span style={{ flex: 1 }}>{t(`overview.${entry.text}`, { count: waiting[entry.field] })}</span>
            <Icon name="chevronRight" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
