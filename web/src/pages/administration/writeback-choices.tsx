import { Button, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useChangeAdministration } from '../../api/actions';
import type { Administration } from '../../api/types';
import { Failed, notifyDone } from '../../ui/feedback';
import { useText } from '../../ui/text';

const CHOICES = ['note', 'document'] as const;

export function WritebackChoices({ administration }: { administration: Administration }): JSX.Element {
  const { t } = useText();
  const save = useChangeAdministration(administration.id);
  const [choices, setChoices] = useState(administration.writebackChoices);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ writebackChoices: choices }, { onSuccess: () => notifyDone(t('common.saved')) });
  };
  return (
    <form className="op-stack" style={{ maxWidth: 560 }} onSubmit={submit}>
      <p className="op-muted">{t('administration.writeback.intro')}</p>
      {CHOICES.map((each) => (
        <Switch
          key={each}
          size="md"
          label={t(`administration.writeback.${each}`)}
          description={t(`administration.writeback.${each}Hint`)}
          checked={choices[each]}
          onChange={(event) => setChoices({ ...choices, [each]: event.currentTarget.checked })}
        />
      ))}
      {save.isError && <Failed error={save.error} />}
      <div className="op-row">
        <Button type="submit" loading={save.isPending}>
          {t('administration.writeback.save')}
        </Button>
        <Link to="/writebacks" search={{ administration: administration.id }}>
          {t('administration.writeback.see')}
        </Link>
      </div>
    </form>
  );
}
