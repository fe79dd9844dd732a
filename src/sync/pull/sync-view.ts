import { progressOf, type ObjectProgress, type Progress } from './object-progress.js';
import type { RescanFound } from '../rescan/rescan.repository.js';
import { FULL_REASONS } from './pull-kind.js';
import type { SyncRow } from './sync.repository.js';

/** A pull as the API shows it. */
export interface SyncView {
  readonly id: string;
  readonly administrationId: string;
  readonly kind: string;
  /** Why it reads everything; null for a pull of changes. */
  readonly fullReason: { readonly code: string; readonly message: string } | null;
  readonly trigger: string;
  readonly state: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly createdAt: string;
  /** When a pull that the source told to wait goes on. */
  readonly notBefore: string | null;
  readonly progress: Progress;
  readonly objects: readonly ObjectProgress[];
  readonly calls: number;
  /** The open period was read a second time: from when on, how many records, and how many had come late. */
  readonly rescan: RescanFound | null;
  readonly error: { readonly kind: string; readonly message: string } | null;
}

/** PURE. */
export function toSyncView(row: SyncRow, now: Date): SyncView {
  const ended = row.finishedAt !== null;
  const seconds = row.startedAt === null ? 0 : ((row.finishedAt ?? now).getTime() - row.startedAt.getTime()) / 1000;
  return {
    id: row.id,
    administrationId: row.administrationId,
    kind: row.kind,
    fullReason: row.fullReason === null ? null : { code: row.fullReason, message: FULL_REASONS[row.fullReason] },
    trigger: row.trigger,
    state: row.state,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    notBefore: row.notBefore?.toISOString() ?? null,
    progress: progressOf(row.objects, seconds, ended),
    objects: row.objects,
    calls: row.calls,
    rescan: row.rescan,
    error: row.errorKind === null ? null : { kind: row.errorKind, message: row.errorMessage ?? '' },
  };
}

/** PURE. Whether a pull has ended for good. */
export function hasEnded(view: SyncView): boolean {
  return view.state !== 'queued' && view.state !== 'running';
}
