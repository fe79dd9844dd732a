import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import type { ConnectionRef } from './connection-ref.js';

const LIFETIME_MS = 10 * 60_000;

export interface AuthorizationRequest extends ConnectionRef {
  readonly redirectUri: string;
  readonly connector: string;
  /** Unused and in time when it was taken; otherwise nothing may be done with the answer. */
  readonly valid: boolean;
  /** Otherwise good, and it came back in another browser than the one that began. It stays unused. */
  readonly otherBrowser: boolean;
}

/** Requests for consent that wait for their callback. Only a hash of `state` is kept, so a dump opens no door. */
@Injectable()
export class AuthorizationRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Writes a request down and returns its `state`. */
  async create(
    transaction: Transaction,
    ref: ConnectionRef,
    asked: { redirectUri: string; at: Date; browserSecret: string | null },
  ): Promise<string> {
    const state = randomBytes(32).toString('base64url');
    await transaction.query(
      `insert into authorization_request (state_hash, firm_id, connection_id, redirect_uri, created_at, expires_at, browser_hash)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        hashOf(state),
        ref.firmId,
        ref.connectionId,
        asked.redirectUri,
        asked.at.toISOString(),
        new Date(asked.at.getTime() + LIFETIME_MS).toISOString(),
        asked.browserSecret === null ? null : hashOf(asked.browserSecret),
      ],
    );
    return state;
  }

  /**
   * Takes a request by its state, once, in the browser that began it. A callback carries no session (a script may have
   * begun it with an API key), so the state itself says whose it is.
   */
  async take(state: string, browserSecret: string | null, now: Date): Promise<AuthorizationRequest | null> {
    return this.unitOfWork.acrossFirms((transaction) =>
      rowOf(
        transaction,
        `with taken as (
           update authorization_request set used_at = $2 where state_hash = $1 and used_at is null and expires_at > $2
             and (browser_hash is null or browser_hash = $3) returning state_hash
         )
         select r.firm_id as "firmId", r.connection_id as "connectionId", r.redirect_uri as "redirectUri", c.connector,
           exists (select from taken) as valid,
           r.used_at is null and r.expires_at > $2 and r.browser_hash is not null and r.browser_hash is distinct from $3 as "otherBrowser"
         from authorization_request r join connection c on c.id = r.connection_id where r.state_hash = $1`,
        [hashOf(state), now.toISOString(), browserSecret === null ? null : hashOf(browserSecret)],
      ),
    );
  }
}

function hashOf(state: string): Buffer {
  return createHash('sha256').update(state).digest();
}
