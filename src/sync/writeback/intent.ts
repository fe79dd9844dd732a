import type { WriteIntent } from '../../connectors/contract/index.js';

/** What column `writeback.intent` holds. Who and where are columns; the file of a document comes from the message. */
export type StoredIntent =
  | { readonly kind: 'note'; readonly subject: string; readonly text: string; readonly date: string }
  | {
      readonly kind: 'document';
      readonly subject: string;
      readonly text: string;
      readonly date: string;
      /** The source's financial entry that the document belongs to; null when it covers several. */
      readonly entrySourceId: string | null;
    };

/** One outgoing change to the ledger, as those who decide it hand it in. */
export interface NewWriteback {
  readonly firmId: string;
  readonly administrationId: string;
  readonly debtorId: string;
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
  readonly debtorSourceId: string;
  /** What the write before it became; null when there was none or it was refused. */
  readonly documentRemoteId: string | null;
}

/** PURE. The connector's view of a stored intent. */
export function toWriteIntent(
  stored: StoredIntent,
  target: IntentTarget,
  file: { fileName: string; file: Buffer } | null,
): WriteIntent {
  const { intentKey: key, administration, debtorSourceId, documentRemoteId } = target;
  const { subject, text, date } = stored;
  const common = { key, administration, debtorSourceId, subject, text, date };
  if (stored.kind === 'note') return { kind: 'note', ...common, documentRemoteId };
  if (file === null) throw new Error(`write-back ${key}: a document needs its file`);
  return { kind: 'document', ...common, entrySourceId: stored.entrySourceId, ...file };
}
