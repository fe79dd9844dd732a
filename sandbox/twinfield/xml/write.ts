import type { XmlNode } from './read.js';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element around content that is XML already. Attributes without a value are left out. */
export function element(name: string, attributes: Attributes, content = ''): string {
  let open = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) open += ` ${key}="${escapeAttribute(String(value))}"`;
  return content === '' ? `${open}/>` : `${open}>${content}</${name}>`;
}

/** An element around a text. */
export function leaf(name: string, text: string | number, attributes: Attributes = {}): string {
  return element(name, attributes, escapeText(String(text)));
}

/** Quotes stay what they are in text, as the vendor's own writer leaves them; a bare CR would be read as a line end. */
export function escapeText(text: string): string {
  if (!/[&<>\r]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

/** Writes a tree back as it came, without namespaces. */
export function writeNode(node: XmlNode): string {
  return element(node.name, node.attributes, node.children.map(writeNode).join('') + escapeText(node.text));
}
