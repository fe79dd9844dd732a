import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { JSX } from 'react';
import { useRunLines } from '../../api/queries';
import type { Run, RunLine, RunSummary } from '../../api/types';
import { useFilters } from '../../search';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Amount, Day } from '../../ui/figures';
import { Chips } from '../../ui/filters';
import { Mark, StateWord } from '../../ui/states';
import { useStepName } from '../../ui/step-name';
import { lookUp, useText } from '../../ui/text';
import { reasonsOf } from './reason-order';
import { ReasonText } from './reason-text';
import { LineActions, LineDetail } from './run-line-parts';

const DECISIONS = ['take', 'wait', 'finish'] as const;

interface RunLinesProps {
  run: Run;
  summary: RunSummary;
}

/** Every receivable with its decision and reason; the chips count and filter. */
export function RunLines({ run, summary }: RunLinesProps): JSX.Element {
  const { t } = useText();
  const [{ decision, reason, debtor }] = useFilters();
  const source = useRunLines(run.id, { decision, reason, debtor });
  const [opened, open] = useState<string | null>(null);
  const toggle = (id: string): void => open(opened === id ? null : id);
  return (
    <div className="op-stack">
      <DecisionChips summary={summary} />
      <DataTable
        caption={t('runs.tabLines')}
        columns={useColumns(run, opened, toggle)}
        source={source}
        rowKey={(row) => row.receivable.id}
        rowTestId="run-line-row"
        detail={(row) => (opened === row.receivable.id ? <LineDetail line={row} /> : null)}
        empty={{ title: t('runs.linesEmptyTitle'), text: t('runs.linesEmptyText') }}
      />
    </div>
  );
}

function DecisionChips({ summary }: { summary: RunSummary }): JSX.Element {
  const text = useText();
  const { t } = text;
  const [{ decision = '', reason = '' }, change] = useFilters();
  const all = { value: '', label: t('runs.allDecisions'), count: summary.lines };
  const decisions = DECISIONS.map((value) => ({ value, label: t(`states.decision.${value}`), count: summary[value] }));
  const reasons = reasonsOf(summary.byReason, decision).map(({ code, count }) => ({
    value: code,
    label: lookUp(text, 'reasons.code', code),
    count,
  }));
  return (
    <div className="op-stack-tight">
      <Chips
        label={t('runs.decision')}
        value={decision}
        options={[all, ...decisions]}
        onChange={(value) => change({ decision: value, reason: undefined })}
      />
      {reasons.length > 1 && (
        <Chips
          label={t('runs.reasons')}
          value={reason}
          options={reasons}
          onChange={(value) => change({ reason: value })}
        />
      )}
    </div>
  );
}

function useColumns(run: Run, opened: string | null, toggle: (id: string) => void): Column<RunLine>[] {
  const { t, sign } = useText();
  const stepName = useStepName(run.administrationId);
  const currency = run.summary?.total[0]?.currency ?? 'EUR';
  return [
    {
      key: 'invoice',
      header: t('runs.invoice'),
      primary: true,
      cell: (row) => <span className="op-strong">{row.receivable.invoiceNumber}</span>,
    },
    {
      key: 'debtor',
      header: t('runs.debtor'),
      cell: (row) => (
        <Link to="/debtors/$debtorId" params={{ debtorId: row.debtor.id }}>
          {row.debtor.name}
        </Link>
      ),
    },
    { key: 'due', header: t('runs.due'), cell: (row) => <Day value={row.receivable.dueDate} /> },
    {
      key: 'open',
      header: `${t('runs.open')} (${sign(currency)})`,
      label: t('runs.open'),
      numeric: true,
      cell: (row) => <Amount value={row.receivable.open} currency={currency} />,
    },
    {
      key: 'decision',
      header: t('runs.decision'),
      cell: (row) => <DecisionCell row={row} step={stepName(row.level, row.scenario?.id)} />,
    },
    { key: 'reason', header: t('runs.reason'), cell: (row) => <ReasonCell row={row} /> },
    {
      key: 'act',
      header: '',
      cell: (row) => <LineActions run={run} row={row} opened={opened === row.receivable.id} toggle={toggle} />,
    },
  ];
}

function DecisionCell({ row, step }: { row: RunLine; step: string }): JSX.Element {
  const text = useText();
  const channel = row.channel === null ? '' : ` · ${lookUp(text, 'states.channel', row.channel)}`;
  return (
    <div style={{ lineHeight: 1.3 }}>
      {row.held ? (
        <Mark tone="blocked" icon="pause">
          {text.t('runs.held')}
        </Mark>
      ) : (
        <StateWord of="decision" state={row.decision} />
      )}
      {(row.level ?? 0) > 0 && (
        <div className="op-muted op-small op-nowrap">
          {step}
          {channel}
        </div>
      )}
    </div>
  );
}

function ReasonCell({ row }: { row: RunLine }): JSX.Element {
  return (
    <span>
      <ReasonText code={row.reason} fallback={row.reasonText} />
      {row.until !== null && (
        <span className="op-muted">
          {' '}
          (<Day value={row.until} />)
        </span>
      )}
    </span>
  );
}
