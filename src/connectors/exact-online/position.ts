import type { LedgerObject } from '../../ledger/domain/index.js';
import { SourceError, type Position } from '../contract/index.js';

/**
 * Our place in a sync endpoint. Rows come in the order of `Timestamp`, which is their key, but the reference promises
 * only that the highest one seen may be stored once all pages are read. So `after` moves at the end of a walk and not
 * before; in between, `next` (Exact's own `$skiptoken`) is what an interrupted walk goes on with, and if Exact no
 * longer takes it the walk starts again at `after`: nothing between the two can be skipped. A row that changes during
 * the walk gets a higher Timestamp and comes once more at its end.
 */
export type SyncPosition = {
  readonly version: 1;
  readonly family: 'row-version';
  /** Everything up to here has been read. Decimal text: JSON's numbers end at 2^53. */
  readonly after: string;
  /** The highest Timestamp seen in the walk under way; `after` when none is. */
  readonly highest: string;
  /** Path and query of the next page, without the host, so that it outlives a moved base URL. */
  readonly next: string | null;
};

/**
 * Our place in the list of open items, which is always read whole. `sign` is the sign that an item owed to us has on
 * it: sources contradict each other, so the first page decides (most open items with an invoice number are invoices)
 * and the rest of the walk keeps to it. A wrong decision shows at once in the comparison of totals.
 */
export type ListPosition = {
  readonly version: 1;
  readonly family: 'list';
  readonly sign: 1 | -1 | null;
  readonly next: string | null;
};

/** Exact's documentation: "for the first call use Timestamp gt 1". */
const BEGINNING = '1';

export function firstPosition(object: LedgerObject): Position {
  if (object === 'open-items') return { version: 1, family: 'list', sign: null, next: null } satisfies ListPosition;
  return { version: 1, family: 'row-version', after: BEGINNING, highest: BEGINNING, next: null } satisfies SyncPosition;
}

/** The place as if everything up to a version had been read. */
export function positionAfter(version: bigint): Position {
  const after = version.toString();
  return { version: 1, family: 'row-version', after, highest: after, next: null } satisfies SyncPosition;
}

/**
 * Reads a stored position. Throws SourceError `position_invalid` for any other shape, a version of the future, or a
 * next page in another administration than the one asked for.
 */
export function parseSyncPosition(stored: Position, administration: string): SyncPosition {
  const { version, family, after, highest, next } = stored;
  const isOurs = version === 1 && family === 'row-version' && isNext(next, administration);
  if (isOurs && isVersion(after) && isVersion(highest)) return { version, family, after, highest, next };
  throw invalid();
}

export function parseListPosition(stored: Position, administration: string): ListPosition {
  const { version, family, sign, next } = stored;
  const isSign = sign === 1 || sign === -1 || sign === null;
  if (version === 1 && family === 'list' && isSign && isNext(next, administration))
    return { version, family, sign, next };
  throw invalid();
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,19}$/.test(value);
}

function isNext(value: unknown, administration: string): value is string | null {
  return value === null || (typeof value === 'string' && value.startsWith(`/api/v1/${administration}/`));
}

function invalid(): SourceError {
  return new SourceError('position_invalid', 'The stored position is not one of ours.');
}

/** The place after a page. `versions` are the page's Timestamps; unreadable ones are left out by the caller. */
export function advance(position: SyncPosition, versions: readonly bigint[], next: string | null): SyncPosition {
  const highest = versions.reduce((high, each) => (each > high ? each : high), BigInt(position.highest)).toString();
  return { ...position, highest, next, after: next === null ? highest : position.after };
}

/** The place from which a walk starts anew when Exact refuses its `$skiptoken`. */
export function restart(position: SyncPosition): SyncPosition {
  return { ...position, highest: position.after, next: null };
}
