import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useDecideSweep } from '../../api/actions';
import { useAdministrationRows, useSession } from '../../api/queries';
import type { Sweep } from '../../api/types';
import { Failed, Notice, notifyDone } from '../../ui/feedback';
import { useNow, useText } from '../../ui/text';

/** What a full pull missed so much of that a person has to say whether it is gone; nothing when there is no question. */
export function SweepQuestions({ administrationId }: { administrationId: string }): JSX.Element | null {
  const open = useAdministrationRows<Sweep>(administrationId, 'sweeps').rows?.filter(({ state }) => state === 'asked');
  if (open === undefined || open.length === 0) return null;
  return (
    <div className="op-stack" style={{ marginBottom: 24 }}>
      {open.map((each) => (
        <SweepQuestion key={each.id} sweep={each} />
      ))}
    </div>
  );
}

function SweepQuestion({ sweep }: { sweep: Sweep }): JSX.Element {
  const text = useText();
  const { t, count, relative } = text;
  const now = useNow();
  const isAdmin = useSession().data?.user.role === 'admin';
  const { missing, live } = sweep;
  const title = t(missing === live ? 'sweeps.titleAll' : 'sweeps.title', {
    missing: count(missing),
    live: count(live),
    objects: t(`sweeps.objects.${sweep.object}`),
  });
  return (
    <Notice tone="warn" icon="hand" title={title} testId="sweep-question">
      <div className="op-stack-tight" style={{ maxWidth: '80ch' }}>
        <p>
          {t('sweeps.text')}{' '}
          <span className="op-muted">{t('sweeps.found', { when: relative(sweep.createdAt, now) })}</span>
        </p>
        {isAdmin ? <SweepAnswer sweep={sweep} /> : <p>{t('sweeps.adminDecides')}</p>}
      </div>
    </Notice>
  );
}

/** Either answer is written down with who gave it and why. */
function SweepAnswer({ sweep }: { sweep: Sweep }): JSX.Element {
  const { t, count } = useText();
  const decide = useDecideSweep();
  const [note, setNote] = useState('');
  const n = { count: sweep.missing, n: count(sweep.missing) };
  const answer = (decision: 'delete' | 'keep'): void =>
    decide.mutate(
      { id: sweep.id, decision, note: note.trim() },
      { onSuccess: () => notifyDone(decision === 'keep' ? t('sweeps.kept') : t('sweeps.deleted', n)) },
    );
  const isBusy = (decision: 'delete' | 'keep'): boolean => decide.isPending && decide.variables.decision === decision;
  const disabled = note.trim() === '' || decide.isPending;
  return (
    <>
      <TextInput
        size="md"
        required
        label={t('sweeps.note')}
        description={t('sweeps.noteHint')}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-testid="sweep-note"
      />
      {decide.isError && <Failed error={decide.error} />}
      <div className="op-row">
        <Button loading={isBusy('keep')} disabled={disabled} onClick={() => answer('keep')} data-testid="sweep-keep">
          {t('sweeps.keep')}
        </Button>
        <Button
          variant="outline"
          color="red"
          loading={isBusy('delete')}
          disabled={disabled}
          onClick={() => answer('delete')}
          data-testid="sweep-delete"
        >
          {t('sweeps.delete', n)}
        </Button>
      </div>
    </>
  );
}
