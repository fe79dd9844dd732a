import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element. Prefixes are the sender's own and mean nothing: names are local, with their namespace beside them. */
export interface XmlNode {
  readonly name: string;
  /** Empty when the element has none. */
  readonly namespace: string;
  /** By local name, without namespace declarations. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Everything between the tags that is not an element, decoded; white space between elements is left out. */
  readonly text: string;
}

/** The text is not well-formed XML, or carries a document type. */
export class XmlError extends Error {}

type Ordered = Readonly<Record<string, unknown>>;
type Prefixes = Readonly<Record<string, string>>;

const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';

/** Values stay the text they are (codes have leading zeros), and no entity but the five of XML is known. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: CDATA,
});

/** Reads one document. Throws {@link XmlError}. */
export function parseXml(text: string): XmlNode {
  const clean = text.replace(/^\uFEFF/, '').trim();
  if (/<!DOCTYPE/i.test(clean)) throw new XmlError('a document type is not allowed');
  const verdict = XMLValidator.validate(clean);
  if (verdict !== true) throw new XmlError(verdict.err.msg);
  const roots = (parser.parse(clean) as Ordered[]).filter((each) => nameOf(each) !== TEXT);
  if (roots.length !== 1) throw new XmlError('one root element is expected');
  return toNode(roots[0]!, {});
}

function toNode(raw: Ordered, outer: Prefixes): XmlNode {
  const given = (raw[ATTRIBUTES] ?? {}) as Record<string, string>;
  const prefixes = { ...outer, ...declaredIn(given) };
  const tag = nameOf(raw);
  const inner = raw[tag] as Ordered[];
  const children = inner.filter((each) => ![TEXT, CDATA].includes(nameOf(each))).map((each) => toNode(each, prefixes));
  const text = inner.map(textOf).join('');
  const [prefix, name] = split(tag);
  return {
    name,
    namespace: prefixes[prefix] ?? '',
    attributes: attributesOf(given),
    children,
    text: children.length > 0 && text.trim() === '' ? '' : text,
  };
}

function nameOf(raw: Ordered): string {
  return Object.keys(raw).find((key) => key !== ATTRIBUTES) ?? '';
}

function textOf(raw: Ordered): string {
  if (TEXT in raw) return decode(String(raw[TEXT]));
  if (CDATA in raw) return (raw[CDATA] as Ordered[]).map((each) => String(each[TEXT] ?? '')).join('');
  return '';
}

function declaredIn(attributes: Readonly<Record<string, string>>): Prefixes {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'xmlns') found[''] = decode(value);
    else if (name.startsWith('xmlns:')) found[name.slice(6)] = decode(value);
  }
  return found;
}

function attributesOf(given: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(given).filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'));
  return Object.fromEntries(own.map(([name, value]) => [split(name)[1], decode(value)]));
}

function split(name: string): readonly [prefix: string, local: string] {
  const at = name.indexOf(':');
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole;
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** The first child of that name. */
export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name);
}

/** The text of the first child of that name; empty when there is none. */
export function textIn(node: XmlNode | undefined, name: string): string {
  return childOf(node, name)?.text ?? '';
}
