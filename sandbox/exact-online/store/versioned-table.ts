/** One record with the stamps that the ledger keeps beside it. */
export interface Row<R = unknown> {
  readonly key: string;
  /** Row version: rises with every change anywhere in the division, says nothing about time. */
  timestamp: number;
  readonly created: number;
  modified: number;
  readonly record: R;
  /** Superseded or deleted: still in the version order, never served. */
  dead: boolean;
}

/** What a table tells its division: hand out a version, write a line. */
export interface TableHost {
  nextVersion(): number;
  written(table: string, row: Row, isNew: boolean): void;
  removed(table: string, key: string, record: unknown): void;
}

/**
 * Rows in the order of their row version, with an index by key. A change appends the new version and leaves the old
 * one behind as dead, so that a page is a binary search and a walk, whatever the size of the book.
 */
export class VersionedTable<R> {
  private order: Row<R>[] = [];
  private readonly index = new Map<string, Row<R>>();
  private sorted: readonly Row<R>[] | null = null;
  private deadCount = 0;

  constructor(
    readonly name: string,
    private readonly host: TableHost,
  ) {}

  get size(): number {
    return this.index.size;
  }

  get(key: string): Row<R> | undefined {
    return this.index.get(key);
  }

  /** Inserts or replaces; the row gets a fresh version. `created` is for records that are older than the stand-in. */
  put(key: string, record: R, at: { now: number; created?: number; modified?: number }): Row<R> {
    const old = this.index.get(key);
    const created = old?.created ?? at.created ?? at.now;
    const row = {
      key,
      timestamp: this.host.nextVersion(),
      created,
      modified: at.modified ?? at.now,
      record,
      dead: false,
    };
    this.place(row);
    this.host.written(this.name, row, old === undefined);
    return row;
  }

  /** Puts back a row of an earlier life, in version order. */
  restore(row: Row<R>): void {
    this.place(row);
  }

  delete(key: string): R | undefined {
    const old = this.index.get(key);
    if (old === undefined) return undefined;
    this.bury(old);
    this.index.delete(key);
    this.sorted = null;
    this.host.removed(this.name, key, old.record);
    return old.record;
  }

  /** All living and some dead rows by rising version; skip the dead. */
  byVersion(): readonly Row<R>[] {
    return this.order;
  }

  /** The living rows by rising key. */
  byKey(): readonly Row<R>[] {
    this.sorted ??= [...this.index.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
    return this.sorted;
  }

  values(): IterableIterator<Row<R>> {
    return this.index.values();
  }

  /** New versions for all rows, in the order they have: what a division move does. */
  renumber(): void {
    this.order = this.order.filter((row) => !row.dead);
    this.deadCount = 0;
    for (const row of this.order) {
      row.timestamp = this.host.nextVersion();
      this.host.written(this.name, row, false);
    }
  }

  private place(row: Row<R>): void {
    const old = this.index.get(row.key);
    if (old !== undefined) this.bury(old);
    this.order.push(row);
    this.index.set(row.key, row);
    this.sorted = null;
  }

  private bury(row: Row<R>): void {
    row.dead = true;
    this.deadCount += 1;
    if (this.deadCount < 1_000 || this.deadCount < this.order.length / 4) return;
    this.order = this.order.filter((each) => !each.dead);
    this.deadCount = 0;
  }
}
