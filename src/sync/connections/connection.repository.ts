import { Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { newId } from '../../kernel/index.js';
import { countOf, recordDeed, rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import type { ConnectionRef } from './connection-ref.js';

export interface QuotaRow {
  readonly administrationId: string;
  readonly scope: 'minute' | 'day';
  readonly remaining: number;
  readonly limit: number | null;
  readonly resetsAt: string | null;
}

export interface ConnectionRow {
  readonly id: string;
  readonly connector: string;
  readonly name: string;
  readonly state: 'active' | 'needs_reconnect' | 'revoked' | 'error';
  readonly stateReason: string | null;
  readonly stateMessage: string | null;
  readonly lastSuccessAt: Date | null;
  readonly tokenExpiresAt: Date | null;
  readonly createdAt: Date;
  readonly sourceUser: string | null;
  readonly administrations: number;
  readonly quota: readonly QuotaRow[];
}

const SELECT = `
select c.id, c.connector, c.name, c.state, c.state_reason as "stateReason", c.state_message as "stateMessage",
  c.last_success_at as "lastSuccessAt", c.access_expires_at as "tokenExpiresAt", c.created_at as "createdAt",
  c.source_user as "sourceUser", books.number as administrations, books.quota
from connection c
cross join lateral (
  select count(*)::int as number,
    coalesce(jsonb_agg(seen.budget || jsonb_build_object('administrationId', a.id)) filter (where seen.budget is not null), '[]') as quota
  from administration a left join lateral jsonb_array_elements(a.quota) as seen(budget) on true
  where a.connection_id = c.id
) books`;

/** Connections without their secrets. */
@Injectable()
export class ConnectionRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(firmId: string): Promise<ConnectionRow[]> {
    return this.unitOfWork.inFirm(firmId, (transaction) =>
      rowsOf(transaction, `${SELECT} order by c.created_at, c.id`),
    );
  }

  async get(ref: ConnectionRef): Promise<ConnectionRow> {
    const row = await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      rowOf<ConnectionRow>(transaction, `${SELECT} where c.id = $1`, [ref.connectionId]),
    );
    if (row === null) throw notFound('connection');
    return row;
  }

  /** A connection that waits for its first consent, or works at once where nobody signs in. */
  async create(
    transaction: Transaction,
    connection: { firmId: string; connector: string; name: string; settings: object; actor: string; hasLogin: boolean },
  ): Promise<string> {
    const id = newId();
    await transaction.query(
      `insert into connection (id, firm_id, connector, name, state, state_reason, settings, lineage)
       values ($1, $2, $3, $4, $7, $8, $5, $6)`,
      [
        id,
        connection.firmId,
        connection.connector,
        connection.name,
        JSON.stringify(connection.settings),
        newId(),
        ...(connection.hasLogin ? ['needs_reconnect', 'awaiting_consent'] : ['active', null]),
      ],
    );
    await recordDeed(transaction, {
      firmId: connection.firmId,
      actor: connection.actor,
      action: 'connection.created',
      subjectType: 'connection',
      subjectId: id,
      detail: { connector: connection.connector },
    });
    return id;
  }

  /** A consent that failed. A connection that still works keeps working. */
  async markFailed(ref: ConnectionRef, reason: string, message: string): Promise<void> {
    await this.change(
      ref,
      `update connection set state = 'error', state_reason = $2, state_message = $3, updated_at = now()
       where id = $1 and state not in ('active', 'revoked')`,
      [reason, message],
    );
  }

  /** What the check after the consent found out; `problem` stays visible on an otherwise active connection. */
  async markChecked(ref: ConnectionRef, found: { user: string; name: string; at: Date }): Promise<void> {
    await this.change(
      ref,
      `update connection set source_user = $2, name = $3, last_success_at = $4, updated_at = now() where id = $1`,
      [found.user, found.name, found.at.toISOString()],
    );
  }

  async noteProblem(ref: ConnectionRef, reason: string, message: string): Promise<void> {
    await this.change(
      ref,
      `update connection set state_reason = $2, state_message = $3, updated_at = now() where id = $1 and state = 'active'`,
      [reason, message],
    );
  }

  /** A pull or a write went well: an earlier note about a problem is over. */
  async noteSuccess(ref: ConnectionRef, at: Date): Promise<void> {
    await this.change(
      ref,
      `update connection set last_success_at = $2, state_reason = null, state_message = null where id = $1 and state = 'active'`,
      [at.toISOString()],
    );
  }

  /** Ends a connection: secrets are erased, its schedules stop, the books stay. */
  async revoke(ref: ConnectionRef, actor: string): Promise<void> {
    await this.unitOfWork.inFirm(ref.firmId, async (transaction) => {
      const touched = await countOf(
        transaction,
        `update connection set state = 'revoked', state_reason = 'revoked_by_user', state_message = null,
           access_token = null, refresh_token = null, access_issued_at = null, access_expires_at = null, refresh_intent = null,
           lease_owner = null, lease_until = null, lineage = $2, version = version + 1, updated_at = now() where id = $1`,
        [ref.connectionId, newId()],
      );
      if (touched === 0) throw notFound('connection');
      await transaction.query(`delete from authorization_request where connection_id = $1`, [ref.connectionId]);
      await transaction.query(
        `update schedule set enabled = false, next_at = null, updated_at = now()
         where administration_id in (select id from administration where connection_id = $1)`,
        [ref.connectionId],
      );
      await recordDeed(transaction, {
        firmId: ref.firmId,
        actor,
        action: 'connection.revoked',
        subjectType: 'connection',
        subjectId: ref.connectionId,
      });
    });
  }

  private async change(ref: ConnectionRef, sql: string, parameters: unknown[]): Promise<void> {
    await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      countOf(transaction, sql, [ref.connectionId, ...parameters]),
    );
  }
}
