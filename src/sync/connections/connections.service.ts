import { Injectable } from '@nestjs/common';
import { SourceError, type Declaration } from '../../connectors/contract/index.js';
import { invalid } from '../../http/index.js';
import type { SourceAdministration } from '../../ledger/domain/index.js';
import { rowsOf, UnitOfWork } from '../../persistence/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { toProblem } from '../source-problem.js';
import { AuthorizationService } from './authorization.service.js';
import type { ConnectionRef } from './connection-ref.js';
import { toConnectionView, toConnectorView } from './connection-view.js';
import { ConnectionRepository } from './connection.repository.js';
import { ConsentService } from './consent.service.js';

interface EnabledRow {
  readonly id: string;
  readonly sourceId: string;
  readonly enabled: boolean;
}

/** Connections as people handle them. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly connections: ConnectionRepository,
    private readonly authorization: AuthorizationService,
    private readonly registry: ConnectorRegistry,
    private readonly consent: ConsentService,
  ) {}

  /** What each package can and cannot do, before anybody consents. */
  connectors(): object[] {
    return this.registry
      .all()
      .map(({ declaration }) => toConnectorView(declaration, this.registry.isConfigured(declaration.id)));
  }

  async list(firmId: string): Promise<object[]> {
    return (await this.connections.list(firmId)).map(toConnectionView);
  }

  async get(ref: ConnectionRef): Promise<object> {
    return toConnectionView(await this.connections.get(ref));
  }

  /** A new connection, waiting for consent at `authorizeUrl`; null where nobody signs in: then it works at once. */
  async create(wanted: {
    firmId: string;
    actor: string;
    connector: string;
    settings: Record<string, unknown>;
    browserSecret?: string | null;
  }): Promise<{ id: string; authorizeUrl: string | null }> {
    if (!this.registry.all().some(({ declaration: { id } }) => id === wanted.connector))
      throw invalid(
        'connector',
        `one of ${this.registry
          .all()
          .map(({ declaration: { id } }) => id)
          .join(', ')}`,
      );
    const { declaration } = this.registry.get(wanted.connector);
    this.registry.settingsOf(wanted.connector);
    checkSettings(declaration, wanted.settings);
    return this.unitOfWork.inFirm(wanted.firmId, async (transaction) => {
      const hasLogin = this.registry.hasLogin(wanted.connector);
      const id = await this.connections.create(transaction, { ...wanted, name: declaration.name, hasLogin });
      if (!hasLogin) return { id, authorizeUrl: null };
      const ref = { firmId: wanted.firmId, connectionId: id };
      return { id, authorizeUrl: await this.authorization.ask(transaction, ref, wanted) };
    });
  }

  /** Where nobody signs in the connection works again at once, and there is nowhere to go. */
  async reconnect(ref: ConnectionRef, browserSecret: string | null): Promise<{ authorizeUrl: string | null }> {
    const { connector } = await this.connections.get(ref);
    if (!this.registry.hasLogin(connector)) {
      await this.connections.takeUpAgain(ref);
      return { authorizeUrl: null };
    }
    return { authorizeUrl: await this.authorization.askAgain(ref, browserSecret) };
  }

  /** The administrations that the consent reaches, with what we already do with each. Asks the source. */
  async reach(ref: ConnectionRef, withRights: boolean): Promise<object[]> {
    await this.connections.get(ref);
    try {
      const { administrations } = await this.consent.check(ref);
      const ours = new Map((await this.enabled(ref)).map((row) => [row.sourceId, row]));
      const items: object[] = [];
      for (const { sourceId, name, country, currency } of administrations) {
        const known = ours.get(sourceId);
        const rights = withRights ? { rights: await this.consent.rights(ref, sourceId) } : {};
        const state = { enabled: known?.enabled ?? false, administrationId: known?.id ?? null };
        items.push({ sourceId, name, country, currency, ...state, ...rights });
      }
      return items;
    } catch (error) {
      throw error instanceof SourceError ? toProblem(error) : error;
    }
  }

  /** One administration as the consent reaches it now; null when it does not. Asks the source. */
  async findReached(ref: ConnectionRef, sourceId: string): Promise<SourceAdministration | null> {
    await this.connections.get(ref);
    try {
      const { administrations } = await this.consent.check(ref);
      return administrations.find((each) => each.sourceId === sourceId) ?? null;
    } catch (error) {
      throw error instanceof SourceError ? toProblem(error) : error;
    }
  }

  /** What a connection's package can do. */
  async declarationOf(ref: ConnectionRef): Promise<Declaration> {
    const { connector } = await this.connections.get(ref);
    return this.registry.get(connector).declaration;
  }

  private async enabled(ref: ConnectionRef): Promise<EnabledRow[]> {
    return this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      rowsOf(transaction, `select id, source_id as "sourceId", enabled from administration where connection_id = $1`, [
        ref.connectionId,
      ]),
    );
  }
}

function checkSettings({ settings }: Declaration, given: Record<string, unknown>): void {
  for (const key of Object.keys(given))
    if (!settings.some((field) => field.key === key)) throw invalid(`settings.${key}`, 'a setting of this connector');
  for (const { key, label, required, pattern } of settings) {
    const value = given[key];
    if (value === undefined && !required) continue;
    if (typeof value !== 'string' || value.length > 1_000 || (required && value.trim() === ''))
      throw invalid(`settings.${key}`, `text: ${label}`);
    if (pattern !== undefined && !new RegExp(`^(?:${pattern.source})$`).test(value))
      throw invalid(`settings.${key}`, pattern.expected);
  }
}
