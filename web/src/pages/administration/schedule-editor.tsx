import { Button, NativeSelect, Switch } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useSaveSchedule } from '../../api/actions';
import { ProblemError } from '../../api/client';
import { useAdministrationPart, useScheduleDraft } from '../../api/queries';
import type { Administration, Schedule } from '../../api/types';
import { Failed, Loaded, notifyDone } from '../../ui/feedback';
import { Moment } from '../../ui/figures';
import { Section } from '../../ui/page';
import { useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { CronFields } from './cron-fields';
import { ForecastWarning, QuotaForecast } from './quota-forecast';

const TYPING_PAUSE_MS = 350;

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

interface Draft {
  cron: string;
  timeZone: string;
  enabled: boolean;
}

function Editor({ administrationId, schedule }: EditorProps): JSX.Element {
  const text = useText();
  const { t } = text;
  const save = useSaveSchedule(administrationId);
  const [draft, setDraft] = useState<Draft>({
    cron: schedule.cron,
    timeZone: schedule.timeZone,
    enabled: schedule.enabled,
  });
  const changed =
    draft.cron !== schedule.cron || draft.timeZone !== schedule.timeZone || draft.enabled !== schedule.enabled;
  const [asked] = useDebouncedValue(draft, TYPING_PAUSE_MS);
  const preview = useScheduleDraft(administrationId, asked);
  const error = cronError(preview.error, text);
  const shown = preview.isError ? undefined : (preview.data ?? schedule);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: () => notifyDone(t('common.saved')) });
  };
  return (
    <div className="op-columns">
      <form className="op-stack" style={{ maxWidth: 640, gap: 16 }} onSubmit={submit} data-testid="schedule-form">
        <p className="op-muted">{t('administration.scheduleIntro')}</p>
        <Switch
          label={t('administration.scheduleEnabled')}
          checked={draft.enabled}
          onChange={(event) => setDraft({ ...draft, enabled: event.currentTarget.checked })}
        />
        <CronFields cron={draft.cron} error={error} onChange={(cron) => setDraft({ ...draft, cron })} />
        <ZoneField draft={draft} setDraft={setDraft} />
        {preview.isError && error === null && <Failed error={preview.error} />}
        {shown?.forecast != null && <ForecastWarning forecast={shown.forecast} />}
        {save.isError && <Failed error={save.error} />}
        <div>
          <Button
            type="submit"
            disabled={!changed || error !== null}
            loading={save.isPending}
            data-testid="schedule-save"
          >
            {t('administration.scheduleSave')}
          </Button>
        </div>
      </form>
      <Outlook shown={shown} enabled={draft.enabled} />
    </div>
  );
}

function ZoneField({ draft, setDraft }: { draft: Draft; setDraft: (draft: Draft) => void }): JSX.Element {
  const { t } = useText();
  return (
    <NativeSelect
      size="md"
      label={t('administration.scheduleZone')}
      value={draft.timeZone}
      onChange={(event) => setDraft({ ...draft, timeZone: event.currentTarget.value })}
      data={[...new Set([draft.timeZone, 'Europe/Amsterdam', 'Europe/Brussels', 'UTC'])]}
    />
  );
}

/** What the draft means: when it runs, in the reader's own time, and what that costs. */
function Outlook({ shown, enabled }: { shown: Schedule | undefined; enabled: boolean }): JSX.Element {
  const { t } = useText();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div>
      <Section title={t('administration.scheduleNext')} intro={t('administration.scheduleNextZone', { zone: own })}>
        {!enabled && <p className="op-muted">{t('administration.scheduleOff')}</p>}
        {shown === undefined ? (
          <p className="op-muted">{t('administration.scheduleNone')}</p>
        ) : (
          <ol
            className="op-card op-stack-tight"
            style={{ margin: 0, paddingLeft: 36, opacity: enabled ? 1 : 0.6 }}
            data-testid="next-runs"
          >
            {shown.nextRuns.slice(0, 5).map((each) => (
              <li key={each}>
                <Moment value={each} />
              </li>
            ))}
          </ol>
        )}
      </Section>
      {shown?.forecast != null && (
        <Section title={t('administration.forecast')}>
          <QuotaForecast forecast={shown.forecast} />
        </Section>
      )}
    </div>
  );
}

const KNOWN_ERRORS = [
  [/five fields/, 'administration.scheduleErrorFields'],
  [/minutes between/, 'administration.scheduleErrorGap'],
  [/moment that comes/, 'administration.scheduleErrorNever'],
] as const;

/** What is wrong with the line, in the reader's language; null when the server had nothing against it. */
function cronError(error: unknown, { t }: TextTools): string | null {
  if (!(error instanceof ProblemError)) return null;
  const expected = error.errors.find(({ path }) => path === 'cron')?.expected;
  if (expected === undefined) return null;
  const known = KNOWN_ERRORS.find(([pattern]) => pattern.test(expected));
  return known === undefined ? t('administration.scheduleErrorCron', { expected }) : t(known[1]);
}
