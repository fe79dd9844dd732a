export type SyncState = 'queued' | 'running' | 'complete' | 'complete_with_quarantine' | 'partial' | 'failed';
export type SyncTrigger = 'manual' | 'schedule' | 'hint' | 'first' | 'before-apply' | 'tie-out';

export interface SyncSummary {
  id: string;
  administrationId: string;
  kind: 'full' | 'delta';
  trigger: SyncTrigger;
  state: SyncState;
  startedAt: string | null;
  finishedAt: string | null;
  createdAt: string;
  progress: SyncProgress;
  error: { kind: string; message: string } | null;
}

export interface SyncProgress {
  done: number;
  total: number | null;
  ratePerSecond: number | null;
  secondsLeft: number | null;
}

export interface Sync extends SyncSummary {
  objects: SyncObject[];
  calls: number;
  /** What reading the open period a second time found. */
  rescan: { from: string; read: number; late: number } | null;
}

export interface SyncObject {
  object: string;
  state: string;
  pages: number;
  calls: number;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  deleted: number;
  rejected: number;
  total: number | null;
}

export interface QuarantineItem {
  id: string;
  object: string;
  sourceId: string;
  reason: string;
  message: string;
  raw: unknown;
  firstSeenAt: string;
  lastSeenAt: string;
}
