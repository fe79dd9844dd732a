import { Inject, Injectable } from '@nestjs/common';
import {
  SourceError,
  type Connector,
  type ConnectorContext,
  type SourceHttp,
  type SourceRequest,
  type SourceResponse,
} from '../../connectors/contract/index.js';
import { createSourceHttp } from '../../connectors/transport/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws a 404 problem when the connection does not exist. */
  async open(ref: ConnectionRef): Promise<SourceSession> {
    const { connector: id } = await this.connections.get(ref);
    const connector = this.registry.get(id);
    const settings = this.registry.settingsOf(id);
    const shared = { connector, clock: this.clock, settings };
    if (!this.registry.hasLogin(id)) return openWithoutLogin(await this.local.open(ref), shared);
    const http = new BearerHttp(this.vault, ref, {
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

const REUSE_MS = 3_000;

/** One refresh and one repeat per 401; a 401 means that nothing was done, so a write may be repeated too. */
class BearerHttp implements SourceHttp {
  calls = 0;
  lastToken = '';
  private askedAt = -Infinity;
  /** Set when a 401 met a token that the source would not renew yet. */
  tooYoungUntil: Date | null = null;

  constructor(
    private readonly vault: TokenVault,
    private readonly ref: ConnectionRef,
    private readonly site: { baseUrl: string; allowedHosts: readonly string[] },
  ) {}

  async request(request: SourceRequest): Promise<SourceResponse> {
    const first = await this.send(request, () => this.recent());
    if (first.status !== 401) return first;
    const next = await this.renewed(this.lastToken);
    return this.send(request, async () => next);
  }

  /** A token asked for a moment ago is as good as the one in the vault: the margin before its end is far longer. */
  private async recent(): Promise<string> {
    if (this.lastToken !== '' && performance.now() - this.askedAt < REUSE_MS) return this.lastToken;
    const token = await this.vault.bearer(this.ref);
    this.askedAt = performance.now();
    return token;
  }

  private async send(request: SourceRequest, bearer: () => Promise<string>): Promise<SourceResponse> {
    const http = createSourceHttp({
      ...this.site,
      bearer: async () => (this.lastToken = await bearer()),
      onCall: () => (this.calls += 1),
    });
    return http.request(request);
  }

  /** A young token gets its one repeat unrenewed: the refusal may have been a hiccup, a refresh would be refused. */
  private async renewed(refused: string): Promise<string> {
    try {
      return await this.vault.renew(this.ref, refused);
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind !== 'auth_expired') throw error;
      this.tooYoungUntil = error.until;
      return refused;
    }
  }
}
