import type { DivisionStore, Row, TermRecord } from '../store/index.js';
import type { Context } from './resource.js';

type Terms = readonly Row<TermRecord>[];

/** A view of a division's terms that is made again only after a change: a page must not cost a pass over the book. */
export function derivedRows(derive: (rows: Terms) => Terms): (context: Context) => Terms {
  const made = new WeakMap<DivisionStore, { source: Terms; rows: Terms }>();
  return ({ division }) => {
    const source = division.terms.byKey();
    const known = made.get(division);
    if (known?.source === source) return known.rows;
    const rows = derive(source);
    made.set(division, { source, rows });
    return rows;
  };
}
