import type { BrowseRow } from './wire.js';
import { decode } from './xml.js';

const WHOLE = /^(?:<\?xml[^>]*\?>)?\s*<browse\b[^>]*\sresult="1"[^>]*>[\s\S]*<\/browse>\s*$/;
/** What a plain reading of tags would take wrongly: then the parser reads it all. */
const UNUSUAL = /<!|<\?(?!xml)/;
const ATTRIBUTES = String.raw`(?:[^>"']|"[^"]*"|'[^']*')*?`;
const CELL = new RegExp(String.raw`<td\b(${ATTRIBUTES})(?:/>|>([^<]*)</td>)`, 'g');
const FIELD = /\sfield="(?:fin\.trs\.)?([^"]*)"/;

/**
 * PURE. The rows of a browse, read off their tags without a tree of them: an answer may hold tens of thousands, and a
 * tree is many times slower and larger. null for anything but a plain, whole, successful answer.
 */
export function rowsIn(text: string): readonly BrowseRow[] | null {
  if (!WHOLE.test(text) || UNUSUAL.test(text.slice(5))) return null;
  const rows: BrowseRow[] = [];
  for (let from = text.indexOf('<tr>'); from >= 0;) {
    const to = text.indexOf('</tr>', from);
    const row = to < 0 ? null : rowIn(text.slice(from, to));
    if (row === null) return null;
    rows.push(row);
    from = text.indexOf('<tr>', to);
  }
  return rows;
}

function rowIn(row: string): BrowseRow | null {
  const cells: Record<string, string> = {};
  let count = 0;
  for (const [, attributes = '', value = ''] of row.matchAll(CELL)) {
    count += 1;
    const field = FIELD.exec(attributes)?.[1];
    if (field === undefined) return null;
    cells[field] = decode(value).trim();
  }
  // Every cell must have been understood; whatever else stands in a row is not for this reader.
  if (count !== row.split('<td').length - 1) return null;
  const part = (name: string): string => decode(new RegExp(`<${name}>([^<]*)</${name}>`).exec(row)?.[1] ?? '').trim();
  return { key: { office: part('office'), code: part('code'), number: part('number'), line: part('line') }, cells };
}
