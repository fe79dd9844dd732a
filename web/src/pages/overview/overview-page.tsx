import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useOverview } from '../../api/queries';
import type { Overview } from '../../api/types';
import { useFilters } from '../../search';
import { Empty, Loaded } from '../../ui/feedback';
import { Page, Section } from '../../ui/page';
import { useNow, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { AdministrationTable } from './administration-table';
import { AgeingBars } from './ageing-bars';
import { Figures } from './figures';
import { WaitingList } from './waiting-list';

const STALE_SECONDS = 24 * 3600;

/** The oldest of the last good pulls: what the figures as a whole can be trusted for. */
function oldestPull(overview: Overview): string | null {
  const pulls = overview.administrations.filter((each) => each.enabled).map((each) => each.lastGoodPullAt);
  if (pulls.length === 0 || pulls.includes(null)) return null;
  return pulls.reduce((oldest, each) => ((each ?? '') < (oldest ?? '') ? each : oldest)) ?? null;
}

function sayState(overview: Overview, { t, count, age }: TextTools, now: number): string {
  const { runsAwaitingApproval: runs, connectionsToReconnect: broken } = overview.waiting;
  const waits = [
    broken > 0 ? t('overview.reconnectWait', { count: broken, n: count(broken) }) : '',
    runs > 0 ? t('overview.runsWait', { count: runs, n: count(runs) }) : '',
  ]
    .join(' ')
    .trim();
  const nothing = Object.values(overview.waiting).every((each) => each === 0) ? t('overview.calm') : '';
  const pull = oldestPull(overview);
  if (pull === null) return [waits || nothing, t('overview.booksNever')].filter(Boolean).join(' ');
  const stale = now - new Date(pull).getTime() > STALE_SECONDS * 1000;
  const books = t(stale ? 'overview.booksStale' : 'overview.booksAge', { age: age(pull, now) });
  return [waits || nothing, books].filter(Boolean).join(' ');
}

export function OverviewPage(): JSX.Element {
  const text = useText();
  const now = useNow();
  const [{ administration }] = useFilters();
  const query = useOverview(administration);
  const { data } = query;
  return (
    <Page
      title={text.t('overview.title')}
      state={data && data.administrations.length > 0 ? sayState(data, text, now) : undefined}
      action={data && <PrimaryAction overview={data} />}
    >
      <Loaded from={query} lines={10}>
        {(overview) => (overview.administrations.length === 0 ? <NothingYet /> : <Content overview={overview} />)}
      </Loaded>
    </Page>
  );
}

function PrimaryAction({ overview }: { overview: Overview }): JSX.Element | null {
  const { t, count } = useText();
  const { runsAwaitingApproval: runs, connectionsToReconnect: broken } = overview.waiting;
  if (broken > 0) {
    const label = t('overview.reconnect', { count: broken, n: count(broken) });
    return (
      <Button renderRoot={(props) => <Link to="/connections" {...props} />} data-testid="overview-action">
        {label}
      </Button>
    );
  }
  if (overview.administrations.length === 0) return null;
  const label = runs > 0 ? t('overview.reviewRuns', { count: runs, n: count(runs) }) : t('overview.toRuns');
  return (
    <Button
      variant={runs > 0 ? 'filled' : 'default'}
      renderRoot={(props) => <Link to="/runs" {...props} />}
      data-testid="overview-action"
    >
      {label}
    </Button>
  );
}

function NothingYet(): JSX.Element {
  const { t } = useText();
  const action = (
    <Button renderRoot={(props) => <Link to="/connections" {...props} />}>{t('overview.emptyAction')}</Button>
  );
  return <Empty title={t('overview.emptyTitle')} text={t('overview.emptyText')} action={action} />;
}

function Content({ overview }: { overview: Overview }): JSX.Element {
  const { t } = useText();
  return (
    <>
      <Figures overview={overview} />
      <div className="op-columns">
        <div>
          <Section title={t('overview.ageing')}>
            <AgeingBars ageing={overview.ageing} />
          </Section>
          <Section title={t('overview.administrations')}>
            <AdministrationTable administrations={overview.administrations} />
          </Section>
        </div>
        <div>
          <Section title={t('overview.waiting')}>
            <WaitingList waiting={overview.waiting} />
          </Section>
        </div>
      </div>
    </>
  );
}
