import { Injectable } from '@nestjs/common';
import { conflict, notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { recordDeed, rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';

interface WritebackRow {
  readonly id: string;
  readonly debtorId: string;
  readonly debtorName: string;
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly history: readonly { readonly at: string; readonly outcome: string; readonly detail: string }[];
}

const SELECT = `
select w.id, w.administration_id as "administrationId", w.debtor_id as "debtorId", d.name as "debtorName", w.message_id as "messageId",
  w.kind, w.state, w.attempts, w.last_error as "lastError", w.last_error_kind as "lastErrorKind", w.remote_id as "remoteId", w.summary,
  w.created_at as "createdAt", w.applied_at as "appliedAt",
  case when w.state in ('pending', 'unknown') then w.next_attempt_at end as "nextAttemptAt",
  (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'outcome', h.outcome, 'detail', h.detail) order by h.id), '[]')
   from writeback_attempt h where h.writeback_id = w.id) as history
from writeback w join debtor d on d.id = w.debtor_id`;

/** Write-backs as people see them. */
@Injectable()
export class WritebacksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
  ) {}

  async list(
    firmId: string,
    filter: { administrationId: string; state: string | null },
    page: PageQuery,
  ): Promise<ListPage<object>> {
    const [after = null] = page.after ?? [];
    const rows = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const parameters = [filter.administrationId, filter.state, after, page.limit + 1];
      const known = await rowOf(transaction, `select id from administration where id = $1`, [filter.administrationId]);
      if (known === null) throw notFound('administration');
      return rowsOf<WritebackRow>(
        transaction,
        `${SELECT} where w.administration_id = $1 and ($2::text is null or w.state = $2)
           and ($3::uuid is null or (w.created_at, w.id) < (select created_at, id from writeback where id = $3))
         order by w.created_at desc, w.id desc limit $4`,
        parameters,
      );
    });
    return toListPage(rows, page, { key: (row) => [row.id], item: toView });
  }

  /** Tries a refused or abandoned write again: the source is asked first whether it is there after all. */
  async retry({ firmId, id, actor }: { firmId: string; id: string; actor: string }): Promise<void> {
    await this.unitOfWork.inFirm(firmId, (transaction) => this.reopen(transaction, { firmId, id, actor }));
    await this.queue.enqueue('push-writebacks', { firmId }, { key: firmId });
  }

  private async reopen(
    transaction: Transaction,
    { firmId, id, actor }: { firmId: string; id: string; actor: string },
  ): Promise<void> {
    const row = await rowOf<{ state: string; messageState: string | null }>(
      transaction,
      `select w.state, m.state as "messageState" from writeback w left join message m on m.id = w.message_id where w.id = $1 for update of w`,
      [id],
    );
    if (row === null) throw notFound('write-back');
    if (row.state !== 'rejected' && row.state !== 'abandoned')
      throw conflict('WRITEBACK_NOT_RETRYABLE', `a write-back that is ${row.state} goes on by itself`);
    if (row.messageState === 'failed' || row.messageState === 'cancelled')
      throw conflict('MESSAGE_NOT_SENT', 'the message it belongs to was not sent');
    await transaction.query(`update writeback set state = 'pending', next_attempt_at = '-infinity' where id = $1`, [
      id,
    ]);
    await transaction.query(
      `insert into writeback_attempt (firm_id, writeback_id, outcome, detail) values ($1, $2, 'retry', $3)`,
      [firmId, id, `asked by ${actor}`],
    );
    await recordDeed(transaction, {
      firmId,
      actor,
      action: 'writeback.retried',
      subjectType: 'writeback',
      subjectId: id,
    });
  }
}

function toView({ debtorId, debtorName, ...row }: WritebackRow): object {
  return {
    ...row,
    debtor: { id: debtorId, name: debtorName },
    createdAt: row.createdAt.toISOString(),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt instanceof Date ? row.nextAttemptAt.toISOString() : null,
    history: row.history.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
  };
}
