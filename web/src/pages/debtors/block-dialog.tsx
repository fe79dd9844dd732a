import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useAddBlock } from '../../api/actions';
import type { BlockKind, NewBlock } from '../../api/types';
import { localToday } from '../../format/dates';
import { Failed, notifyDone } from '../../ui/feedback';
import { useText } from '../../ui/text';

const KINDS = ['hold', 'promise', 'dispute', 'insolvency'] as const satisfies readonly BlockKind[];
type Kind = (typeof KINDS)[number];

interface BlockDialogProps {
  debtor: { id: string; name: string };
  receivable?: { id: string; invoiceNumber: string };
  kind?: Kind;
  onClose: () => void;
}

interface Draft {
  kind: Kind;
  reason: string;
  until: string;
  amount: string;
}

function toBlock({ kind, reason, until, amount }: Draft): NewBlock {
  const block: NewBlock = { kind, reason: reason.trim() };
  if (until !== '') block.until = until;
  if (amount.trim() !== '' && kind === 'promise') block.amount = amount.trim().replace(',', '.');
  return block;
}

/** A reason not to remind: on one receivable when given, otherwise on everything of the debtor. */
export function BlockDialog({ debtor, receivable, kind = 'hold', onClose }: BlockDialogProps): JSX.Element {
  const { t } = useText();
  const add = useAddBlock(
    receivable === undefined ? { debtorId: debtor.id } : { debtorId: debtor.id, receivableId: receivable.id },
  );
  const [draft, setDraft] = useState<Draft>({ kind, reason: '', until: '', amount: '' });
  const subject = receivable === undefined ? debtor.name : `${debtor.name}, ${receivable.invoiceNumber}`;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(toBlock(draft), {
      onSuccess: () => {
        notifyDone(t('blocks.added'));
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('blocks.title', { subject })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className="op-stack" onSubmit={submit} data-testid="block-form">
        <p className="op-muted op-small">{t('blocks.intro')}</p>
        <p className="op-small">
          {t('blocks.scope')}:{' '}
          <span className="op-strong">
            {receivable === undefined
              ? t('blocks.scopeDebtor')
              : t('blocks.scopeReceivable', { invoice: receivable.invoiceNumber })}
          </span>
        </p>
        <Fields draft={draft} setDraft={setDraft} />
        {add.isError && <Failed error={add.error} />}
        <div className="op-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending} data-testid="block-submit">
            {t('blocks.add')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Fields({ draft, setDraft }: { draft: Draft; setDraft: (draft: Draft) => void }): JSX.Element {
  const { t } = useText();
  const today = localToday();
  return (
    <>
      <NativeSelect
        size="md"
        label={t('blocks.kind')}
        value={draft.kind}
        onChange={(event) => setDraft({ ...draft, kind: event.currentTarget.value as Kind })}
        data={KINDS.map((each) => ({ value: each, label: t(`states.block.${each}`) }))}
      />
      <Textarea
        size="md"
        rows={2}
        required
        label={t('blocks.reason')}
        description={t('blocks.reasonHint')}
        value={draft.reason}
        onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
      />
      <TextInput
        size="md"
        type="date"
        min={today}
        required={draft.kind === 'promise'}
        label={t('blocks.until')}
        description={draft.kind === 'promise' ? t('blocks.untilNeeded') : t('blocks.untilHint')}
        value={draft.until}
        onChange={(event) => setDraft({ ...draft, until: event.currentTarget.value })}
      />
      {draft.kind === 'promise' && (
        <TextInput
          size="md"
          inputMode="decimal"
          pattern="\d+([.,]\d{1,2})?"
          label={t('blocks.amount')}
          description={t('blocks.amountHint')}
          value={draft.amount}
          onChange={(event) => setDraft({ ...draft, amount: event.currentTarget.value })}
        />
      )}
    </>
  );
}
