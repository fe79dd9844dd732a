import { Injectable } from '@nestjs/common';
import { countOf, rowOf, type SealedSecret, UnitOfWork } from '../../persistence/index.js';
import type { ConnectionRef } from './connection-ref.js';
import type { RefreshIntent } from './refresh-plan.js';

export interface StoredCredentials {
  readonly connector: string;
  readonly state: string;
  readonly stateMessage: string | null;
  readonly lineage: string;
  readonly version: string;
  readonly leaseHeld: boolean;
  readonly intent: RefreshIntent | null;
  readonly accessToken: SealedSecret | null;
  readonly refreshToken: SealedSecret | null;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
  /** Calls to the token endpoint on `tokenDay`, a day in UTC. */
  readonly tokenCalls: number;
  readonly tokenDay: string | null;
}

/** A grant on its way to the row: sealed, and naming what it replaces. */
export interface SealedGrant {
  readonly accessToken: SealedSecret;
  readonly refreshToken: SealedSecret;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** What a refresh replaces: the consent it belongs to, and the sealed text of the refresh token it used. */
export interface Replaces {
  readonly lineage: string;
  readonly usedText: string;
}

/** Longer than any call to a token endpoint may take, so that a living refresher never loses its lease. */
const LEASE_SECONDS = 60;

const READ = `
select connector, state, state_message as "stateMessage", lineage, version, refresh_intent as intent,
  access_token as "accessToken", refresh_token as "refreshToken", access_issued_at as "issuedAt",
  access_expires_at as "expiresAt", coalesce(lease_until > clock_timestamp(), false) as "leaseHeld",
  token_calls as "tokenCalls", token_day::text as "tokenDay"
from connection where id = $1`;

/** Counts one call to the token endpoint, on the UTC day of the instant in parameter `at`. */
const countCall = (at: string): string => `token_day = (${at}::timestamptz at time zone 'UTC')::date,
  token_calls = case when token_day = (${at}::timestamptz at time zone 'UTC')::date then token_calls + 1 else 1 end`;

/** The credential columns of a connection. Every change is conditional on what was read. */
@Injectable()
export class TokenRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(ref: ConnectionRef): Promise<StoredCredentials | null> {
    return this.unitOfWork.inFirm(ref.firmId, (transaction) => rowOf(transaction, READ, [ref.connectionId]));
  }

  /** Takes the right to call the token endpoint, and writes down that it will: both or neither. */
  async takeLease(
    ref: ConnectionRef,
    seen: StoredCredentials,
    lease: { owner: string; intent: RefreshIntent },
  ): Promise<boolean> {
    return this.change(
      ref,
      `update connection set lease_owner = $2, lease_until = clock_timestamp() + interval '${LEASE_SECONDS} s', refresh_intent = $3, version = version + 1,
         ${countCall('$6')}
       where id = $1 and version = $4 and lineage = $5 and (lease_until is null or lease_until <= clock_timestamp())`,
      [lease.owner, JSON.stringify(lease.intent), seen.version, seen.lineage, lease.intent.startedAt],
    );
  }

  /**
   * Stores a refreshed pair, unless a new consent came in between or somebody else stored one for the same token. The
   * token that was used is the fence: an answer that outlived its lease still counts when nothing replaced that token.
   */
  async storeGrant(ref: ConnectionRef, replaces: Replaces, grant: SealedGrant): Promise<boolean> {
    return this.change(
      ref,
      `update connection set access_token = $4, refresh_token = $5, access_issued_at = $6, access_expires_at = $7,
         state = 'active', state_reason = null, state_message = null,
         lease_owner = null, lease_until = null, refresh_intent = null, version = version + 1, updated_at = now()
       where id = $1 and lineage = $2 and refresh_token ->> 'text' = $3 and state <> 'revoked'`,
      [replaces.lineage, replaces.usedText, ...grantColumns(grant)],
    );
  }

  /** A new consent: a new lineage, which ends every refresh that is still under way. */
  async storeConsent(ref: ConnectionRef, lineage: string, grant: SealedGrant): Promise<boolean> {
    return this.change(
      ref,
      `update connection set lineage = $2, access_token = $3, refresh_token = $4, access_issued_at = $5, access_expires_at = $6,
         state = 'active', state_reason = null, state_message = null, broken_since = null,
         lease_owner = null, lease_until = null, refresh_intent = null, version = version + 1, updated_at = now(),
         ${countCall('$5')}
       where id = $1`,
      [lineage, ...grantColumns(grant)],
    );
  }

  /** Keeps a refresh token that came with a refusal. */
  async storeRefreshToken(ref: ConnectionRef, replaces: Replaces, refreshToken: SealedSecret): Promise<boolean> {
    return this.change(
      ref,
      `update connection set refresh_token = $4, refresh_intent = null, version = version + 1, updated_at = now()
       where id = $1 and lineage = $2 and refresh_token ->> 'text' = $3`,
      [replaces.lineage, replaces.usedText, JSON.stringify(refreshToken)],
    );
  }

  /** Gives the lease back. `intent` stays when the outcome of the call is not known. */
  async release(ref: ConnectionRef, owner: string, intent: RefreshIntent | null): Promise<void> {
    await this.change(
      ref,
      `update connection set lease_owner = null, lease_until = null, refresh_intent = $3, version = version + 1
       where id = $1 and lease_owner = $2`,
      [owner, intent === null ? null : JSON.stringify(intent)],
    );
  }

  /** The source refused for good: a person must reconnect. Keeps the tokens, in case the refusal was a mistake. */
  async needReconnect(
    ref: ConnectionRef,
    replaces: Replaces,
    why: { reason: string; message: string },
  ): Promise<boolean> {
    return this.change(
      ref,
      `update connection set state = 'needs_reconnect', state_reason = $4, state_message = $5,
         lease_owner = null, lease_until = null, version = version + 1, updated_at = now()
       where id = $1 and lineage = $2 and refresh_token ->> 'text' = $3 and state = 'active'`,
      [replaces.lineage, replaces.usedText, why.reason, why.message],
    );
  }

  private async change(ref: ConnectionRef, sql: string, parameters: unknown[]): Promise<boolean> {
    const touched = await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      countOf(transaction, sql, [ref.connectionId, ...parameters]),
    );
    return touched === 1;
  }
}

function grantColumns(grant: SealedGrant): unknown[] {
  return [JSON.stringify(grant.accessToken), JSON.stringify(grant.refreshToken), grant.issuedAt, grant.expiresAt];
}
