import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { notFound, toListPage, type Identity, type ListPage, type PageQuery } from '../../http/index.js';
import { recordDeed, rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { assertAdministration } from '../rows.js';

interface TaskRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly state: 'open' | 'done';
  readonly dedupeKey: string;
  readonly debtorId: string | null;
  readonly debtorName: string | null;
  /** Whose list it is on; null: whoever comes first. */
  readonly owner: string | null;
  readonly createdAt: Date;
  readonly createdKey: string;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly note: string | null;
}

const TASKS = `select t.id, t.kind, t.title, t.detail, t.state, t.dedupe_key as "dedupeKey", t.debtor_id as "debtorId",
    d.name as "debtorName", t.created_at as "createdAt", t.created_at::text as "createdKey", t.done_at as "doneAt",
    t.done_by as "doneBy", t.note, t.owner
  from task t left join debtor d on d.id = t.debtor_id`;

const LETTER_KEY = 'post-letter:';

/** What people have to do: call, post a letter, find an address, look at a held run. */
@Injectable()
export class TasksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(
    firmId: string,
    administrationId: string,
    request: { state: string | null; page: PageQuery },
  ): Promise<ListPage<object>> {
    const { state, page } = request;
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await assertAdministration(transaction, administrationId);
      const rows = await rowsOf<TaskRow>(
        transaction,
        `${TASKS} where t.administration_id = $1 and ($2::text is null or t.state = $2)
           and ($3::text is null or (t.state, t.created_at, t.id) < ($3::text, $4::timestamptz, $5::uuid))
         order by t.state desc, t.created_at desc, t.id desc limit $6`,
        [
          administrationId,
          state,
          page.after?.[0] ?? null,
          page.after?.[1] ?? null,
          page.after?.[2] ?? null,
          page.limit + 1,
        ],
      );
      return toListPage(rows, page, { key: (row) => [row.state, row.createdKey, row.id], item: toTaskJson });
    });
  }

  /** Marks a task done. A posted letter then counts as sent: its steps are taken and the ledger hears of it. */
  async done(who: Identity, id: string, note: string | null): Promise<object> {
    const task = await this.unitOfWork.inFirm(who.firmId, async (transaction) => {
      const finished = await rowOf<{ dedupe_key: string }>(
        transaction,
        `update task set state = 'done', done_at = $2, done_by = $3, note = $4 where id = $1 and state = 'open' returning dedupe_key`,
        [id, this.clock.now(), who.actor, note],
      );
      const row = await rowOf<TaskRow>(transaction, `${TASKS} where t.id = $1`, [id]);
      if (row === null) throw notFound('the task');
      if (finished !== null) {
        if (row.dedupeKey.startsWith(LETTER_KEY))
          await this.settleLetter(transaction, row.dedupeKey.slice(LETTER_KEY.length));
        const deed = { firmId: who.firmId, actor: who.actor, subjectType: 'task', subjectId: id };
        await recordDeed(transaction, {
          ...deed,
          action: 'task.done',
          detail: { kind: row.kind, title: row.title, note },
        });
      }
      return toTaskJson(row);
    });
    await this.queue.enqueue('push-writebacks', { firmId: who.firmId }, { key: who.firmId });
    return task;
  }

  private async settleLetter(transaction: Transaction, messageId: string): Promise<void> {
    const sent = await rowOf(
      transaction,
      `update message set state = 'sent', sent_at = $2 where id = $1 and channel = 'letter' and state = 'queued' returning id`,
      [messageId, this.clock.now()],
    );
    if (sent === null) return;
    await transaction.query(`update step_taken set state = 'taken' where message_id = $1 and state = 'reserved'`, [
      messageId,
    ]);
  }
}

function toTaskJson(row: TaskRow): object {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    detail: row.detail,
    debtor: row.debtorId === null ? null : { id: row.debtorId, name: row.debtorName },
    owner: row.owner,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
    doneBy: row.doneBy,
    note: row.note,
  };
}
