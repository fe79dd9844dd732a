import { ActionIcon } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { useAdministrationRows } from '../../api/queries';
import type { Sync } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Moment } from '../../ui/figures';
import { Icon } from '../../ui/icons';
import { StateWord } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';
import { LateRows, ObjectCounts, sumOf } from './object-counts';

interface SyncHistoryProps {
  administrationId: string;
  currentId: string | undefined;
  currentState: string | undefined;
}

function seconds(sync: Sync): number | null {
  if (sync.startedAt === null || sync.finishedAt === null) return null;
  return (new Date(sync.finishedAt).getTime() - new Date(sync.startedAt).getTime()) / 1000;
}

/** Every sync with what it read; read again when the current one starts or ends. */
export function SyncHistory({ administrationId, currentId, currentState }: SyncHistoryProps): JSX.Element {
  const text = useText();
  const { t, spanShort, count } = text;
  const source = useAdministrationRows<Sync>(administrationId, 'syncs');
  const { refetch } = source;
  const [opened, open] = useState<string | null>(null);
  useEffect(() => void refetch(), [currentId, currentState, refetch]);
  const columns: Column<Sync>[] = [
    { key: 'when', header: t('administration.when'), primary: true, cell: (row) => <Moment value={row.createdAt} /> },
    { key: 'state', header: t('administration.state'), cell: (row) => <StateWord of="sync" state={row.state} /> },
    { key: 'trigger', header: t('administration.trigger'), cell: (row) => lookUp(text, 'states.trigger', row.trigger) },
    {
      key: 'took',
      header: t('administration.duration'),
      numeric: true,
      cell: (row) => (seconds(row) === null ? null : spanShort(seconds(row) ?? 0)),
    },
    { key: 'read', header: t('administration.read'), numeric: true, cell: (row) => count(sumOf(row, 'read')) },
    { key: 'calls', header: t('administration.calls'), numeric: true, cell: (row) => count(row.calls) },
    {
      key: 'more',
      header: '',
      cell: (row) => <DetailButton opened={opened === row.id} toggle={() => open(opened === row.id ? null : row.id)} />,
    },
  ];
  return (
    <DataTable
      caption={t('administration.history')}
      columns={columns}
      source={source}
      rowKey={(row) => row.id}
      rowTestId="sync-row"
      detail={(row) =>
        opened === row.id ? (
          <>
            <ObjectCounts objects={row.objects} />
            <LateRows sync={row} />
          </>
        ) : null
      }
      empty={{ title: t('administration.historyEmptyTitle'), text: t('administration.historyEmptyText') }}
    />
  );
}

/** Also the row's own link: Enter on the row opens its details. */
export function DetailButton({ opened, toggle }: { opened: boolean; toggle: () => void }): JSX.Element {
  const { t } = useText();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-expanded={opened}
      aria-label={opened ? t('common.hideDetails') : t('common.details')}
      onClick={toggle}
      data-row-link
      className="op-turn"
    >
      <Icon name="chevronRight" />
    </ActionIcon>
  );
}
