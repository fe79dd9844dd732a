import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useConnections } from '../../api/queries';
import type { Connection } from '../../api/types';
import { useFilters } from '../../search';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Empty, Loaded } from '../../ui/feedback';
import { Ago } from '../../ui/figures';
import { Page } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { ConnectDialog } from './connect-dialog';
import { useConnectionName } from './connection-name';
import { ReconnectButton } from './reconnect-button';
import { ResultNotice } from './result-notice';

function sayState(items: Connection[], { t, count }: TextTools): string {
  if (items.length === 0) return t('connections.stateNone');
  const broken = items.filter((each) => each.state !== 'active').length;
  if (broken > 0) return t('connections.stateBroken', { count: broken, n: count(broken) });
  return t('connections.state', { count: items.length, n: count(items.length) });
}

export function ConnectionsPage(): JSX.Element {
  const text = useText();
  const [opened, dialog] = useDisclosure(false);
  const [{ result }] = useFilters();
  const query = useConnections();
  const items = query.data?.items;
  const connect = (
    <Button onClick={dialog.open} data-testid="connect">
      {text.t('connections.connect')}
    </Button>
  );
  return (
    <Page
      title={text.t('connections.title')}
      state={items && sayState(items, text)}
      action={items?.length === 0 ? undefined : connect}
    >
      <ResultNotice result={result} />
      <Loaded from={query}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={text.t('connections.emptyTitle')} text={text.t('connections.emptyText')} action={connect} />
          ) : (
            <ConnectionTable items={data.items} />
          )
        }
      </Loaded>
      <ConnectDialog opened={opened} onClose={dialog.close} />
    </Page>
  );
}

function ConnectionTable({ items }: { items: Connection[] }): JSX.Element {
  const { t, count } = useText();
  const sayName = useConnectionName();
  const columns: Column<Connection>[] = [
    {
      key: 'name',
      header: t('connections.connection'),
      primary: true,
      cell: (row) => (
        <Link to="/connections/$connectionId" params={{ connectionId: row.id }} data-row-link>
          {sayName(row)}
        </Link>
      ),
    },
    { key: 'state', header: t('connections.status'), cell: (row) => <StateCell row={row} /> },
    { key: 'last', header: t('connections.lastSuccess'), cell: (row) => <Ago value={row.lastSuccessAt} /> },
    {
      key: 'count',
      header: t('connections.administrations'),
      numeric: true,
      cell: (row) => count(row.administrations),
    },
    { key: 'user', header: t('connections.sourceUser'), cell: (row) => row.sourceUser },
    {
      key: 'act',
      header: '',
      cell: (row) => (row.state === 'active' ? null : <ReconnectButton id={row.id} size="xs" />),
    },
  ];
  return (
    <DataTable
      caption={t('connections.title')}
      columns={columns}
      source={{ rows: items }}
      rowKey={(row) => row.id}
      rowTestId="connection-row"
      empty={{ title: t('connections.emptyTitle'), text: t('connections.emptyText') }}
    />
  );
}

function StateCell({ row }: { row: Connection }): JSX.Element {
  return (
    <div>
      <StateWord of="connection" state={row.state} />
      {row.stateMessage !== null && row.state !== 'active' && (
        <div className="op-muted op-small">{row.stateMessage}</div>
      )}
    </div>
  );
}
