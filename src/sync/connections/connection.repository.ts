import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { CLOCK, newId, type Clock } from '../../kernel/index.js';
import { countOf, recordDeed, rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import type { ConnectionRef } from './connection-ref.js';

/** A limit of the source as the ledger of calls has it. */
export interface QuotaRow {
  /** null: all administrations of the connection together. */
  readonly administrationId: string | null;
  readonly scope: 'minute' | 'hour' | 'day';
  readonly remaining: number;
  readonly limit: number;
  /** Of what remains, kept for people and write-backs. */
  readonly reserve: number;
  readonly resetsAt: string | null;
}

/** An endpoint that is left alone, because the source would block us after more errors. */
export interface RestingRow {
  readonly administrationId: string | null;
  readonly endpoint: string;
  readonly until: string;
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
  readonly resting: readonly RestingRow[];
  readonly tokenIssuedAt: Date | null;
  /** Since when it needs a person; null while it works. */
  readonly brokenSince: Date | null;
  /** When the admins were told by e-mail of the present failure, last. */
  readonly noticeSentAt: Date | null;
  readonly rightsMissing: readonly { administrationId: string; object: string; message: string | null }[];
  readonly rightsCheckedAt: Date | null;
}

/** One thing that the connected user may or may not do. */
export interface Right {
  readonly object: string;
  readonly allowed: boolean;
  readonly message: string | null;
}

/** `$1`: now. */
const SELECT = `
select c.id, c.connector, c.name, c.state, c.state_reason as "stateReason", c.state_message as "stateMessage",
  c.last_success_at as "lastSuccessAt", c.access_expires_at as "tokenExpiresAt", c.created_at as "createdAt",
  c.source_user as "sourceUser", books.number as administrations, budgets.quota, rests.resting, c.access_issued_at as "tokenIssuedAt",
  case when c.state in ('needs_reconnect', 'error') then c.broken_since end as "brokenSince",
  (select max(n.sent_at) from connection_notice n where n.connection_id = c.id and n.incident_at = c.broken_since and c.state <> 'active') as "noticeSentAt",
  rights.missing as "rightsMissing", rights.checked_at as "rightsCheckedAt"
from connection c
cross join lateral (select count(*)::int as number from administration where connection_id = c.id) books
cross join lateral (
  select coalesce(jsonb_agg(jsonb_build_object(
      'administrationId', a.id,
      'scope', case when q.per_seconds < 3600 then 'minute' when q.per_seconds < 86400 then 'hour' else 'day' end,
      'remaining', case when q.ends_at > $1 then greatest(0, q.limit_units - q.used) else q.limit_units end,
      'limit', q.limit_units, 'reserve', q.reserve_units,
      'resetsAt', case when q.ends_at > $1 then to_char(q.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end
    ) order by a.name, q.per_seconds), '[]') as quota
  from quota_window q
  left join administration a on a.connection_id = c.id and q.holder = 'administration:' || a.source_id
  where q.connector = c.connector and (a.id is not null or q.holder = 'connection:' || c.id)
) budgets
cross join lateral (
  select coalesce(jsonb_agg(jsonb_build_object(
      'administrationId', a.id, 'endpoint', e.endpoint,
      'until', to_char(e.rests_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by e.rests_until), '[]') as resting
  from quota_error e left join administration a on a.connection_id = c.id and a.source_id = e.administration
  where e.connection_id = c.id and e.rests_until > $1
) rests
cross join lateral (
  select min(a.rights_checked_at) as checked_at,
    coalesce(jsonb_agg(jsonb_build_object('administrationId', a.id, 'object', seen.item ->> 'object', 'message', seen.item ->> 'message'))
      filter (where not (seen.item ->> 'allowed')::boolean), '[]') as missing
  from administration a left join lateral jsonb_array_elements(a.source_rights) as seen(item) on true
  where a.connection_id = c.id and a.enabled
) rights`;

/** Connections without their secrets. */
@Injectable()
export class ConnectionRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(firmId: string): Promise<ConnectionRow[]> {
    return this.unitOfWork.inFirm(firmId, (transaction) =>
      rowsOf(transaction, `${SELECT} order by c.created_at, c.id`, [this.clock.now().toISOString()]),
    );
  }

  async get(ref: ConnectionRef): Promise<ConnectionRow> {
    const row = await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      rowOf<ConnectionRow>(transaction, `${SELECT} where c.id = $2`, [
        this.clock.now().toISOString(),
        ref.connectionId,
      ]),
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

  /** What the connected user may do in an administration of ours; of any other nothing is kept. */
  async noteRights(ref: ConnectionRef, seen: { sourceId: string; rights: readonly Right[]; at: Date }): Promise<void> {
    await this.change(
      ref,
      `update administration set source_rights = $3, rights_checked_at = $4 where connection_id = $1 and source_id = $2`,
      [seen.sourceId, JSON.stringify(seen.rights), seen.at.toISOString()],
    );
  }

  /** A connection where nobody signs in works again. */
  async takeUpAgain(ref: ConnectionRef): Promise<void> {
    await this.change(
      ref,
      `update connection set state = 'active', state_reason = null, state_message = null, updated_at = now() where id = $1`,
      [],
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
