import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { JSX } from 'react';
import { ForAdministration } from '../../administration-choice';
import { useAdministrationRows, useOverview } from '../../api/queries';
import type { Administration, Writeback } from '../../api/types';
import { useFilters } from '../../search';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Ago, Moment } from '../../ui/figures';
import { Chips } from '../../ui/filters';
import { Page } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';
import { DetailButton } from '../administration/sync-history';
import { ClearFilters } from '../debtors/debtors-page';
import { RetryButton } from './writeback-actions';
import { sayWhy, WritebackDetail } from './writeback-detail';

const STATES = ['pending', 'sending', 'applied', 'rejected', 'unknown', 'abandoned'] as const;

export function WritebacksPage(): JSX.Element {
  const { t } = useText();
  return (
    <ForAdministration title={t('writebacks.title')}>
      {(administration) => <Writebacks administration={administration} />}
    </ForAdministration>
  );
}

function Writebacks({ administration }: { administration: Administration }): JSX.Element {
  const { t, count } = useText();
  const [{ state }, change] = useFilters();
  const rejected = useOverview(administration.id).data?.waiting.rejectedWritebacks ?? 0;
  const source = useAdministrationRows<Writeback>(administration.id, 'writebacks', { state });
  const [opened, open] = useState<string | null>(null);
  const toggle = (id: string): void => open(opened === id ? null : id);
  const sentence =
    rejected > 0 ? t('writebacks.stateRejected', { count: rejected, n: count(rejected) }) : t('writebacks.state');
  return (
    <Page title={t('writebacks.title')} state={sentence}>
      <Chips
        label={t('writebacks.status')}
        value={state ?? ''}
        options={[
          { value: '', label: t('common.all') },
          ...STATES.map((value) => ({ value, label: t(`states.writeback.${value}`) })),
        ]}
        onChange={(value) => change({ state: value })}
      />
      <DataTable
        caption={t('writebacks.title')}
        columns={useColumns(opened, toggle)}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="writeback-row"
        detail={(row) => (opened === row.id ? <WritebackDetail writeback={row} /> : null)}
        empty={
          state === undefined
            ? { title: t('writebacks.emptyTitle'), text: t('writebacks.emptyText') }
            : {
                title: t('writebacks.emptyFilterTitle'),
                text: t('writebacks.emptyFilterText'),
                action: <ClearFilters />,
              }
        }
      />
    </Page>
  );
}

function useColumns(opened: string | null, toggle: (id: string) => void): Column<Writeback>[] {
  const text = useText();
  const { t, count } = text;
  return [
    {
      key: 'what',
      header: t('writebacks.summary'),
      primary: true,
      cell: (row) => (
        <span>
          <span className="op-strong">{lookUp(text, 'writebacks.kind', row.kind)}</span>{' '}
          {row.summary.replaceAll('€ ', '€\u00a0')}
        </span>
      ),
    },
    {
      key: 'debtor',
      header: t('writebacks.debtor'),
      cell: (row) =>
        row.debtor && (
          <Link to="/debtors/$debtorId" params={{ debtorId: row.debtor.id }}>
            {row.debtor.name}
          </Link>
        ),
    },
    { key: 'state', header: t('writebacks.status'), cell: (row) => <StateCell row={row} /> },
    { key: 'attempts', header: t('writebacks.attempts'), numeric: true, cell: (row) => count(row.attempts) },
    { key: 'when', header: t('writebacks.when'), cell: (row) => <Moment value={row.appliedAt ?? row.createdAt} /> },
    {
      key: 'act',
      header: '',
      cell: (row) => (
        <span className="op-row" style={{ gap: 4, justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
          {row.state === 'rejected' && row.actions.includes('retry') && <RetryButton writeback={row} />}
          <DetailButton opened={opened === row.id} toggle={() => toggle(row.id)} />
        </span>
      ),
    },
  ];
}

/** The state with the ledger's own words right under it: they say what to mend. */
function StateCell({ row }: { row: Writeback }): JSX.Element {
  const text = useText();
  const { t } = text;
  const why = row.state === 'applied' ? null : sayWhy(row, text);
  return (
    <div style={{ lineHeight: 1.3 }}>
      <StateWord of="writeback" state={row.actions.includes('resolve') ? 'conflict' : row.state} />
      {why !== null && (
        <div className="op-small" title={t('writebacks.answer')} data-testid="writeback-error">
          {why}
        </div>
      )}
      {row.nextAttemptAt !== null && row.attempts > 0 && (
        <div className="op-muted op-small">
          {t('writebacks.nextAttempt', { when: '' })}
          <Ago value={row.nextAttemptAt} />
        </div>
      )}
    </div>
  );
}
