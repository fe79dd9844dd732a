import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/index.js';
import { countOf, rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import type { StoredIntent } from './intent.js';
import type { Verdict } from './writeback-plan.js';

/** A write-back that this worker holds the lease of. */
export interface ClaimedWriteback {
  readonly id: string;
  readonly firmId: string;
  readonly owner: string;
  /** The state before the claim: says whether the source must be asked first. */
  readonly state: 'pending' | 'unknown' | 'sending';
  /** Attempts before this one. */
  readonly attempts: number;
  readonly intentKey: string;
  readonly intent: StoredIntent;
  readonly messageId: string | null;
  readonly connectionId: string;
  readonly administration: string;
  readonly debtorSourceId: string;
  readonly documentRemoteId: string | null;
}

const LEASE = `clock_timestamp() + interval '30 s'`;
export const HEARTBEAT_MS = 8_000;

/** Its message is out (or it has none): only then may the ledger be told. */
const RELEASED = (alias: string): string =>
  `(${alias}.message_id is null or exists (select from message m where m.id = ${alias}.message_id and m.state in ('sent', 'bounced')))`;

/**
 * $1 owner, $2 now. Oldest first; per debtor strictly in order, except behind one whose message is not out yet; after
 * what it depends on; only where the connection works and the administration is on.
 */
const CLAIM = `
with next as (
  select w.id, w.state as before from writeback w
  join administration a on a.id = w.administration_id and a.enabled
  join connection c on c.id = a.connection_id and c.state = 'active'
  left join writeback d on d.id = w.depends_on
  where ((w.state in ('pending', 'unknown') and w.next_attempt_at <= $2) or (w.state = 'sending' and w.lease_until < clock_timestamp()))
    and ${RELEASED('w')}
    and (d.id is null or d.state in ('applied', 'rejected', 'abandoned'))
    and not exists (
      select from writeback e where e.debtor_id = w.debtor_id and e.sequence < w.sequence
        and e.state in ('pending', 'sending', 'unknown') and ${RELEASED('e')}
    )
  order by w.sequence limit 1 for update of w skip locked
)
update writeback w set state = 'sending', lease_owner = $1, lease_until = ${LEASE}, attempts = w.attempts + 1
from next, administration a, debtor o where w.id = next.id and a.id = w.administration_id and o.id = w.debtor_id
returning w.id, w.firm_id as "firmId", next.before as state, w.attempts - 1 as attempts, w.intent_key as "intentKey", w.intent,
  w.message_id as "messageId", a.connection_id as "connectionId", a.source_id as administration, o.source_id as "debtorSourceId",
  (select d.remote_id from writeback d where d.id = w.depends_on and d.state = 'applied') as "documentRemoteId"`;

/** The write journal: what was to be written, what was tried, what is certain. */
@Injectable()
export class WritebackRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async claim(firmId: string, now: Date): Promise<ClaimedWriteback | null> {
    const owner = newId();
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const row = await rowOf<ClaimedWriteback>(transaction, CLAIM, [owner, now.toISOString()]);
      return row === null ? null : { ...row, owner };
    });
  }

  /** Gives up what belongs to messages that will never go out. */
  async abandon(firmId: string): Promise<void> {
    await this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query(
        `with gone as (
           update writeback w set state = 'abandoned', last_error_kind = 'message_not_sent', last_error = 'The message it belongs to was not sent.'
           from message m where m.id = w.message_id and m.state in ('failed', 'cancelled') and w.state = 'pending'
           returning w.id, w.firm_id
         )
         insert into writeback_attempt (firm_id, writeback_id, outcome, error_kind, detail)
         select firm_id, id, 'abandoned', 'message_not_sent', 'The message it belongs to was not sent.' from gone`,
      ),
    );
  }

  async heartbeat(claimed: ClaimedWriteback): Promise<void> {
    await this.unitOfWork.inFirm(claimed.firmId, (transaction) =>
      countOf(transaction, `update writeback set lease_until = ${LEASE} where id = $1 and lease_owner = $2`, [
        claimed.id,
        claimed.owner,
      ]),
    );
  }

  /** Adds a line to the history, e.g. what a probe found. */
  async note(claimed: ClaimedWriteback, outcome: string, detail: string): Promise<void> {
    await this.unitOfWork.inFirm(claimed.firmId, (transaction) =>
      addAttempt(transaction, claimed, { outcome, kind: null, detail }),
    );
  }

  /** Ends an attempt. False when the lease was lost: whoever has it now decides. */
  async settle(claimed: ClaimedWriteback, verdict: Verdict, now: Date): Promise<boolean> {
    const applied = verdict.state === 'applied';
    return this.unitOfWork.inFirm(claimed.firmId, async (transaction) => {
      const touched = await countOf(
        transaction,
        `update writeback set state = $3, remote_id = coalesce($4, remote_id), last_error = $5, last_error_kind = $6,
           next_attempt_at = coalesce($7, next_attempt_at), applied_at = $8, lease_owner = null, lease_until = null
         where id = $1 and lease_owner = $2 and state = 'sending'`,
        [
          claimed.id,
          claimed.owner,
          verdict.state,
          applied ? verdict.remoteId : null,
          applied ? null : verdict.message,
          applied ? null : verdict.kind,
          'nextAttemptAt' in verdict ? verdict.nextAttemptAt.toISOString() : null,
          applied ? now.toISOString() : null,
        ],
      );
      if (touched === 0) return false;
      await addAttempt(transaction, claimed, {
        outcome: verdict.state === 'pending' ? 'postponed' : verdict.state,
        kind: applied ? null : verdict.kind,
        detail: applied ? `remote id ${verdict.remoteId}` : verdict.message,
      });
      return true;
    });
  }
}

async function addAttempt(
  transaction: Transaction,
  writeback: { id: string; firmId: string },
  { outcome, kind, detail }: { outcome: string; kind: string | null; detail: string },
): Promise<void> {
  await transaction.query(
    `insert into writeback_attempt (firm_id, writeback_id, outcome, error_kind, detail) values ($1, $2, $3, $4, $5)`,
    [writeback.firmId, writeback.id, outcome, kind, detail],
  );
}
