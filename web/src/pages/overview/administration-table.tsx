import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { AdministrationSummary } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Ago, Amount } from '../../ui/figures';
import { StateWord } from '../../ui/states';
import { useText } from '../../ui/text';

/** Each set of books with its freshness and whether it ties out. */
export function AdministrationTable({ administrations }: { administrations: AdministrationSummary[] }): JSX.Element {
  const { t } = useText();
  const columns: Column<AdministrationSummary>[] = [
    {
      key: 'name',
      header: t('overview.name'),
      primary: true,
      cell: (row) => (
        <Link to="/administrations/$administrationId" params={{ administrationId: row.id }} data-row-link>
          {row.name}
        </Link>
      ),
    },
    { key: 'sync', header: t('overview.lastSync'), cell: (row) => <LastSync row={row} /> },
    { key: 'tie', header: t('overview.tieOut'), cell: (row) => <TieOutCell row={row} /> },
    {
      key: 'open',
      header: t('overview.open'),
      numeric: true,
      cell: (row) => (
        <Link to="/receivables" search={{ administration: row.id }}>
          <Amount value={row.openAmount} />
        </Link>
      ),
    },
    {
      key: 'overdue',
      header: t('overview.overdue'),
      numeric: true,
      cell: (row) => (
        <Link to="/receivables" search={{ administration: row.id, overdue: 'true' }}>
          <Amount value={row.overdueAmount} />
        </Link>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('overview.administrations')}
      columns={columns}
      source={{ rows: administrations }}
      rowKey={(row) => row.id}
      rowTestId="administration-row"
      empty={{ title: t('overview.emptyTitle'), text: t('overview.emptyText') }}
    />
  );
}

function TieOutCell({ row }: { row: AdministrationSummary }): JSX.Element {
  const word = <StateWord of="tieOut" state={row.tieOut.state} />;
  if (row.tieOut.state !== 'differs') return word;
  return (
    <Link to="/administrations/$administrationId/tie-out" params={{ administrationId: row.id }}>
      {word}
    </Link>
  );
}

function LastSync({ row }: { row: AdministrationSummary }): JSX.Element {
  return (
    <div style={{ lineHeight: 1.3 }}>
      {row.lastSync !== null && <StateWord of="sync" state={row.lastSync.state} wrap />}
      <div className="op-muted op-small">
        <Ago value={row.lastGoodPullAt} />
      </div>
    </div>
  );
}
