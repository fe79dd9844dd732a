import { NEW_PART, type ManagedPart, type StateIntent, type WriteIntent } from '../../connectors/contract/index.js';

interface StoredText {
  readonly subject: string;
  readonly text: string;
  readonly date: string;
}

/** A write that happens once. */
export type StoredWrite =
  | ({ readonly kind: 'note' } & StoredText)
  | ({
      readonly kind: 'document';
      /** The source's financial entry that the document belongs to; null when it covers several. */
      readonly entrySourceId: string | null;
    } & StoredText)
  | ({ readonly kind: 'task'; readonly task: 'call' } & StoredText);

/** A state that the ledger shows until the next one takes its place. */
export type StoredState =
  | {
      readonly kind: 'dunning-status';
      readonly receivableSourceId: string;
      readonly level: number;
      readonly status: string;
      readonly at: string;
    }
  | { readonly kind: 'badge'; readonly text: string; readonly tone: 'calm' | 'warning' | 'alarm' }
  | { readonly kind: 'standing'; readonly text: string | null }
  | { readonly kind: 'own-reminders'; readonly wanted: 'off' | 'as-found' }
  | { readonly kind: 'reminder-email'; readonly email: string | null };

export const STATE_KINDS = ['dunning-status', 'badge', 'standing', 'own-reminders', 'reminder-email'] as const satisfies readonly StateIntent['kind'][]; // prettier-ignore
export type StateKind = (typeof STATE_KINDS)[number];

/** What column `writeback.intent` holds. Who and where are columns; the file of a document comes from the message. */
export type StoredIntent = StoredWrite | StoredState;

export function isState(stored: StoredIntent): stored is StoredState {
  return STATE_KINDS.some((kind) => kind === stored.kind);
}

/** One outgoing change to the ledger, as those who decide it hand it in. */
export interface NewWriteback {
  readonly firmId: string;
  readonly administrationId: string;
  /** null: it is about the whole administration. */
  readonly debtorId: string | null;
  /** Only written once this message is sent; null: at once. */
  readonly messageId: string | null;
  /** Unique for ever: the same decision made twice is one write. Travels inside the written text. */
  readonly intentKey: string;
  readonly intent: StoredIntent;
  /** One line for people. */
  readonly summary: string;
  /** Intent key of the write that goes first, e.g. the document that a note points at. */
  readonly dependsOn: string | null;
}

/** Where an intent goes, in the source's words. */
export interface IntentTarget {
  readonly intentKey: string;
  readonly administration: string;
  /** '' when it is about the whole administration. */
  readonly debtorSourceId: string;
  /** What the write before it became; null when there was none or it was refused. */
  readonly documentRemoteId: string | null;
}

/** PURE. The connector's view of a stored write. */
export function toWriteIntent(
  stored: StoredWrite,
  target: IntentTarget,
  given: { readonly file: { fileName: string; file: Buffer } | null; readonly part: ManagedPart | null },
): WriteIntent {
  const { intentKey: key, administration, debtorSourceId, documentRemoteId } = target;
  const { subject, text, date } = stored;
  const common = { key, administration, debtorSourceId, subject, text, date };
  if (stored.kind === 'note')
    return { kind: 'note', ...common, documentRemoteId, ...(given.part === null ? {} : { part: given.part }) };
  if (stored.kind === 'task') return { kind: 'task', ...common, task: stored.task };
  if (given.file === null) throw new Error(`write-back ${key}: a document needs its file`);
  return { kind: 'document', ...common, entrySourceId: stored.entrySourceId, ...given.file };
}

/** PURE. The connector's view of a stored state. */
export function toStateIntent(stored: StoredState, target: IntentTarget, part: ManagedPart | null): StateIntent {
  const { intentKey: key, administration, debtorSourceId } = target;
  if (stored.kind === 'dunning-status' || stored.kind === 'badge') return { ...stored, key, administration };
  return { ...stored, key, administration, debtorSourceId, part: part ?? NEW_PART };
}
