import { newId } from '../kernel/index.js';
import { notFound } from '../http/index.js';
import type { Transaction } from '../persistence/index.js';

/** Runs one statement and gives its rows. TypeORM answers UPDATE and DELETE with `[rows, count]`; this evens that out. */
export async function rowsOf<Row>(
  transaction: Transaction,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const answer = (await transaction.query(sql, [...parameters])) as Row[] | [Row[], number];
  return isPair(answer) ? answer[0] : answer;
}

/** The first row, or null. */
export async function rowOf<Row>(
  transaction: Transaction,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row | null> {
  return (await rowsOf<Row>(transaction, sql, parameters))[0] ?? null;
}

function isPair<Row>(answer: Row[] | [Row[], number]): answer is [Row[], number] {
  return answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number';
}

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
  await transaction.query(
    `insert into audit_entry (id, firm_id, actor, action, subject_type, subject_id, detail) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      newId(),
      deed.firmId,
      deed.actor,
      deed.action,
      deed.subjectType,
      deed.subjectId,
      JSON.stringify(deed.detail ?? {}),
    ],
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

/** Throws 404 unless the administration is one of this firm's. */
export async function assertAdministration(transaction: Transaction, id: string): Promise<void> {
  const row = await rowOf(transaction, 'select 1 from administration where id = $1', [id]);
  if (row === null) throw notFound('the administration');
}
