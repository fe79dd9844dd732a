import { Button, Modal, Switch, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useNewRun } from '../../api/actions';
import type { Administration } from '../../api/types';
import { Failed } from '../../ui/feedback';
import { useText } from '../../ui/text';

interface NewRunDialogProps {
  administration: Administration;
  onClose: () => void;
}

export function NewRunDialog({ administration, onClose }: NewRunDialogProps): JSX.Element {
  const { t } = useText();
  const start = useNewRun(administration.id);
  const navigate = useNavigate();
  const [asOf, setAsOf] = useState('');
  const [dryRun, setDryRun] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate(asOf === '' ? { dryRun } : { asOf, dryRun }, {
      onSuccess: ({ id }) => void navigate({ to: '/runs/$runId', params: { runId: id } }),
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('runs.newTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form className="op-stack" onSubmit={submit}>
        <p className="op-muted">{t('runs.newText')}</p>
        <TextInput
          size="md"
          type="date"
          label={t('runs.newAsOf')}
          description={t('runs.newAsOfHint')}
          value={asOf}
          onChange={(event) => setAsOf(event.currentTarget.value)}
        />
        <Switch
          size="md"
          label={t('runs.newDry')}
          description={t('runs.newDryHint')}
          checked={dryRun}
          onChange={(event) => setDryRun(event.currentTarget.checked)}
        />
        {start.isError && <Failed error={start.error} />}
        <div className="op-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={start.isPending} data-testid="start-run">
            {t('runs.newStart')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
