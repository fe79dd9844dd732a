import { FIELDS, TABLE_KINDS } from './fields.js';
import { simple } from './values.js';

const KNOWN: ReadonlySet<string> = new Set(TABLE_KINDS.flatMap((kind) => FIELDS[kind].flatMap(({ names }) => names)));

/** Whether a cell reads like the header of a column that means something to us. */
export function isKnownHeader(text: string): boolean {
  return KNOWN.has(simple(text));
}
