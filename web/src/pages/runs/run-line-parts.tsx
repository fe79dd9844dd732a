import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useHoldLine } from '../../api/actions';
import type { Run, RunLine } from '../../api/types';
import { FactsView } from '../../ui/facts';
import { notifyFailed } from '../../ui/feedback';
import { FactList } from '../../ui/page';
import { humanise, lookUp, useText } from '../../ui/text';
import { DetailButton } from '../administration/sync-history';

interface LineActionsProps {
  run: Run;
  row: RunLine;
  opened: boolean;
  toggle: (id: string) => void;
}

export function LineActions({ run, row, opened, toggle }: LineActionsProps): JSX.Element {
  const waits = run.state === 'awaiting_approval' || run.state === 'planned';
  return (
    <span className="op-row" style={{ gap: 4, justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
      {waits && row.decision === 'take' && <HoldButton runId={run.id} row={row} />}
      <DetailButton opened={opened} toggle={() => toggle(row.receivable.id)} />
    </span>
  );
}

function HoldButton({ runId, row }: { runId: string; row: RunLine }): JSX.Element {
  const text = useText();
  const { t } = text;
  const hold = useHoldLine(runId);
  const invoice = row.receivable.invoiceNumber;
  const act = (): void =>
    hold.mutate(
      { receivableId: row.receivable.id, held: !row.held },
      { onError: (error) => notifyFailed(error, text) },
    );
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={hold.isPending}
      onClick={act}
      aria-label={row.held ? t('runs.unholdLabel', { invoice }) : t('runs.holdLabel', { invoice })}
      data-testid="hold-line"
    >
      {row.held ? t('runs.unhold') : t('runs.hold')}
    </Button>
  );
}

export function LineDetail({ line }: { line: RunLine }): JSX.Element {
  const text = useText();
  const { t } = text;
  const scenario = line.scenario && t('messages.version', { key: line.scenario.id, version: line.scenario.version });
  return (
    <div className="op-stack">
      <FactList
        items={[
          [
            t('runs.outcome'),
            line.outcome &&
              (text.has(`reasons.code.${line.outcome}`)
                ? lookUp(text, 'reasons.code', line.outcome)
                : humanise(line.outcome)),
          ],
          [
            t('runs.message'),
            line.messageId && (
              <Link key="m" to="/messages/$messageId" params={{ messageId: line.messageId }}>
                {t('writebacks.seeMessage')}
              </Link>
            ),
          ],
          [t('runs.scenario'), scenario],
        ]}
      />
      <div className="op-stack-tight">
        <span className="op-muted op-small">{t('runs.facts')}</span>
        <FactsView facts={line.facts} />
      </div>
    </div>
  );
}
