import { useState } from 'react';
import type { JSX } from 'react';
import { useAdministrationRows } from '../../api/queries';
import type { QuarantineItem } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Ago } from '../../ui/figures';
import { humanise, lookUp, useText } from '../../ui/text';
import { DetailButton } from './sync-history';

/** Records that could not be mapped: the reason, and the record exactly as it came. */
export function Quarantine({ administrationId }: { administrationId: string }): JSX.Element {
  const text = useText();
  const { t } = text;
  const source = useAdministrationRows<QuarantineItem>(administrationId, 'quarantine');
  const [opened, open] = useState<string | null>(null);
  const columns: Column<QuarantineItem>[] = [
    {
      key: 'record',
      header: t('administration.record'),
      primary: true,
      cell: (row) => (
        <span>
          {lookUp(text, 'states.object', row.object)} <span className="op-mono op-muted">{row.sourceId}</span>
        </span>
      ),
    },
    { key: 'reason', header: t('administration.reason'), cell: (row) => row.message || humanise(row.reason) },
    { key: 'first', header: t('administration.firstSeen'), cell: (row) => <Ago value={row.firstSeenAt} /> },
    { key: 'last', header: t('administration.lastSeen'), cell: (row) => <Ago value={row.lastSeenAt} /> },
    {
      key: 'raw',
      header: '',
      cell: (row) => <DetailButton opened={opened === row.id} toggle={() => open(opened === row.id ? null : row.id)} />,
    },
  ];
  return (
    <div className="op-stack">
      <p className="op-muted">{t('administration.quarantineIntro')}</p>
      <DataTable
        caption={t('administration.tabs.quarantine')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="quarantine-row"
        detail={(row) => (opened === row.id ? <RawRecord raw={row.raw} /> : null)}
        empty={{ title: t('administration.quarantineEmptyTitle'), text: t('administration.quarantineEmptyText') }}
      />
    </div>
  );
}

function RawRecord({ raw }: { raw: unknown }): JSX.Element {
  const { t } = useText();
  return (
    <div className="op-stack-tight">
      <span className="op-muted op-small">{t('administration.raw')}</span>
      <pre tabIndex={0}>{typeof raw === 'string' ? raw : JSON.stringify(raw, null, 2)}</pre>
    </div>
  );
}
