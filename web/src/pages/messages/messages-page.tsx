import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ForAdministration } from '../../administration-choice';
import { useAdministrationRows, useOverview } from '../../api/queries';
import type { Administration, Message } from '../../api/types';
import { useFilters } from '../../search';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Amount, Moment } from '../../ui/figures';
import { Chips } from '../../ui/filters';
import { Page } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';
import { ClearFilters } from '../debtors/debtors-page';

const STATES = ['queued', 'sending', 'sent', 'uncertain', 'bounced', 'failed', 'cancelled'] as const;

export function MessagesPage(): JSX.Element {
  const { t } = useText();
  return (
    <ForAdministration title={t('messages.title')}>
      {(administration) => <Messages administration={administration} />}
    </ForAdministration>
  );
}

function Messages({ administration }: { administration: Administration }): JSX.Element {
  const { t, count } = useText();
  const [{ state, run, debtor }, change] = useFilters();
  const uncertain = useOverview(administration.id).data?.waiting.uncertainMessages ?? 0;
  const source = useAdministrationRows<Message>(administration.id, 'messages', { state, run, debtor });
  const filtered = [state, run, debtor].some((each) => each !== undefined);
  const sentence =
    uncertain > 0 ? t('messages.stateUncertain', { count: uncertain, n: count(uncertain) }) : t('messages.state');
  return (
    <Page title={t('messages.title')} state={sentence}>
      <Chips
        label={t('messages.status')}
        value={state ?? ''}
        options={[
          { value: '', label: t('common.all') },
          ...STATES.map((value) => ({ value, label: t(`states.message.${value}`) })),
        ]}
        onChange={(value) => change({ state: value })}
      />
      <DataTable
        caption={t('messages.title')}
        columns={useColumns(administration)}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="message-row"
        empty={
          filtered
            ? { title: t('messages.emptyFilterTitle'), text: t('messages.emptyFilterText'), action: <ClearFilters /> }
            : { title: t('messages.emptyTitle'), text: t('messages.emptyText') }
        }
      />
    </Page>
  );
}

function useColumns({ currency }: Administration): Column<Message>[] {
  const text = useText();
  const { t, sign } = text;
  return [
    {
      key: 'subject',
      header: t('messages.subject'),
      primary: true,
      cell: (row) => (
        <Link to="/messages/$messageId" params={{ messageId: row.id }} data-row-link>
          {row.subject}
        </Link>
      ),
    },
    {
      key: 'debtor',
      header: t('messages.debtor'),
      cell: (row) => (
        <Link to="/debtors/$debtorId" params={{ debtorId: row.debtor.id }}>
          {row.debtor.name}
        </Link>
      ),
    },
    {
      key: 'to',
      header: t('messages.recipient'),
      cell: (row) => row.recipient ?? lookUp(text, 'states.channel', row.channel),
    },
    { key: 'state', header: t('messages.status'), cell: (row) => <StateWord of="message" state={row.state} /> },
    {
      key: 'total',
      header: `${t('messages.total')} (${sign(currency)})`,
      label: t('messages.total'),
      numeric: true,
      cell: (row) => <Amount value={row.total} currency={currency} />,
    },
    { key: 'sent', header: t('messages.sent'), cell: (row) => <Moment value={row.sentAt} /> },
  ];
}
