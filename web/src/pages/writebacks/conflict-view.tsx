import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useResolveWriteback } from '../../api/actions';
import type { Writeback, WritebackConflict } from '../../api/types';
import { Failed, Notice, notifyDone } from '../../ui/feedback';
import { useText } from '../../ui/text';

/** Three states of the same text beside each other; lines that differ from what we had left stand out by mark and colour. */
export function ConflictView({
  writeback,
  conflict,
}: {
  writeback: Writeback;
  conflict: WritebackConflict;
}): JSX.Element {
  const { t } = useText();
  const resolve = useResolveWriteback();
  const [note, setNote] = useState('');
  const act = (choice: 'theirs' | 'ours'): void =>
    resolve.mutate(
      { id: writeback.id, choice, note: note.trim() },
      { onSuccess: () => notifyDone(t(choice === 'ours' ? 'writebacks.oursChosen' : 'writebacks.theirsChosen')) },
    );
  const before = conflict.before === null ? null : conflict.before.split('\n');
  return (
    <Notice tone="warn" icon="warning" title={t('writebacks.conflictTitle')} testId="conflict">
      <div className="op-stack-tight">
        <p>{t('writebacks.conflictText')}</p>
        <div className="op-versions">
          <Version title={t('writebacks.before')} text={conflict.before} against={before} testId="conflict-before" />
          <Version title={t('writebacks.theirs')} text={conflict.theirs} against={before} testId="conflict-theirs" />
          <Version title={t('writebacks.ours')} text={conflict.ours} against={before} testId="conflict-ours" />
        </div>
        <TextInput
          size="md"
          label={t('writebacks.why')}
          description={t('writebacks.whyHint')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {resolve.isError && <Failed error={resolve.error} />}
        <div className="op-row">
          <Button loading={resolve.isPending} onClick={() => act('theirs')} data-testid="keep-theirs">
            {t('writebacks.keepTheirs')}
          </Button>
          <Button
            variant="default"
            loading={resolve.isPending}
            onClick={() => act('ours')}
            title={t('writebacks.writeOursHint')}
            data-testid="write-ours"
          >
            {t('writebacks.writeOurs')}
          </Button>
        </div>
      </div>
    </Notice>
  );
}

interface VersionProps {
  title: string;
  text: string | null;
  against: readonly string[] | null;
  testId: string;
}

function Version({ title, text, against, testId }: VersionProps): JSX.Element {
  const { t } = useText();
  const lines = text === null || text === '' ? [] : text.split('\n');
  return (
    <section aria-label={title} data-testid={testId}>
      <h3>{title}</h3>
      {lines.length === 0 ? (
        <p className="op-muted op-small">{t(text === null ? 'writebacks.neverWritten' : 'writebacks.emptied')}</p>
      ) : (
        <pre>
          {lines.map((line, index) => {
            const isNew = against !== null && !against.includes(line);
            return (
              <span key={`${index}-${line}`} data-new={isNew || undefined}>
                {isNew && <span className="op-visually-hidden">{t('writebacks.changedLine')} </span>}
                {line}
              </span>
            );
          })}
        </pre>
      )}
    </section>
  );
}
