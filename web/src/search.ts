import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Every parameter a view may carry in its address. All are plain words, so that addresses stay readable. */
const PARAMETERS = [
  'administration',
  'search',
  'segment',
  'overdue',
  'bucket',
  'sort',
  'status',
  'level',
  'blocked',
  'state',
  'decision',
  'reason',
  'tab',
  'result',
  'check',
  'all',
  'run',
  'debtor',
  'next',
] as const;
export type Parameter = (typeof PARAMETERS)[number];
export type AppSearch = Partial<Record<Parameter, string | undefined>>;

export function readSearch(raw: Record<string, unknown>): AppSearch {
  const known: AppSearch = {};
  for (const name of PARAMETERS) {
    const value = raw[name];
    if (typeof value === 'string' && value !== '') known[name] = value;
  }
  return known;
}

export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
  const written = new URLSearchParams(entries as [string, string][]).toString();
  return written === '' ? '' : `?${written}`;
}

/** The filters in the address, and a way to change some of them without a new entry in the history. */
export function useFilters(): [AppSearch, (change: AppSearch) => void] {
  const filters = useSearch({ strict: false }) as AppSearch;
  const navigate = useNavigate();
  const change = useCallback(
    (next: AppSearch) => {
      const merge = (previous: AppSearch): AppSearch => readSearch({ ...previous, ...next });
      void navigate({ to: '.', search: merge, replace: true, resetScroll: false });
    },
    [navigate],
  );
  return [filters, change];
}
