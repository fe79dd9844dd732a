import { XMLParser } from 'fast-xml-parser';

/**
 * An element as Twinfield sent it: text alone, or its children by local name and its attributes under `@name`. Values
 * stay the text they are, because codes have leading zeros. Plain JSON, so that it can be kept as a raw record.
 */
export type XmlNode = string | XmlElement;
export interface XmlElement {
  readonly [name: string]: XmlNode | readonly XmlNode[];
}

/** What arrived is not (whole) XML. */
export class MalformedXml extends Error {}

const TEXT = '#text';
const CDATA = '#cdata';

/** Nothing is guessed (no numbers, no dates), no entity is expanded, and a document type is refused before. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Reads a document with the given root. Throws {@link MalformedXml} for anything else, and for half of one. */
export function parseXml(text: string): { readonly name: string; readonly node: XmlNode } {
  const document = text.trim();
  if (!document.startsWith('<') || /<!DOCTYPE/i.test(document)) throw new MalformedXml('This is not XML.');
  const [name, node] = rootOf(document);
  const isWhole = document.endsWith('/>') || new RegExp(`</(?:[\\w.-]+:)?${name}\\s*>$`).test(document);
  if (!isWhole) throw new MalformedXml(`The answer ends before its root "${name}" does.`);
  return { name, node };
}

function rootOf(document: string): readonly [string, XmlNode] {
  const roots = Object.entries(read(document)).filter(([name]) => !name.startsWith('#') && !name.startsWith('@'));
  const [root] = roots;
  if (root === undefined || roots.length > 1 || Array.isArray(root[1]))
    throw new MalformedXml('The answer does not have one root.');
  return root as [string, XmlNode];
}

function read(document: string): XmlElement {
  try {
    return parser.parse(document) as XmlElement;
  } catch {
    // The parser quotes what it stumbled over, which may be anything: its words stay here.
    throw new MalformedXml('The answer is not well-formed XML.');
  }
}

/** All children of that name; one or none is a list too. */
export function childrenOf(node: XmlNode | null, name: string): readonly XmlNode[] {
  if (!isElement(node) || !Object.hasOwn(node, name)) return [];
  const value = node[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly XmlNode[]) : [value as XmlNode];
}

/** The first child of that name. A create answers the children of `creditmanagement` twice, so more are no error. */
export function childOf(node: XmlNode | null, name: string): XmlNode | null {
  return childrenOf(node, name)[0] ?? null;
}

/** The element reached by a path of names. */
export function elementAt(node: XmlNode | null, ...names: readonly string[]): XmlNode | null {
  return names.reduce<XmlNode | null>((at, name) => childOf(at, name), node);
}

/** An element's own text, decoded and untrimmed: empty when it has none. */
export function textOf(node: XmlNode | null): string {
  if (node === null) return '';
  if (typeof node === 'string') return decode(node);
  if (!isElement(node)) return '';
  return decode(ownText(node[TEXT])) + ownText(node[CDATA]);
}

function ownText(value: XmlNode | readonly XmlNode[] | undefined): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map((each: XmlNode) => ownText(each)).join('') : '';
}

export function attributeOf(node: XmlNode | null, name: string): string | null {
  const value = isElement(node) && Object.hasOwn(node, `@${name}`) ? node[`@${name}`] : undefined;
  return typeof value === 'string' ? decode(value) : null;
}

/** Every element below, itself included, with its name. */
export function* walk(name: string, node: XmlNode): Generator<readonly [string, XmlNode]> {
  yield [name, node];
  if (!isElement(node)) return;
  for (const [child, value] of Object.entries(node)) {
    if (child.startsWith('@') || child.startsWith('#')) continue;
    for (const each of Array.isArray(value) ? (value as readonly XmlNode[]) : [value as XmlNode])
      yield* walk(child, each);
  }
}

export function isElement(node: unknown): node is XmlElement {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

/** The five entities of XML and numbers of characters; anything else stays as it came. */
export function decode(text: string): string {
  if (!text.includes('&')) return text;
  const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'"); // prettier-ignore
  const numbered = plain.includes('&#') ? plain.replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi, toCharacter) : plain;
  return numbered.replaceAll('&amp;', '&');
}

function toCharacter(whole: string, hexadecimal: string | undefined, decimal: string | undefined): string {
  const point = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  // An escaped ampersand stays escaped until the last step, or "&#38;lt;" would become a tag.
  if (point === 38) return '&amp;';
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}

/** Characters that no XML may hold, also not escaped; a letter pasted from elsewhere may have them. */
// oxlint-disable-next-line no-control-regex -- these are the ones to take out
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g; // prettier-ignore

/** Text as it goes between two tags. */
export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** `<name>…</name>` around text, or around elements that were made before. */
export function element(name: string, content: string | readonly string[]): string {
  return `<${name}>${typeof content === 'string' ? escapeXml(content) : content.join('')}</${name}>`;
}
