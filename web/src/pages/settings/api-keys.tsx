import { Button, CopyButton, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useCreateApiKey, useDeleteApiKey } from '../../api/actions';
import { useApiKeys } from '../../api/queries';
import type { ApiKey, NewApiKey } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Failed, Notice, notifyFailed } from '../../ui/feedback';
import { Moment } from '../../ui/figures';
import { lookUp, useText } from '../../ui/text';

const ROLES = ['viewer', 'collector', 'admin'] as const;

export function ApiKeys(): JSX.Element {
  const { t } = useText();
  const query = useApiKeys();
  const [revoking, revoke] = useState<ApiKey | null>(null);
  return (
    <div className="op-stack">
      <p className="op-muted">{t('settings.apiKeys.intro')}</p>
      <NewKeyForm />
      <DataTable
        caption={t('settings.sections.api-keys')}
        columns={useColumns(revoke)}
        source={{ rows: query.data?.items, error: query.error, refetch: query.refetch }}
        rowKey={(row) => row.id}
        rowTestId="api-key-row"
        empty={{ title: t('settings.apiKeys.emptyTitle'), text: t('settings.apiKeys.emptyText') }}
      />
      {revoking !== null && <RevokeDialog apiKey={revoking} onClose={() => revoke(null)} />}
    </div>
  );
}

function useColumns(revoke: (key: ApiKey) => void): Column<ApiKey>[] {
  const text = useText();
  const { t } = text;
  return [
    {
      key: 'name',
      header: t('settings.apiKeys.name'),
      primary: true,
      cell: (row) => <span className="op-strong">{row.name}</span>,
    },
    {
      key: 'role',
      header: t('settings.apiKeys.role'),
      cell: (row) => lookUp(text, 'settings.apiKeys.roles', row.role),
    },
    {
      key: 'made',
      header: t('settings.apiKeys.made'),
      cell: (row) => (row.createdAt === undefined ? null : <Moment value={row.createdAt} />),
    },
    {
      key: 'used',
      header: t('settings.apiKeys.lastUsed'),
      cell: (row) => (row.lastUsedAt === undefined ? null : <Moment value={row.lastUsedAt} />),
    },
    {
      key: 'act',
      header: '',
      cell: (row) => (
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => revoke(row)} data-row-link>
          {t('settings.apiKeys.revoke')}
        </Button>
      ),
    },
  ];
}

function NewKeyForm(): JSX.Element {
  const text = useText();
  const { t } = text;
  const create = useCreateApiKey();
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('viewer');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ name, role }, { onSuccess: () => setName('') });
  };
  return (
    <>
      <form className="op-filters" onSubmit={submit}>
        <TextInput
          label={t('settings.apiKeys.name')}
          placeholder={t('settings.apiKeys.nameHint')}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('settings.apiKeys.role')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
          data={ROLES.map((each) => ({ value: each, label: lookUp(text, 'settings.apiKeys.roles', each) }))}
        />
        <Button type="submit" loading={create.isPending}>
          {t('settings.apiKeys.create')}
        </Button>
      </form>
      {create.isError && <Failed error={create.error} />}
      {create.data !== undefined && <CreatedKey created={create.data} />}
    </>
  );
}

function CreatedKey({ created }: { created: NewApiKey }): JSX.Element {
  const { t } = useText();
  return (
    <Notice tone="paid" icon="checkCircle" title={t('settings.apiKeys.created')}>
      <div className="op-stack-tight">
        <p>{t('settings.apiKeys.once')}</p>
        <div className="op-row">
          <code className="op-mono" style={{ overflowWrap: 'anywhere' }}>
            {created.key}
          </code>
          <CopyButton value={created.key}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? t('common.copied') : t('common.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      </div>
    </Notice>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }): JSX.Element {
  const text = useText();
  const { t } = text;
  const remove = useDeleteApiKey();
  const act = (): void =>
    remove.mutate(apiKey.id, { onSuccess: onClose, onError: (error) => notifyFailed(error, text) });
  return (
    <Modal opened onClose={onClose} title={t('settings.apiKeys.revokeTitle', { name: apiKey.name })}>
      <div className="op-stack">
        <p>{t('settings.apiKeys.revokeText')}</p>
        <div className="op-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={act}>
            {t('settings.apiKeys.revoke')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
