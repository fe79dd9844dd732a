import { isRecord } from '../../kernel/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import { SourceError, type Position } from '../contract/index.js';
import type { Profile } from './profile.js';
import { readMoment, readText } from './wire-values.js';

/**
 * Our place in a list of changes, which comes in the order of `modifiedAt`, then `id`. Everything up to (`since`,
 * `after`) has been read. `offset` is where that last record stood in the list from `since` on: the next page begins
 * there, and when it does not begin with that record, records have moved and the list from `since` on is read again.
 */
export type ChangePosition = {
  readonly version: 1;
  readonly family: 'modified-time';
  readonly since: string | null;
  readonly after: string | null;
  readonly offset: number;
};

/**
 * Our place in a list that is always read whole and whose order nobody promises. Each page begins with the last record
 * of the page before (`anchor`); when it does not, the list has moved and is read again from its start, `restarts` times
 * at most.
 */
export type ListPosition = {
  readonly version: 1;
  readonly family: 'list';
  readonly offset: number;
  readonly anchor: string | null;
  readonly restarts: number;
};

/** Our place in a second reading of changes; what changed after `until` comes by itself. */
export type RescanPosition = {
  readonly version: 1;
  readonly family: 'rescan';
  readonly changes: ChangePosition;
  readonly until: string;
};

/** How long after its time of change a record may show up and be found all the same, on clocks five minutes apart. */
export const LATENESS_SECONDS = 300;
const OVERLAP_MS = LATENESS_SECONDS * 1_000 + 5 * 60_000;

/** PURE. Before this moment of ClearFacts, nothing new shows up any more. */
export function settledAt(now: Date): Date {
  return new Date(now.getTime() - OVERLAP_MS);
}

/**
 * PURE. The place to go on from the next time, once everything has been read: no later than the moment before which
 * nothing new shows up. What lies behind it is read twice, which changes nothing.
 */
export function lookBack(position: ChangePosition, now: Date): ChangePosition {
  const settled = settledAt(now);
  if (position.since === null || Date.parse(position.since) <= settled.getTime()) return position;
  return { ...position, since: settled.toISOString(), after: null, offset: 0 };
}

export const LIST_START: ListPosition = { version: 1, family: 'list', offset: 0, anchor: null, restarts: 0 };
export const CHANGES_START: ChangePosition = {
  version: 1,
  family: 'modified-time',
  since: null,
  after: null,
  offset: 0,
};
const MOST_RESTARTS = 3;

export function firstPosition(object: LedgerObject, profile: Profile): Position {
  return object === 'open-items' || profile === 'public' ? LIST_START : CHANGES_START;
}

/** Throws SourceError `position_invalid` for any other shape or a version of the future. */
export function parsePosition(stored: Position): ChangePosition | ListPosition {
  const { version, family, offset, since, after, anchor, restarts } = stored;
  if (version === 1 && isCount(offset)) {
    if (family === 'modified-time' && isTextOrNull(since) && isTextOrNull(after))
      return { version, family, since, after, offset };
    if (family === 'list' && isTextOrNull(anchor) && isCount(restarts))
      return { version, family, offset, anchor, restarts };
  }
  throw new SourceError('position_invalid', 'The stored position is not one of ours.');
}

/** null: a position of ordinary reading. Throws as {@link parsePosition}. */
export function parseRescanPosition(stored: Position): RescanPosition | null {
  const { version, family, changes, until } = stored;
  if (family !== 'rescan') return null;
  const inner = isRecord(changes) ? parsePosition(changes) : null;
  if (version === 1 && inner?.family === 'modified-time' && typeof until === 'string')
    return { version, family, changes: inner, until };
  throw new SourceError('position_invalid', 'The stored position is not one of ours.');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

export interface Step<P> {
  readonly records: readonly unknown[];
  readonly next: P;
  readonly more: boolean;
}

interface Place {
  readonly moment: number;
  readonly id: string;
  readonly text: string;
}

/** null: a record that cannot be read, which must not move our place. */
function placeOf(row: unknown): Place | null {
  if (!isRecord(row)) return null;
  const [moment, id, text] = [readMoment(row, 'modifiedAt'), readText(row, 'id'), readText(row, 'modifiedAt')];
  return moment === null || id === null || text === null ? null : { moment, id, text };
}

function isBeyond({ moment, id }: Place, { since, after }: ChangePosition): boolean {
  if (since === null || after === null) return true;
  const read = Date.parse(since);
  return moment > read || (moment === read && id > after);
}

/** PURE. What of a page is new, and the place behind it. */
export function stepThroughChanges(
  position: ChangePosition,
  rows: readonly unknown[],
  pageSize: number,
): Step<ChangePosition> {
  const places = rows.map(placeOf);
  const [first] = places;
  const isLost = position.offset > 0 && (first === undefined || (first !== null && isBeyond(first, position)));
  if (isLost) return { records: [], next: { ...position, offset: 0 }, more: true };
  const records = rows.filter((_row, index) => places[index] === null || isBeyond(places[index]!, position));
  return { records, next: behind(position, places), more: rows.length >= pageSize };
}

function behind(position: ChangePosition, places: readonly (Place | null)[]): ChangePosition {
  const last = places.findLast((place) => place !== null);
  // Nothing readable on the whole page: on to the next one.
  if (last === undefined || last === null) return { ...position, offset: position.offset + places.length };
  const isSameMoment = position.since !== null && last.moment === Date.parse(position.since);
  if (isSameMoment || !isBeyond(last, position)) {
    const after = isBeyond(last, position) ? last.id : position.after;
    return { ...position, after, offset: position.offset + places.length - 1 };
  }
  const before = places.findIndex((place) => place?.moment === last.moment);
  return { ...position, since: last.text, after: last.id, offset: places.length - 1 - before };
}

/** PURE. As above, for a list without an order; null when it has moved too often to be read as one. */
export function stepThroughList(
  position: ListPosition,
  rows: readonly unknown[],
  pageSize: number,
): Step<ListPosition> | null {
  const idOf = (row: unknown): string | null => (isRecord(row) ? readText(row, 'id') : null);
  const hasMoved = position.anchor !== null && idOf(rows[0]) !== position.anchor;
  if (hasMoved && position.restarts >= MOST_RESTARTS) return null;
  if (hasMoved) return { records: [], next: { ...LIST_START, restarts: position.restarts + 1 }, more: true };
  const records = position.anchor === null ? rows : rows.slice(1);
  if (rows.length < pageSize) return { records, next: LIST_START, more: false };
  const next = { ...position, offset: position.offset + rows.length - 1, anchor: idOf(rows.at(-1)) };
  return { records, next, more: true };
}
