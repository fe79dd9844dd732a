import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { apiPath } from '../../api/client';
import { useMessage } from '../../api/queries';
import type { Message } from '../../api/types';
import { isZero } from '../../format/money';
import { Loaded } from '../../ui/feedback';
import { Amount, Day, Moment } from '../../ui/figures';
import { Icon } from '../../ui/icons';
import { MailFrame } from '../../ui/mail-frame';
import { FactList, Page, Section } from '../../ui/page';
import { sayWhy } from '../../ui/server-words';
import { StateWord } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { SettleForm } from './settle-form';

function sayState(message: Message, text: TextTools): string {
  return text.t(`messages.sentence.${message.state}`, {
    to: message.recipient ?? message.debtor.name,
    when: message.sentAt === null ? '' : text.instant(message.sentAt),
    error: message.error ?? '',
  });
}

export function MessagePage(): JSX.Element {
  const text = useText();
  const { t } = text;
  const { messageId } = useParams({ from: '/app/messages/$messageId' });
  const query = useMessage(messageId);
  const message = query.data;
  return (
    <Page
      title={message?.subject ?? t('messages.title')}
      state={message && sayState(message, text)}
      back={{ to: '/messages', label: t('messages.title') }}
      action={
        message && (
          <Button
            component="a"
            href={apiPath(`/messages/${message.id}/pdf`)}
            target="_blank"
            rel="noopener"
            variant="default"
            rightSection={<Icon name="external" />}
            data-testid="message-pdf"
          >
            {t('messages.pdf')}
          </Button>
        )
      }
    >
      <Loaded from={query} lines={12}>
        {(data) => <Content message={data} />}
      </Loaded>
    </Page>
  );
}

function Content({ message }: { message: Message }): JSX.Element {
  const { t } = useText();
  return (
    <>
      {message.state === 'uncertain' && <SettleForm message={message} />}
      <div className="op-columns">
        <div>
          <Section title={t('messages.mail')}>
            <MailFrame html={message.html} plain={message.text} />
          </Section>
        </div>
        <div>
          <Section title={t('messages.facts')}>
            <DeliveryFacts message={message} />
          </Section>
          <Section title={t('messages.lines')}>
            <Lines message={message} />
          </Section>
        </div>
      </div>
    </>
  );
}

function DeliveryFacts({ message }: { message: Message }): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const version = (ref: { version: number }, key: string): string =>
    t('messages.version', { key, version: ref.version });
  return (
    <FactList
      items={[
        [t('messages.status'), <StateWord key="s" of="message" state={message.state} />],
        [t('messages.error'), message.error],
        [
          t('messages.debtor'),
          <Link key="d" to="/debtors/$debtorId" params={{ debtorId: message.debtor.id }}>
            {message.debtor.name}
          </Link>,
        ],
        [t('messages.recipient'), message.recipient ?? lookUp(text, 'states.channel', message.channel)],
        [t('messages.why'), sayWhy(message.recipientReason, text)],
        [t('messages.total'), <Amount key="t" value={message.total} />],
        [
          t('messages.fees'),
          message.fees !== null && !isZero(message.fees) ? <Amount key="f" value={message.fees} /> : null,
        ],
        [t('messages.sent'), message.sentAt && <Moment key="m" value={message.sentAt} />],
        [t('messages.attempts'), count(message.attempts)],
        [
          t('messages.template'),
          version(message.template, lookUp(text, 'settings.templates.names', message.template.key)),
        ],
        [t('messages.scenario'), message.scenario && version(message.scenario, message.scenario.id)],
        [
          t('messages.run'),
          message.runId && (
            <Link key="r" to="/runs/$runId" params={{ runId: message.runId }}>
              {t('messages.seeRun')}
            </Link>
          ),
        ],
        [
          t('messages.providerId'),
          message.providerMessageId && (
            <span key="p" className="op-mono">
              {message.providerMessageId}
            </span>
          ),
        ],
      ]}
    />
  );
}

function Lines({ message }: { message: Message }): JSX.Element {
  const { t, sign } = useText();
  const { currency } = message.total;
  return (
    <div className="op-table-wrap">
      <table className="op-table">
        <thead>
          <tr>
            <th scope="col">{t('receivables.invoice')}</th>
            <th scope="col">{t('receivables.due')}</th>
            <th scope="col" className="op-num">
              {t('receivables.open')} ({sign(currency)})
            </th>
          </tr>
        </thead>
        <tbody>
          {message.lines.map((line) => (
            <tr key={line.receivableId} data-testid="message-line">
              <td>{line.invoiceNumber}</td>
              <td>
                <Day value={line.dueDate} />
              </td>
              <td className="op-num">
                <Amount value={line.open} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
