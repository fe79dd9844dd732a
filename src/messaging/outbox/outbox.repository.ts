import { Injectable } from '@nestjs/common';
import { openTask, recordDeed, type Transaction, UnitOfWork } from '../../persistence/index.js';

/** A message on its way: claimed by us until its lease ends. */
export interface ClaimedMessage {
  readonly id: string;
  readonly attempts: number;
  readonly content: unknown;
  readonly debtorId: string;
  readonly administrationId: string;
  readonly subject: string;
  readonly recipient: string;
}

/** Longer than an SMTP conversation can take (three timeouts of a minute), so that no live sender loses its lease. */
const LEASE_SECONDS = 240;

/** The rows behind the outbox. Every change of state is conditional on the old one, and takes the dunning step with it. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The next message that may go out, now `sending` and ours; null when there is none. */
  async claimNext(firmId: string, owner: string): Promise<ClaimedMessage | null> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const [rows] = (await transaction.query(
        `update message set state = 'sending', attempts = attempts + 1, lease_owner = $1, lease_until = now() + make_interval(secs => $2)
          where id = (select id from message where state = 'queued' and channel = 'email' and coalesce(next_attempt_at, created_at) <= now()
                       order by created_at, id limit 1 for update skip locked)
        returning id, attempts, content, debtor_id as "debtorId", administration_id as "administrationId", subject, recipient`,
        [owner, LEASE_SECONDS],
      )) as [ClaimedMessage[], number];
      return rows[0] ?? null;
    });
  }

  /** A sender that died left its message half-way: it may have gone out, so it becomes a person's question. */
  async giveUpExpired(firmId: string): Promise<number> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const [rows] = (await transaction.query(
        `update message set state = 'uncertain', lease_owner = null, lease_until = null,
                error = 'the sender stopped while this message was on its way; it may have been sent'
          where state = 'sending' and lease_until < now() returning id`,
      )) as [{ id: string }[], number];
      return rows.length;
    });
  }

  /** The server accepted it: the message is sent and its dunning steps are taken, together. */
  async settleSent(
    firmId: string,
    message: ClaimedMessage,
    answer: { owner: string; response: string; providerMessageId: string },
  ): Promise<void> {
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await transaction.query(
        `update message set state = 'sent', sent_at = now(), error = null, provider_response = $3, provider_message_id = $4, lease_owner = null, lease_until = null
          where id = $1 and (state = 'sending' and lease_owner = $2 or state = 'uncertain')`,
        [message.id, answer.owner, answer.response, answer.providerMessageId],
      );
      await takeSteps(transaction, message.id);
    });
  }

  async backToQueue(
    firmId: string,
    messageId: string,
    retry: { owner: string; error: string; afterSeconds: number },
  ): Promise<void> {
    await this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query(
        `update message set state = 'queued', error = $3, next_attempt_at = now() + make_interval(secs => $4), lease_owner = null, lease_until = null
          where id = $1 and state = 'sending' and lease_owner = $2`,
        [messageId, retry.owner, retry.error, retry.afterSeconds],
      ),
    );
  }

  async settleUncertain(firmId: string, messageId: string, end: { owner: string; error: string }): Promise<void> {
    await this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query(
        `update message set state = 'uncertain', error = $3, lease_owner = null, lease_until = null where id = $1 and state = 'sending' and lease_owner = $2`,
        [messageId, end.owner, end.error],
      ),
    );
  }

  /** It will not go out: the level does not advance, and somebody gets a task. */
  async settleFailed(firmId: string, message: ClaimedMessage, end: { owner: string; error: string }): Promise<void> {
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await transaction.query(
        `update message set state = 'failed', error = $3, lease_owner = null, lease_until = null where id = $1 and state = 'sending' and lease_owner = $2`,
        [message.id, end.owner, end.error],
      );
      await releaseSteps(transaction, message.id);
      const { administrationId, debtorId } = message;
      await openTask(transaction, {
        firmId,
        administrationId,
        debtorId,
        kind: 'message-failed',
        title: `Message to ${message.recipient} was refused`,
        detail: `${message.subject}\n${end.error}`,
        dedupeKey: `message-failed:${message.id}`,
      });
    });
  }

  /** A person knows what became of an uncertain message. Returns whether it still was uncertain. */
  async settleByPerson(
    firmId: string,
    messageId: string,
    verdict: { sent: boolean; actor: string; note: string },
  ): Promise<boolean> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const [rows] = (await transaction.query(
        `update message set state = $2, sent_at = case when $2 = 'sent' then coalesce(sent_at, now()) end, settled_by = $3, settled_note = $4
          where id = $1 and state = 'uncertain' returning id`,
        [messageId, verdict.sent ? 'sent' : 'cancelled', verdict.actor, verdict.note],
      )) as [{ id: string }[], number];
      if (rows.length === 0) return false;
      await (verdict.sent ? takeSteps(transaction, messageId) : releaseSteps(transaction, messageId));
      await recordDeed(transaction, {
        firmId,
        actor: verdict.actor,
        action: 'message-settled',
        subjectType: 'message',
        subjectId: messageId,
        detail: { outcome: verdict.sent ? 'sent' : 'not-sent', note: verdict.note },
      });
      return true;
    });
  }
}

async function takeSteps(transaction: Transaction, messageId: string): Promise<void> {
  await transaction.query(`update step_taken set state = 'taken' where message_id = $1 and state = 'reserved'`, [
    messageId,
  ]);
}

async function releaseSteps(transaction: Transaction, messageId: string): Promise<void> {
  await transaction.query(`update step_taken set state = 'released' where message_id = $1 and state = 'reserved'`, [
    messageId,
  ]);
}
