import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useSettleMessage } from '../../api/actions';
import type { Message } from '../../api/types';
import { Failed, Notice, notifyDone } from '../../ui/feedback';
import { useText } from '../../ui/text';

/** A person decides what really happened; until then nothing is sent again. */
export function SettleForm({ message }: { message: Message }): JSX.Element {
  const { t } = useText();
  const settle = useSettleMessage(message.id);
  const [note, setNote] = useState('');
  const act = (outcome: 'sent' | 'not-sent'): void =>
    settle.mutate({ outcome, note }, { onSuccess: () => notifyDone(t('messages.settled')) });
  return (
    <Notice tone="warn" icon="question" title={t('messages.settleTitle')} testId="settle">
      <div className="op-stack-tight">
        <p>{t('messages.settleText')}</p>
        <TextInput
          size="md"
          required
          label={t('messages.settleNote')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {settle.isError && <Failed error={settle.error} />}
        <div className="op-row">
          <Button
            loading={settle.isPending}
            disabled={note.trim() === ''}
            onClick={() => act('sent')}
            data-testid="settle-sent"
          >
            {t('messages.settleSent')}
          </Button>
          <Button
            variant="default"
            loading={settle.isPending}
            disabled={note.trim() === ''}
            onClick={() => act('not-sent')}
            data-testid="settle-not-sent"
          >
            {t('messages.settleNotSent')}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
