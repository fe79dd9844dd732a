import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { JSX, ReactNode } from 'react';
import { Icon } from './icons';

interface PageProps {
  title: string;
  /** One sentence that says how things stand. */
  state?: ReactNode;
  /** The one primary action, at the right. */
  action?: ReactNode;
  back?: { to: string; label: string };
  children: ReactNode;
}

/** The pattern of every screen: title, one state sentence, one primary action, content. */
export function Page({ title, state, action, back, children }: PageProps): JSX.Element {
  useEffect(() => {
    document.title = `${title} · Openpost`;
  }, [title]);
  return (
    <div className="op-page">
      <header className="op-page-head">
        <div>
          {back !== undefined && (
            <Link to={back.to} className="op-crumb">
              <Icon name="arrowLeft" /> {back.label}
            </Link>
          )}
          <h1 data-testid="page-title">{title}</h1>
          {state !== undefined && <p data-testid="page-state">{state}</p>}
        </div>
        {action !== undefined && <div className="op-actions">{action}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  intro?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}

export function Section({ title, intro, aside, children }: SectionProps): JSX.Element {
  return (
    <section className="op-section" aria-label={title}>
      <div className="op-spread">
        <h2>{title}</h2>
        {aside}
      </div>
      {intro !== undefined && <p className="op-muted op-small">{intro}</p>}
      {children}
    </section>
  );
}

/** Label and value pairs; pairs without a value are left out. */
export function FactList({ items }: { items: readonly (readonly [string, ReactNode])[] }): JSX.Element {
  const shown = items.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl className="op-facts">
      {shown.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
