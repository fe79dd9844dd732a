import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { TieOutCheck, TieOutSummary } from '../../api/types';
import { useFilters } from '../../search';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Moment } from '../../ui/figures';
import { Section } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { useNow, useText } from '../../ui/text';

/** The last thirty comparisons; each can be looked at. */
export function TieOutHistory({ check, asked }: { check: TieOutCheck; asked: boolean }): JSX.Element {
  const { t, money, relative } = useText();
  const now = useNow();
  const [filters, change] = useFilters();
  const columns: Column<TieOutSummary>[] = [
    {
      key: 'at',
      header: t('administration.when'),
      primary: true,
      cell: (row) => (
        <span>
          <Link to="." search={{ ...filters, check: row.id }} data-row-link>
            <Moment value={row.checkedAt} />
          </Link>{' '}
          {row.id === check.checkId && <span className="op-muted">({t('tieOut.shown')})</span>}
        </span>
      ),
    },
    { key: 'state', header: t('administration.state'), cell: (row) => <StateWord of="tieOut" state={row.state} /> },
    {
      key: 'difference',
      header: t('tieOut.difference'),
      numeric: true,
      cell: (row) => row.currencies.map((each) => money(each.difference)).join(', '),
    },
  ];
  const next = check.nextCheckAt === null ? '' : ` ${t('tieOut.next', { when: relative(check.nextCheckAt, now) })}`;
  const newest = (
    <Button size="xs" variant="default" onClick={() => change({ check: undefined })}>
      {t('tieOut.newest')}
    </Button>
  );
  return (
    <Section title={t('tieOut.history')} intro={t('tieOut.historyIntro') + next} aside={asked ? newest : undefined}>
      <DataTable
        caption={t('tieOut.history')}
        columns={columns}
        source={{ rows: check.history }}
        rowKey={(row) => row.id}
        rowTestId="tie-out-check"
        empty={{ title: t('tieOut.stateUnchecked'), text: '' }}
      />
    </Section>
  );
}
