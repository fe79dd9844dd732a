import { Link } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import type { Overview } from '../../api/types';
import type { AppSearch } from '../../search';
import { useText } from '../../ui/text';

/** The headline figures; each leads to the rows it was counted from. */
export function Figures({ overview }: { overview: Overview }): JSX.Element {
  const { t, money, moneyRounded, count, share } = useText();
  const items = (n: number): string => t('overview.items', { count: n, n: count(n) });
  return (
    <div className="op-figures" data-testid="figures">
      <Figure label={t('overview.open')} note={items(overview.openCount)} to="/receivables" search={{}}>
        <span title={money(overview.open)} data-testid="figure-open">
          {moneyRounded(overview.open)}
        </span>
      </Figure>
      <Figure
        label={t('overview.overdue')}
        note={items(overview.overdueCount)}
        to="/receivables"
        search={{ overdue: 'true' }}
      >
        <span title={money(overview.overdue)} data-testid="figure-overdue">
          {moneyRounded(overview.overdue)}
        </span>
      </Figure>
      <Figure label={t('overview.debtors')} to="/debtors" search={{}}>
        <span data-testid="figure-debtors">{count(overview.debtorCount)}</span>
      </Figure>
      {overview.lateShare !== null && (
        <Figure
          label={t('overview.lateShare')}
          note={t('overview.lateShareHint')}
          to="/receivables"
          search={{ status: 'settled' }}
        >
          <span data-testid="figure-late-share">{share(overview.lateShare)}</span>
        </Figure>
      )}
    </div>
  );
}

interface FigureProps {
  label: string;
  note?: string;
  to: '/receivables' | '/debtors';
  search: AppSearch;
  children: ReactNode;
}

function Figure({ label, note, to, search, children }: FigureProps): JSX.Element {
  return (
    <Link to={to} search={search} className="op-figure">
      <div className="op-figure-label">{label}</div>
      <div className="op-figure-value">{children}</div>
      {note !== undefined && <div className="op-muted op-small">{note}</div>}
    </Link>
  );
}
