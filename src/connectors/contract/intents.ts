import type { DebtorRecord } from '../../ledger/domain/index.js';

/**
 * Our part of a field that people write in too, as the engine remembers it. A connector that finds something else there
 * than `left` or `seen` writes nothing and answers `conflict`.
 */
export interface ManagedPart {
  /** What we left there; null when we never wrote. */
  readonly left: string | null;
  /** What stood there before we first wrote; null when unknown. */
  readonly found: string | null;
  /** What a person was shown there instead, and decided about. */
  readonly seen: string | null;
  /** That decision: start from what we had left, and let go of what was changed. */
  readonly restore: boolean;
}

export const NEW_PART: ManagedPart = { left: null, found: null, seen: null, restore: false };

interface Addressed {
  readonly key: string;
  readonly administration: string;
  readonly debtorSourceId: string;
}

interface Said extends Addressed {
  readonly subject: string;
  readonly text: string;
  readonly date: string;
}

/** What the engine wants written. `key` is unique for ever and is written inside the text, so a probe can find it. */
export type WriteIntent =
  | (Said & {
      readonly kind: 'note';
      /** The document written before, if it was: the note points at it. */
      readonly documentRemoteId: string | null;
      /** Where notes share a field with people: what we left there. */
      readonly part?: ManagedPart;
    })
  | (Said & {
      readonly kind: 'document';
      /** The source's financial entry that the document belongs to; null when unknown. */
      readonly entrySourceId: string | null;
      readonly fileName: string;
      readonly file: Buffer;
    })
  /** Something for a person to do, on the list of the source; `date` is when it is to be done. */
  | (Said & { readonly kind: 'task'; readonly task: 'call' });

/**
 * A state that the source shows for us: how far a receivable or a debtor has come, or a word on a whole administration.
 * Saying it again is the same state (the source knows the key, or it is looked at first), so it is never probed.
 */
export type StateIntent =
  | {
      readonly kind: 'dunning-status';
      readonly key: string;
      readonly administration: string;
      readonly receivableSourceId: string;
      /** 0: not yet reminded. */
      readonly level: number;
      readonly status: string;
      /** ISO instant. */
      readonly at: string;
    }
  | {
      readonly kind: 'badge';
      readonly key: string;
      readonly administration: string;
      readonly text: string;
      readonly tone: 'calm' | 'warning' | 'alarm';
    }
  /** One line about the debtor in a block of our own inside a field of free text. */
  | (Addressed & {
      readonly kind: 'standing';
      /** null takes the line out. */
      readonly text: string | null;
      readonly part: ManagedPart;
    })
  /** Whether the package itself reminds the debtor: `off` while we do, `as-found` afterwards. */
  | (Addressed & { readonly kind: 'own-reminders'; readonly wanted: 'off' | 'as-found'; readonly part: ManagedPart })
  /** The package's own address for reminders to the debtor; null: what was found there. */
  | (Addressed & { readonly kind: 'reminder-email'; readonly email: string | null; readonly part: ManagedPart });

/** What stands in a managed part now, for the engine to remember. */
interface PartSeen {
  readonly left?: string;
  /** What stood there before we first wrote. */
  readonly found?: string;
}

/**
 * A record before and after a write that changes something which pulls read: what comes back by itself is then known as
 * ours. `fields` are those that the write is about; should anything else differ, somebody else was there too.
 */
export interface Echo {
  readonly object: 'debtors';
  readonly before: unknown;
  readonly after: unknown;
  readonly fields: readonly (keyof DebtorRecord)[];
}

export type PushOutcome =
  | ({ readonly outcome: 'applied'; readonly remoteId: string; readonly echo?: Echo } & PartSeen)
  /** The source said no; `message` is its own text. */
  | ({ readonly outcome: 'rejected'; readonly message: string; readonly fields: readonly string[] } & PartSeen)
  /** A person changed what we left there. Nothing was written; somebody has to choose. */
  | { readonly outcome: 'conflict'; readonly ours: string; readonly theirs: string; readonly before: string | null }
  /** No answer, or one that does not say whether it was applied. Probe before anything else. */
  | { readonly outcome: 'unknown'; readonly message: string };

export type ProbeOutcome =
  | ({ readonly outcome: 'applied'; readonly remoteId: string } & PartSeen)
  /** Begun, not finished (a document without its file): push again with `remoteId` to finish it. */
  | { readonly outcome: 'partial'; readonly remoteId: string }
  | { readonly outcome: 'absent' };
