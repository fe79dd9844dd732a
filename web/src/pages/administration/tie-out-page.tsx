import { Button, Switch } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { JSX } from 'react';
import { useCompare } from '../../api/actions';
import { useAdministration, useTieOut } from '../../api/queries';
import type { TieOutCheck } from '../../api/types';
import { useFilters } from '../../search';
import { Loaded, Notice, notifyDone, notifyFailed } from '../../ui/feedback';
import { Page, Section } from '../../ui/page';
import { useNow, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { TieOutDebtors } from './tie-out-debtors';
import { TieOutHistory } from './tie-out-history';
import { TieOutTotals } from './tie-out-totals';

function sayState(check: TieOutCheck, text: TextTools, now: number): string {
  const { t, count, relative } = text;
  if (!check.possible) return t('tieOut.stateImpossible');
  if (check.running) return t('tieOut.running');
  if (check.checkedAt === null) return t('tieOut.stateUnchecked');
  const when = relative(check.checkedAt, now);
  if (check.state === 'ties-out') return t('tieOut.stateFine', { when });
  return t('tieOut.stateDiffers', { count: check.differingDebtors, n: count(check.differingDebtors), when });
}

/** Our open items beside the source's own list: totals, debtors, lines, and earlier comparisons. */
export function TieOutPage(): JSX.Element {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const { administrationId } = useParams({ from: '/app/administrations/$administrationId/tie-out' });
  const [{ check: checkId, all }] = useFilters();
  const query = useTieOut(administrationId, { check: checkId, all });
  const { check } = query;
  const administration = useAdministration(administrationId);
  const { refetch } = administration;
  useEffect(() => void refetch(), [check?.checkId, refetch]);
  const name = administration.data?.name ?? t('common.administration');
  return (
    <Page
      title={t('tieOut.title')}
      state={check && sayState(check, text, now)}
      back={{ to: `/administrations/${administrationId}`, label: name }}
      action={check?.possible && <CompareButton administrationId={administrationId} running={check.running} />}
    >
      <Loaded from={{ ...query, data: check }} lines={10}>
        {(data) => (
          <>
            {data.state === 'differs' && <Help administrationId={administrationId} />}
            {data.currencies.length > 0 && <TieOutTotals currencies={data.currencies} />}
            {data.checkId !== null && (
              <Section title={t('tieOut.debtors')} aside={<ShowAll />}>
                <TieOutDebtors key={data.checkId} source={query} />
              </Section>
            )}
            {data.history.length > 0 && <TieOutHistory check={data} asked={checkId !== undefined} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Help({ administrationId }: { administrationId: string }): JSX.Element {
  const { t } = useText();
  return (
    <Notice tone="warn" icon="info" title={t('tieOut.helpTitle')}>
      <p>
        {t('tieOut.help')}{' '}
        <Link to="/administrations/$administrationId" params={{ administrationId }} search={{ tab: 'quarantine' }}>
          {t('administration.tabs.quarantine')}
        </Link>
      </p>
    </Notice>
  );
}

function ShowAll(): JSX.Element {
  const { t } = useText();
  const [{ all }, change] = useFilters();
  return (
    <Switch
      label={t('tieOut.showAll')}
      checked={all === 'true'}
      onChange={(event) => change({ all: event.currentTarget.checked ? 'true' : undefined })}
    />
  );
}

function CompareButton({ administrationId, running }: { administrationId: string; running: boolean }): JSX.Element {
  const text = useText();
  const { t } = text;
  const [, change] = useFilters();
  const compare = useCompare(administrationId);
  const act = (): void =>
    compare.mutate(undefined, {
      onSuccess: () => {
        change({ check: undefined });
        notifyDone(t('tieOut.running'));
      },
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <Button onClick={act} disabled={running} loading={compare.isPending} data-testid="compare-now">
      {running ? t('tieOut.comparing') : t('tieOut.compare')}
    </Button>
  );
}
