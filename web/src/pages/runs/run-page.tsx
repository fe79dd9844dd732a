import { Button, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { JSX } from 'react';
import { keys } from '../../api/keys';
import { useGoOn } from '../../api/actions';
import { useRun } from '../../api/queries';
import type { Run } from '../../api/types';
import { useFilters } from '../../search';
import { Loaded, notifyFailed, Waiting } from '../../ui/feedback';
import { Page } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { useText } from '../../ui/text';
import { ApproveDialog } from './approve-dialog';
import { RunLines } from './run-lines';
import { RunMessages } from './run-messages';
import { RunResult } from './run-result';
import { sayRun } from './say-run';

export function mayApprove(run: Run): boolean {
  const waits = run.state === 'awaiting_approval' || run.state === 'planned';
  const ready = waits || (run.state === 'held' && run.approvedAt === null);
  return ready && !run.dryRun && (run.summary?.messages ?? 0) > 0;
}

/** When planning or applying ends, everything counted from the run is read again. */
function useRefreshOnMove(run: Run | undefined): void {
  const client = useQueryClient();
  const before = useRef(run?.state);
  useEffect(() => {
    const changed = before.current !== undefined && before.current !== run?.state;
    before.current = run?.state;
    if (!changed || run === undefined) return;
    void client.invalidateQueries({ queryKey: ['runs', run.id, 'lines'] });
    void client.invalidateQueries({ queryKey: ['runs', run.id, 'messages'] });
    void client.invalidateQueries({ queryKey: keys.administrations });
    void client.invalidateQueries({ queryKey: ['overview'] });
  }, [run, client]);
}

export function RunPage(): JSX.Element {
  const text = useText();
  const { t } = text;
  const { runId } = useParams({ from: '/app/runs/$runId' });
  const query = useRun(runId);
  const run = query.data;
  useRefreshOnMove(run);
  return (
    <Page
      title={run === undefined ? t('runs.title') : t('runs.runOf', { date: text.date(run.asOf) })}
      state={
        run && (
          <>
            <span data-testid="run-state" data-state={run.state} style={{ marginRight: 12 }}>
              <StateWord of="run" state={run.state} />
            </span>
            {sayRun(run, text)}
          </>
        )
      }
      back={{ to: '/runs', label: t('runs.title') }}
      action={run && (mayApprove(run) ? <ApproveButton run={run} /> : <GoOnButton run={run} />)}
    >
      <Loaded from={query} lines={12}>
        {(data) => <Content run={data} />}
      </Loaded>
    </Page>
  );
}

function ApproveButton({ run }: { run: Run }): JSX.Element {
  const { t, count } = useText();
  const [opened, dialog] = useDisclosure(false);
  const n = run.summary?.messages ?? 0;
  return (
    <>
      <Button onClick={dialog.open} data-testid="run-approve">
        {t('runs.approve', { count: n, n: count(n) })}
      </Button>
      {opened && <ApproveDialog run={run} onClose={dialog.close} />}
    </>
  );
}

/** A run that was approved and then held goes on when a person says so. */
function GoOnButton({ run }: { run: Run }): JSX.Element | null {
  const text = useText();
  const goOn = useGoOn(run.id);
  if (run.state !== 'held' || run.approvedAt === null) return null;
  const act = (): void => goOn.mutate(undefined, { onError: (error) => notifyFailed(error, text) });
  return (
    <Button onClick={act} loading={goOn.isPending} data-testid="run-go-on">
      {text.t('runs.goOn')}
    </Button>
  );
}

function Content({ run }: { run: Run }): JSX.Element {
  const { t, count } = useText();
  const [{ tab }, change] = useFilters();
  if (run.state === 'planning' || run.summary === null) return <Waiting lines={10} />;
  const first = run.summary.messages > 0 ? 'messages' : 'lines';
  const shown = tab === 'messages' || tab === 'lines' ? tab : first;
  return (
    <>
      <RunResult run={run} />
      <Tabs
        value={shown}
        className="op-tabs"
        keepMounted={false}
        onChange={(value) => change({ tab: value ?? undefined, decision: undefined, reason: undefined })}
      >
        <Tabs.List>
          <Tabs.Tab value="messages" data-testid="tab-messages">
            {t('runs.tabMessages')} ({count(run.summary.messages)})
          </Tabs.Tab>
          <Tabs.Tab value="lines" data-testid="tab-lines">
            {t('runs.tabLines')} ({count(run.summary.lines)})
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="messages" pt="lg">
          <RunMessages run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="lines" pt="lg">
          <RunLines run={run} summary={run.summary} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
