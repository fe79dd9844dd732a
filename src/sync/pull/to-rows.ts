import type { Mapped, Tombstone } from '../../ledger/domain/index.js';
import { DEBTOR_COLUMNS, RECEIVABLE_COLUMNS } from './book-columns.js';
import { BatchBuilder, type RowBatch } from './row-batch.js';

/** A record that is ours but was not understood: kept aside, never guessed. */
export interface Rejection {
  readonly sourceId: string;
  readonly reason: string;
  readonly message: string;
  readonly raw: unknown;
}

/** A page, mapped and ready to be stored: each kind of record goes into one statement. */
export interface PreparedPage {
  readonly debtors: RowBatch;
  readonly receivables: RowBatch;
  readonly tombstones: readonly Tombstone[];
  readonly rejected: readonly Rejection[];
  /** Understood, and rightly not ours: an earlier rejection of these is over too. */
  readonly ignoredCount: number;
  readonly read: number;
}

/** PURE. Maps raw records; when a record occurs twice, the higher version counts. */
export function prepare(raws: readonly unknown[], map: (raw: unknown) => Mapped): PreparedPage {
  const debtors = new BatchBuilder(DEBTOR_COLUMNS);
  const receivables = new BatchBuilder(RECEIVABLE_COLUMNS);
  const tombstones: Tombstone[] = [];
  const rejected: Rejection[] = [];
  let ignoredCount = 0;
  for (const raw of raws) {
    const mapped = map(raw);
    if (mapped.outcome === 'debtor') debtors.add(mapped.record, raw);
    else if (mapped.outcome === 'receivable') receivables.add(mapped.record, raw);
    else if (mapped.outcome === 'tombstone') tombstones.push(mapped.record);
    else if (mapped.outcome === 'rejected') rejected.push({ ...mapped, raw });
    else ignoredCount += 1;
  }
  return {
    debtors: debtors.build(),
    receivables: receivables.build(),
    tombstones,
    rejected,
    ignoredCount,
    read: raws.length,
  };
}
