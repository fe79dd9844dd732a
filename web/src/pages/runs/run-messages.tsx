import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { JSX } from 'react';
import { useRunMessages, useRunPreview } from '../../api/queries';
import type { PlannedMessage, Run } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Loaded } from '../../ui/feedback';
import { Amount } from '../../ui/figures';
import { isZero } from '../../format/money';
import { MailFrame } from '../../ui/mail-frame';
import { sayWhy } from '../../ui/server-words';
import { Mark } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';

/** Who gets what, at which address, in which language, and why. */
export function RunMessages({ run }: { run: Run }): JSX.Element {
  const { t } = useText();
  const query = useRunMessages(run.id, true);
  const [previewed, preview] = useState<PlannedMessage | null>(null);
  return (
    <>
      <DataTable
        caption={t('runs.tabMessages')}
        columns={useColumns(run, preview)}
        source={{ rows: query.data?.items, error: query.error, refetch: query.refetch }}
        rowKey={(row) => `${row.debtor.id}-${row.level}-${row.currency}`}
        rowTestId="planned-message-row"
        empty={{ title: t('runs.messagesEmptyTitle'), text: t('runs.messagesEmptyText') }}
      />
      {previewed !== null && <PreviewDialog run={run} message={previewed} onClose={() => preview(null)} />}
    </>
  );
}

function useColumns(run: Run, preview: (row: PlannedMessage) => void): Column<PlannedMessage>[] {
  const text = useText();
  const { t, count, sign } = text;
  const currency = run.summary?.total[0]?.currency ?? 'EUR';
  return [
    {
      key: 'debtor',
      header: t('runs.debtor'),
      primary: true,
      cell: (row) => (
        <Link to="/debtors/$debtorId" params={{ debtorId: row.debtor.id }}>
          {row.debtor.name}
        </Link>
      ),
    },
    {
      key: 'what',
      header: t('runs.message'),
      cell: (row) => lookUp(text, 'settings.templates.names', row.template.key),
    },
    { key: 'to', header: t('runs.recipient'), cell: (row) => <Recipient message={row} /> },
    {
      key: 'language',
      header: t('runs.language'),
      cell: (row) => <span title={sayWhy(row.languageReason, text)}>{lookUp(text, 'states.lang', row.language)}</span>,
    },
    { key: 'items', header: t('runs.items'), numeric: true, cell: (row) => count(row.receivables.length) },
    {
      key: 'total',
      header: `${t('runs.total')} (${sign(currency)})`,
      label: t('runs.total'),
      numeric: true,
      cell: (row) => <Amount value={row.total} currency={currency} />,
    },
    {
      key: 'act',
      header: '',
      cell: (row) => (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => preview(row)}
          data-row-link
          data-testid="preview-message"
        >
          {t('runs.open_mail')}
        </Button>
      ),
    },
  ];
}

function Recipient({ message }: { message: PlannedMessage }): JSX.Element {
  const text = useText();
  const missing = message.recipient === null;
  return (
    <div style={{ lineHeight: 1.3 }}>
      {missing ? (
        <Mark tone="warn" icon="warning">
          {text.t('runs.noRecipient')}
        </Mark>
      ) : (
        <span>{message.recipient}</span>
      )}
      <div className="op-muted op-small">
        {lookUp(text, 'states.channel', message.channel)} · {sayWhy(message.recipientReason, text)}
      </div>
    </div>
  );
}

interface PreviewDialogProps {
  run: Run;
  message: PlannedMessage;
  onClose: () => void;
}

function PreviewDialog({ run, message, onClose }: PreviewDialogProps): JSX.Element {
  const text = useText();
  const { t } = text;
  const query = useRunPreview(run.id, message.debtor.id);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('runs.previewTitle', { name: message.debtor.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className="op-stack" data-testid="preview">
        <p className="op-small">
          <Recipient message={message} />
          <span className="op-muted">
            {lookUp(text, 'states.lang', message.language)}: {sayWhy(message.languageReason, text)}
            {message.fees !== null && !isZero(message.fees) && (
              <>
                {' · '}
                {t('runs.fees')}: <Amount value={message.fees} />
              </>
            )}
          </span>
        </p>
        <Loaded from={query} lines={8}>
          {(mail) => (
            <>
              <h2>{mail.subject}</h2>
              <MailFrame html={mail.html} plain={mail.text} />
            </>
          )}
        </Loaded>
      </div>
    </Modal>
  );
}
