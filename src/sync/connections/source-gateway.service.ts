import { Inject, Injectable } from '@nestjs/common';
import { SourceError, type Connector, type ConnectorContext } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { QuotaGate, type CallPurpose } from '../quota/index.js';
import { BearerHttp } from './bearer-http.client.js';
import type { ConnectionRef } from './connection-ref.js';
import { ConnectionRepository } from './connection.repository.js';
import { LocalSource, type WayOut } from './local-source.js';
import { TokenVault } from './token-vault.service.js';

/** A connector and its way out, for one connection. Its calls go one after the other, as the sources ask. */
export interface SourceSession {
  readonly connector: Connector;
  readonly context: ConnectorContext;
  /** Calls made so far. */
  calls(): number;
  /** As of when the source tells what it tells; null when it has told nothing yet. */
  asOf(): 'live' | Date | null;
  /** The error as the engine acts on it; records on the connection what a person must see. */
  explain(error: unknown): Promise<SourceError>;
}

/** Opens sources: the bearer token comes from the vault, call by call, so that a long pull outlives its first token. */
@Injectable()
export class SourceGateway {
  constructor(
    private readonly registry: ConnectorRegistry,
    private readonly vault: TokenVault,
    private readonly connections: ConnectionRepository,
    private readonly local: LocalSource,
    private readonly quota: QuotaGate,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Calls are counted for `purpose`. Throws a 404 problem when the connection does not exist. */
  async open(ref: ConnectionRef, purpose: CallPurpose = 'person'): Promise<SourceSession> {
    const { connector: id, state } = await this.connections.get(ref);
    const connector = this.registry.get(id);
    const settings = this.registry.settingsOf(id);
    const shared = { connector, clock: this.clock, settings };
    if (!this.registry.hasLogin(id) && state !== 'active')
      throw new SourceError('auth_revoked', 'the connection was ended; connect it again');
    if (!this.registry.hasLogin(id)) return openWithoutLogin(await this.local.open(ref), shared);
    const http = new BearerHttp(ref, {
      vault: this.vault,
      quota: this.quota,
      caller: { connector, clientId: settings.clientId, connectionId: ref.connectionId, purpose },
      onRest: (text) => this.connections.noteProblem(ref, 'error_budget', text),
      baseUrl: settings.baseUrl,
      allowedHosts: connector.declaration.allowedHosts ?? [],
    });
    return {
      connector,
      context: { http, clock: this.clock, settings },
      calls: () => http.calls,
      asOf: () => 'live',
      explain: (error) => this.explain(ref, http, error),
    };
  }

  private async explain(ref: ConnectionRef, http: BearerHttp, error: unknown): Promise<SourceError> {
    if (!(error instanceof SourceError)) throw error;
    if (error.kind === 'auth_revoked') await this.vault.distrust(ref, http.lastToken, error.message);
    if (error.kind !== 'auth_expired' || error.until !== null || http.tooYoungUntil === null) return error;
    return new SourceError('auth_expired', error.message, { until: http.tooYoungUntil, cause: error });
  }
}

/** No token to renew and nobody to ask for consent: an error is what it says. */
function openWithoutLogin(
  way: WayOut,
  { connector, clock, settings }: Omit<ConnectorContext, 'http'> & { readonly connector: Connector },
): SourceSession {
  const explain = async (error: unknown): Promise<SourceError> => {
    if (error instanceof SourceError) return error;
    throw error;
  };
  const { http } = way;
  return { connector, context: { http, clock, settings }, calls: () => way.calls(), asOf: () => way.asOf(), explain };
}
