import { Button, Checkbox } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { useEnableAdministration } from '../../api/actions';
import { keys } from '../../api/keys';
import { useSourceAdministrations } from '../../api/queries';
import type { Connection, SourceAdministration } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { notifyDone, notifyFailed } from '../../ui/feedback';
import { Section } from '../../ui/page';
import { Mark } from '../../ui/states';
import { useText } from '../../ui/text';

/** Explicit choice of the administrations: nothing is read that was not ticked here. */
export function AdministrationPicker({ connection }: { connection: Connection }): JSX.Element {
  const { t } = useText();
  const query = useSourceAdministrations(connection.id, connection.state === 'active');
  const withRights = useSourceAdministrations(connection.id, query.data !== undefined, true).data;
  const client = useQueryClient();
  useEffect(() => {
    // What the answer said of rights is the connection's health too.
    if (withRights !== undefined)
      void client.invalidateQueries({ queryKey: keys.connection(connection.id), exact: true });
  }, [client, connection.id, withRights]);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const tick = (sourceId: string, on: boolean): void =>
    setTicked(on ? [...ticked, sourceId] : ticked.filter((each) => each !== sourceId));
  return (
    <Section
      title={t('connections.pickTitle')}
      intro={t('connections.pickText')}
      aside={<AddButton connectionId={connection.id} ticked={ticked} done={() => setTicked([])} />}
    >
      <PickerTable query={query} rights={withRights?.items ?? []} ticked={ticked} tick={tick} />
    </Section>
  );
}

interface AddButtonProps {
  connectionId: string;
  ticked: readonly string[];
  done: () => void;
}

function AddButton({ connectionId, ticked, done }: AddButtonProps): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const enable = useEnableAdministration(connectionId);
  const navigate = useNavigate();
  const n = ticked.length;
  const add = async (): Promise<void> => {
    try {
      const added: string[] = [];
      for (const sourceId of ticked) added.push((await enable.mutateAsync(sourceId)).id);
      notifyDone(t('connections.added', { count: n, n: count(n) }));
      done();
      const [first] = added;
      if (first !== undefined) {
        await navigate({ to: '/administrations/$administrationId', params: { administrationId: first } });
      }
    } catch (error) {
      notifyFailed(error, text);
    }
  };
  return (
    <Button disabled={n === 0} loading={enable.isPending} onClick={() => void add()} data-testid="add-administrations">
      {n === 0 ? t('connections.pickNone') : t('connections.pickAdd', { count: n, n: count(n) })}
    </Button>
  );
}

interface PickerTableProps {
  query: ReturnType<typeof useSourceAdministrations>;
  rights: SourceAdministration[];
  ticked: readonly string[];
  tick: (sourceId: string, on: boolean) => void;
}

function PickerTable({ query, rights, ticked, tick }: PickerTableProps): JSX.Element {
  const { t } = useText();
  const columns: Column<SourceAdministration>[] = [
    {
      key: 'name',
      header: t('overview.name'),
      primary: true,
      cell: (row) => <PickCell row={row} ticked={ticked.includes(row.sourceId)} tick={tick} />,
    },
    { key: 'code', header: t('connections.code'), cell: (row) => <span className="op-mono">{row.sourceId}</span> },
    { key: 'country', header: t('connections.country'), cell: (row) => row.country },
    { key: 'currency', header: t('connections.currency'), cell: (row) => row.currency },
    {
      key: 'rights',
      header: t('connections.rights'),
      cell: (row) => <Rights row={rights.find((each) => each.sourceId === row.sourceId) ?? row} />,
    },
  ];
  return (
    <DataTable
      caption={t('connections.pickTitle')}
      columns={columns}
      source={{ rows: query.data?.items, error: query.error, refetch: query.refetch }}
      rowKey={(row) => row.sourceId}
      rowTestId="source-administration-row"
      empty={{ title: t('connections.pickEmptyTitle'), text: t('connections.pickEmptyText') }}
    />
  );
}

interface PickCellProps {
  row: SourceAdministration;
  ticked: boolean;
  tick: (sourceId: string, on: boolean) => void;
}

function PickCell({ row, ticked, tick }: PickCellProps): JSX.Element {
  const { t } = useText();
  if (row.enabled && row.administrationId !== null) {
    return (
      <span className="op-row">
        <Link to="/administrations/$administrationId" params={{ administrationId: row.administrationId }} data-row-link>
          {row.name}
        </Link>
        <Mark tone="paid" icon="check">
          {t('connections.pickAdded')}
        </Mark>
      </span>
    );
  }
  return (
    <Checkbox
      label={row.name}
      checked={ticked}
      onChange={(event) => tick(row.sourceId, event.currentTarget.checked)}
      data-testid="pick-administration"
    />
  );
}

function Rights({ row }: { row: SourceAdministration }): JSX.Element | null {
  const { t } = useText();
  const missing = (row.rights ?? []).filter((each) => !each.allowed);
  if (row.rights === undefined) return null;
  if (missing.length === 0)
    return (
      <Mark tone="paid" icon="check">
        {t('connections.rightsFine')}
      </Mark>
    );
  const objects = missing.map((each) => each.message ?? each.object).join(', ');
  return (
    <Mark tone="warn" icon="warning" wrap>
      {t('connections.rightsMissing', { objects })}
    </Mark>
  );
}
