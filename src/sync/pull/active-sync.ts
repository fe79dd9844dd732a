import type { LedgerObject } from '../../ledger/domain/index.js';
import type { ObjectProgress } from './object-progress.js';
import type { FullReason } from './pull-kind.js';

/** A pull that this worker holds the lease of. */
export interface ActiveSync {
  readonly id: string;
  readonly firmId: string;
  readonly administrationId: string;
  readonly connectionId: string;
  /** The administration in the source's words. */
  readonly sourceId: string;
  readonly currency: string;
  readonly country: string;
  readonly trigger: string;
  readonly owner: string;
  /** When this worker took it: the books are as of then. */
  readonly claimedAt: Date;
  /** No pull of this administration has completed yet. */
  readonly firstLoad: boolean;
  /** As of when the books are; before the first good pull, since when the administration is in use. */
  readonly lastGoodPullAt: Date;
  kind: 'full' | 'delta';
  /** Why it reads everything; null while it does not. */
  fullReason: FullReason | null;
  /** The source renumbered its versions: a lower version may overwrite. */
  rebase: boolean;
  objects: ObjectProgress[];
  calls: number;
}

/** Somebody else runs this pull now: stop quietly, they go on at the last stored page. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export function progressFor(run: ActiveSync, object: LedgerObject): ObjectProgress {
  const found = run.objects.find((each) => each.object === object);
  if (found === undefined) throw new Error(`no progress for ${object}`);
  return found;
}
