import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useChangeDebtor } from '../../api/actions';
import { useAdministrationPart } from '../../api/queries';
import type { Debtor, DebtorChange, SegmentRules } from '../../api/types';
import { Failed, notifyDone } from '../../ui/feedback';
import { useSegmentName } from '../../ui/segment-badge';
import { humanise, useText } from '../../ui/text';

const LANGUAGES = ['nl', 'en', 'fr'] as const;

interface Draft {
  name: string;
  email: string;
  segment: string;
  language: string;
  kind: 'business' | 'consumer';
}

function toDraft(debtor: Debtor): Draft {
  return {
    name: debtor.dunningContact?.name ?? '',
    email: debtor.dunningContact?.email ?? '',
    segment: debtor.overrides?.segment ?? '',
    language: debtor.overrides?.language ?? '',
    kind: debtor.kind,
  };
}

/** Only what differs from before is sent, so that two people editing do not undo each other. */
function toChange(before: Draft, after: Draft): DebtorChange {
  const change: DebtorChange = {};
  const emptyToNull = (value: string): string | null => (value === '' ? null : value);
  if (after.segment !== before.segment) change.segment = emptyToNull(after.segment);
  if (after.language !== before.language) change.language = emptyToNull(after.language);
  if (after.kind !== before.kind) change.kind = after.kind;
  if (after.name !== before.name || after.email !== before.email) {
    change.dunningContact = after.email === '' ? null : { name: after.name, email: after.email };
  }
  return change;
}

export function DebtorDialog({ debtor, onClose }: { debtor: Debtor; onClose: () => void }): JSX.Element {
  const { t } = useText();
  const save = useChangeDebtor(debtor.id);
  const [draft, setDraft] = useState(() => toDraft(debtor));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(toChange(toDraft(debtor), draft), {
      onSuccess: () => {
        notifyDone(t('common.saved'));
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('debtor.editTitle', { name: debtor.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className="op-stack" onSubmit={submit}>
        <ContactFields draft={draft} setDraft={setDraft} />
        <RuleFields administrationId={debtor.administrationId} draft={draft} setDraft={setDraft} />
        {save.isError && <Failed error={save.error} />}
        <div className="op-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('debtor.editSave')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  draft: Draft;
  setDraft: (draft: Draft) => void;
}

function ContactFields({ draft, setDraft }: FieldsProps): JSX.Element {
  const { t } = useText();
  return (
    <>
      <TextInput
        size="md"
        label={t('debtor.editName')}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        size="md"
        type="email"
        label={t('debtor.editEmail')}
        value={draft.email}
        onChange={(event) => setDraft({ ...draft, email: event.currentTarget.value })}
      />
    </>
  );
}

function RuleFields({ administrationId, draft, setDraft }: FieldsProps & { administrationId: string }): JSX.Element {
  const { t } = useText();
  const name = useSegmentName();
  const segments = Object.keys(useAdministrationPart<SegmentRules>(administrationId, 'segments').data?.counts ?? {});
  const known = [...new Set([...segments, ...(draft.segment === '' ? [] : [draft.segment])])];
  return (
    <>
      <NativeSelect
        size="md"
        label={t('debtor.editSegment')}
        value={draft.segment}
        onChange={(event) => setDraft({ ...draft, segment: event.currentTarget.value })}
        data={[
          { value: '', label: t('debtor.editSegmentAuto') },
          ...known.map((id) => ({ value: id, label: name({ id, name: humanise(id) }) })),
        ]}
      />
      <NativeSelect
        size="md"
        label={t('debtor.editLanguage')}
        value={draft.language}
        onChange={(event) => setDraft({ ...draft, language: event.currentTarget.value })}
        data={[
          { value: '', label: t('debtor.editLanguageAuto') },
          ...LANGUAGES.map((each) => ({ value: each, label: t(`states.lang.${each}`) })),
        ]}
      />
      <NativeSelect
        size="md"
        label={t('debtor.editKind')}
        value={draft.kind}
        onChange={(event) => setDraft({ ...draft, kind: event.currentTarget.value as Draft['kind'] })}
        data={[
          { value: 'business', label: t('states.debtorKind.business') },
          { value: 'consumer', label: t('states.debtorKind.consumer') },
        ]}
      />
    </>
  );
}
