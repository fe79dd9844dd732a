import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { JSX } from 'react';
import type { useTieOut } from '../../api/queries';
import type { TieOutDebtor, TieOutLine } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Mark } from '../../ui/states';
import { useText } from '../../ui/text';
import { DetailButton } from './sync-history';
import { Difference, Side } from './tie-out-totals';

const OPEN_AT_FIRST = 3;
const keyOf = (row: TieOutDebtor): string => `${row.debtor.sourceId} ${row.currency}`;

/** Debtors, the differing ones first; the lines of the first few are open. */
export function TieOutDebtors({ source }: { source: ReturnType<typeof useTieOut> }): JSX.Element {
  const { t } = useText();
  const [toggled, toggle] = useState<readonly string[]>([]);
  const first = (source.rows ?? []).slice(0, OPEN_AT_FIRST).map(keyOf);
  const isOpen = (row: TieOutDebtor): boolean =>
    row.differs && first.includes(keyOf(row)) !== toggled.includes(keyOf(row));
  const flip = (key: string): void =>
    toggle(toggled.includes(key) ? toggled.filter((each) => each !== key) : [...toggled, key]);
  const columns: Column<TieOutDebtor>[] = [
    { key: 'debtor', header: t('tieOut.debtor'), primary: true, cell: (row) => <DebtorName row={row} /> },
    { key: 'ours', header: t('tieOut.ours'), numeric: true, cell: (row) => <Side side={row.ours} /> },
    { key: 'theirs', header: t('tieOut.theirs'), numeric: true, cell: (row) => <Side side={row.theirs} /> },
    {
      key: 'difference',
      header: t('tieOut.difference'),
      numeric: true,
      cell: (row) => <Difference value={row.difference} differs={row.differs} />,
    },
    {
      key: 'lines',
      header: '',
      cell: (row) => (row.differs ? <DetailButton opened={isOpen(row)} toggle={() => flip(keyOf(row))} /> : null),
    },
  ];
  return (
    <DataTable
      caption={t('tieOut.debtors')}
      columns={columns}
      source={source}
      rowKey={keyOf}
      rowTestId="tie-out-debtor"
      detail={(row) => (isOpen(row) ? <Lines row={row} /> : null)}
      empty={{ title: t('tieOut.emptyTitle'), text: t('tieOut.emptyText') }}
    />
  );
}

function DebtorName({ row: { debtor } }: { row: TieOutDebtor }): JSX.Element {
  const { t } = useText();
  if (debtor.id === null)
    return (
      <span>
        <span className="op-strong">{t('tieOut.unknownDebtor')}</span>{' '}
        <span className="op-mono op-muted">{debtor.sourceId}</span>
      </span>
    );
  return (
    <Link to="/debtors/$debtorId" params={{ debtorId: debtor.id }}>
      {debtor.name}
    </Link>
  );
}

function Lines({ row }: { row: TieOutDebtor }): JSX.Element {
  const { t, count } = useText();
  if (row.lines.length === 0) return <p className="op-muted op-small">{t('tieOut.noLines')}</p>;
  const more = row.lineCount - row.lines.length;
  return (
    <div className="op-table-wrap">
      <table className="op-table op-dense" data-cards>
        <caption className="op-visually-hidden">{t('tieOut.lines')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tieOut.invoice')}</th>
            <th scope="col">{t('tieOut.what')}</th>
            <th scope="col" className="op-num">
              {t('tieOut.ours')}
            </th>
            <th scope="col" className="op-num">
              {t('tieOut.theirs')}
            </th>
          </tr>
        </thead>
        <tbody>
          {row.lines.map((line) => (
            <LineRow key={`${line.kind} ${line.sourceId} ${line.receivableId}`} line={line} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="op-muted op-small">{t('tieOut.moreLines', { count: more, n: count(more) })}</p>}
    </div>
  );
}

function LineRow({ line }: { line: TieOutLine }): JSX.Element {
  const { t, money } = useText();
  return (
    <tr data-testid="tie-out-line" data-kind={line.kind}>
      <td data-primary className="op-strong">
        {line.invoiceNumber ?? t('tieOut.noInvoice')}
      </td>
      <td data-label={t('tieOut.what')}>
        <Mark tone="warn" icon={line.kind === 'amount-differs' ? 'question' : 'warning'} wrap>
          {t(`tieOut.kind.${line.kind}`)}
        </Mark>
      </td>
      <td className="op-num" data-label={t('tieOut.ours')}>
        {line.ours === null ? '–' : money(line.ours)}
      </td>
      <td className="op-num" data-label={t('tieOut.theirs')}>
        {line.theirs === null ? '–' : money(line.theirs)}
      </td>
    </tr>
  );
}
