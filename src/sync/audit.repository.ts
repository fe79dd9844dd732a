import { newId } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';

export interface AuditEntry {
  readonly firmId: string;
  readonly actor: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Who did what, in the same transaction as the deed. */
export async function recordAudit(transaction: Transaction, entry: AuditEntry): Promise<void> {
  await transaction.query(
    `insert into audit_entry (id, firm_id, actor, action, subject_type, subject_id, detail) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      newId(),
      entry.firmId,
      entry.actor,
      entry.action,
      entry.subjectType,
      entry.subjectId,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}
