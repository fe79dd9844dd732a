import { Injectable } from '@nestjs/common';
import type { ConnectionRef } from './connection-ref.js';
import { ConnectionRepository } from './connection.repository.js';
import { Farewell } from './farewell.js';
import { WithdrawalService } from './withdrawal.service.js';

/** Ends connections: the source is told while there is a token to tell it with, then the tokens are erased, then the consent is withdrawn. */
@Injectable()
export class DisconnectService {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly last: Farewell,
    private readonly withdrawal: WithdrawalService,
  ) {}

  /** Throws a 404 problem when the firm has no such connection. */
  async disconnect(ref: ConnectionRef, actor: string): Promise<void> {
    const { state } = await this.connections.get(ref);
    if (state === 'active') await this.last.farewell(ref);
    await this.withdrawal.withdraw(ref, actor);
  }
}
