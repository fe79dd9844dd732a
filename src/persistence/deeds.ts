import { newId } from '../kernel/index.js';
import type { Transaction } from './unit-of-work.service.js';

export interface Deed {
  readonly firmId: string;
  readonly actor: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Who did what, in the same transaction as the deed. */
export async function recordDeed(transaction: Transaction, deed: Deed): Promise<void> {
  const { firmId, actor, action, subjectType, subjectId, detail = {} } = deed;
  await transaction.query(
    `insert into audit_entry (id, firm_id, actor, action, subject_type, subject_id, detail) values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), firmId, actor, action, subjectType, subjectId, JSON.stringify(detail)],
  );
}

export interface NewTask {
  readonly firmId: string;
  readonly administrationId: string;
  readonly debtorId: string | null;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** While a task with this key is open, the same news opens no second one. */
  readonly dedupeKey: string;
}

/** Puts something on a person's list, once. */
export async function openTask(transaction: Transaction, task: NewTask): Promise<void> {
  await transaction.query(
    `insert into task (id, firm_id, administration_id, debtor_id, kind, title, detail, dedupe_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (administration_id, dedupe_key) where state = 'open' do nothing`,
    [newId(), task.firmId, task.administrationId, task.debtorId, task.kind, task.title, task.detail, task.dedupeKey],
  );
}

export interface ClosedTasks {
  readonly administrationId: string;
  readonly dedupeKeys: readonly string[];
  readonly by: string;
  readonly note: string;
}

/** Takes something off a person's list again, because it is settled; nothing when it is not on it. */
export async function closeTasks(
  transaction: Transaction,
  { administrationId, dedupeKeys, by, note }: ClosedTasks,
): Promise<void> {
  await transaction.query(
    `update task set state = 'done', done_at = now(), done_by = $3, note = $4
      where administration_id = $1 and dedupe_key = any($2::text[]) and state = 'open'`,
    [administrationId, dedupeKeys, by, note],
  );
}
