import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ForAdministration } from '../../administration-choice';
import { useAdministrationRows } from '../../api/queries';
import type { Administration, Money, Run } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Amount, Day, Moment } from '../../ui/figures';
import { Page } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { useText } from '../../ui/text';
import { NewRunDialog } from './new-run-dialog';

export function RunsPage(): JSX.Element {
  const { t } = useText();
  return (
    <ForAdministration title={t('runs.title')}>
      {(administration) => <Runs administration={administration} />}
    </ForAdministration>
  );
}

function Runs({ administration }: { administration: Administration }): JSX.Element {
  const { t, count } = useText();
  const [opened, dialog] = useDisclosure(false);
  const source = useAdministrationRows<Run>(administration.id, 'dunning-runs');
  const waiting = source.rows?.filter((each) => each.state === 'awaiting_approval').length;
  const state =
    waiting === undefined
      ? undefined
      : waiting === 0
        ? t('runs.stateNone')
        : t('runs.stateWaiting', { count: waiting, n: count(waiting) });
  const start = (
    <Button onClick={dialog.open} data-testid="new-run">
      {t('runs.new')}
    </Button>
  );
  return (
    <Page title={t('runs.title')} state={state} action={source.rows?.length === 0 ? undefined : start}>
      <DataTable
        caption={t('runs.title')}
        columns={useColumns()}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="run-row"
        empty={{ title: t('runs.emptyTitle'), text: t('runs.emptyText'), action: start }}
      />
      {opened && <NewRunDialog administration={administration} onClose={dialog.close} />}
    </Page>
  );
}

/** Totals of several currencies stand beside each other; they are never added. */
export function Totals({ total }: { total: readonly Money[] }): JSX.Element {
  return (
    <>
      {total.map((each, index) => (
        <span key={each.currency}>
          {index > 0 && ' + '}
          <Amount value={each} />
        </span>
      ))}
    </>
  );
}

function useColumns(): Column<Run>[] {
  const { t, count } = useText();
  const figure = (n: number | undefined): string | null => (n === undefined ? null : count(n));
  return [
    {
      key: 'asOf',
      header: t('runs.asOf'),
      primary: true,
      cell: (row) => (
        <span>
          <Link to="/runs/$runId" params={{ runId: row.id }} data-row-link>
            <Day value={row.asOf} />
          </Link>
          {row.dryRun && <span className="op-muted op-small"> · {t('runs.dry')}</span>}
        </span>
      ),
    },
    { key: 'state', header: t('runs.state'), cell: (row) => <StateWord of="run" state={row.state} /> },
    { key: 'messages', header: t('runs.messages'), numeric: true, cell: (row) => figure(row.summary?.messages) },
    {
      key: 'total',
      header: t('runs.total'),
      numeric: true,
      cell: (row) => row.summary && <Totals total={row.summary.total} />,
    },
    { key: 'take', header: t('runs.take'), numeric: true, cell: (row) => figure(row.summary?.take) },
    { key: 'wait', header: t('runs.wait'), numeric: true, cell: (row) => figure(row.summary?.wait) },
    { key: 'finish', header: t('runs.finish'), numeric: true, cell: (row) => figure(row.summary?.finish) },
    { key: 'created', header: t('runs.created'), cell: (row) => <Moment value={row.createdAt} /> },
  ];
}
