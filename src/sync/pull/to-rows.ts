import { setImmediate } from 'node:timers/promises';
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
  const page = new PageBuilder();
  for (const raw of raws) page.add(map(raw), raw);
  return page.build(raws.length);
}

/** Records mapped without pause. A tenth of a page: about a millisecond. */
const TURN = 100;

/**
 * The same, with room for everything else between every few records: the database, which is storing the page before,
 * would otherwise wait for the whole of this one before its answers are heard.
 */
export async function prepareInTurns(raws: readonly unknown[], map: (raw: unknown) => Mapped): Promise<PreparedPage> {
  const page = new PageBuilder();
  for (const [index, raw] of raws.entries()) {
    if (index > 0 && index % TURN === 0) await setImmediate();
    page.add(map(raw), raw);
  }
  return page.build(raws.length);
}

/** PURE. Whether two pages meet in a row: a record on both, or the debtors of one for the receivables of the other. */
export function touchesSame(first: PreparedPage, second: PreparedPage): boolean {
  if (first.debtors.count > 0 && second.receivables.count > 0) return true;
  const ids = new Set(recordsOf(first));
  for (const id of recordsOf(second)) if (ids.has(id)) return true;
  return false;
}

function* recordsOf({ debtors, receivables, tombstones, rejected }: PreparedPage): Generator<string> {
  yield* debtors.sourceIds;
  yield* receivables.sourceIds;
  for (const { sourceId } of tombstones) yield sourceId;
  for (const { sourceId } of rejected) yield sourceId;
}

class PageBuilder {
  private readonly debtors = new BatchBuilder(DEBTOR_COLUMNS);
  private readonly receivables = new BatchBuilder(RECEIVABLE_COLUMNS);
  private readonly tombstones: Tombstone[] = [];
  private readonly rejected: Rejection[] = [];
  private ignoredCount = 0;

  add(mapped: Mapped, raw: unknown): void {
    if (mapped.outcome === 'debtor') this.debtors.add(mapped.record, raw);
    else if (mapped.outcome === 'receivable') this.receivables.add(mapped.record, raw);
    else if (mapped.outcome === 'tombstone') this.tombstones.push(mapped.record);
    else if (mapped.outcome === 'rejected') this.rejected.push({ ...mapped, raw });
    else this.ignoredCount += 1;
  }

  build(read: number): PreparedPage {
    const { tombstones, rejected, ignoredCount } = this;
    return {
      debtors: this.debtors.build(),
      receivables: this.receivables.build(),
      tombstones,
      rejected,
      ignoredCount,
      read,
    };
  }
}
