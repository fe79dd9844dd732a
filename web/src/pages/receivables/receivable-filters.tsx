import { useCallback } from 'react';
import type { JSX } from 'react';
import { useFilters } from '../../search';
import { Choice, SearchField } from '../../ui/filters';
import { useText } from '../../ui/text';

const BUCKETS = ['not-due', '1-30', '31-60', '61-90', '90+'] as const;
const LEVELS = ['0', '1', '2', '3', '4'] as const;

export function ReceivableFilters(): JSX.Element {
  const { t } = useText();
  const [filters, change] = useFilters();
  const search = useCallback((value: string) => change({ search: value }), [change]);
  return (
    <div className="op-filters" role="search">
      <SearchField label={t('receivables.search')} value={filters.search ?? ''} onChange={search} />
      <Choice
        label={t('receivables.status')}
        value={filters.status ?? ''}
        options={[
          { value: '', label: t('receivables.statusOpen') },
          { value: 'part-paid', label: t('states.receivable.part-paid') },
          { value: 'settled', label: t('states.receivable.settled') },
          { value: 'deleted', label: t('states.receivable.deleted') },
          { value: 'all', label: t('receivables.statusAll') },
        ]}
        onChange={(status) => change({ status })}
        testId="filter-status"
      />
      <DueFilter />
      <Choice
        label={t('receivables.level')}
        value={filters.level ?? ''}
        options={[
          { value: '', label: t('receivables.levelAny') },
          ...LEVELS.map((level) => ({
            value: level,
            label: level === '0' ? t('states.level.none') : t('states.level.step', { level }),
          })),
        ]}
        onChange={(level) => change({ level })}
        testId="filter-level"
      />
      <Choice
        label={t('receivables.blocked')}
        value={filters.blocked ?? ''}
        options={[
          { value: '', label: t('receivables.blockedAny') },
          { value: 'true', label: t('receivables.blockedYes') },
          { value: 'false', label: t('receivables.blockedNo') },
        ]}
        onChange={(blocked) => change({ blocked })}
        testId="filter-blocked"
      />
    </div>
  );
}

/** One choice for two parameters: everything overdue, or one bucket of the ageing. */
function DueFilter(): JSX.Element {
  const { t } = useText();
  const [{ overdue, bucket }, change] = useFilters();
  const choose = (value: string): void =>
    change(value === 'true' ? { overdue: 'true', bucket: undefined } : { overdue: undefined, bucket: value });
  return (
    <Choice
      label={t('receivables.overdue')}
      value={bucket ?? overdue ?? ''}
      options={[
        { value: '', label: t('receivables.overdueAny') },
        { value: 'true', label: t('receivables.overdueYes') },
        ...BUCKETS.map((each) => ({ value: each, label: t(`buckets.${each}`) })),
      ]}
      onChange={choose}
      testId="filter-due"
    />
  );
}
