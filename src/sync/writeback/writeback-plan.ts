import type {
  Declaration,
  ProbeOutcome,
  PushOutcome,
  SourceError,
  WriteOperation,
} from '../../connectors/contract/index.js';

/** Seconds until an uncertain write is probed again; the last one repeats. */
const PROBE_PAUSES_SECONDS: readonly number[] = [10, 30, 120, 600, 3_600];
const RESTING_SECONDS = { rate_limited: 60, quota_exhausted: 3_600, auth_expired: 600, auth_revoked: 60 } as const;

/** What somebody changed of what we had left, beside what we would write. */
export interface Conflict {
  readonly ours: string;
  readonly theirs: string;
  /** What we had left there; null when we never wrote. */
  readonly before: string | null;
}

interface PartSeen {
  readonly left?: string;
  readonly found?: string;
}

/** What becomes of a write-back after an attempt. */
export type Verdict =
  | ({ readonly state: 'applied'; readonly remoteId: string } & PartSeen)
  | ({
      readonly state: 'rejected';
      readonly kind: string;
      readonly message: string;
      readonly conflict?: Conflict;
    } & PartSeen)
  | {
      readonly state: 'pending' | 'unknown';
      readonly kind: string;
      readonly message: string;
      /** null: it waits for a person. */
      readonly nextAttemptAt: Date | null;
    };

/** How a package takes an operation; null when it does not. */
export function operationOf(declaration: Pick<Declaration, 'objects'>, kind: string): WriteOperation | null {
  return declaration.objects.flatMap((row) => row.writeOperations).find(({ operation }) => operation === kind) ?? null;
}

/** The operations that write into the same field, and so wait for each other's conflicts. */
export function sharersOf(declaration: Pick<Declaration, 'objects'>, part: string): readonly string[] {
  const all = declaration.objects.flatMap((row) => row.writeOperations);
  return all.filter((each) => each.part === part).map(({ operation }) => operation);
}

/** PURE. `attempts` counts this one. */
export function judgePush(outcome: PushOutcome, attempts: number, now: Date): Verdict {
  if (outcome.outcome === 'applied') return { state: 'applied', remoteId: outcome.remoteId, ...partOf(outcome) };
  if (outcome.outcome === 'rejected')
    return { state: 'rejected', kind: 'rejected', message: outcome.message, ...partOf(outcome) };
  if (outcome.outcome === 'unknown') return unknown('outcome_unknown', outcome.message, { attempts, now });
  const { ours, theirs, before } = outcome;
  const message = 'Somebody changed what we had written there. Nothing was written.';
  return { state: 'rejected', kind: 'conflict', message, conflict: { ours, theirs, before } };
}

/** PURE. What a probe proves: it is there; or it is not (or half), and may be pushed with what is known. */
export function judgeProbe(outcome: ProbeOutcome): Verdict | { readonly push: { readonly remoteId: string } | null } {
  if (outcome.outcome === 'applied') return { state: 'applied', remoteId: outcome.remoteId, ...partOf(outcome) };
  return { push: outcome.outcome === 'partial' ? { remoteId: outcome.remoteId } : null };
}

function partOf({ left, found }: PartSeen): PartSeen {
  return { ...(left === undefined ? {} : { left }), ...(found === undefined ? {} : { found }) };
}

/**
 * PURE. A refusal that passes by itself leaves the write waiting; one that a person must lift is a rejection, with the
 * reason; everything without a clear answer stays unknown.
 */
export function judgeError(error: SourceError, attempts: number, now: Date): Verdict {
  const { kind, message } = error;
  if (kind === 'rate_limited' || kind === 'quota_exhausted' || kind === 'auth_expired' || kind === 'auth_revoked') {
    const nextAttemptAt = error.until ?? new Date(now.getTime() + RESTING_SECONDS[kind] * 1_000);
    return { state: 'pending', kind, message, nextAttemptAt };
  }
  if (kind === 'source_down' || kind === 'timeout_read' || kind === 'outcome_unknown')
    return unknown(kind, message, { attempts, now });
  return { state: 'rejected', kind, message };
}

function unknown(kind: string, message: string, { attempts, now }: { attempts: number; now: Date }): Verdict {
  const pause = PROBE_PAUSES_SECONDS[attempts - 1] ?? PROBE_PAUSES_SECONDS.at(-1) ?? 0;
  return { state: 'unknown', kind, message, nextAttemptAt: new Date(now.getTime() + pause * 1_000) };
}
