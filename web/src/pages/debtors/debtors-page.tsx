import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { JSX } from 'react';
import { ForAdministration } from '../../administration-choice';
import { useAdministrationPart, useAdministrationRows } from '../../api/queries';
import type { Administration, Debtor, SegmentRules } from '../../api/types';
import { useFilters } from '../../search';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Amount } from '../../ui/figures';
import { Choice, SearchField } from '../../ui/filters';
import { Page } from '../../ui/page';
import { SegmentBadge, useSegmentName } from '../../ui/segment-badge';
import { Lateness } from '../../ui/states';
import { useStepName } from '../../ui/step-name';
import { humanise, useText } from '../../ui/text';

export function DebtorsPage(): JSX.Element {
  const { t } = useText();
  return (
    <ForAdministration title={t('debtors.title')}>
      {(administration) => <Debtors administration={administration} />}
    </ForAdministration>
  );
}

function Debtors({ administration }: { administration: Administration }): JSX.Element {
  const { t, count, money } = useText();
  const [{ search, segment, overdue, sort }] = useFilters();
  const source = useAdministrationRows<Debtor>(administration.id, 'debtors', { search, segment, overdue, sort });
  const filtered = [search, segment, overdue].some((each) => each !== undefined);
  const state = t('debtors.state', {
    count: administration.debtorCount,
    n: count(administration.debtorCount),
    open: money(administration.openAmount),
    overdue: money(administration.overdueAmount),
  });
  return (
    <Page title={t('debtors.title')} state={state}>
      <DebtorFilters administrationId={administration.id} />
      <DataTable
        caption={t('debtors.title')}
        columns={useColumns(administration)}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="debtor-row"
        empty={
          filtered
            ? { title: t('debtors.emptyFilterTitle'), text: t('debtors.emptyFilterText'), action: <ClearFilters /> }
            : { title: t('debtors.emptyTitle'), text: t('debtors.emptyText') }
        }
      />
    </Page>
  );
}

/** Takes every filter off; the administration stays. */
export function ClearFilters(): JSX.Element {
  const { t } = useText();
  return (
    <Button variant="default" renderRoot={(props) => <Link to="." search={{}} {...props} />}>
      {t('common.clearFilters')}
    </Button>
  );
}

function useColumns({ id, currency }: Administration): Column<Debtor>[] {
  const { t, sign } = useText();
  const stepName = useStepName(id);
  return [
    {
      key: 'name',
      header: t('debtors.name'),
      primary: true,
      cell: (row) => (
        <span>
          <Link to="/debtors/$debtorId" params={{ debtorId: row.id }} data-row-link>
            {row.name}
          </Link>{' '}
          <span className="op-muted op-small">{row.code}</span>
        </span>
      ),
    },
    { key: 'segment', header: t('debtors.segment'), cell: (row) => <SegmentBadge segment={row.segment} /> },
    {
      key: 'open',
      header: `${t('debtors.open')} (${sign(currency)})`,
      label: t('debtors.open'),
      numeric: true,
      cell: (row) => <Amount value={row.open} currency={currency} />,
    },
    {
      key: 'overdue',
      header: `${t('debtors.overdueAmount')} (${sign(currency)})`,
      label: t('debtors.overdueAmount'),
      numeric: true,
      cell: (row) => <Amount value={row.overdue} currency={currency} />,
    },
    {
      key: 'oldest',
      header: t('debtors.oldest'),
      cell: (row) => ((row.oldestOverdueDays ?? 0) > 0 ? <Lateness days={row.oldestOverdueDays} /> : null),
    },
    { key: 'level', header: t('debtors.level'), cell: (row) => (row.level > 0 ? stepName(row.level) : null) },
  ];
}

function DebtorFilters({ administrationId }: { administrationId: string }): JSX.Element {
  const { t, count } = useText();
  const [filters, change] = useFilters();
  const name = useSegmentName();
  const segments = useAdministrationPart<SegmentRules>(administrationId, 'segments').data;
  const search = useCallback((value: string) => change({ search: value }), [change]);
  const options = Object.entries(segments?.counts ?? {}).map(([id, n]) => ({
    value: id,
    label: `${name({ id, name: humanise(id) })} (${count(n)})`,
  }));
  return (
    <div className="op-filters" role="search">
      <SearchField label={t('debtors.search')} value={filters.search ?? ''} onChange={search} />
      <Choice
        label={t('debtors.segment')}
        value={filters.segment ?? ''}
        options={[{ value: '', label: t('debtors.segmentAll') }, ...options]}
        onChange={(segment) => change({ segment })}
        testId="filter-segment"
      />
      <Choice
        label={t('debtors.overdue')}
        value={filters.overdue ?? ''}
        options={[
          { value: '', label: t('debtors.all') },
          { value: 'true', label: t('debtors.overdueOnly') },
        ]}
        onChange={(overdue) => change({ overdue })}
        testId="filter-overdue"
      />
      <Choice
        label={t('debtors.sort')}
        value={filters.sort ?? ''}
        options={[
          { value: '', label: t('debtors.sortOverdue') },
          { value: 'oldest', label: t('debtors.sortOldest') },
          { value: 'open', label: t('debtors.sortOpen') },
          { value: 'name', label: t('debtors.sortName') },
        ]}
        onChange={(sort) => change({ sort })}
        testId="filter-sort"
      />
    </div>
  );
}
