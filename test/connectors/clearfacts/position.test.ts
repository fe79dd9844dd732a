import * as fc from 'fast-check';
import {
  CHANGES_START,
  LIST_START,
  stepThroughChanges,
  stepThroughList,
} from '../../../src/connectors/clearfacts/position.js';

interface Row {
  id: string;
  modifiedAt: string;
}

const at = (moment: number): string => new Date(Date.UTC(2026, 0, 1) + moment).toISOString();
const PAGE = 4;

/** A list that answers as the proposal says: by moment, then id, from a moment on, by offset. */
class Source {
  private last: number;

  constructor(readonly rows: Row[]) {
    this.last = rows.length;
  }

  page(since: string | null, offset: number): Row[] {
    const sorted = this.rows.toSorted((a, b) => (a.modifiedAt + a.id < b.modifiedAt + b.id ? -1 : 1));
    return sorted.filter(({ modifiedAt }) => since === null || modifiedAt >= since).slice(offset, offset + PAGE);
  }

  touch(index: number): void {
    const row = this.rows[index % this.rows.length]!;
    this.rows[index % this.rows.length] = { ...row, modifiedAt: at((this.last += 1)) };
  }
}

describe('a walk through changes', () => {
  it('misses no record and no change, whatever moves between two pages and however many share a moment', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 40 });
    const touches = fc.array(fc.array(fc.nat(39), { maxLength: 8 }), { maxLength: 12 });
    fc.assert(
      fc.property(moments, touches, (initial, moves) => {
        const source = new Source(initial.map((moment, index) => ({ id: `r${index}`, modifiedAt: at(Math.min(moment, initial.length)) }))); // prettier-ignore
        const seen = new Map<string, string>();
        let position = CHANGES_START;
        for (let pages = 0; pages < 500; pages += 1) {
          const step = stepThroughChanges(position, source.page(position.since, position.offset), PAGE);
          for (const row of step.records as Row[]) seen.set(row.id, row.modifiedAt);
          position = JSON.parse(JSON.stringify(step.next)) as typeof position;
          for (const index of moves[pages] ?? []) source.touch(index);
          if (!step.more && pages >= moves.length) break;
        }
        expect(Object.fromEntries(seen)).toEqual(
          Object.fromEntries(source.rows.map((row) => [row.id, row.modifiedAt])),
        );
        const again = stepThroughChanges(position, source.page(position.since, position.offset), PAGE);
        expect(again).toEqual({ records: [], next: position, more: false });
      }),
      { numRuns: 400 },
    );
  });

  it('goes past a page that cannot be read at all', () => {
    const step = stepThroughChanges(CHANGES_START, [1, null, { id: 'x' }, 'y'], PAGE);
    expect(step).toEqual({ records: [1, null, { id: 'x' }, 'y'], next: { ...CHANGES_START, offset: 4 }, more: true });
  });
});

describe('a walk through a list without an order', () => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id, name: id }));

  it('begins each page with the last record of the page before, and does not give it twice', () => {
    const first = stepThroughList(LIST_START, rows('a', 'b', 'c', 'd'), PAGE)!;
    expect(first.next).toEqual({ ...LIST_START, offset: 3, anchor: 'd' });
    const second = stepThroughList(first.next, rows('d', 'e'), PAGE)!;
    expect(second).toEqual({ records: rows('e'), next: LIST_START, more: false });
  });

  it('starts again when the list has moved, three times and no more', () => {
    let position = stepThroughList(LIST_START, rows('a', 'b', 'c', 'd'), PAGE)!.next;
    for (let restarts = 1; restarts <= 3; restarts += 1) {
      const moved = stepThroughList(position, rows('e'), PAGE)!;
      expect(moved).toEqual({ records: [], next: { ...LIST_START, restarts }, more: true });
      position = stepThroughList(moved.next, rows('a', 'b', 'c', 'd'), PAGE)!.next;
    }
    expect(stepThroughList(position, rows('e'), PAGE)).toBeNull();
  });
});
