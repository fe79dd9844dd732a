import { Inject, Injectable, Logger } from '@nestjs/common';
import { SourceError, type CheckResult } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import type { ConnectionRef } from './connection-ref.js';
import { ConnectionRepository, type Right } from './connection.repository.js';
import { SourceGateway } from './source-gateway.service.js';
import { TokenVault } from './token-vault.service.js';

/** Turns a code into tokens in the vault, and finds out who is connected. */
@Injectable()
export class ConsentService {
  private readonly logger = new Logger('connections');

  constructor(
    private readonly registry: ConnectorRegistry,
    private readonly vault: TokenVault,
    private readonly gateway: SourceGateway,
    private readonly connections: ConnectionRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  authorizeUrl(connector: string, asked: { redirectUri: string; state: string }): string {
    return this.registry
      .get(connector)
      .auth(this.registry.settingsOf(connector))
      .authorizeUrl({ ...asked, forceLogin: false });
  }

  /** Throws SourceError when the source does not take the code. A failing check afterwards is noted, not thrown. */
  async accept(request: ConnectionRef & { connector: string; redirectUri: string }, code: string): Promise<void> {
    const auth = this.registry.get(request.connector).auth(this.registry.settingsOf(request.connector));
    const askedAt = this.clock.now();
    const grant = await auth.exchange({ code, redirectUri: request.redirectUri });
    await this.vault.adopt(request, grant, askedAt);
    try {
      await this.check(request);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.logger.warn(`connection ${request.connectionId}: check after consent failed: ${error.message}`);
      await this.connections.noteProblem(request, error.kind, error.message);
    }
  }

  /** Asks the source who is connected and what the consent reaches; throws SourceError. */
  async check(ref: ConnectionRef): Promise<CheckResult> {
    const session = await this.gateway.open(ref);
    try {
      const found = await session.connector.check(session.context);
      const name = `${session.connector.declaration.name} · ${found.user}`;
      await this.connections.markChecked(ref, { user: found.user, name, at: this.clock.now() });
      return found;
    } catch (error) {
      throw await session.explain(error);
    }
  }

  /** What the connected user may do in one administration, asked now and kept for who looks later; throws SourceError. */
  async rights(ref: ConnectionRef, sourceId: string): Promise<readonly Right[]> {
    const session = await this.gateway.open(ref);
    try {
      const rights = await session.connector.rights(session.context, sourceId);
      await this.connections.noteRights(ref, { sourceId, rights, at: this.clock.now() });
      return rights;
    } catch (error) {
      throw await session.explain(error);
    }
  }
}
