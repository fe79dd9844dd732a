import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useDisconnect } from '../../api/actions';
import { useConnection } from '../../api/queries';
import type { Connection } from '../../api/types';
import { useFilters } from '../../search';
import { Loaded, Notice, notifyFailed } from '../../ui/feedback';
import { Ago, Moment } from '../../ui/figures';
import { FactList, Page, Section } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { useNow, useText } from '../../ui/text';
import { useConnectionName } from './connection-name';
import { AdministrationPicker } from './administration-picker';
import { AdministrationsInUse } from './administrations-in-use';
import { RightsMissing, RightsWord } from './rights';
import { QuotaList } from './quota-list';
import { ReconnectButton } from './reconnect-button';
import { ResultNotice } from './result-notice';

export function ConnectionPage(): JSX.Element {
  const { t } = useText();
  const { connectionId } = useParams({ from: '/app/connections/$connectionId' });
  const [{ result }] = useFilters();
  const query = useConnection(connectionId);
  const connection = query.data;
  const sayName = useConnectionName();
  return (
    <Page
      title={connection === undefined ? t('connections.connection') : sayName(connection)}
      state={connection && <StateSentence connection={connection} />}
      back={{ to: '/connections', label: t('connections.title') }}
      action={connection && connection.state !== 'active' && <ReconnectButton id={connection.id} />}
    >
      <ResultNotice result={result} />
      <Loaded from={query}>{(data) => <Content connection={data} />}</Loaded>
    </Page>
  );
}

function StateSentence({ connection }: { connection: Connection }): JSX.Element {
  const { t, relative } = useText();
  const now = useNow();
  const { state, lastSuccessAt } = connection;
  if (state === 'needs_reconnect') return <>{t('connections.stateReconnect')}</>;
  if (state === 'revoked') return <>{t('connections.stateRevoked')}</>;
  if (state === 'error') return <>{t('connections.stateError')}</>;
  if (lastSuccessAt === null) return <>{t('connections.stateWaiting')}</>;
  return <>{t('connections.stateHealthy', { when: relative(lastSuccessAt, now) })}</>;
}

function Content({ connection }: { connection: Connection }): JSX.Element {
  const { t, relative } = useText();
  const now = useNow();
  return (
    <>
      {connection.stateMessage !== null && connection.state !== 'active' && (
        <Notice tone="failed" icon="warning" title={connection.stateMessage}>
          {connection.state !== 'revoked' && <p>{t('connections.reconnectKeeps')}</p>}
          {connection.stateReason !== null && (
            <p className="op-muted op-small">{t('errors.code', { code: connection.stateReason })}</p>
          )}
        </Notice>
      )}
      {(connection.resting ?? []).map(({ endpoint, until }) => (
        <Notice key={endpoint} tone="warn" icon="warning" title={t('connections.resting')} testId="resting">
          <p className="op-small">{t('connections.restingText', { endpoint, when: relative(until, now) })}</p>
        </Notice>
      ))}
      {connection.rightsMissing.length > 0 && connection.state !== 'revoked' && (
        <RightsMissing connection={connection} />
      )}
      <div className="op-columns">
        <div>
          {connection.state === 'active' ? (
            <AdministrationPicker connection={connection} />
          ) : (
            <AdministrationsInUse connectionId={connection.id} />
          )}
        </div>
        <div>
          <Section title={t('connections.health')}>
            <ConnectionFacts connection={connection} />
          </Section>
          {connection.quota.length > 0 && (
            <Section title={t('connections.quota')}>
              <QuotaList quota={connection.quota} />
            </Section>
          )}
          <Disconnect connection={connection} />
        </div>
      </div>
    </>
  );
}

function ConnectionFacts({ connection }: { connection: Connection }): JSX.Element {
  const { t } = useText();
  return (
    <FactList
      items={[
        [t('connections.status'), <StateWord key="s" of="connection" state={connection.state} />],
        [t('connections.brokenSince'), connection.brokenSince && <Moment key="b" value={connection.brokenSince} />],
        [t('connections.noticeSent'), connection.noticeSentAt && <Moment key="n" value={connection.noticeSentAt} />],
        [t('connections.lastSuccess'), <Ago key="l" value={connection.lastSuccessAt} />],
        [t('connections.tokenAge'), connection.tokenIssuedAt && <Ago key="t" value={connection.tokenIssuedAt} />],
        // Of books that nobody chose yet, the list beside says it.
        [
          t('connections.rights'),
          connection.administrations === 0 ? null : <RightsWord key="r" connection={connection} />,
        ],
        [t('connections.connected'), <Moment key="c" value={connection.createdAt} />],
        [t('connections.sourceUser'), connection.sourceUser],
      ]}
    />
  );
}

function Disconnect({ connection }: { connection: Connection }): JSX.Element {
  const sayName = useConnectionName();
  const text = useText();
  const { t } = text;
  const [opened, dialog] = useDisclosure(false);
  const disconnect = useDisconnect(connection.id);
  const navigate = useNavigate();
  const act = (): void =>
    disconnect.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/connections' }),
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <div className="op-row">
      {connection.state === 'active' && <ReconnectButton id={connection.id} quiet />}
      <Button variant="subtle" color="red" onClick={dialog.open} data-testid="disconnect">
        {t('connections.disconnect')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('connections.disconnectTitle', { name: sayName(connection) })}
      >
        <div className="op-stack">
          <p>{t('connections.disconnectText')}</p>
          <div className="op-row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={dialog.close}>
              {t('common.cancel')}
            </Button>
            <Button color="red" loading={disconnect.isPending} onClick={act}>
              {t('connections.disconnect')}
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  );
}
