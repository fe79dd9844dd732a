import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useAdministrations } from '../../api/queries';
import type { AdministrationSummary } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Ago } from '../../ui/figures';
import { Section } from '../../ui/page';
import { useText } from '../../ui/text';

/** What was taken into use, while the source does not answer what else there is. */
export function AdministrationsInUse({ connectionId }: { connectionId: string }): JSX.Element {
  const { t } = useText();
  const query = useAdministrations();
  const rows = query.data?.items.filter((each) => each.connectionId === connectionId);
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
    { key: 'last', header: t('overview.lastSync'), cell: (row) => <Ago value={row.lastGoodPullAt} /> },
  ];
  return (
    <Section title={t('connections.inUse')}>
      <DataTable
        caption={t('connections.inUse')}
        columns={columns}
        source={{ rows, error: query.error, refetch: query.refetch }}
        rowKey={(row) => row.id}
        rowTestId="administration-in-use"
        empty={{ title: t('connections.inUse'), text: t('connections.stateWaiting') }}
      />
    </Section>
  );
}
