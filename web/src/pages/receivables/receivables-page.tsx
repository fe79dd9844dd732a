import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { JSX } from 'react';
import { ForAdministration } from '../../administration-choice';
import { useAdministrationRows } from '../../api/queries';
import type { Administration, Receivable } from '../../api/types';
import { useFilters } from '../../search';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Amount, Day } from '../../ui/figures';
import { Page } from '../../ui/page';
import { BlockWord, Lateness, StateWord } from '../../ui/states';
import { useStepName } from '../../ui/step-name';
import { useText } from '../../ui/text';
import { BlockDialog } from '../debtors/block-dialog';
import { ClearFilters } from '../debtors/debtors-page';
import { ReceivableFilters } from './receivable-filters';

export function ReceivablesPage(): JSX.Element {
  const { t } = useText();
  return (
    <ForAdministration title={t('receivables.title')}>
      {(administration) => <Receivables administration={administration} />}
    </ForAdministration>
  );
}

type Blocking = { row: Receivable; kind: 'promise' | 'dispute' } | null;

function Receivables({ administration }: { administration: Administration }): JSX.Element {
  const { t, money } = useText();
  const [{ search, status, overdue, bucket, level, blocked, segment }] = useFilters();
  // The list opens on what is open; "all" is an explicit choice.
  const wanted = status === 'all' ? undefined : (status ?? 'open');
  const query = { search, status: wanted, overdue, bucket, level, blocked, segment };
  const source = useAdministrationRows<Receivable>(administration.id, 'receivables', query);
  const filtered = [search, status, overdue, bucket, level, blocked, segment].some((each) => each !== undefined);
  const [blocking, block] = useState<Blocking>(null);
  const state = t('receivables.state', {
    open: money(administration.openAmount),
    overdue: money(administration.overdueAmount),
  });
  return (
    <Page title={t('receivables.title')} state={state}>
      <ReceivableFilters />
      <DataTable
        caption={t('receivables.title')}
        columns={useColumns(administration)}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="receivable-row"
        onKey={{ p: (row) => block({ row, kind: 'promise' }), d: (row) => block({ row, kind: 'dispute' }) }}
        keysHint={t('receivables.keysHint')}
        empty={
          filtered
            ? {
                title: t('receivables.emptyFilterTitle'),
                text: t('receivables.emptyFilterText'),
                action: <ClearFilters />,
              }
            : { title: t('receivables.emptyTitle'), text: t('receivables.emptyText') }
        }
      />
      {blocking !== null && (
        <BlockDialog
          debtor={blocking.row.debtor}
          receivable={blocking.row}
          kind={blocking.kind}
          onClose={() => block(null)}
        />
      )}
    </Page>
  );
}

function useColumns({ id, currency }: Administration): Column<Receivable>[] {
  const { t, sign } = useText();
  const stepName = useStepName(id);
  return [
    {
      key: 'invoice',
      header: t('receivables.invoice'),
      primary: true,
      cell: (row) => <span className="op-strong">{row.invoiceNumber}</span>,
    },
    {
      key: 'debtor',
      header: t('receivables.debtor'),
      cell: (row) => (
        <Link to="/debtors/$debtorId" params={{ debtorId: row.debtor.id }} data-row-link>
          {row.debtor.name}
        </Link>
      ),
    },
    { key: 'due', header: t('receivables.due'), cell: (row) => <Day value={row.dueDate} /> },
    { key: 'late', header: t('receivables.late'), cell: (row) => <Age row={row} /> },
    {
      key: 'amount',
      header: `${t('receivables.amount')} (${sign(currency)})`,
      label: t('receivables.amount'),
      numeric: true,
      cell: (row) => <Amount value={row.amount} currency={currency} />,
    },
    {
      key: 'open',
      header: `${t('receivables.open')} (${sign(currency)})`,
      label: t('receivables.open'),
      numeric: true,
      cell: (row) => <Amount value={row.open} currency={currency} />,
    },
    { key: 'level', header: t('receivables.level'), cell: (row) => (row.level > 0 ? stepName(row.level) : null) },
    {
      key: 'blocked',
      header: t('receivables.blocked'),
      cell: (row) => row.blocked && <BlockWord block={row.blocked} />,
    },
  ];
}

/** What is settled has no age; it shows its state instead. */
function Age({ row }: { row: Receivable }): JSX.Element {
  if (row.kind !== 'invoice' && row.status !== 'settled') return <CreditWord kind={row.kind} />;
  if (row.status === 'settled' || row.status === 'deleted') return <StateWord of="receivable" state={row.status} />;
  return <Lateness days={row.daysOverdue} dueDate={row.dueDate} />;
}

/** Money in the debtor's favour is never late. */
function CreditWord({ kind }: { kind: 'credit-note' | 'payment' | 'invoice' }): JSX.Element {
  const { t } = useText();
  return <span className="op-muted">{t(`states.receivableKind.${kind}`)}</span>;
}
