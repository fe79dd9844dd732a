import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { recordDeed, rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { refusalOf, type Decision, type Standing } from './decide.js';
import { addAttempt, keepPart } from './writeback-rows.js';

/** Who decides about which write-back. */
export interface Decider {
  readonly firmId: string;
  readonly id: string;
  readonly actor: string;
}

interface Row extends Standing {
  readonly id: string;
  readonly firmId: string;
  readonly administrationId: string;
  readonly debtorId: string | null;
  readonly conflict: { readonly part: string; readonly theirs: string } | null;
}

const LOCKED = `
select w.id, w.firm_id as "firmId", w.administration_id as "administrationId", w.debtor_id as "debtorId", w.state, w.conflict,
  w.last_error_kind as "lastErrorKind", m.state as "messageState", w.state = 'unknown' and w.next_attempt_at = 'infinity' as "waitsForPerson",
  w.kind not in ('note', 'document', 'task') and not exists (select from writeback_state s where s.writeback_id = w.id) as superseded
from writeback w left join message m on m.id = w.message_id where w.id = $1 for update of w`;

/** What people decide about write-backs: again, done by hand, given up, whose text stays. Every decision is on the audit log. */
@Injectable()
export class WritebackDecisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Tries again: the source is asked first whether it is there after all. Whoever asks again for what the source cannot
   * be asked about has looked there, and it was not.
   */
  async retry(who: Decider): Promise<void> {
    await this.decide(who, 'retry', async (transaction, row) => {
      await transaction.query(
        `update writeback set state = 'pending', next_attempt_at = '-infinity', tried = tried and not $2 where id = $1`,
        [row.id, row.waitsForPerson],
      );
      await addAttempt(transaction, row, { outcome: 'retry', kind: null, detail: `asked by ${who.actor}` });
      return { action: 'writeback.retried', detail: {} };
    });
  }

  /** Done by hand, or not to be done at all: a person says so, and why. */
  async settle(who: Decider, { outcome, note }: { outcome: 'applied' | 'abandoned'; note: string }): Promise<void> {
    await this.decide(who, 'settle', async (transaction, row) => {
      await this.close(transaction, row.id, { state: outcome, actor: who.actor, note });
      await addAttempt(transaction, row, { outcome: 'settled', kind: outcome, detail: `${who.actor}: ${note}` });
      return { action: 'writeback.settled', detail: { outcome, note } };
    });
  }

  /** Whose text stays. `theirs` is taken for what stands there from now on; `ours` is written over exactly what was seen. */
  async resolve(who: Decider, { choice, note }: { choice: 'theirs' | 'ours'; note: string }): Promise<void> {
    await this.decide(who, 'resolve', async (transaction, row) => {
      const { part, theirs } = row.conflict ?? { part: '', theirs: '' };
      if (choice === 'theirs') {
        await keepPart(transaction, row, { part, left: theirs, found: null });
        await this.close(transaction, row.id, { state: 'abandoned', actor: who.actor, note });
      } else
        await transaction.query(
          `update writeback set state = 'pending', next_attempt_at = '-infinity', resolution = $2, settled_by = $3, settled_note = $4, settled_at = $5 where id = $1`,
          [row.id, JSON.stringify({ seen: theirs, restore: true }), who.actor, note, this.clock.now().toISOString()],
        );
      const detail = note === '' ? who.actor : `${who.actor}: ${note}`;
      await addAttempt(transaction, row, { outcome: choice === 'theirs' ? 'kept-theirs' : 'write-ours', kind: null, detail }); // prettier-ignore
      return { action: 'writeback.resolved', detail: { choice, note } };
    });
  }

  private async close(
    transaction: Transaction,
    id: string,
    { state, actor, note }: { state: 'applied' | 'abandoned'; actor: string; note: string },
  ): Promise<void> {
    const now = this.clock.now().toISOString();
    await transaction.query(
      `update writeback set state = $2, applied_at = case when $2 = 'applied' then $5::timestamptz end, settled_by = $3, settled_note = $4,
         settled_at = $5, lease_owner = null, lease_until = null where id = $1`,
      [id, state, actor, note, now],
    );
  }

  private async decide(
    { firmId, id, actor }: Decider,
    decision: Decision,
    act: (transaction: Transaction, row: Row) => Promise<{ action: string; detail: Readonly<Record<string, unknown>> }>,
  ): Promise<void> {
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const row = await rowOf<Row>(transaction, LOCKED, [id]);
      if (row === null) throw notFound('write-back');
      const refusal = refusalOf(decision, row);
      if (refusal !== null) throw refusal;
      const deed = await act(transaction, row);
      await recordDeed(transaction, { firmId, actor, subjectType: 'writeback', subjectId: id, ...deed });
    });
    await this.queue.enqueue('push-writebacks', { firmId }, { key: firmId });
  }
}
