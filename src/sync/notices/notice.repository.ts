import { Injectable } from '@nestjs/common';
import { countOf, rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';

/** A mail to one admin about one failure of one connection. */
export interface Notice {
  readonly id: string;
  readonly kind: 'first' | 'reminder';
  readonly recipient: string;
  readonly recipientName: string;
  readonly attempts: number;
  readonly firmName: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly brokenSince: Date;
  /** Of the administrations, for the firm has none of its own; null when there are none. */
  readonly language: string | null;
  readonly administrations: readonly string[];
  /** An address that the firm's mail server lets us send from, as far as anybody filled one in. */
  readonly sender: string | null;
}

const REMINDER_AFTER = `interval '3 days'`;

/** Down: it worked before, and only a person can bring it back. One that waits for its first consent is not. */
const IS_DOWN = `c.state in ('needs_reconnect', 'error') and (c.last_success_at is not null or c.refresh_token is not null)`;

const BEGIN = `update connection c set broken_since = $1 where c.broken_since is null and ${IS_DOWN}`;
const END = `update connection c set broken_since = null where c.broken_since is not null and c.state in ('active', 'revoked')`;
/** It works again: what was not sent yet would be wrong now. */
const DROP = `
delete from connection_notice n using connection c
where c.id = n.connection_id and n.state = 'queued' and c.broken_since is distinct from n.incident_at`;
/** A process died while the mail server had it. It may have been sent, so it is not sent again. */
const GIVE_UP = `update connection_notice set state = 'uncertain', lease_until = null where state = 'sending' and lease_until < clock_timestamp()`;

/** All admins at once, once per failure and kind: an admin who comes later is not told of old news. */
const WRITE = `
insert into connection_notice (id, firm_id, connection_id, incident_at, kind, recipient, recipient_name, next_attempt_at)
select gen_random_uuid(), c.firm_id, c.id, c.broken_since, $2, u.email, u.name, $1
from connection c join app_user u on u.firm_id = c.firm_id and u.role = 'admin'
where c.broken_since is not null and c.state in ('needs_reconnect', 'error')
  and ($2 = 'first' or c.broken_since <= $1::timestamptz - ${REMINDER_AFTER})
  and not exists (select from connection_notice n where n.connection_id = c.id and n.incident_at = c.broken_since and n.kind = $2)
on conflict do nothing`;

const CLAIM = `
with claimed as (
  update connection_notice set state = 'sending', attempts = attempts + 1, lease_until = clock_timestamp() + interval '5 minutes'
  where id = (select id from connection_notice where state = 'queued' and next_attempt_at <= $1
    order by next_attempt_at, id limit 1 for update skip locked)
  returning id, firm_id, connection_id, kind, recipient, recipient_name, attempts, incident_at
)
select n.id, n.kind, n.recipient, n.recipient_name as "recipientName", n.attempts, f.name as "firmName", c.id as "connectionId",
  c.name as "connectionName", n.incident_at as "brokenSince", books.language, books.names as administrations, books.sender
from claimed n join firm f on f.id = n.firm_id join connection c on c.id = n.connection_id
cross join lateral (
  select mode() within group (order by a.language) as language, coalesce(array_agg(a.name order by lower(a.name)), '{}') as names,
    min(nullif(trim(a.house_style ->> 'senderEmail'), '')) as sender
  from administration a where a.connection_id = c.id and a.enabled
) books`;

/** Who is told that a connection is down. Rows are the memory: whatever process looks, each mail is claimed once. */
@Injectable()
export class NoticeRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Notices failures that began and ended; `withMail`: writes down whom to tell. */
  async look(now: Date, withMail: boolean): Promise<void> {
    await this.unitOfWork.acrossFirms(async (transaction) => {
      const at = now.toISOString();
      await countOf(transaction, END);
      await countOf(transaction, BEGIN, [at]);
      await countOf(transaction, DROP);
      await countOf(transaction, GIVE_UP);
      if (withMail) for (const kind of ['first', 'reminder']) await transaction.query(WRITE, [at, kind]);
    });
  }

  async claimNext(now: Date): Promise<Notice | null> {
    return this.unitOfWork.acrossFirms((transaction) => rowOf<Notice>(transaction, CLAIM, [now.toISOString()]));
  }

  async settle(
    id: string,
    end: { state: 'sent' | 'failed' | 'uncertain'; error: string | null; at: Date },
  ): Promise<void> {
    await this.change(
      `update connection_notice set state = $2, error = $3, lease_until = null, sent_at = case when $2 = 'sent' then $4::timestamptz end
       where id = $1 and state = 'sending'`,
      [id, end.state, end.error, end.at.toISOString()],
    );
  }

  async postpone(id: string, error: string, until: Date): Promise<void> {
    await this.change(
      `update connection_notice set state = 'queued', error = $2, lease_until = null, next_attempt_at = $3 where id = $1 and state = 'sending'`,
      [id, error, until.toISOString()],
    );
  }

  private async change(sql: string, parameters: unknown[]): Promise<void> {
    await this.unitOfWork.acrossFirms((transaction: Transaction) => countOf(transaction, sql, parameters));
  }
}
