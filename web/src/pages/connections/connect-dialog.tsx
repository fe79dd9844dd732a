import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useConnect } from '../../api/actions';
import { useStartWithFiles } from '../../api/files';
import { useConnectors } from '../../api/queries';
import type { Connector } from '../../api/types';
import { explain, Loaded, Notice } from '../../ui/feedback';
import { Icon } from '../../ui/icons';
import { nameOf, sayDeclared, sayOr } from '../../ui/server-words';
import { lookUp, useText } from '../../ui/text';
import { CapabilityTable } from './capability-table';

interface ConnectDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Choose a package, see what can and cannot be read or written there, then leave to give consent. */
export function ConnectDialog({ opened, onClose }: ConnectDialogProps): JSX.Element {
  const text = useText();
  const connectors = useConnectors(opened);
  const [chosen, choose] = useState<Connector | null>(null);
  const close = (): void => {
    choose(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={chosen === null ? text.t('connections.connectTitle') : nameOf(chosen, text)}
      size={chosen === null ? 'md' : 'xl'}
      closeButtonProps={{ 'aria-label': text.t('common.close') }}
    >
      <Loaded from={connectors}>
        {({ items }) =>
          chosen === null ? (
            <ConnectorChoice items={items} choose={choose} />
          ) : (
            <Consent connector={chosen} back={() => choose(null)} />
          )
        }
      </Loaded>
    </Modal>
  );
}

interface ConnectorChoiceProps {
  items: Connector[];
  choose: (connector: Connector) => void;
}

function ConnectorChoice({ items, choose }: ConnectorChoiceProps): JSX.Element {
  const text = useText();
  return (
    <div className="op-stack-tight">
      <p className="op-muted">{text.t('connections.choose')}</p>
      {items.map((each) => (
        <button
          key={each.id}
          type="button"
          className="op-card op-choice"
          onClick={() => choose(each)}
          data-testid={`connector-${each.id}`}
        >
          <span>
            <span className="op-strong">{nameOf(each, text)}</span>{' '}
            <span className="op-muted op-small">
              {each.country.join(', ')} ·{' '}
              {text.t('connections.maturity', { value: lookUp(text, 'connections.maturityName', each.maturity) })}
            </span>
            <span className="op-muted op-small" style={{ display: 'block' }}>
              {sayDeclared(each, 'description', text) ?? each.description}
            </span>
          </span>
          <Icon name="chevronRight" />
        </button>
      ))}
    </div>
  );
}

/** The list before it may have been scrolled; what one consents to is read from its first line. */
function fromTheTop(form: HTMLFormElement | null): void {
  form?.closest('section')?.scrollTo({ top: 0 });
}

function Consent({ connector, back }: { connector: Connector; back: () => void }): JSX.Element {
  const text = useText();
  const { t } = text;
  // What an installation has its own app credentials for is asked of nobody.
  const asked = connector.configured === undefined || connector.auth.kind === 'none' ? connector.settings : [];
  const [settings, setSettings] = useState<Record<string, string>>(
    Object.fromEntries(asked.flatMap(({ key, initial }) => (initial === undefined ? [] : [[key, initial]]))),
  );
  const start = useStart();
  const go = (event: FormEvent): void => {
    event.preventDefault();
    start.go(asked.length === 0 ? { connector: connector.id } : { connector: connector.id, settings });
  };
  const failed = start.error === null ? null : explain(start.error, text);
  // Where one signs in, an addition of ours to its name would only puzzle.
  const packageName = connector.name.replace(/ \(.*\)$/, '');
  const hasLogin = connector.auth.kind !== 'none';
  return (
    <form className="op-stack" onSubmit={go} ref={fromTheTop}>
      <CapabilityTable connector={connector} />
      {asked.map((field) => (
        <TextInput
          key={field.key}
          size="md"
          label={sayOr(`files.connect.${field.key}`, field.label, text)}
          required={field.required}
          type={field.secret ? 'password' : 'text'}
          {...(field.pattern === undefined ? {} : { pattern: field.pattern.source, title: field.pattern.expected })}
          value={settings[field.key] ?? ''}
          onChange={(event) => setSettings({ ...settings, [field.key]: event.currentTarget.value })}
          data-testid={`setting-${field.key}`}
        />
      ))}
      {failed !== null && (
        <Notice tone="failed" icon="failed" title={failed.title}>
          <p>{failed.text}</p>
        </Notice>
      )}
      {connector.configured === false && (
        <Notice tone="warn" icon="warning" title={t('connections.notConfigured')} testId="not-configured" />
      )}
      <p className="op-muted op-small">
        {hasLogin ? t('connections.goToText', { name: packageName }) : t('files.connect.goText')}
      </p>
      <div className="op-row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={back}>
          {t('connections.back')}
        </Button>
        <Button
          type="submit"
          loading={start.isPending}
          disabled={connector.configured === false}
          data-testid="go-to-consent"
        >
          {hasLogin ? t('connections.goTo', { name: packageName }) : t('files.connect.go')}
        </Button>
      </div>
    </form>
  );
}

/** Leaves for the package's own consent page; where nobody signs in, goes on to the administration that was made. */
function useStart() {
  const connect = useConnect();
  const startWithFiles = useStartWithFiles();
  const navigate = useNavigate();
  const arrive = async (connectionId: string): Promise<void> => {
    const administrationId = await startWithFiles.mutateAsync(connectionId);
    if (administrationId === null) return;
    await navigate({
      to: '/administrations/$administrationId',
      params: { administrationId },
      search: { administration: administrationId, tab: 'files' },
    });
  };
  return {
    go: (wanted: { connector: string; settings?: Record<string, string> }): void =>
      connect.mutate(wanted, {
        onSuccess: ({ id, authorizeUrl }) =>
          authorizeUrl === null ? void arrive(id).catch(() => undefined) : globalThis.location.assign(authorizeUrl),
      }),
    isPending: connect.isPending || startWithFiles.isPending,
    error: connect.error ?? startWithFiles.error,
  };
}
