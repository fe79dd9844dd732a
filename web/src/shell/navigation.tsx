import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useOverview } from '../api/queries';
import type { Waiting } from '../api/types';
import { Icon } from '../ui/icons';
import type { IconName } from '../ui/icons';
import { useText } from '../ui/text';
import { useFilters } from '../search';

const ENTRIES = [
  { to: '/', key: 'overview', icon: 'overview' },
  { to: '/debtors', key: 'debtors', icon: 'debtors' },
  { to: '/receivables', key: 'receivables', icon: 'receivables' },
  { to: '/runs', key: 'runs', icon: 'runs' },
  { to: '/messages', key: 'messages', icon: 'messages' },
  { to: '/writebacks', key: 'writebacks', icon: 'writebacks' },
  { to: '/connections', key: 'connections', icon: 'connections' },
  { to: '/settings', key: 'settings', icon: 'settings' },
] as const satisfies readonly { to: string; key: string; icon: IconName }[];

/** How much waits for a person behind each entry. */
function waitingBehind(key: string, waiting: Waiting | undefined): number {
  if (waiting === undefined) return 0;
  const counts: Record<string, number> = {
    runs: waiting.runsAwaitingApproval,
    messages: waiting.uncertainMessages + waiting.failedMessages,
    writebacks: waiting.rejectedWritebacks + waiting.unknownWritebacks,
    connections: waiting.connectionsToReconnect,
  };
  return counts[key] ?? 0;
}

export function Navigation(): JSX.Element {
  const { t, count } = useText();
  const [{ administration }] = useFilters();
  const waiting = useOverview(administration).data?.waiting;
  return (
    <nav aria-label={t('nav.label')} className="op-stack-tight" style={{ gap: 2 }}>
      {ENTRIES.map((entry) => {
        const open = waitingBehind(entry.key, waiting);
        return (
          <Link
            key={entry.to}
            to={entry.to}
            className="op-nav-link"
            activeOptions={{ exact: entry.to === '/', includeSearch: false }}
            activeProps={{ 'data-active': true, 'aria-current': 'page' }}
            data-testid={`nav-${entry.key}`}
          >
            <Icon name={entry.icon} />
            {t(`nav.${entry.key}`)}
            {open > 0 && <span className="op-nav-count">{count(open)}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
