import { Button } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useDiscardFile } from '../../api/files';
import { apiPath } from '../../api/client';
import { useAdministrationRows } from '../../api/queries';
import type { Administration, ImportFile } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { notifyDone, notifyFailed } from '../../ui/feedback';
import { Ago } from '../../ui/figures';
import { Section } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';
import { Review } from './review';
import { sayCounts } from './say-counts';
import { UploadBox } from './upload-box';

/** Bring a file, look at it, import it; below, what became of the files before. */
export function FilesTab({ administration }: { administration: Administration }): JSX.Element {
  const { t } = useText();
  const [open, setOpen] = useState<ImportFile | null>(null);
  return (
    <div className="op-stack" data-testid="files-tab">
      <p className="op-muted" style={{ maxWidth: '96ch' }}>
        {t('files.intro')}
      </p>
      {open === null ? (
        <UploadBox administrationId={administration.id} brought={setOpen} />
      ) : (
        <Review key={open.id} file={open} administration={administration} close={() => setOpen(null)} />
      )}
      <Section title={t('files.listTitle')}>
        <FileList administrationId={administration.id} look={setOpen} />
      </Section>
    </div>
  );
}

interface FileListProps {
  administrationId: string;
  look: (file: ImportFile) => void;
}

function FileList({ administrationId, look }: FileListProps): JSX.Element {
  const text = useText();
  const { t } = text;
  const source = useAdministrationRows<ImportFile>(administrationId, 'files');
  const columns: Column<ImportFile>[] = [
    {
      key: 'name',
      header: t('files.file'),
      primary: true,
      cell: (row) => (
        <a href={apiPath(`/files/${row.id}/content`)} download={row.name} title={t('files.save')}>
          {row.name}
        </a>
      ),
    },
    { key: 'kind', header: t('files.kindLabel'), cell: (row) => lookUp(text, 'files.kind', row.kind) },
    { key: 'state', header: t('files.stateLabel'), cell: (row) => <StateWord of="importFile" state={row.state} /> },
    { key: 'result', header: t('files.result'), cell: (row) => row.problem ?? sayCounts(row.counts, row.state, text) },
    {
      key: 'when',
      header: t('files.broughtBy'),
      cell: (row) => (
        <span className="op-small">
          <Ago value={row.createdAt} />{' '}
          <span className="op-muted">{t(`files.origin.${row.origin}`, { who: row.createdBy })}</span>
        </span>
      ),
    },
    { key: 'act', header: '', cell: (row) => <Actions row={row} look={look} /> },
  ];
  return (
    <DataTable
      caption={t('files.listTitle')}
      columns={columns}
      source={source}
      rowKey={(row) => row.id}
      rowTestId="file-row"
      empty={{ title: t('files.emptyTitle'), text: t('files.emptyText') }}
    />
  );
}

function Actions({ row, look }: { row: ImportFile; look: (file: ImportFile) => void }): JSX.Element | null {
  const text = useText();
  const { t } = text;
  const discard = useDiscardFile(row.administrationId);
  if (row.state !== 'waiting' && row.state !== 'held') return null;
  const putAway = (): void =>
    discard.mutate(row.id, {
      onSuccess: () => notifyDone(t('files.discarded')),
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <span className="op-row" style={{ gap: 4, flexWrap: 'nowrap', justifyContent: 'flex-end' }}>
      <Button size="xs" onClick={() => look(row)} data-testid="look-at-file">
        {t('files.look')}
      </Button>
      <Button size="xs" variant="subtle" color="red" loading={discard.isPending} onClick={putAway}>
        {t('files.discard')}
      </Button>
    </span>
  );
}
