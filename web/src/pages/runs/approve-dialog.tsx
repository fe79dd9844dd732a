import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useApproveRun } from '../../api/actions';
import { ProblemError } from '../../api/client';
import { keys } from '../../api/keys';
import { useRunMessages } from '../../api/queries';
import type { PlannedMessage, Run } from '../../api/types';
import { Failed, Waiting } from '../../ui/feedback';
import { FactList } from '../../ui/page';
import { lookUp, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { sayTotal } from './say-run';

const NAMES_SHOWN = 5;

function sayRecipients(messages: PlannedMessage[], text: TextTools): string {
  const names = [...new Set(messages.map((each) => each.debtor.name))];
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN ? `${shown} … (${text.count(names.length)})` : shown;
}

function sayChannels(messages: PlannedMessage[], text: TextTools): string {
  const counts = new Map<string, number>();
  for (const { channel } of messages) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  return [...counts].map(([channel, n]) => `${lookUp(text, 'states.channel', channel)}: ${text.count(n)}`).join(', ');
}

/** The last look before money is asked for: how many, to whom, how much. */
export function ApproveDialog({ run, onClose }: { run: Run; onClose: () => void }): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const approve = useApproveRun(run.id);
  const client = useQueryClient();
  const n = run.summary?.messages ?? 0;
  const act = (): void =>
    approve.mutate(run.planHash, {
      onSuccess: (answer) => {
        client.setQueryData(keys.run(run.id), answer);
        onClose();
      },
    });
  const incomplete = approve.error instanceof ProblemError && approve.error.code === 'HOUSE_STYLE_INCOMPLETE';
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('runs.confirmTitle', { count: n, n: count(n) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className="op-stack" data-testid="approve-dialog">
        <ApproveFacts run={run} />
        <p>{t('runs.confirmText')}</p>
        {approve.isError && <Failed error={approve.error} />}
        {incomplete && (
          <Link
            to="/administrations/$administrationId"
            params={{ administrationId: run.administrationId }}
            search={{ tab: 'style' }}
          >
            {t('runs.toStyle')}
          </Link>
        )}
        <div className="op-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('runs.confirmBack')}
          </Button>
          <Button onClick={act} loading={approve.isPending} data-testid="run-approve-confirm">
            {t('runs.confirmButton', { count: n, n: count(n) })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function ApproveFacts({ run }: { run: Run }): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const query = useRunMessages(run.id, true);
  const messages = query.data?.items;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (messages === undefined) return <Waiting lines={3} />;
  const without = messages.filter((each) => each.recipient === null && each.channel === 'email').length;
  return (
    <FactList
      items={[
        [
          t('runs.confirmTotal'),
          <span key="total" className="op-strong">
            {sayTotal(run, text)}
          </span>,
        ],
        [t('runs.confirmRecipients'), sayRecipients(messages, text)],
        [t('runs.confirmChannel'), sayChannels(messages, text)],
        [t('runs.confirmNoAddress'), without === 0 ? null : count(without)],
      ]}
    />
  );
}
