import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ForAdministration } from '../../administration-choice';
import { useFinishTask } from '../../api/actions';
import { useAdministrationRows } from '../../api/queries';
import type { Administration, Task, WorklistItem } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { notifyDone, notifyFailed } from '../../ui/feedback';
import { Ago, Amount, Day } from '../../ui/figures';
import { Page, Section } from '../../ui/page';
import { sayOr } from '../../ui/server-words';
import { Lateness } from '../../ui/states';
import { useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';

export function TasksPage(): JSX.Element {
  const { t } = useText();
  return (
    <ForAdministration title={t('tasks.title')}>
      {(administration) => <Tasks administration={administration} />}
    </ForAdministration>
  );
}

function Tasks({ administration }: { administration: Administration }): JSX.Element {
  const { t, count } = useText();
  const tasks = useAdministrationRows<Task>(administration.id, 'tasks');
  const worklist = useAdministrationRows<WorklistItem>(administration.id, 'worklist');
  const open = tasks.rows?.filter((each) => each.state === 'open');
  const state =
    open && (open.length === 0 ? t('tasks.none') : t('tasks.state', { count: open.length, n: count(open.length) }));
  return (
    <Page title={t('tasks.title')} state={state}>
      <Section title={t('tasks.tasks')}>
        <TaskTable administrationId={administration.id} source={{ ...tasks, rows: open }} />
      </Section>
      <Section title={t('tasks.worklist')} intro={t('tasks.worklistIntro')}>
        <Worklist source={worklist} currency={administration.currency} />
      </Section>
    </Page>
  );
}

type Source<R> = Omit<ReturnType<typeof useAdministrationRows<R>>, 'rows'> & { rows: R[] | undefined };

function TaskTable({ administrationId, source }: { administrationId: string; source: Source<Task> }): JSX.Element {
  const text = useText();
  const { t } = text;
  const columns: Column<Task>[] = [
    {
      key: 'task',
      header: t('tasks.task'),
      primary: true,
      cell: (row) => (
        <div>
          <div className="op-strong">{sayOr(`server.task.${row.kind}.title`, row.title, text)}</div>
          <div className="op-muted op-small">{sayOr(`server.task.${row.kind}.detail`, row.detail ?? '', text)}</div>
          {row.kind === 'mass-delete' && (
            <Link
              to="/administrations/$administrationId"
              params={{ administrationId }}
              className="op-small"
              data-row-link
            >
              {t('sweeps.see')}
            </Link>
          )}
          {row.kind === 'tie-out-differs' && (
            <Link to="/administrations/$administrationId/tie-out" params={{ administrationId }} className="op-small">
              {t('tieOut.see')}
            </Link>
          )}
        </div>
      ),
    },
    { key: 'debtor', header: t('debtors.name'), cell: (row) => row.debtor && <DebtorLink debtor={row.debtor} /> },
    { key: 'owner', header: t('tasks.owner'), cell: (row) => row.owner },
    { key: 'since', header: t('tasks.created'), cell: (row) => <Ago value={row.createdAt} /> },
    { key: 'finish', header: '', cell: (row) => <FinishTask task={row} /> },
  ];
  return (
    <DataTable
      caption={t('tasks.tasks')}
      columns={columns}
      source={source}
      rowKey={(row) => row.id}
      rowTestId="task-row"
      empty={{ title: t('tasks.emptyTitle'), text: t('tasks.emptyText') }}
    />
  );
}

function FinishTask({ task: { id, kind } }: { task: Task }): JSX.Element | null {
  const text = useText();
  const finish = useFinishTask();
  // Only the answer to its question ends this one: finished unanswered, it would be asked nowhere.
  if (kind === 'mass-delete') return null;
  const act = (): void =>
    finish.mutate(id, {
      onSuccess: () => notifyDone(text.t('tasks.finished')),
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <Button size="xs" variant="default" loading={finish.isPending} onClick={act}>
      {text.t('tasks.finish')}
    </Button>
  );
}

function DebtorLink({ debtor }: { debtor: { id: string; name: string } }): JSX.Element {
  return (
    <Link to="/debtors/$debtorId" params={{ debtorId: debtor.id }} data-row-link>
      {debtor.name}
    </Link>
  );
}

function Worklist({ source, currency }: { source: Source<WorklistItem>; currency: string }): JSX.Element {
  const text = useText();
  const { t, sign } = text;
  const columns: Column<WorklistItem>[] = [
    { key: 'debtor', header: t('debtors.name'), primary: true, cell: (row) => <DebtorLink debtor={row.debtor} /> },
    {
      key: 'overdue',
      header: `${t('debtors.overdueAmount')} (${sign(currency)})`,
      label: t('debtors.overdueAmount'),
      numeric: true,
      cell: (row) => <Amount value={row.overdue} currency={currency} />,
    },
    { key: 'oldest', header: t('debtors.oldest'), cell: (row) => <Lateness days={row.oldestOverdueDays} /> },
    { key: 'why', header: t('tasks.why'), cell: (row) => sayWorklistWhy(row, text) },
    { key: 'next', header: t('tasks.next'), cell: (row) => <Next item={row} /> },
  ];
  return (
    <DataTable
      caption={t('tasks.worklist')}
      columns={columns}
      source={source}
      rowKey={(row) => `${row.debtor.id}-${row.open.currency}`}
      rowTestId="worklist-row"
      empty={{ title: t('tasks.worklistEmptyTitle'), text: t('tasks.worklistEmptyText') }}
    />
  );
}

/** Said here rather than taken from the server, so that amount and days are in the reader's language. */
function sayWorklistWhy({ overdue, oldestOverdueDays: late }: WorklistItem, { t, money, count }: TextTools): string {
  return t('tasks.whyText', { amount: money(overdue), days: t('common.days', { count: late, n: count(late) }) });
}

function Next({ item }: { item: WorklistItem }): JSX.Element {
  const text = useText();
  const said =
    item.nextActionCode === undefined
      ? item.nextAction
      : sayOr(`tasks.nextCode.${item.nextActionCode}`, item.nextAction, text);
  return (
    <span title={item.nextAction}>
      {said}
      {item.nextOn !== null && item.nextOn !== undefined && (
        <span className="op-muted">
          {' '}
          (<Day value={item.nextOn} />)
        </span>
      )}
    </span>
  );
}
