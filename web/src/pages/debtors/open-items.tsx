import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useAdministrationPart, useRunLines } from '../../api/queries';
import type { Debtor, Page, Receivable, Run, RunLine } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column, RowSource } from '../../ui/data-table';
import { Amount, Day } from '../../ui/figures';
import { Icon } from '../../ui/icons';
import { BlockWord, Lateness, StateWord } from '../../ui/states';
import { useStepName } from '../../ui/step-name';
import { useText } from '../../ui/text';
import { ReasonText } from '../runs/reason-text';
import { BlockDialog } from './block-dialog';

interface OpenItemsProps {
  debtor: Debtor;
  source: RowSource<Receivable>;
}

/** What the latest run decided about each receivable of this debtor: the next step, and why. */
function useLatestDecisions(debtor: Debtor): Map<string, RunLine> {
  const runs = useAdministrationPart<Page<Run>>(debtor.administrationId, 'dunning-runs', { limit: 1 });
  const latest = runs.data?.items[0];
  const lines = useRunLines(latest?.id ?? '', { debtor: debtor.id, limit: 200 }, latest !== undefined);
  return new Map((lines.rows ?? []).map((line) => [line.receivable.id, line]));
}

export function OpenItems({ debtor, source }: OpenItemsProps): JSX.Element {
  const { t } = useText();
  const [blocking, block] = useState<Receivable | null>(null);
  return (
    <>
      <DataTable
        caption={t('debtor.open')}
        columns={useColumns(debtor, block)}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="receivable-row"
        onKey={{ d: block, p: block }}
        empty={{ title: t('debtor.openEmptyTitle'), text: t('debtor.openEmptyText') }}
      />
      {blocking !== null && <BlockDialog debtor={debtor} receivable={blocking} onClose={() => block(null)} />}
    </>
  );
}

function useColumns(debtor: Debtor, block: (row: Receivable) => void): Column<Receivable>[] {
  const { t, sign } = useText();
  const stepName = useStepName(debtor.administrationId);
  const decisions = useLatestDecisions(debtor);
  const { currency } = debtor.open;
  return [
    {
      key: 'invoice',
      header: t('debtor.invoice'),
      primary: true,
      cell: (row) => <span className="op-strong">{row.invoiceNumber}</span>,
    },
    { key: 'due', header: t('debtor.due'), cell: (row) => <DueCell row={row} /> },
    {
      key: 'open',
      header: `${t('debtor.openAmount')} (${sign(currency)})`,
      label: t('debtor.openAmount'),
      numeric: true,
      cell: (row) => <Amount value={row.open} currency={currency} />,
    },
    {
      key: 'level',
      header: t('debtor.level'),
      cell: (row) => (row.level > 0 ? stepName(row.level) : <span className="op-muted">{t('common.none')}</span>),
    },
    {
      key: 'next',
      header: t('debtor.next'),
      cell: (row) =>
        row.blocked === null ? <NextStep line={decisions.get(row.id)} /> : <BlockWord block={row.blocked} />,
    },
    {
      key: 'act',
      header: '',
      cell: (row) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          data-row-link
          onClick={() => block(row)}
          aria-label={t('debtor.blockRow', { invoice: row.invoiceNumber })}
        >
          <Icon name="pause" />
        </ActionIcon>
      ),
    },
  ];
}

function DueCell({ row }: { row: Receivable }): JSX.Element {
  return (
    <div style={{ lineHeight: 1.3 }}>
      <Day value={row.dueDate} />
      <div className="op-small">
        <Lateness days={row.daysOverdue} dueDate={row.dueDate} />
      </div>
    </div>
  );
}

function NextStep({ line }: { line: RunLine | undefined }): JSX.Element {
  const { t } = useText();
  if (line === undefined) return <span className="op-muted">{t('debtor.nextNone')}</span>;
  return (
    <div style={{ lineHeight: 1.3 }}>
      <StateWord of="decision" state={line.decision} />
      <div className="op-muted op-small">
        <ReasonText code={line.reason} fallback={line.reasonText} />
        {line.until !== null && (
          <>
            {' '}
            (<Day value={line.until} />)
          </>
        )}
      </div>
    </div>
  );
}
