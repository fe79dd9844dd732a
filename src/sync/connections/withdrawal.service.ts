import { Injectable, Logger } from '@nestjs/common';
import { recordDeed, UnitOfWork } from '../../persistence/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import type { ConnectionRef } from './connection-ref.js';
import { ConnectionRepository } from './connection.repository.js';
import { TokenVault } from './token-vault.service.js';

interface HeldTokens {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
}

/** A person waits for the answer; a source that takes longer has the consent withdrawn, or not, without us. */
const LIMIT_MS = 10_000;

/** Ends a consent on both sides, ours first. */
@Injectable()
export class WithdrawalService {
  private readonly logger = new Logger('connections');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly connections: ConnectionRepository,
    private readonly vault: TokenVault,
    private readonly registry: ConnectorRegistry,
  ) {}

  /** Throws a 404 problem when there is no such connection. Whatever the source answers, our secrets are gone. */
  async withdraw(ref: ConnectionRef, actor: string): Promise<void> {
    const { connector } = await this.connections.get(ref);
    const held = await this.vault.leave(ref).catch(() => NOTHING);
    await this.connections.revoke(ref, actor);
    if (held.accessToken === null && held.refreshToken === null) return;
    const outcome = await this.atSource(connector, held);
    if (outcome === 'not-offered') return;
    await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      recordDeed(transaction, {
        firmId: ref.firmId,
        actor,
        action: 'connection.revoked-at-source',
        subjectType: 'connection',
        subjectId: ref.connectionId,
        detail: { outcome },
      }),
    );
  }

  private async atSource(id: string, held: HeldTokens): Promise<'done' | 'failed' | 'not-offered'> {
    try {
      const auth = this.registry.get(id).auth(this.registry.settingsOf(id));
      if (auth.revoke === undefined) return 'not-offered';
      await Promise.race([auth.revoke(held), lateAfter(LIMIT_MS)]);
      return 'done';
    } catch (error) {
      // A connector's errors carry no token; anything else might, so only its name is told.
      this.logger.warn(`${id}: the consent could not be withdrawn at the source (${nameOf(error)})`);
      return 'failed';
    }
  }
}

const NOTHING: HeldTokens = { accessToken: null, refreshToken: null };

function lateAfter(milliseconds: number): Promise<never> {
  return new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error('no answer in time')), milliseconds).unref();
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
