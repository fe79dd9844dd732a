import { Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { rowOf, rowsOf, UnitOfWork } from '../../persistence/index.js';
import type { HintRef } from './hint.repository.js';

export type HintState = 'pending' | 'active' | 'refused' | 'off';

/** Books whose subscription this worker looks at now. */
export interface Look extends HintRef {
  readonly connectionId: string;
  readonly sourceId: string;
  readonly enabled: boolean;
  readonly state: HintState;
  /** The consent is the one under which it was looked at before. */
  readonly sameConsent: boolean;
}

export interface Found {
  readonly state: HintState;
  readonly message: string | null;
  readonly topics: readonly string[];
  readonly isLost: boolean;
  readonly at: Date;
  readonly nextAt: Date;
}

export interface HintRow {
  readonly connector: string;
  readonly state: HintState | null;
  readonly message: string | null;
  readonly topics: readonly string[] | null;
  readonly checkedAt: Date | null;
  readonly lostAt: Date | null;
  readonly heardAt: Date | null;
  readonly dueAt: Date | null;
  readonly pulledAt: Date | null;
  readonly counts: Readonly<Record<string, number>> | null;
}

/** Whose subscription wants looking at. $1: now. An administration that was switched off is looked at once, to end it. */
const WANTED = `c.state = 'active' and (
  (a.enabled and (h.administration_id is null or h.state = 'off' or h.next_check_at <= $1 or h.lineage is distinct from c.lineage))
  or (not a.enabled and (h.state = 'active' or (h.state = 'pending' and h.next_check_at <= $1))))`;

const BOOKS = `administration a join connection c on c.id = a.connection_id`;

const CLAIM = `
with seen as (
  select h.administration_id, h.state, h.lineage is not distinct from c.lineage as same, c.lineage, a.connection_id, a.source_id, a.enabled
  from source_hint h join ${BOOKS} on a.id = h.administration_id
  where h.administration_id = $2 and ${WANTED} for update of h
)
update source_hint h set next_check_at = $3, lineage = seen.lineage, token_hash = $4,
  state = case when h.state = 'off' or not seen.enabled then 'pending' else h.state end
from seen where h.administration_id = seen.administration_id
returning seen.state, seen.same as "sameConsent", seen.connection_id as "connectionId", seen.source_id as "sourceId", seen.enabled`;

/** Subscriptions to hints: what stands at the source as far as we know, and when to look again. */
@Injectable()
export class SubscriptionRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Administrations of these connectors that want looking at, in every firm. */
  async findWanted(connectors: readonly string[], now: Date): Promise<HintRef[]> {
    return this.unitOfWork.acrossFirms((transaction) =>
      rowsOf(
        transaction,
        `select a.id as "administrationId", a.firm_id as "firmId" from ${BOOKS} left join source_hint h on h.administration_id = a.id
         where c.connector = any($2) and ${WANTED} limit 500`,
        [now.toISOString(), connectors],
      ),
    );
  }

  /** Which package an administration belongs to; null when there is no such administration. */
  async findConnector(ref: HintRef): Promise<string | null> {
    const row = await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      rowOf<{ connector: string }>(transaction, `select c.connector from ${BOOKS} where a.id = $1`, [
        ref.administrationId,
      ]),
    );
    return row?.connector ?? null;
  }

  /** Takes the look, so that nobody else looks meanwhile; null when somebody does, or nothing is wanted. */
  async claim(ref: HintRef, tokenHash: Buffer, at: { now: Date; until: Date }): Promise<Look | null> {
    return this.unitOfWork.inFirm(ref.firmId, async (transaction) => {
      const now = at.now.toISOString();
      await transaction.query(
        `insert into source_hint (administration_id, firm_id, state, token_hash, next_check_at)
         select a.id, a.firm_id, 'pending', $2, $3 from administration a where a.id = $1 and a.enabled
         on conflict (administration_id) do nothing`,
        [ref.administrationId, tokenHash, now],
      );
      const parameters = [now, ref.administrationId, at.until.toISOString(), tokenHash];
      const row = await rowOf<Omit<Look, keyof HintRef>>(transaction, CLAIM, parameters);
      return row === null ? null : { ...ref, ...row };
    });
  }

  async save(ref: HintRef, found: Found): Promise<void> {
    await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      transaction.query(
        `update source_hint set state = $2, message = $3, topics = $4, checked_at = $5, next_check_at = $6,
           lost_at = case when $7 then $5 else lost_at end where administration_id = $1`,
        [
          ref.administrationId,
          found.state,
          found.message,
          JSON.stringify(found.topics),
          found.at.toISOString(),
          found.nextAt.toISOString(),
          found.isLost,
        ],
      ),
    );
  }

  /** Subscriptions of a connection that stand, or may. */
  async findStanding(firmId: string, connectionId: string): Promise<{ administrationId: string; sourceId: string }[]> {
    return this.unitOfWork.inFirm(firmId, (transaction) =>
      rowsOf(
        transaction,
        `select h.administration_id as "administrationId", a.source_id as "sourceId"
         from source_hint h join administration a on a.id = h.administration_id
         where a.connection_id = $1 and h.state in ('active', 'pending')`,
        [connectionId],
      ),
    );
  }

  /** Throws a 404 problem when the firm has no such administration. */
  async get(ref: HintRef): Promise<HintRow> {
    const row = await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      rowOf<HintRow>(
        transaction,
        `select c.connector, h.state, h.message, h.topics, h.checked_at as "checkedAt", h.lost_at as "lostAt",
           h.heard_at as "heardAt", h.due_at as "dueAt", h.pulled_at as "pulledAt", h.counts
         from ${BOOKS} left join source_hint h on h.administration_id = a.id where a.id = $1`,
        [ref.administrationId],
      ),
    );
    if (row === null) throw notFound('administration');
    return row;
  }

  /** Makes the next look due at once. */
  async lookNow(ref: HintRef, now: Date): Promise<void> {
    await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      transaction.query(`update source_hint set next_check_at = $2 where administration_id = $1`, [
        ref.administrationId,
        now.toISOString(),
      ]),
    );
  }
}
