import { Link, useRouterState } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useConnections } from '../api/queries';
import { Icon } from '../ui/icons';
import { useText } from '../ui/text';

/** On every page while a connection that worked needs a person: calm, and gone by itself. */
export function ConnectionNotice(): JSX.Element | null {
  const { t, count } = useText();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const broken = (useConnections().data?.items ?? []).filter((each) => each.brokenSince !== null);
  const [first] = broken;
  // The overview and the connection's own page say it already.
  if (first === undefined || path === '/' || path.startsWith('/connections')) return null;
  const words = t('connections.shellNotice', { count: broken.length, n: count(broken.length), name: first.name });
  const link =
    broken.length === 1 ? (
      <Link to="/connections/$connectionId" params={{ connectionId: first.id }}>
        {t('connections.shellAction')}
      </Link>
    ) : (
      <Link to="/connections">{t('connections.shellAction')}</Link>
    );
  return (
    <div className="op-shell-notice op-small" role="status" data-testid="connection-notice">
      <Icon name="warning" />
      <span>
        {words} {link}
      </span>
    </div>
  );
}
