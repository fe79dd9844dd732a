import { Injectable } from '@nestjs/common';
import { notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { rowOf, rowsOf, UnitOfWork } from '../../persistence/index.js';
import { toWritebackView, type WritebackRow } from './writeback-view.js';

const SELECT = `
select w.id, w.administration_id as "administrationId", w.debtor_id as "debtorId", d.name as "debtorName", w.message_id as "messageId",
  w.kind, w.state, w.attempts, w.last_error as "lastError", w.last_error_kind as "lastErrorKind", w.remote_id as "remoteId", w.summary,
  w.created_at as "createdAt", w.applied_at as "appliedAt", w.conflict, m.state as "messageState",
  w.settled_by as "settledBy", w.settled_note as "settledNote", w.settled_at as "settledAt",
  case when w.state in ('pending', 'unknown') then w.next_attempt_at end as "nextAttemptAt",
  w.state = 'unknown' and w.next_attempt_at = 'infinity' as "waitsForPerson",
  w.kind not in ('note', 'document', 'task') and not exists (select from writeback_state s where s.writeback_id = w.id) as superseded,
  (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'outcome', h.outcome, 'detail', h.detail) order by h.id), '[]')
   from writeback_attempt h where h.writeback_id = w.id) as history
from writeback w left join debtor d on d.id = w.debtor_id left join message m on m.id = w.message_id`;

/** Write-backs as people see them. */
@Injectable()
export class WritebacksService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

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
    return toListPage(rows, page, { key: (row) => [row.id], item: toWritebackView });
  }

  async get(firmId: string, id: string): Promise<object> {
    const row = await this.unitOfWork.inFirm(firmId, (transaction) =>
      rowOf<WritebackRow>(transaction, `${SELECT} where w.id = $1`, [id]),
    );
    if (row === null) throw notFound('write-back');
    return toWritebackView(row);
  }
}
