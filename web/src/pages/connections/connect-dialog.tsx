import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useConnect } from '../../api/actions';
import { useConnectors } from '../../api/queries';
import type { Connector } from '../../api/types';
import { explain, Loaded, Notice } from '../../ui/feedback';
import { Icon } from '../../ui/icons';
import { sayOr } from '../../ui/server-words';
import { lookUp, useText } from '../../ui/text';
import { CapabilityTable } from './capability-table';

interface ConnectDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Choose a package, see what can and cannot be read or written there, then leave to give consent. */
export function ConnectDialog({ opened, onClose }: ConnectDialogProps): JSX.Element {
  const { t } = useText();
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
      title={chosen === null ? t('connections.connectTitle') : chosen.name}
      size={chosen === null ? 'md' : 'xl'}
      closeButtonProps={{ 'aria-label': t('common.close') }}
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
            <span className="op-strong">{each.name}</span>{' '}
            <span className="op-muted op-small">
              {each.country.join(', ')} ·{' '}
              {text.t('connections.maturity', { value: lookUp(text, 'connections.maturityName', each.maturity) })}
            </span>
            <span className="op-muted op-small" style={{ display: 'block' }}>
              {sayOr(`server.declared.${each.id}.description`, each.description, text)}
            </span>
          </span>
          <Icon name="chevronRight" />
        </button>
      ))}
    </div>
  );
}

function Consent({ connector, back }: { connector: Connector; back: () => void }): JSX.Element {
  const text = useText();
  const { t } = text;
  const connect = useConnect();
  const [settings, setSettings] = useState<Record<string, string>>({});
  const go = (event: FormEvent): void => {
    event.preventDefault();
    connect.mutate(asked.length === 0 ? { connector: connector.id } : { connector: connector.id, settings }, {
      onSuccess: ({ authorizeUrl }) => globalThis.location.assign(authorizeUrl),
    });
  };
  const failed = connect.isError ? explain(connect.error, text) : null;
  // An installation with its own app credentials asks nobody for them.
  const asked = connector.configured === undefined ? connector.settings : [];
  return (
    <form className="op-stack" onSubmit={go}>
      <CapabilityTable connector={connector} />
      {asked.map((field) => (
        <TextInput
          key={field.key}
          label={field.label}
          required={field.required}
          type={field.secret ? 'password' : 'text'}
          value={settings[field.key] ?? ''}
          onChange={(event) => setSettings({ ...settings, [field.key]: event.currentTarget.value })}
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
      <p className="op-muted op-small">{t('connections.goToText', { name: connector.name })}</p>
      <div className="op-row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={back}>
          {t('connections.back')}
        </Button>
        <Button
          type="submit"
          loading={connect.isPending}
          disabled={connector.configured === false}
          data-testid="go-to-consent"
        >
          {t('connections.goTo', { name: connector.name })}
        </Button>
      </div>
    </form>
  );
}
