import {
  SourceError,
  type Connector,
  type ConnectorSettings,
  type OauthProfile,
} from '../connectors/contract/index.js';
import { notFound, Problem } from '../http/index.js';
import type { Settings } from '../settings/index.js';

/** Where nobody signs in there is no app to be known by. */
const NO_APP: ConnectorSettings = { baseUrl: '', clientId: '', clientSecret: '', extra: {} };

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

  /** How tokens of the package behave. Throws SourceError `bug` for one where nobody signs in. */
  loginOf(id: string): OauthProfile {
    const { auth } = this.get(id).declaration;
    if (auth.kind === 'none') throw new SourceError('bug', `"${id}" has no login and no tokens`);
    return auth;
  }

  hasLogin(id: string): boolean {
    return this.get(id).declaration.auth.kind !== 'none';
  }

  isConfigured(id: string): boolean {
    return !this.hasLogin(id) || (this.settings.connectors[id] ?? null) !== null;
  }

  /** Throws a 422 problem when this installation has no credentials for the package. */
  settingsOf(id: string): ConnectorSettings {
    const settings = this.settings.connectors[id] ?? (this.hasLogin(id) ? null : NO_APP);
    if (settings === null)
      throw new Problem(422, 'CONNECTOR_NOT_CONFIGURED', `no client id is configured for "${id}"; see .env.example`);
    return settings;
  }
}
