import { Link } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import { useAdministrations } from './api/queries';
import type { Administration } from './api/types';
import { useFilters } from './search';
import { Amount } from './ui/figures';
import { Empty, Loaded } from './ui/feedback';
import { Page } from './ui/page';
import { useText } from './ui/text';

/** The administration named in the address; with only one enabled, that one without being named. */
export function useChosenAdministration(): Administration | undefined {
  const [{ administration }] = useFilters();
  const enabled = (useAdministrations().data?.items ?? []).filter((each) => each.enabled);
  if (administration === undefined) return enabled.length === 1 ? enabled[0] : undefined;
  return enabled.find((each) => each.id === administration);
}

interface ForAdministrationProps {
  title: string;
  children: (administration: Administration) => ReactNode;
}

/** Shows a list of the chosen administration, or asks which one when the address does not say. */
export function ForAdministration({ title, children }: ForAdministrationProps): JSX.Element {
  const { t } = useText();
  const query = useAdministrations();
  const chosen = useChosenAdministration();
  if (chosen !== undefined) return <>{children(chosen)}</>;
  return (
    <Page title={title} state={query.data ? t('common.chooseAdministrationText') : undefined}>
      <Loaded from={query}>{({ items }) => <Choices items={items.filter((each) => each.enabled)} />}</Loaded>
    </Page>
  );
}

function Choices({ items }: { items: Administration[] }): JSX.Element {
  const { t } = useText();
  if (items.length === 0) {
    const action = <Link to="/connections">{t('overview.emptyAction')}</Link>;
    return <Empty title={t('overview.emptyTitle')} text={t('overview.emptyText')} action={action} />;
  }
  return (
    <div className="op-stack-tight">
      {items.map((each) => (
        <Link
          key={each.id}
          to="."
          search={(previous) => ({ ...previous, administration: each.id })}
          className="op-card op-spread"
          data-testid="choose-administration"
        >
          <span className="op-strong">{each.name}</span>
          <span className="op-muted">
            {t('overview.overdue')} <Amount value={each.overdueAmount} />
          </span>
        </Link>
      ))}
    </div>
  );
}
