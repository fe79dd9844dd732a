import { Button } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useRetryQuarantine } from '../../api/actions';
import { useAdministrationRows } from '../../api/queries';
import type { QuarantineItem } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { notifyDone, notifyFailed } from '../../ui/feedback';
import { Ago } from '../../ui/figures';
import { humanise, lookUp, useText } from '../../ui/text';
import { sayProblem } from '../files-import/say-problem';
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
    { key: 'reason', header: t('administration.reason'), cell: (row) => <Reason row={row} /> },
    { key: 'first', header: t('administration.firstSeen'), cell: (row) => <Ago value={row.firstSeenAt} /> },
    { key: 'last', header: t('administration.lastSeen'), cell: (row) => <Ago value={row.lastSeenAt} /> },
    { key: 'retry', header: '', cell: (row) => <RetryButton administrationId={administrationId} ids={[row.id]} /> },
    {
      key: 'raw',
      header: '',
      cell: (row) => <DetailButton opened={opened === row.id} toggle={() => open(opened === row.id ? null : row.id)} />,
    },
  ];
  return (
    <div className="op-stack">
      <div className="op-spread">
        <p className="op-muted" style={{ maxWidth: 720 }}>
          {t('administration.quarantineIntro')}
        </p>
        {(source.rows?.length ?? 0) > 0 && <RetryButton administrationId={administrationId} ids={null} />}
      </div>
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

/** What is wrong with it in words, and the code that the mapping gave. */
function Reason({ row }: { row: QuarantineItem }): JSX.Element {
  const text = useText();
  return (
    <div>
      <div>{sayProblem(row.message, text) || humanise(row.reason)}</div>
      <div className="op-mono op-muted op-small">{row.reason}</div>
    </div>
  );
}

/** Tries records again from what was kept; `ids` null: all that wait. */
function RetryButton({ administrationId, ids }: { administrationId: string; ids: string[] | null }): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const retry = useRetryQuarantine(administrationId);
  const act = (): void =>
    retry.mutate(ids, {
      onSuccess: ({ resolved, waiting }) =>
        notifyDone(
          resolved === 0
            ? t('administration.quarantineStill')
            : t('administration.quarantineResolved', { count: resolved, n: count(resolved), waiting: count(waiting) }),
        ),
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <Button
      size={ids === null ? 'sm' : 'xs'}
      variant="default"
      loading={retry.isPending}
      onClick={act}
      data-testid={ids === null ? 'quarantine-retry-all' : 'quarantine-retry'}
    >
      {t(ids === null ? 'administration.quarantineRetryAll' : 'administration.quarantineRetry')}
    </Button>
  );
}

function RawRecord({ raw }: { raw: unknown }): JSX.Element {
  const { t } = useText();
  return (
    <div className="op-stack-tight">
      <span className="op-muted op-small">{t('administration.raw')}</span>
      <pre tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {typeof raw === 'string' ? raw : JSON.stringify(raw, null, 2)}
      </pre>
    </div>
  );
}
