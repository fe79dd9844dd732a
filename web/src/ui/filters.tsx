import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { Icon } from './icons';
import { useText } from './text';

const TYPING_PAUSE_MS = 300;

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Searches once typing pauses; the address follows, so the result can be shared. */
export function SearchField({ label, value, onChange }: SearchFieldProps): JSX.Element {
  const { t } = useText();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      type="search"
      label={t('common.search')}
      placeholder={label}
      leftSection={<Icon name="search" />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      style={{ flex: '2 1 240px' }}
      data-testid="search"
    />
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  testId?: string;
}

/** The browser's own select: quick by keyboard, right on a phone. */
export function Choice({ label, value, options, onChange, testId }: ChoiceProps): JSX.Element {
  return (
    <NativeSelect
      label={label}
      value={value}
      data={options.map((each) => ({ ...each }))}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-testid={testId}
    />
  );
}

interface ChipsProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string; count?: number }[];
  onChange: (value: string) => void;
}

/** Filters with their counts; one is pressed at a time, pressing it again lets go. */
export function Chips({ label, value, options, onChange }: ChipsProps): JSX.Element {
  const { count } = useText();
  return (
    <div className="op-chips" role="group" aria-label={label}>
      {options.map((each) => (
        <button
          key={each.value}
          type="button"
          className="op-chip"
          aria-pressed={each.value === value}
          data-testid={`chip-${each.value === '' ? 'all' : each.value}`}
          onClick={() => onChange(each.value === value ? '' : each.value)}
        >
          {each.label}
          {each.count !== undefined && <b>{count(each.count)}</b>}
        </button>
      ))}
    </div>
  );
}
