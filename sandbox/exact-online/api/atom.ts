/**
 * The Atom form that the service falls back to when a client does not ask for JSON: enough for a client that reads
 * `m:properties`, in the names WCF Data Services uses.
 */
export function toAtom(data: unknown): string {
  const { rows, next, single } = shape(data);
  const entries = rows.map(entryXml).join('');
  if (single) return `${HEAD}${entries}`;
  const link = next === null ? '' : `<link rel="next" href="${escapeXml(next)}" />`;
  return `${HEAD}<feed ${NAMESPACES}>${entries}${link}</feed>`;
}

const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
const NAMESPACES = [
  'xmlns="http://www.w3.org/2005/Atom"',
  'xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"',
  'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"',
].join(' ');

type Entry = Record<string, unknown>;

function shape(data: unknown): { rows: Entry[]; next: string | null; single: boolean } {
  if (Array.isArray(data)) return { rows: data as Entry[], next: null, single: false };
  const { results, __next } = data as { results?: Entry[]; __next?: string };
  if (results !== undefined) return { rows: results, next: __next ?? null, single: false };
  return { rows: [data as Entry], next: null, single: true };
}

function entryXml({ __metadata, ...fields }: Entry): string {
  const { uri, type } = (__metadata ?? {}) as { uri?: string; type?: string };
  const properties = Object.entries(fields).filter(([, value]) => typeof value !== 'object' || value === null);
  const body = properties.map(([name, value]) => propertyXml(name, value)).join('');
  return (
    `<entry ${NAMESPACES}><id>${escapeXml(uri ?? '')}</id><category term="${escapeXml(type ?? '')}" />` +
    `<content type="application/xml"><m:properties>${body}</m:properties></content></entry>`
  );
}

function propertyXml(name: string, value: unknown): string {
  if (value === null) return `<d:${name} m:null="true" />`;
  const date = typeof value === 'string' ? /^\/Date\((-?\d+)\)\/$/.exec(value) : null;
  const text = date === null ? String(value) : new Date(Number(date[1])).toISOString().replace(/(\.000)?Z$/, '');
  return `<d:${name}>${escapeXml(text)}</d:${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
