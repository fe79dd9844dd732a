import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useLookAtHints } from '../../api/actions';
import { useAdministrationPart, useSession } from '../../api/queries';
import type { Hints } from '../../api/types';
import { Loaded, notifyDone, notifyFailed } from '../../ui/feedback';
import { Ago, Moment } from '../../ui/figures';
import { FactList, Section } from '../../ui/page';
import { Mark } from '../../ui/states';
import type { Tone } from '../../ui/states';
import type { IconName } from '../../ui/icons';
import { lookUp, useText } from '../../ui/text';

const LOOKS: Readonly<Record<Hints['state'], readonly [Tone, IconName]>> = {
  unsupported: ['neutral', 'dot'],
  pending: ['accent', 'clock'],
  active: ['paid', 'check'],
  refused: ['warn', 'warning'],
  off: ['neutral', 'pause'],
};

/** Whether the package tells of changes by itself, and what came of what it told. */
export function HintsCard({ administrationId }: { administrationId: string }): JSX.Element {
  const { t } = useText();
  const query = useAdministrationPart<Hints>(administrationId, 'hints');
  return (
    <Section title={t('hints.title')}>
      <Loaded from={query} lines={3}>
        {(hints) => (
          <div className="op-stack-tight" data-testid="hints" data-state={hints.state}>
            <HintState hints={hints} />
            {hints.state !== 'unsupported' && <HintFacts hints={hints} />}
            {(hints.state === 'refused' || hints.state === 'pending' || hints.state === 'active') && (
              <LookAgain administrationId={administrationId} />
            )}
          </div>
        )}
      </Loaded>
    </Section>
  );
}

/** In plain words; below them, what the package answered. */
function HintState({ hints: { state, message } }: { hints: Hints }): JSX.Element {
  const { t } = useText();
  const [tone, icon] = LOOKS[state];
  return (
    <div>
      {state !== 'unsupported' && (
        <Mark tone={tone} icon={icon}>
          {t(`hints.state.${state}`)}
        </Mark>
      )}
      <p className="op-muted op-small">{t(`hints.text.${state}`)}</p>
      {message !== null && (
        <p className="op-small" style={{ overflowWrap: 'anywhere' }}>
          {t('hints.answer')}: {message}
        </p>
      )}
    </div>
  );
}

function HintFacts({ hints: it }: { hints: Hints }): JSX.Element {
  const text = useText();
  const { t } = text;
  const topics = it.topics.map((each) => lookUp(text, 'hints.topic', each)).join(', ');
  return (
    <FactList
      items={[
        [t('hints.heard'), <Ago key="h" value={it.heardAt} />],
        [t('hints.due'), it.pullDueAt && <Ago key="d" value={it.pullDueAt} />],
        [t('hints.pulled'), it.pulledAt && <Ago key="p" value={it.pulledAt} />],
        [t('hints.topics'), topics],
        [t('hints.checked'), it.checkedAt && <Ago key="c" value={it.checkedAt} />],
        [t('hints.lost'), it.lostAt && <Lost key="l" at={it.lostAt} />],
        [t('hints.counts'), Object.keys(it.counts).length === 0 ? null : <Counts key="n" counts={it.counts} />],
      ]}
    />
  );
}

/** The source dropped the subscription without a word. */
function Lost({ at }: { at: string }): JSX.Element {
  const { t } = useText();
  return (
    <>
      <Moment value={at} />
      <div className="op-muted op-small">{t('hints.lostWhy')}</div>
    </>
  );
}

/** Each reason with how often, the most frequent first. */
function Counts({ counts }: { counts: Record<string, number> }): JSX.Element {
  const text = useText();
  const sorted = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  return (
    <>
      {sorted.map(([reason, times]) => (
        <div key={reason} className="op-small">
          <b>{text.count(times)}×</b> {lookUp(text, 'hints.count', reason)}
        </div>
      ))}
    </>
  );
}

function LookAgain({ administrationId }: { administrationId: string }): JSX.Element | null {
  const text = useText();
  const { t } = text;
  const look = useLookAtHints(administrationId);
  const isAdmin = useSession().data?.user.role === 'admin';
  if (!isAdmin) return null;
  const act = (): void =>
    look.mutate(undefined, {
      onSuccess: () => notifyDone(t('hints.looking')),
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <div>
      <Button size="xs" variant="default" loading={look.isPending} onClick={act} data-testid="look-at-hints">
        {t('hints.again')}
      </Button>
    </div>
  );
}
