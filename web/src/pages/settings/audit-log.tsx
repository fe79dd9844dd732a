import type { JSX } from 'react';
import { keys } from '../../api/keys';
import { useRows } from '../../api/queries';
import type { AuditEntry } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { showValue } from '../../ui/facts';
import { Moment } from '../../ui/figures';
import { useText } from '../../ui/text';

export function AuditLog(): JSX.Element {
  const text = useText();
  const { t } = text;
  const source = useRows<AuditEntry>(keys.audit, '/audit', { limit: 50 });
  const columns: Column<AuditEntry>[] = [
    { key: 'at', header: t('settings.audit.at'), primary: true, cell: (row) => <Moment value={row.at} /> },
    { key: 'actor', header: t('settings.audit.actor'), cell: (row) => row.actor },
    { key: 'action', header: t('settings.audit.action'), cell: (row) => <span className="op-mono">{row.action}</span> },
    {
      key: 'subject',
      header: t('settings.audit.subject'),
      cell: (row) => (
        <span>
          {row.subject}
          {hasDetail(row.detail) && <span className="op-muted op-small"> · {showValue(row.detail, text)}</span>}
        </span>
      ),
    },
  ];
  return (
    <div className="op-stack">
      <p className="op-muted">{t('settings.audit.intro')}</p>
      <DataTable
        caption={t('settings.sections.audit')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id ?? `${row.at}-${row.action}-${row.subject}`}
        rowTestId="audit-row"
        empty={{ title: t('settings.audit.emptyTitle'), text: t('settings.audit.emptyText') }}
      />
    </div>
  );
}

function hasDetail(detail: unknown): boolean {
  if (detail === null || detail === undefined || detail === '') return false;
  return typeof detail !== 'object' || Object.keys(detail).length > 0;
}
