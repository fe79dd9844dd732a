import { Button, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useChangeAdministration } from '../../api/actions';
import { useConnectors } from '../../api/queries';
import type { Administration, Connector, WritebackChoice } from '../../api/types';
import { Empty, Failed, notifyDone } from '../../ui/feedback';
import { useText } from '../../ui/text';

/** Choices by the operations that a package declares, in the order in which they are shown. */
const CHOICES: readonly (readonly [WritebackChoice, operation: string])[] = [
  ['note', 'note'],
  ['document', 'document'],
  ['standing', 'standing'],
  ['dunningStatus', 'dunning-status'],
  ['badge', 'badge'],
  ['task', 'task'],
  ['ownReminders', 'own-reminders'],
  ['reminderEmail', 'reminder-email'],
];

function offeredBy(connector: Connector | undefined): readonly WritebackChoice[] {
  const offered = new Set(connector?.objects.flatMap((row) => row.writeOperations.map(({ operation }) => operation)));
  return CHOICES.filter(([, operation]) => offered.has(operation)).map(([choice]) => choice);
}

export function WritebackChoices({ administration }: { administration: Administration }): JSX.Element {
  const { t } = useText();
  const save = useChangeAdministration(administration.id);
  const connectors = useConnectors();
  const offered = offeredBy(connectors.data?.items.find(({ id }) => id === administration.connector));
  const [choices, setChoices] = useState(administration.writebackChoices);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = Object.fromEntries(offered.map((each) => [each, choices[each]]));
    save.mutate({ writebackChoices: wanted }, { onSuccess: () => notifyDone(t('common.saved')) });
  };
  // A package that takes nothing has nothing to choose, to save, or to look at.
  if (connectors.data !== undefined && offered.length === 0) {
    return <Empty title={t('administration.writeback.nothingTitle')} text={t('administration.writeback.nothing')} />;
  }
  return (
    <form className="op-stack" style={{ maxWidth: 560 }} onSubmit={submit} data-testid="writeback-choices">
      <p className="op-muted">{t('administration.writeback.intro')}</p>
      {connectors.isError && <Failed error={connectors.error} />}
      {offered.map((each) => (
        <Switch
          key={each}
          size="md"
          label={t(`administration.writeback.${each}`)}
          description={t(`administration.writeback.${each}Hint`)}
          checked={choices[each]}
          onChange={(event) => setChoices({ ...choices, [each]: event.currentTarget.checked })}
          data-testid={`choice-${each}`}
        />
      ))}
      {save.isError && <Failed error={save.error} />}
      <div className="op-row">
        <Button type="submit" loading={save.isPending} disabled={offered.length === 0}>
          {t('administration.writeback.save')}
        </Button>
        <Link to="/writebacks" search={{ administration: administration.id }}>
          {t('administration.writeback.see')}
        </Link>
      </div>
    </form>
  );
}
