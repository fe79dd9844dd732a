import { Link, useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ForAdministration } from '../../administration-choice';
import type { Administration } from '../../api/types';
import { Page } from '../../ui/page';
import { useText } from '../../ui/text';
import { ApiKeys } from './api-keys';
import { AuditLog } from './audit-log';
import { Scenarios } from './scenarios';
import { Segments } from './segments';
import { Templates } from './templates';

const SECTIONS = ['segments', 'scenarios', 'templates', 'api-keys', 'audit'] as const;
type SectionKey = (typeof SECTIONS)[number];
type OfAdministration = Exclude<SectionKey, 'api-keys' | 'audit'>;

const PARTS = {
  segments: (administration) => <Segments administration={administration} />,
  scenarios: (administration) => <Scenarios administration={administration} />,
  templates: (administration) => <Templates administration={administration} />,
} as const satisfies Record<OfAdministration, (administration: Administration) => JSX.Element>;

/** Rules and texts belong to an administration; keys and the log belong to the firm. */
export function SettingsPage(): JSX.Element {
  const { t } = useText();
  const { section } = useParams({ strict: false });
  const shown: SectionKey = SECTIONS.find((each) => each === section) ?? 'segments';
  if (shown === 'api-keys') return <Frame shown={shown}>{<ApiKeys />}</Frame>;
  if (shown === 'audit') return <Frame shown={shown}>{<AuditLog />}</Frame>;
  return (
    <ForAdministration title={t('settings.title')}>
      {(administration) => (
        <Frame shown={shown} administration={administration}>
          <div key={administration.id}>{PARTS[shown](administration)}</div>
        </Frame>
      )}
    </ForAdministration>
  );
}

interface FrameProps {
  shown: SectionKey;
  administration?: Administration;
  children: React.ReactNode;
}

function Frame({ shown, administration, children }: FrameProps): JSX.Element {
  const { t } = useText();
  return (
    <Page title={t('settings.title')} state={administration?.name ?? t('settings.state')}>
      <nav className="op-chips" aria-label={t('settings.title')}>
        {SECTIONS.map((each) => (
          <Link
            key={each}
            to="/settings/$section"
            params={{ section: each }}
            className="op-chip"
            aria-current={each === shown ? 'true' : undefined}
            data-testid={`settings-${each}`}
          >
            {t(`settings.sections.${each}`)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
