import { Button, Modal, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useRetryWriteback, useSettleWriteback } from '../../api/actions';
import type { Writeback } from '../../api/types';
import { Failed, notifyDone, notifyFailed } from '../../ui/feedback';
import { useText } from '../../ui/text';

export function RetryButton({ writeback }: { writeback: Writeback }): JSX.Element {
  const text = useText();
  const { t } = text;
  const retry = useRetryWriteback();
  const isBlind = writeback.state === 'unknown';
  const act = (): void =>
    retry.mutate(writeback.id, {
      onSuccess: () => notifyDone(t('writebacks.retried')),
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={retry.isPending}
      onClick={act}
      title={t(isBlind ? 'writebacks.againHint' : 'writebacks.unknownHint')}
      data-testid="writeback-retry"
    >
      {t(isBlind ? 'writebacks.again' : 'writebacks.retry')}
    </Button>
  );
}

export function SettleButton({ writeback }: { writeback: Writeback }): JSX.Element {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} data-testid="writeback-settle">
        {t('writebacks.settle')}
      </Button>
      {isOpen && <SettleDialog writeback={writeback} onClose={() => setOpen(false)} />}
    </>
  );
}

type Outcome = 'applied' | 'abandoned';

/** A person says what became of it, and why; nothing is sent. */
function SettleDialog({ writeback, onClose }: { writeback: Writeback; onClose: () => void }): JSX.Element {
  const { t } = useText();
  const settle = useSettleWriteback();
  const [outcome, setOutcome] = useState<Outcome>('applied');
  const [note, setNote] = useState('');
  const act = (): void =>
    settle.mutate(
      { id: writeback.id, outcome, note: note.trim() },
      {
        onSuccess: () => {
          notifyDone(t('writebacks.settled'));
          onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('writebacks.settleTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className="op-stack" data-testid="settle-dialog">
        <p>{writeback.summary}</p>
        {writeback.lastError !== null && (
          <p className="op-muted">
            {t('writebacks.answer')}: {writeback.lastError}
          </p>
        )}
        <Radio.Group
          label={t('writebacks.settleOutcome')}
          value={outcome}
          onChange={(value) => setOutcome(value === 'applied' ? 'applied' : 'abandoned')}
        >
          <div className="op-stack-tight" style={{ paddingTop: 8 }}>
            <Radio value="applied" label={t('writebacks.settleApplied')} />
            <Radio value="abandoned" label={t('writebacks.settleAbandoned')} />
          </div>
        </Radio.Group>
        <Textarea
          size="md"
          required
          autosize
          minRows={2}
          label={t('writebacks.why')}
          description={t('writebacks.whyHint')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-testid="settle-note"
        />
        {settle.isError && <Failed error={settle.error} />}
        <div className="op-row">
          <Button loading={settle.isPending} disabled={note.trim() === ''} onClick={act} data-testid="settle-confirm">
            {t(outcome === 'applied' ? 'writebacks.settleAppliedDo' : 'writebacks.settleAbandonedDo')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
