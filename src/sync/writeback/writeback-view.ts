import { allowedOf, type Standing } from './decide.js';

export interface WritebackRow extends Standing {
  readonly id: string;
  readonly debtorId: string | null;
  readonly debtorName: string | null;
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly settledBy: string | null;
  readonly settledNote: string | null;
  readonly settledAt: Date | null;
  /** pg gives a number for "infinity": it waits for a person. */
  readonly nextAttemptAt: Date | number | null;
  readonly conflict: { readonly ours: string; readonly theirs: string; readonly before: string | null } | null;
  readonly history: readonly { readonly at: string; readonly outcome: string; readonly detail: string }[];
}

/** PURE. A write-back as the API shows it. */
export function toWritebackView(row: WritebackRow): object {
  const { debtorId, debtorName, messageState, waitsForPerson, superseded, settledBy, settledNote, settledAt, conflict, ...rest } = row; // prettier-ignore
  const standing = { state: row.state, lastErrorKind: row.lastErrorKind, messageState, waitsForPerson, superseded };
  return {
    ...rest,
    debtor: debtorId === null ? null : { id: debtorId, name: debtorName },
    createdAt: row.createdAt.toISOString(),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt instanceof Date ? row.nextAttemptAt.toISOString() : null,
    conflict: conflict === null ? null : { ours: conflict.ours, theirs: conflict.theirs, before: conflict.before },
    settled: settledBy === null ? null : { by: settledBy, note: settledNote, at: settledAt?.toISOString() ?? null },
    actions: allowedOf(standing),
    history: row.history.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
  };
}
