import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useText } from '../../ui/text';
import { DAYS, fromCron, INTERVALS, PRESETS, sayCron, toCron } from './cron-words';
import type { CronWords, PresetKey } from './cron-words';

interface CronFieldsProps {
  cron: string;
  /** What is wrong with the line, in the reader's words. */
  error: string | null;
  onChange: (cron: string) => void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const OFFICE_HOURS = { from: 7, until: 19 };
const FIRST_TIMES = [6, 12];

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** A schedule three ways: a common one at a click, a sentence with choices, or the cron line itself. */
export function CronFields({ cron, error, onChange }: CronFieldsProps): JSX.Element {
  const { t } = useText();
  const words = fromCron(cron);
  const [custom, setCustom] = useState(words === null);
  const choose = (key: PresetKey): void => {
    setCustom(false);
    onChange(PRESETS[key]);
  };
  return (
    <>
      <div className="op-chips" role="group" aria-label={t('administration.schedulePreset')}>
        {(Object.keys(PRESETS) as PresetKey[]).map((key) => (
          <button
            key={key}
            type="button"
            className="op-chip"
            aria-pressed={!custom && cron.trim() === PRESETS[key]}
            data-testid={`preset-${key}`}
            onClick={() => choose(key)}
          >
            {t(`administration.schedulePresets.${key}`)}
          </button>
        ))}
        <button
          type="button"
          className="op-chip"
          aria-pressed={custom}
          data-testid="preset-custom"
          onClick={() => setCustom(true)}
        >
          {t('administration.schedulePresets.custom')}
        </button>
      </div>
      {custom || words === null ? (
        <TextInput
          size="md"
          label={t('administration.scheduleCron')}
          description={t('administration.scheduleCronHint')}
          value={cron}
          error={error}
          required
          data-testid="cron-line"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <WordFields words={words} onChange={(next) => onChange(toCron(next))} />
      )}
      <Sentence cron={cron} error={custom || words === null ? null : error} />
    </>
  );
}

function Sentence({ cron, error }: { cron: string; error: string | null }): JSX.Element | null {
  const { language } = useText();
  const sentence = sayCron(cron, language);
  if (error !== null)
    return (
      <p role="alert" style={{ color: 'var(--op-failed)' }}>
        {error}
      </p>
    );
  if (sentence === null) return null;
  return (
    <p data-testid="cron-sentence">
      <strong>{sentence}</strong> <code className="op-mono op-muted op-small op-nowrap">{cron.trim()}</code>
    </p>
  );
}

function WordFields({ words, onChange }: { words: CronWords; onChange: (words: CronWords) => void }): JSX.Element {
  const { t } = useText();
  const changeEvery = (every: CronWords['every']): void => {
    const times = every === 'times' ? (words.times.length > 0 ? words.times : FIRST_TIMES) : [];
    onChange({ ...words, every, times, hours: every === 'times' ? null : words.hours });
  };
  return (
    <div className="op-row" style={{ alignItems: 'flex-end', flexWrap: 'wrap', gap: 12 }}>
      <NativeSelect
        size="md"
        label={t('administration.scheduleEvery')}
        value={words.every}
        data-testid="cron-every"
        onChange={(event) => changeEvery(event.currentTarget.value as CronWords['every'])}
        data={[...INTERVALS, 'times' as const].map((value) => ({
          value,
          label: t(`administration.scheduleIntervals.${value}`),
        }))}
      />
      <NativeSelect
        size="md"
        label={t('administration.scheduleDays')}
        value={words.days}
        data-testid="cron-days"
        onChange={(event) => onChange({ ...words, days: event.currentTarget.value as CronWords['days'] })}
        data={DAYS.map((value) => ({ value, label: t(`administration.scheduleDayNames.${value}`) }))}
      />
      {words.every === 'times' ? (
        <MultiSelect
          size="md"
          label={t('administration.scheduleTimes')}
          value={words.times.map(String)}
          data={HOURS.map((hour) => ({ value: String(hour), label: clock(hour) }))}
          onChange={(values) => values.length > 0 && onChange({ ...words, times: values.map(Number) })}
        />
      ) : (
        <HourFields words={words} onChange={onChange} />
      )}
    </div>
  );
}

function HourFields({ words, onChange }: { words: CronWords; onChange: (words: CronWords) => void }): JSX.Element {
  const { t } = useText();
  const { hours } = words;
  const options = HOURS.map((hour) => ({ value: String(hour), label: clock(hour) }));
  return (
    <>
      <NativeSelect
        size="md"
        label={t('administration.scheduleHours')}
        value={hours === null ? 'day' : 'some'}
        onChange={(event) => onChange({ ...words, hours: event.currentTarget.value === 'day' ? null : OFFICE_HOURS })}
        data={[
          { value: 'day', label: t('administration.scheduleWholeDay') },
          { value: 'some', label: t('administration.scheduleSomeHours') },
        ]}
      />
      {hours !== null && (
        <>
          <NativeSelect
            size="md"
            label={t('administration.scheduleFrom')}
            value={String(hours.from)}
            data={options.slice(0, hours.until + 1)}
            onChange={(event) => onChange({ ...words, hours: { ...hours, from: Number(event.currentTarget.value) } })}
          />
          <NativeSelect
            size="md"
            label={t('administration.scheduleUntil')}
            value={String(hours.until)}
            data={options.slice(hours.from)}
            onChange={(event) => onChange({ ...words, hours: { ...hours, until: Number(event.currentTarget.value) } })}
          />
        </>
      )}
    </>
  );
}
