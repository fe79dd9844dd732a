import { conflict, type Problem } from '../../http/index.js';

/** What a person may do about a write-back. */
export type Decision = 'retry' | 'settle' | 'resolve';

/** What decides about it. */
export interface Standing {
  readonly state: string;
  readonly lastErrorKind: string | null;
  /** null: it belongs to no message. */
  readonly messageState: string | null;
  /** Nobody but a person can find out what became of it. */
  readonly waitsForPerson: boolean;
  /** A state whose place a newer one has taken. */
  readonly superseded: boolean;
}

const DECISIONS: readonly Decision[] = ['retry', 'settle', 'resolve'];

/** PURE. */
export function allowedOf(standing: Standing): readonly Decision[] {
  return DECISIONS.filter((decision) => refusalOf(decision, standing) === null);
}

/** PURE. Why not; null when it may be done. */
export function refusalOf(decision: Decision, standing: Standing): Problem | null {
  return RULES[decision](standing);
}

const RULES: Readonly<Record<Decision, (standing: Standing) => Problem | null>> = {
  retry: ({ state, lastErrorKind, messageState, waitsForPerson, superseded }) => {
    if (state !== 'rejected' && state !== 'abandoned' && !waitsForPerson)
      return conflict('WRITEBACK_NOT_RETRYABLE', `a write-back that is ${state} goes on by itself`);
    if (messageState === 'failed' || messageState === 'cancelled')
      return conflict('MESSAGE_NOT_SENT', 'the message it belongs to was not sent');
    if (superseded) return conflict('WRITEBACK_SUPERSEDED', 'a newer state took its place');
    if (state === 'rejected' && lastErrorKind === 'conflict')
      return conflict('WRITEBACK_CONFLICT', 'somebody changed what we had written: choose whose text stays');
    return null;
  },
  settle: ({ state }) =>
    state === 'rejected' || state === 'unknown' || state === 'pending'
      ? null
      : conflict('WRITEBACK_NOT_OPEN', `a write-back that is ${state} has nothing left to settle`),
  resolve: ({ state, lastErrorKind }) =>
    state === 'rejected' && lastErrorKind === 'conflict'
      ? null
      : conflict('WRITEBACK_NO_CONFLICT', 'nobody changed what this write-back is about, or it was decided already'),
};
