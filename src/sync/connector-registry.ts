import type { Connector, ConnectorSettings } from '../connectors/contract/index.js';
import { notFound, Problem } from '../http/index.js';
import type { Settings } from '../settings/index.js';

/** The connectors of this build, each with the credentials that the environment gives it. */
export class ConnectorRegistry {
  private readonly byId: ReadonlyMap<string, Connector>;

  constructor(
    connectors: readonly Connector[],
    private readonly settings: Pick<Settings, 'connectors'>,
  ) {
    this.byId = new Map(connectors.map((connector) => [connector.declaration.id, connector]));
  }

  all(): readonly Connector[] {
    return [...this.byId.values()];
  }

  /** Throws a 404 problem for a package that we do not know. */
  get(id: string): Connector {
    const connector = this.byId.get(id);
    if (connector === undefined) throw notFound(`connector "${id}"`);
    return connector;
  }

  isConfigured(id: string): boolean {
    return (this.settings.connectors[id] ?? null) !== null;
  }

  /** Throws a 422 problem when this installation has no credentials for the package. */
  settingsOf(id: string): ConnectorSettings {
    const settings = this.settings.connectors[id] ?? null;
    if (settings === null)
      throw new Problem(422, 'CONNECTOR_NOT_CONFIGURED', `no client id is configured for "${id}"; see .env.example`);
    return settings;
  }
}
