import type { LedgerObject } from '../../ledger/domain/index.js';
import { SourceError, type Position } from '../contract/index.js';
import { toStamp } from './wire-values.js';

/**
 * Our place among the debtors. `after`: everything changed before that moment has been read (null: nothing yet, and the
 * next page is all of them at once). `todo`: debtors that the Finder named as changed and that are still to be read;
 * once they are, `after` becomes `until`.
 */
export type DebtorPosition = {
  readonly version: 1;
  readonly family: 'dimensions';
  readonly after: string | null;
  readonly until: string | null;
  readonly todo: readonly string[];
};

/**
 * Our place among the lines of the debtors' ledger. A first reading goes from slice to slice of book periods, counted
 * back from `anchor` (the month in which it began); then, and ever after, by time of change from `after` on. `after` is
 * the moment the first reading began: what changed while it ran comes once more at its end.
 */
export type LinePosition = {
  readonly version: 1;
  readonly family: 'lines';
  readonly after: string | null;
  readonly anchor: string | null;
  /** The next slice; null once all are read. */
  readonly slice: number | null;
  /** Rows that the next question by time of change will bring again (`recent.ts`). */
  readonly recent: readonly string[];
};

/** Our place among the deleted transactions: the last moment seen, and which were seen of that very moment. */
export type DeletionPosition = {
  readonly version: 1;
  readonly family: 'deletions';
  readonly after: string;
  readonly seen: readonly string[];
};

/** The list of open items is read whole: what is open, then what stands in a payment proposal (and is not paid yet). */
export type OpenItemPosition = {
  readonly version: 1;
  readonly family: 'open-items';
  readonly status: OpenStatus;
};
/**
 * Our place in a second reading: all debtors at once, or the slices of book periods counted back from `anchor`, `slices`
 * of them. What changed after `until` comes by itself.
 */
export type RescanPosition = {
  readonly version: 1;
  readonly family: 'rescan';
  readonly anchor: string;
  readonly slice: number;
  readonly slices: number;
  readonly until: string;
};
export const OPEN_STATUSES = ['available', 'proposed'] as const;
export type OpenStatus = (typeof OPEN_STATUSES)[number];

const FIRST = {
  debtors: { version: 1, family: 'dimensions', after: null, until: null, todo: [] } satisfies DebtorPosition,
  receivables: { version: 1, family: 'lines', after: null, anchor: null, slice: 0, recent: [] } satisfies LinePosition,
  deletions: { version: 1, family: 'deletions', after: '', seen: [] } satisfies DeletionPosition,
  'open-items': { version: 1, family: 'open-items', status: 'available' } satisfies OpenItemPosition,
} as const satisfies Record<LedgerObject, Position>;

export function firstPosition(object: LedgerObject): Position {
  return FIRST[object];
}

/** How long after its time of change a record may show up and be found all the same, on clocks five minutes apart. */
export const LATENESS_SECONDS = 300;

/**
 * How far behind our own clock a time of change is trusted: clocks differ, and a booking shows only once Twinfield has
 * finished it. What lies in this overlap is read twice, which changes nothing.
 */
const OVERLAP_MS = LATENESS_SECONDS * 1_000 + 5 * 60_000;

export function signpost(now: Date): string {
  return toStamp(new Date(now.getTime() - OVERLAP_MS));
}

/** The readers of stored positions throw SourceError `position_invalid` for any other shape and any other version. */
export function parseDebtorPosition(stored: Position): DebtorPosition {
  const { version, family, after, until, todo } = stored;
  if (version === 1 && family === 'dimensions' && isStampOrNull(after) && isStampOrNull(until) && areTexts(todo))
    return { version, family, after, until, todo };
  throw invalid();
}

export function parseLinePosition(stored: Position): LinePosition {
  const { version, family, after, anchor, slice, recent } = stored;
  const isPlace = slice === null ? isStamp(after) : isCount(slice) && (slice === 0 || (isPeriod(anchor) && isStamp(after))); // prettier-ignore
  if (
    version === 1 &&
    family === 'lines' &&
    isPlace &&
    isStampOrNull(after) &&
    isPeriodOrNull(anchor) &&
    areTexts(recent)
  )
    return { version, family, after, anchor, slice: slice as number | null, recent };
  throw invalid();
}

export function parseDeletionPosition(stored: Position): DeletionPosition {
  const { version, family, after, seen } = stored;
  const isPlace = after === '' || isStamp(after);
  if (version === 1 && family === 'deletions' && isPlace && areTexts(seen)) return { version, family, after, seen };
  throw invalid();
}

export function parseOpenItemPosition(stored: Position): OpenItemPosition {
  const { version, family, status } = stored;
  const known = OPEN_STATUSES.find((each) => each === status);
  if (version === 1 && family === 'open-items' && known !== undefined) return { version, family, status: known };
  throw invalid();
}

/** null: a position of ordinary reading. */
export function parseRescanPosition(stored: Position): RescanPosition | null {
  const { version, family, anchor, slice, slices, until } = stored;
  if (family !== 'rescan') return null;
  if (version === 1 && isPeriod(anchor) && isCount(slice) && isCount(slices) && isStamp(until))
    return { version, family, anchor, slice, slices, until };
  throw invalid();
}

function isStamp(value: unknown): value is string {
  return typeof value === 'string' && /^\d{14}$/.test(value);
}

function isStampOrNull(value: unknown): value is string | null {
  return value === null || isStamp(value);
}

function isPeriod(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}\/\d{2}$/.test(value);
}

function isPeriodOrNull(value: unknown): value is string | null {
  return value === null || isPeriod(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000;
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function invalid(): SourceError {
  return new SourceError('position_invalid', 'The stored position is not one of ours.');
}
