import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DragEvent, JSX } from 'react';
import { useBringFile } from '../../api/files';
import type { ImportFile } from '../../api/types';
import { Failed } from '../../ui/feedback';
import { useText } from '../../ui/text';

const ACCEPT = '.csv,.txt,.tsv,.xlsx,.xml,text/csv,application/xml';

interface UploadBoxProps {
  administrationId: string;
  brought: (file: ImportFile) => void;
}

/** One file at a time, dropped or chosen; it is only kept, nothing is imported yet. */
export function UploadBox({ administrationId, brought }: UploadBoxProps): JSX.Element {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const bring = useBringFile(administrationId);
  const take = (file: File | undefined): void => {
    if (file !== undefined) bring.mutate(file, { onSuccess: brought });
    if (input.current !== null) input.current.value = '';
  };
  const hover = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(on);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div className="op-stack-tight">
      <div
        className="op-drop"
        data-over={over || undefined}
        onDragOver={hover(true)}
        onDragLeave={hover(false)}
        onDrop={drop}
      >
        <div>
          <p className="op-strong">{t('files.dropTitle')}</p>
          <p className="op-muted op-small">{t('files.dropText')}</p>
        </div>
        <Button loading={bring.isPending} onClick={() => input.current?.click()} data-testid="choose-file">
          {t('files.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          accept={ACCEPT}
          className="op-visually-hidden"
          aria-label={t('files.choose')}
          tabIndex={-1}
          onChange={(event) => take(event.currentTarget.files?.[0])}
          data-testid="file-input"
        />
      </div>
      {bring.isError && <Failed error={bring.error} />}
    </div>
  );
}
