import type { LedgerObject } from '../../ledger/domain/index.js';
import type { HintProfile } from './hints.js';

/** How we keep our place in an object of a source. */
export type CursorFamily = 'row-version' | 'modified-time' | 'opaque-token' | 'none';
export type ReadMode = 'snapshot' | 'delta';
/** What keeps a repeated write from happening twice. */
export type IdempotencyClass = 'native-key' | 'unique-field' | 'look-up-only' | 'none';

/** Everything that can be written back. The last five are states: said again they are the same. */
export const WRITING_KINDS = ['note', 'document', 'task', 'dunning-status', 'badge', 'standing', 'own-reminders', 'reminder-email'] as const; // prettier-ignore
export type WritingKind = (typeof WRITING_KINDS)[number];

export interface WriteOperation {
  readonly operation: WritingKind;
  readonly label: string;
  readonly idempotency: IdempotencyClass;
  /** Not done before an admin asks for it, because it shows up in somebody else's work. */
  readonly optIn?: true;
  /** The field that it shares with people, named alike by every operation that writes there. */
  readonly part?: string;
}

/** One row of the object table: what this package can and cannot do, shown to the admin before consent. */
export interface ObjectRow {
  readonly object: LedgerObject | 'notes' | 'documents' | 'tasks' | 'states';
  readonly label: string;
  readonly readMode: ReadMode | null;
  readonly cursor: CursorFamily;
  readonly pageSize: number | null;
  readonly deleteSignal: string;
  readonly completeness: string;
  /**
   * What a full reading shows of an object: every record that exists, or every one that is open (and some that are not).
   * What it should have shown and did not is gone at the source. Absent: a full reading proves nothing.
   */
  readonly fullReading?: 'everything' | 'everything-open';
  /**
   * How long after its time of change the source may come to show a record, in seconds: each reading goes back by as
   * much, on clocks that differ by five minutes. What comes later is found by the second reading only ({@link
   * Connector.rescan}). Absent where the cursor cannot miss.
   */
  readonly latenessSeconds?: number;
  readonly writeOperations: readonly WriteOperation[];
}

/** A package with a login of its own, where a person consents. */
export interface OauthProfile {
  readonly kind: 'oauth2-code';
  readonly refreshToken: 'single-use' | 'reusable';
  readonly accessLifetimeSeconds: number;
  /** A refresh before this many seconds after the previous grant is refused (and counted as an error) by the source. */
  readonly earliestRefreshSeconds: number;
  /** Refresh when less than this is left, because a token must stay valid until the source has finished the call. */
  readonly marginSeconds: number;
  readonly idleExpiryDays: number | null;
  /** Whether repeating a refresh of unknown outcome does no harm. */
  readonly ambiguousRefreshIsSafe: boolean;
}

/** `none`: nobody signs in anywhere; people bring the records themselves, and a connection works from its first moment. */
export type AuthProfile = OauthProfile | { readonly kind: 'none' };

export interface SettingField {
  readonly key: string;
  readonly label: string;
  readonly required: boolean;
  readonly secret: boolean;
  /** What the value must look like: a regular expression over the whole of it, and in words. */
  readonly pattern?: { readonly source: string; readonly expected: string };
  /** What stands in the field before anybody types. */
  readonly initial?: string;
}

export interface Budget {
  readonly label: string;
  readonly count: number;
  readonly perSeconds: number;
  readonly scope: 'app' | 'administration' | 'endpoint';
  /**
   * What is counted: `calls` (when absent) by what each costs, in a window of the clock; `errors`, the answers with one
   * of `errorStatuses`, in any stretch of that length; `tokens`, calls to the token endpoint per connection and UTC day.
   */
  readonly counts?: 'calls' | 'errors' | 'tokens';
  readonly errorStatuses?: readonly number[];
  /** Where we stop by ourselves, below the source's own limit. Errors only. */
  readonly stopAt?: number;
  /** What scheduled pulls leave for people and write-backs; absent: a thirtieth, of a day or longer a twentieth. */
  readonly reserve?: number;
  /** The zone whose midnight ends a day; UTC when absent. */
  readonly timeZone?: string;
}

/** Identity and abilities of a connector: data, validated at boot, shown in the admin UI and the docs. */
export interface Declaration {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly maturity: 'stable' | 'beta';
  readonly countries: readonly string[];
  readonly description: string;
  readonly documentation: string;
  /**
   * Hosts, besides that of the base URL, where calls of this connector may go (`*.example.com` takes every host below
   * it). A call to any other host is not made, so the bearer token cannot leak. Absent: only the base URL's host.
   */
  readonly allowedHosts?: readonly string[];
  readonly auth: AuthProfile;
  readonly settings: readonly SettingField[];
  readonly objects: readonly ObjectRow[];
  readonly budgets: readonly Budget[];
  /** How many calls of one connection may run at the same time, over all processes; no limit when absent. */
  readonly callsAtOnce?: 1;
  /**
   * Days after which the source may have forgotten that something was deleted: books that were last read longer ago are
   * read as a whole. Absent: deletions do not age.
   */
  readonly deletionsKeptDays?: number;
  /** Absent: the source gives no hints. */
  readonly hints?: HintProfile;
  /** Objects in the order in which a pull reads them: debtors before what they owe, deletions last. */
  readonly pullOrder: readonly LedgerObject[];
}
