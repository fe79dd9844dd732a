/** A record with the moment of its last change. */
export interface Stamped<R> {
  readonly key: string;
  /** Milliseconds. */
  readonly modified: number;
  readonly record: R;
  /** Superseded: still in the order, never served. */
  dead: boolean;
}

/**
 * Records in the order of their last change, and of their key within one moment. No change ever gets the moment of an
 * earlier one, however fast they follow each other, so that nobody who reads on from a moment misses any.
 */
export class StampedTable<R> {
  private order: Stamped<R>[] = [];
  private readonly index = new Map<string, Stamped<R>>();
  private deadCount = 0;

  /** Puts in what was there before the stand-in: its moments may be shared. */
  fill(rows: readonly { key: string; modified: number; record: R }[]): void {
    const sorted = rows.map((row) => ({ ...row, dead: false }));
    sorted.sort((left, right) => left.modified - right.modified || (left.key < right.key ? -1 : 1));
    this.order = sorted;
    for (const row of sorted) this.index.set(row.key, row);
  }

  get size(): number {
    return this.index.size;
  }

  get(key: string): Stamped<R> | undefined {
    return this.index.get(key);
  }

  put(key: string, record: R, now: number): Stamped<R> {
    this.bury(key);
    const modified = Math.max(now, (this.order.at(-1)?.modified ?? 0) + 1);
    const row = { key, modified, record, dead: false };
    this.order.push(row);
    this.index.set(key, row);
    return row;
  }

  /** What shows up with the moment of an earlier change: whoever reads on from a later one does not see it. */
  putLate(key: string, record: R, modified: number): void {
    this.bury(key);
    const row = { key, modified, record, dead: false };
    const place = this.order.findIndex((each) => each.modified > modified);
    this.order.splice(place === -1 ? this.order.length : place, 0, row);
    this.index.set(key, row);
  }

  /** Living records from a moment on, that moment included. */
  *since(moment: number): Generator<Stamped<R>> {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.order[middle]!.modified < moment) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.order.length; at += 1) if (!this.order[at]!.dead) yield this.order[at]!;
  }

  private bury(key: string): void {
    const old = this.index.get(key);
    if (old === undefined) return;
    old.dead = true;
    this.deadCount += 1;
    if (this.deadCount < 1_000 || this.deadCount < this.order.length / 4) return;
    // The last one stays, dead or not: it holds the newest moment.
    const last = this.order.at(-1);
    this.order = this.order.filter((row) => !row.dead || row === last);
    this.deadCount = 0;
  }
}
