import type { LedgerObject } from '../../ledger/domain/index.js';

/** How far a pull is with one object; kept on the sync row, so that whoever takes over goes on from there. */
export interface ObjectProgress {
  readonly object: LedgerObject;
  state: 'pending' | 'running' | 'done';
  pages: number;
  calls: number;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  deleted: number;
  rejected: number;
  /** Records that this pull expects in all; null until the source says. */
  total: number | null;
}

/** What storing one page did. */
export interface PageCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
}

export const NOTHING: PageCounts = { new: 0, changed: 0, unchanged: 0, deleted: 0, rejected: 0 };

export function startProgress(objects: readonly LedgerObject[]): ObjectProgress[] {
  return objects.map((object) => ({
    object,
    state: 'pending',
    pages: 0,
    calls: 0,
    read: 0,
    ...NOTHING,
    total: null,
  }));
}

/** PURE. Whether anything in the books is different now. */
export function changedAnything(objects: readonly ObjectProgress[]): boolean {
  return objects.some((each) => each.new + each.changed + each.deleted > 0);
}

export interface Progress {
  readonly done: number;
  readonly total: number | null;
  readonly ratePerSecond: number;
  readonly secondsLeft: number | null;
}

/**
 * PURE. Records read so far, out of how many, how fast, how long still. The total stays null until every object that
 * counts has named its own; deletions are few and count as none until they are read.
 */
export function progressOf(objects: readonly ObjectProgress[], runningSeconds: number, finished: boolean): Progress {
  const done = objects.reduce((sum, each) => sum + each.read, 0);
  const total = finished ? done : totalOf(objects);
  const ratePerSecond = runningSeconds > 0 ? Math.round(done / runningSeconds) : 0;
  const left = total === null || ratePerSecond === 0 ? null : Math.ceil(Math.max(0, total - done) / ratePerSecond);
  return { done, total, ratePerSecond, secondsLeft: finished ? 0 : left };
}

function totalOf(objects: readonly ObjectProgress[]): number | null {
  let total = 0;
  for (const each of objects) {
    if (each.state === 'done') total += each.read;
    else if (each.total !== null) total += Math.max(each.total, each.read);
    else if (each.object !== 'deletions' || each.state === 'running') return null;
  }
  return objects.length === 0 ? null : total;
}
