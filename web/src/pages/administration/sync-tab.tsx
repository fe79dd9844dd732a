import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { isMoving } from '../../api/live-sync';
import { useConnectors } from '../../api/queries';
import type { Administration, Sync } from '../../api/types';
import { Notice } from '../../ui/feedback';
import { Ago, Amount, Moment } from '../../ui/figures';
import { FactList, Section } from '../../ui/page';
import { nameOf } from '../../ui/server-words';
import { StateWord } from '../../ui/states';
import { humanise, lookUp, useText } from '../../ui/text';
import { HintsCard } from './hints-card';
import { LateRows, ObjectCounts, sumOf } from './object-counts';
import { SyncHistory } from './sync-history';
import { SweepHistory } from './sweep-history';
import { SyncProgressCard } from './sync-progress';

interface SyncTabProps {
  administration: Administration;
  sync: Sync | undefined;
}

export function SyncTab({ administration, sync }: SyncTabProps): JSX.Element {
  const { t } = useText();
  return (
    <div className="op-columns">
      <div>
        {sync !== undefined && isMoving(sync) && <SyncProgressCard sync={sync} />}
        {sync !== undefined && !isMoving(sync) && <Ended sync={sync} />}
        <Section title={t('administration.history')}>
          <SyncHistory administrationId={administration.id} currentId={sync?.id} currentState={sync?.state} />
        </Section>
        <SweepHistory administrationId={administration.id} />
      </div>
      <div>
        <Section title={t('administration.facts')}>
          <AdministrationFacts administration={administration} />
        </Section>
        <HintsCard administrationId={administration.id} />
      </div>
    </div>
  );
}

/** How the last sync ended, with its counts per kind of record. */
function Ended({ sync }: { sync: Sync }): JSX.Element | null {
  const text = useText();
  if (isMoving(sync) || sync.state === 'queued' || sync.state === 'running') return null;
  const good = sync.state === 'complete';
  const message = text.t(`administration.ended.${sync.state}`, {
    new: text.count(sumOf(sync, 'new')),
    changed: text.count(sumOf(sync, 'changed')),
    unchanged: text.count(sumOf(sync, 'unchanged')),
    rejected: text.count(sumOf(sync, 'rejected')),
    message: sync.error?.message ?? text.t('common.unknown'),
  });
  return (
    <div className="op-stack" data-testid="sync-result" data-state={sync.state}>
      <Notice
        tone={good ? 'paid' : sync.state === 'failed' ? 'failed' : 'warn'}
        icon={good ? 'checkCircle' : 'warning'}
        title={message}
      >
        <p className="op-muted op-small">
          <Ago value={sync.finishedAt} />
          {sync.error !== null && ` · ${humanise(sync.error.kind)}`}
        </p>
      </Notice>
      {sync.objects.length > 0 && <ObjectCounts objects={sync.objects} />}
      <LateRows sync={sync} />
    </div>
  );
}

function AdministrationFacts({ administration: it }: { administration: Administration }): JSX.Element {
  const text = useText();
  const { t, count, money } = text;
  const known = useConnectors().data?.items.find((each) => each.id === it.connector);
  const connector = known === undefined ? humanise(it.connector) : nameOf(known, text);
  const difference =
    it.tieOut.difference !== null && it.tieOut.state === 'differs'
      ? t('administration.tieOutDifference', { amount: money(it.tieOut.difference) })
      : null;
  const search = { administration: it.id };
  return (
    <FactList
      items={[
        [
          t('administration.tieOut'),
          <div key="tie" data-testid="tie-out">
            <StateWord of="tieOut" state={it.tieOut.state} /> {difference}
            <div className="op-small">
              <Link
                to="/administrations/$administrationId/tie-out"
                params={{ administrationId: it.id }}
                data-testid="to-tie-out"
              >
                {t(it.tieOut.state === 'differs' ? 'tieOut.see' : 'tieOut.seeFine')}
              </Link>
            </div>
            {it.tieOut.checkedAt !== null && (
              <div className="op-muted op-small">
                <Ago value={it.tieOut.checkedAt} />
              </div>
            )}
          </div>,
        ],
        [
          t('administration.open'),
          <Link key="o" to="/receivables" search={search}>
            <Amount value={it.openAmount} />
          </Link>,
        ],
        [
          t('administration.overdue'),
          <Link key="d" to="/receivables" search={{ ...search, overdue: 'true' }}>
            <Amount value={it.overdueAmount} />
          </Link>,
        ],
        [
          t('administration.debtors'),
          <Link key="n" to="/debtors" search={search}>
            {count(it.debtorCount)}
          </Link>,
        ],
        [
          t('administration.receivables'),
          <Link key="r" to="/receivables" search={{ ...search, status: 'all' }}>
            {count(it.receivableCount)}
          </Link>,
        ],
        [
          t('administration.source'),
          <Link key="c" to="/connections/$connectionId" params={{ connectionId: it.connectionId }}>
            {connector}
          </Link>,
        ],
        [
          t('administration.sourceId'),
          <span key="s" className="op-mono">
            {it.sourceId}
          </span>,
        ],
        [t('administration.currency'), it.currency],
        [t('administration.language'), lookUp(text, 'states.lang', it.language)],
        [t('administration.timeZone'), it.timeZone],
        [t('administration.firstLoaded'), <Moment key="f" value={it.firstLoadedAt} />],
      ]}
    />
  );
}
