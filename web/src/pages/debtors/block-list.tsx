import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useReleaseBlock } from '../../api/actions';
import type { Block, Receivable } from '../../api/types';
import { notifyDone, notifyFailed } from '../../ui/feedback';
import { Amount, Day } from '../../ui/figures';
import { Mark } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';

interface BlockListProps {
  blocks: Block[];
  receivables: Receivable[];
}

/** The blocks that hold now: kind, reason, end, owner, and the way out. */
export function BlockList({ blocks, receivables }: BlockListProps): JSX.Element {
  const { t } = useText();
  const active = blocks.filter((each) => each.endedAt === null);
  if (active.length === 0) return <p className="op-muted op-small">{t('debtor.blocksEmpty')}</p>;
  const invoices = new Map(receivables.map((each) => [each.id, each.invoiceNumber]));
  return (
    <div className="op-stack-tight">
      {active.map((block) => (
        <BlockItem key={block.id} block={block} invoice={invoices.get(block.receivableId ?? '')} />
      ))}
    </div>
  );
}

function BlockItem({ block, invoice }: { block: Block; invoice: string | undefined }): JSX.Element {
  const text = useText();
  const { t } = text;
  const release = useReleaseBlock();
  const act = (): void =>
    release.mutate(block.id, {
      onSuccess: () => notifyDone(`${t('blocks.released')}. ${t('blocks.releaseHint')}`),
      onError: (error) => notifyFailed(error, text),
    });
  const scope =
    block.receivableId === null ? t('blocks.scopeDebtor') : t('blocks.scopeReceivable', { invoice: invoice ?? '' });
  return (
    <div className="op-card op-spread" data-testid="block">
      <div>
        <div className="op-row">
          <Mark tone="blocked" icon="pause">
            {lookUp(text, 'states.block', block.kind)}
          </Mark>
          {block.amount !== null && <Amount value={block.amount} />}
          <span className="op-muted op-small">
            {block.until === null ? t('blocks.noEnd') : <Until date={block.until} />}
            {block.owner !== null && ` · ${t('blocks.by', { owner: block.owner })}`}
          </span>
        </div>
        <p>{block.reason}</p>
        <p className="op-muted op-small">{scope}</p>
      </div>
      <Button size="xs" variant="default" loading={release.isPending} onClick={act} data-testid="release-block">
        {t('blocks.release')}
      </Button>
    </div>
  );
}

function Until({ date }: { date: string }): JSX.Element {
  const { t } = useText();
  return (
    <>
      {t('common.until', { date: '' })}
      <Day value={date} />
    </>
  );
}
