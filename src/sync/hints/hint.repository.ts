import { Injectable } from '@nestjs/common';
import { countOf, rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { holdersOf } from '../quota/index.js';
import { hintDueAt } from './hint-plan.js';

/** Which administration, and whose. */
export interface HintRef {
  readonly firmId: string;
  readonly administrationId: string;
}

/** What became of a webhook. A closed set, counted per administration. */
export type HintOutcome =
  | 'heard' // it made a pull due, or joined one
  | 'validation' // the source asked whether anybody is there
  | 'repeated' // the same event again
  | 'other-administration' // signed, but about books that this address is not for
  | 'disabled' // the administration or its connection is switched off
  | 'no-secret'
  | 'unsigned'
  | 'malformed'
  | 'foreign-app';

export interface HintChannel extends HintRef {
  readonly connector: string;
  readonly connectionId: string;
  readonly sourceId: string;
  /** The administration is in use and its connection works. */
  readonly isOn: boolean;
}

interface DueRow {
  readonly dueAt: Date | null;
  readonly pulledAt: Date | null;
  readonly dayRemaining: number | null;
}

const BY_TOKEN = `
select h.administration_id as "administrationId", h.firm_id as "firmId", c.connector, c.id as "connectionId",
  a.source_id as "sourceId", a.enabled and c.state = 'active' as "isOn"
from source_hint h join administration a on a.id = h.administration_id join connection c on c.id = a.connection_id
where h.token_hash = $1 and c.connector = $2`;

const FOR_UPDATE = `
select h.due_at as "dueAt", h.pulled_at as "pulledAt", (
  select min(q.limit_units - q.used) from quota_window q
  where q.connector = $3 and q.holder = any($4) and q.per_seconds = 86400 and q.ends_at > $2) as "dayRemaining"
from source_hint h where h.administration_id = $1 for update`;

const COUNT = `counts = counts || jsonb_build_object($2::text, coalesce((counts ->> $2)::int, 0) + 1)`;

/** Takes the pull that is due, once; gives back the moment of the newest hint when it still asks for one. */
const TAKE_DUE = `
update source_hint h set due_at = null,
  pulled_at = case when a.enabled and c.state = 'active' and coalesce(a.last_good_pull_at, '-infinity') <= h.heard_at then $2 else h.pulled_at end
from administration a join connection c on c.id = a.connection_id
where h.administration_id = $1 and a.id = h.administration_id and h.due_at <= $2
returning a.enabled and c.state = 'active' and coalesce(a.last_good_pull_at, '-infinity') <= h.heard_at as wanted`;

/** Hints that came in, and the pulls that they make due. */
@Injectable()
export class HintRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Whom an address belongs to; null when to nobody. */
  async findByToken(tokenHash: Buffer, connector: string): Promise<HintChannel | null> {
    return this.unitOfWork.acrossFirms((transaction) => rowOf(transaction, BY_TOKEN, [tokenHash, connector]));
  }

  /** Writes a hint down: answers when its pull is due, or null for an event that is known. All or nothing. */
  async record(ref: HintChannel, eventKey: Buffer, heardAt: Date): Promise<Date | null> {
    const at = heardAt.toISOString();
    return this.unitOfWork.inFirm(ref.firmId, async (transaction) => {
      const isNew = await rowOf(
        transaction,
        `insert into source_hint_event (administration_id, event_key, firm_id, heard_at) values ($1, $2, $3, $4)
         on conflict (administration_id, event_key) do nothing returning 1`,
        [ref.administrationId, eventKey, ref.firmId, at],
      );
      if (isNew === null) {
        await this.countIn(transaction, ref, 'repeated');
        return null;
      }
      const facts = await rowOf<DueRow>(transaction, FOR_UPDATE, [
        ref.administrationId,
        at,
        ref.connector,
        holdersOf(ref),
      ]);
      if (facts === null) return null;
      const dueAt = hintDueAt(facts, heardAt);
      await transaction.query(
        `update source_hint set heard_at = greatest(heard_at, $3), due_at = $4, ${COUNT} where administration_id = $1`,
        [ref.administrationId, 'heard' satisfies HintOutcome, at, dueAt.toISOString()],
      );
      return dueAt;
    });
  }

  async count(ref: HintRef, outcome: HintOutcome): Promise<void> {
    await this.unitOfWork.inFirm(ref.firmId, (transaction) => this.countIn(transaction, ref, outcome));
  }

  /** Takes a due pull so that nobody else does; false when there is none, or when the books have been read since. */
  async takeDue(transaction: Transaction, ref: HintRef, now: Date): Promise<boolean> {
    const row = await rowOf<{ wanted: boolean }>(transaction, TAKE_DUE, [ref.administrationId, now.toISOString()]);
    return row?.wanted ?? false;
  }

  /** Pulls that are due, in every firm; on the way, events too old to come again are forgotten. */
  async findDue(now: Date, forgetBefore: Date): Promise<HintRef[]> {
    return this.unitOfWork.acrossFirms(async (transaction) => {
      await countOf(transaction, `delete from source_hint_event where heard_at < $1`, [forgetBefore.toISOString()]);
      return rowsOf(
        transaction,
        `select administration_id as "administrationId", firm_id as "firmId" from source_hint where due_at <= $1 order by due_at limit 500`,
        [now.toISOString()],
      );
    });
  }

  private async countIn(transaction: Transaction, ref: HintRef, outcome: HintOutcome): Promise<void> {
    await transaction.query(`update source_hint set ${COUNT} where administration_id = $1`, [
      ref.administrationId,
      outcome,
    ]);
  }
}
