import type { Book } from '../../books/index.js';
import type { Journal } from '../../http/index.js';
import type {
  AccountRecord,
  AttachmentRecord,
  ConditionRecord,
  DeletedRecord,
  EntryRecord,
  SubscriptionRecord,
  TermRecord,
} from './records.js';
import { VersionedTable, type Row, type TableHost } from './versioned-table.js';

/** What a division knows of itself besides its rows. */
export interface DivisionHead {
  readonly code: number;
  readonly name: string;
  readonly country: 'NL' | 'BE';
  readonly iban: string;
  readonly bic: string;
  /** Wall milliseconds of the last move; every row version is regenerated then. */
  readonly movedAt: number | null;
}

export interface Change {
  readonly table: string;
  readonly key: string;
  readonly action: 'Create' | 'Update' | 'Delete';
  readonly record: unknown;
}

/** Row versions start here: clients must take them as opaque 64-bit numbers, not as counts. */
const FIRST_VERSION = 4_100_000;

/** One administration: its books and everything clients wrote into it. */
export class DivisionStore implements TableHost {
  readonly accounts = new VersionedTable<AccountRecord>('accounts', this);
  readonly terms = new VersionedTable<TermRecord>('terms', this);
  readonly conditions = new VersionedTable<ConditionRecord>('conditions', this);
  readonly notes = new VersionedTable<EntryRecord>('notes', this);
  readonly tasks = new VersionedTable<EntryRecord>('tasks', this);
  readonly documents = new VersionedTable<EntryRecord>('documents', this);
  readonly attachments = new VersionedTable<AttachmentRecord>('attachments', this);
  readonly subscriptions = new VersionedTable<SubscriptionRecord>('subscriptions', this);
  readonly deleted = new VersionedTable<DeletedRecord>('deleted', this);
  /** Every financial entry there ever was: a document may point at one. */
  readonly entries = new Set<string>();

  /** Hears of every change of a row, once somebody listens. */
  onChange: (change: Change) => void = () => {};

  private version = FIRST_VERSION;
  private lastHid = 0;
  private silent = false;

  constructor(
    public head: DivisionHead,
    readonly book: Book,
    private readonly journal: Journal,
  ) {}

  get tables(): Readonly<Record<string, VersionedTable<unknown>>> {
    const all = [
      this.accounts,
      this.terms,
      this.conditions,
      this.notes,
      this.tasks,
      this.documents,
      this.attachments,
      this.subscriptions,
      this.deleted,
    ];
    return Object.fromEntries(all.map((table) => [table.name, table as unknown as VersionedTable<unknown>]));
  }

  nextVersion(): number {
    this.version += 1;
    return this.version;
  }

  nextHid(): number {
    this.lastHid += 1;
    return this.lastHid;
  }

  /** Fills the tables without a journal line per row: the whole is written afterwards, in one go. */
  silently(fill: () => void): void {
    this.silent = true;
    fill();
    this.silent = false;
  }

  written(table: string, row: Row, isNew: boolean): void {
    if (this.silent) return;
    this.journal.append([rowLine(this.head.code, table, row)]);
    this.onChange({ table, key: row.key, action: isNew ? 'Create' : 'Update', record: row.record });
  }

  removed(table: string, key: string, record: unknown): void {
    if (this.silent) return;
    this.journal.append([['gone', this.head.code, table, key]]);
    this.onChange({ table, key, action: 'Delete', record });
  }

  changeHead(head: DivisionHead): void {
    this.head = head;
    this.journal.append([['division', head]]);
  }

  /** Everything in version order, as journal lines. */
  *lines(): Generator<unknown> {
    yield ['division', this.head];
    for (const [name, table] of Object.entries(this.tables))
      for (const row of table.byVersion()) if (!row.dead) yield rowLine(this.head.code, name, row);
  }

  restore(table: string, row: Row): void {
    this.tables[table]?.restore(row);
    this.version = Math.max(this.version, row.timestamp);
    const { hid } = row.record as { hid?: number };
    if (hid !== undefined) this.lastHid = Math.max(this.lastHid, hid);
  }
}

export function rowLine(division: number, table: string, row: Row): unknown[] {
  return ['row', division, table, row.key, row.timestamp, row.created, row.modified, row.record];
}
