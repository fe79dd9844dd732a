import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/index.js';
import { countOf, rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { STATE_KINDS, type StoredIntent } from './intent.js';
import type { Verdict } from './writeback-plan.js';
import { addAttempt, keepPart } from './writeback-rows.js';

/** A write-back that this worker holds the lease of. */
export interface ClaimedWriteback {
  readonly id: string;
  readonly firmId: string;
  readonly owner: string;
  /** Whether an attempt before this one may have reached the source: then it must be asked first. */
  readonly tried: boolean;
  /** Attempts before this one. */
  readonly attempts: number;
  readonly intentKey: string;
  readonly intent: StoredIntent;
  readonly messageId: string | null;
  readonly connectionId: string;
  readonly administrationId: string;
  readonly administration: string;
  readonly debtorId: string | null;
  readonly debtorSourceId: string;
  readonly documentRemoteId: string | null;
  /** What a person decided about a conflict. */
  readonly resolution: { readonly seen: string; readonly restore: boolean } | null;
}

/** How an attempt ended. */
export interface Attempted {
  readonly verdict: Verdict;
  /** Whether anything may have reached the source by now. */
  readonly tried: boolean;
  /** The field it shares with people, and the kinds of write that share it too. */
  readonly part: { readonly name: string; readonly holds: readonly string[] } | null;
}

const LEASE = `clock_timestamp() + interval '30 s'`;
export const HEARTBEAT_MS = 8_000;

/** Its message is out (or it has none): only then may the ledger be told. */
const RELEASED = (alias: string): string =>
  `(${alias}.message_id is null or exists (select from message m where m.id = ${alias}.message_id and m.state in ('sent', 'bounced')))`;

/**
 * $1 owner, $2 now. Oldest first. Per debtor (or, for what has none, per administration) strictly in order, except behind
 * one whose message is not out yet; behind a conflict about the same field, until a person has decided; after what it
 * depends on; only where the connection works and the administration is on.
 */
const CLAIM = `
with next as (
  select w.id, w.administration_id, w.debtor_id from writeback w
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
    and (w.debtor_id is not null or not exists (
      select from writeback e where e.administration_id = w.administration_id and e.debtor_id is null and e.sequence < w.sequence
        and e.state in ('pending', 'sending', 'unknown')
    ))
    and not exists (
      select from writeback e where e.debtor_id = w.debtor_id and e.sequence < w.sequence and e.state = 'rejected'
        and e.last_error_kind = 'conflict' and e.conflict -> 'holds' ? w.kind
    )
  order by w.sequence limit 1 for update of w skip locked
)
update writeback w set state = 'sending', lease_owner = $1, lease_until = ${LEASE}, attempts = w.attempts + 1
from next join administration a on a.id = next.administration_id left join debtor o on o.id = next.debtor_id
where w.id = next.id
returning w.id, w.firm_id as "firmId", w.tried, w.attempts - 1 as attempts, w.intent_key as "intentKey", w.intent, w.resolution,
  w.message_id as "messageId", a.id as "administrationId", a.connection_id as "connectionId", a.source_id as administration,
  w.debtor_id as "debtorId", coalesce(o.source_id, '') as "debtorSourceId",
  (select d.remote_id from writeback d where d.id = w.depends_on and d.state = 'applied') as "documentRemoteId"`;

const SETTLE = `
update writeback set state = $3, remote_id = coalesce($4, remote_id), last_error = $5, last_error_kind = $6,
  next_attempt_at = coalesce($7::timestamptz, next_attempt_at), applied_at = $8, tried = $9, conflict = $10,
  resolution = case when $3 in ('applied', 'rejected') then null else resolution end, lease_owner = null, lease_until = null
where id = $1 and lease_owner = $2 and state = 'sending'`;

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

  /** Committed before the source hears of it: whoever comes after a crash then knows to ask. False: the lease was lost. */
  async markTried(claimed: ClaimedWriteback): Promise<boolean> {
    const touched = await this.unitOfWork.inFirm(
      claimed.firmId,
      (transaction) =>
      countOf(transaction, `update writeback set tried = true where id = $1 and lease_owner = $2 and state = 'sending'`, [claimed.id, claimed.owner]), // prettier-ignore
    );
    return touched === 1;
  }

  /** Adds a line to the history, e.g. what a probe found. */
  async note(claimed: ClaimedWriteback, outcome: string, detail: string): Promise<void> {
    await this.unitOfWork.inFirm(claimed.firmId, (transaction) =>
      addAttempt(transaction, claimed, { outcome, kind: null, detail }),
    );
  }

  /** Ends an attempt. False when the lease was lost: whoever has it now decides. */
  async settle(claimed: ClaimedWriteback, attempted: Attempted, now: Date): Promise<boolean> {
    const { verdict } = attempted;
    return this.unitOfWork.inFirm(claimed.firmId, async (transaction) => {
      if ((await countOf(transaction, SETTLE, settleValues(claimed, attempted, now))) === 0) return false;
      const left = 'left' in verdict ? (verdict.left ?? null) : null;
      if (left !== null && attempted.part !== null)
        await keepPart(transaction, claimed, { part: attempted.part.name, left, found: 'found' in verdict ? (verdict.found ?? null) : null }); // prettier-ignore
      if (verdict.state === 'rejected' && verdict.kind === 'scope_missing') await dropKind(transaction, claimed, verdict.message); // prettier-ignore
      await addAttempt(transaction, claimed, historyOf(verdict));
      return true;
    });
  }
}

function settleValues(claimed: ClaimedWriteback, { verdict, tried, part }: Attempted, now: Date): readonly unknown[] {
  const applied = verdict.state === 'applied';
  const conflict = verdict.state === 'rejected' ? (verdict.conflict ?? null) : null;
  return [
    claimed.id,
    claimed.owner,
    verdict.state,
    applied ? verdict.remoteId : null,
    applied ? null : verdict.message,
    applied ? null : verdict.kind,
    'nextAttemptAt' in verdict ? (verdict.nextAttemptAt?.toISOString() ?? 'infinity') : null,
    applied ? now.toISOString() : null,
    tried,
    conflict === null ? null : JSON.stringify({ ...conflict, part: part?.name ?? '', holds: part?.holds ?? [] }),
  ];
}

function historyOf(verdict: Verdict): { outcome: string; kind: string | null; detail: string } {
  if (verdict.state === 'applied')
    return { outcome: 'applied', kind: null, detail: verdict.remoteId === '' ? '' : `remote id ${verdict.remoteId}` };
  const { state, kind, message } = verdict;
  const outcome = state === 'pending' ? 'postponed' : kind === 'conflict' ? 'conflict' : state;
  return { outcome, kind, detail: message };
}

/** A package that may not be shown one state may not be shown the others of its kind: they are asked again in a day. */
async function dropKind(transaction: Transaction, claimed: ClaimedWriteback, message: string): Promise<void> {
  if (!STATE_KINDS.some((kind) => kind === claimed.intent.kind)) return;
  await transaction.query(
    `update writeback set state = 'abandoned', last_error_kind = 'scope_missing', last_error = $3
      where administration_id = $1 and kind = $2 and state = 'pending' and not tried`,
    [claimed.administrationId, claimed.intent.kind, message],
  );
}
