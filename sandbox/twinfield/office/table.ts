/** Hears of what a table takes in and loses, to keep it and to keep indexes in step. */
export interface TableHost {
  written(table: string, key: string, record: unknown): void;
  removed(table: string, key: string): void;
}

/** Records by key, in order of arrival. */
export class Table<R> {
  private readonly records = new Map<string, R>();

  constructor(
    readonly name: string,
    private readonly host: TableHost,
    private readonly index: { add(key: string, record: R): void; remove(key: string, record: R): void } = NO_INDEX,
  ) {}

  get size(): number {
    return this.records.size;
  }

  get(key: string): R | undefined {
    return this.records.get(key);
  }

  values(): IterableIterator<R> {
    return this.records.values();
  }

  entries(): IterableIterator<[string, R]> {
    return this.records.entries();
  }

  put(key: string, record: R): void {
    this.restore(key, record);
    this.host.written(this.name, key, record);
  }

  /** Puts a record back that was kept before. */
  restore(key: string, record: R): void {
    const old = this.records.get(key);
    if (old !== undefined) this.index.remove(key, old);
    this.records.set(key, record);
    this.index.add(key, record);
  }

  delete(key: string): void {
    const old = this.records.get(key);
    if (old === undefined) return;
    this.index.remove(key, old);
    this.records.delete(key);
    this.host.removed(this.name, key);
  }
}

const NO_INDEX = { add: () => {}, remove: () => {} };
