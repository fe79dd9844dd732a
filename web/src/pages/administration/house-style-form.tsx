import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useChangeAdministration } from '../../api/actions';
import type { Administration, HouseStyle } from '../../api/types';
import { Failed, notifyDone } from '../../ui/feedback';
import { useText } from '../../ui/text';

type TextField = 'senderName' | 'senderEmail' | 'replyTo' | 'iban' | 'bic' | 'phone' | 'accentColor';
const FIELDS: readonly { field: TextField; type: string; required: boolean }[] = [
  { field: 'senderName', type: 'text', required: true },
  { field: 'senderEmail', type: 'email', required: false },
  { field: 'replyTo', type: 'email', required: false },
  { field: 'iban', type: 'text', required: false },
  { field: 'bic', type: 'text', required: false },
  { field: 'phone', type: 'tel', required: false },
];
const NEVER_EMPTY: readonly TextField[] = ['senderName', 'accentColor'];

/** Bank data without spaces and in capitals, as banks write it; nothing that the form does not show. */
function toSaved(style: HouseStyle): HouseStyle {
  const tidy = (value: string | null): string | null => value?.replace(/\s+/g, '').toUpperCase() ?? null;
  const { senderName, senderEmail, replyTo, accentColor, signature, addressLines, phone } = style;
  const texts = { senderName, senderEmail, replyTo, accentColor, signature, addressLines, phone };
  return { ...texts, iban: tidy(style.iban), bic: tidy(style.bic) };
}

export function HouseStyleForm({ administration }: { administration: Administration }): JSX.Element {
  const { t } = useText();
  const save = useChangeAdministration(administration.id);
  const [draft, setDraft] = useState<HouseStyle>(administration.houseStyle);
  const set = (field: TextField, value: string): void =>
    setDraft({ ...draft, [field]: value === '' && !NEVER_EMPTY.includes(field) ? null : value });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const addressLines = draft.addressLines.map((each) => each.trim()).filter((each) => each !== '');
    save.mutate(
      { houseStyle: toSaved({ ...draft, addressLines }) },
      { onSuccess: () => notifyDone(t('common.saved')) },
    );
  };
  return (
    <form className="op-stack" style={{ maxWidth: 560 }} onSubmit={submit} data-testid="house-style-form">
      <p className="op-muted">{t('administration.style.intro')}</p>
      {FIELDS.map(({ field, type, required }) => (
        <TextInput
          key={field}
          size="md"
          type={type}
          required={required}
          label={t(`administration.style.${field}`)}
          value={draft[field] ?? ''}
          onChange={(event) => set(field, event.currentTarget.value)}
        />
      ))}
      <LongFields draft={draft} setDraft={setDraft} />
      {save.isError && <Failed error={save.error} />}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('administration.style.save')}
        </Button>
      </div>
    </form>
  );
}

interface LongFieldsProps {
  draft: HouseStyle;
  setDraft: (draft: HouseStyle) => void;
}

function LongFields({ draft, setDraft }: LongFieldsProps): JSX.Element {
  const { t } = useText();
  return (
    <>
      <Textarea
        size="md"
        rows={3}
        label={t('administration.style.address')}
        description={t('administration.style.addressHint')}
        value={draft.addressLines.join('\n')}
        onChange={(event) => setDraft({ ...draft, addressLines: event.currentTarget.value.split('\n') })}
      />
      <TextInput
        size="md"
        label={t('administration.style.accentColor')}
        description={t('administration.style.accentHint')}
        pattern="#[0-9a-fA-F]{6}"
        value={draft.accentColor}
        leftSection={<span className="op-swatch" style={{ background: draft.accentColor }} />}
        onChange={(event) => setDraft({ ...draft, accentColor: event.currentTarget.value })}
      />
      <Textarea
        size="md"
        rows={3}
        label={t('administration.style.signature')}
        value={draft.signature}
        onChange={(event) => setDraft({ ...draft, signature: event.currentTarget.value })}
      />
    </>
  );
}
