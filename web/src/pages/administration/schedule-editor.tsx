import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useSaveSchedule } from '../../api/actions';
import { useAdministrationPart } from '../../api/queries';
import type { Administration, Schedule } from '../../api/types';
import { Failed, Loaded, notifyDone } from '../../ui/feedback';
import { Moment } from '../../ui/figures';
import { Section } from '../../ui/page';
import { useText } from '../../ui/text';

const PRESETS = {
  quarter: '*/15 * * * *',
  hour: '0 * * * *',
  workday: '0 7-19 * * 1-5',
  morning: '0 6 * * *',
} as const;
const CHOICES = ['quarter', 'hour', 'workday', 'morning', 'custom'] as const;
type ChoiceKey = (typeof CHOICES)[number];

function presetOf(cron: string): ChoiceKey {
  const entries = Object.entries(PRESETS) as [keyof typeof PRESETS, string][];
  return entries.find(([, each]) => each === cron.trim())?.[0] ?? 'custom';
}

export function ScheduleEditor({ administration }: { administration: Administration }): JSX.Element {
  const query = useAdministrationPart<Schedule>(administration.id, 'schedule');
  return (
    <Loaded from={query}>{(schedule) => <Editor administrationId={administration.id} schedule={schedule} />}</Loaded>
  );
}

interface EditorProps {
  administrationId: string;
  schedule: Schedule;
}

function Editor({ administrationId, schedule }: EditorProps): JSX.Element {
  const { t } = useText();
  const save = useSaveSchedule(administrationId);
  const [draft, setDraft] = useState({ cron: schedule.cron, timeZone: schedule.timeZone, enabled: schedule.enabled });
  const changed =
    draft.cron !== schedule.cron || draft.timeZone !== schedule.timeZone || draft.enabled !== schedule.enabled;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: () => notifyDone(t('common.saved')) });
  };
  return (
    <div className="op-columns">
      <form className="op-stack" style={{ maxWidth: 480, gap: 16 }} onSubmit={submit} data-testid="schedule-form">
        <p className="op-muted">{t('administration.scheduleIntro')}</p>
        <Switch
          label={t('administration.scheduleEnabled')}
          checked={draft.enabled}
          onChange={(event) => setDraft({ ...draft, enabled: event.currentTarget.checked })}
        />
        <CronFields draft={draft} setDraft={setDraft} />
        {save.isError && <Failed error={save.error} />}
        <div>
          <Button type="submit" disabled={!changed} loading={save.isPending} data-testid="schedule-save">
            {t('administration.scheduleSave')}
          </Button>
        </div>
      </form>
      <div>
        <Section title={t('administration.scheduleNext')}>
          <NextRuns schedule={schedule} changed={changed} />
        </Section>
      </div>
    </div>
  );
}

interface Draft {
  cron: string;
  timeZone: string;
  enabled: boolean;
}

function CronFields({ draft, setDraft }: { draft: Draft; setDraft: (draft: Draft) => void }): JSX.Element {
  const { t } = useText();
  const [custom, setCustom] = useState(presetOf(draft.cron) === 'custom');
  const preset = custom ? 'custom' : presetOf(draft.cron);
  const choose = (value: string): void => {
    setCustom(value === 'custom');
    if (value !== 'custom') setDraft({ ...draft, cron: PRESETS[value as keyof typeof PRESETS] });
  };
  return (
    <>
      <NativeSelect
        size="md"
        label={t('administration.schedulePreset')}
        value={preset}
        onChange={(event) => choose(event.currentTarget.value)}
        data={CHOICES.map((each) => ({ value: each, label: t(`administration.schedulePresets.${each}`) }))}
      />
      {preset === 'custom' && (
        <TextInput
          size="md"
          label={t('administration.scheduleCron')}
          description={t('administration.scheduleCronHint')}
          value={draft.cron}
          required
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => setDraft({ ...draft, cron: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        size="md"
        label={t('administration.scheduleZone')}
        value={draft.timeZone}
        onChange={(event) => setDraft({ ...draft, timeZone: event.currentTarget.value })}
        data={[...new Set([draft.timeZone, 'Europe/Amsterdam', 'Europe/Brussels', 'UTC'])]}
      />
    </>
  );
}

function NextRuns({ schedule, changed }: { schedule: Schedule; changed: boolean }): JSX.Element {
  const { t } = useText();
  if (changed) return <p className="op-muted">{t('administration.scheduleChanged')}</p>;
  if (!schedule.enabled) return <p className="op-muted">{t('administration.scheduleOff')}</p>;
  return (
    <ol className="op-card op-stack-tight" style={{ margin: 0, paddingLeft: 36 }} data-testid="next-runs">
      {schedule.nextRuns.slice(0, 5).map((each) => (
        <li key={each}>
          <Moment value={each} />
        </li>
      ))}
    </ol>
  );
}
