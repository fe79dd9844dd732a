import { element, escapeText, type Attributes } from '../xml/index.js';

/** An element of a document with its text, or with elements of its own. */
export interface Field {
  readonly name: string;
  readonly attributes: Attributes;
  readonly text: string;
  readonly children: readonly Field[];
}

export function field(name: string, text: string | number | boolean = '', attributes: Attributes = {}): Field {
  return { name, attributes, text: String(text), children: [] };
}

export function group(name: string, children: readonly Field[], attributes: Attributes = {}): Field {
  return { name, attributes, text: '', children };
}

/** The path of a field below its parent; lines of a list go by their id: `addresses/address[1]/email`. */
export function pathOf(parent: string, name: string, id: string | number | undefined): string {
  const step = id === undefined ? name : `${name}[${id}]`;
  return parent === '' ? step : `${parent}/${step}`;
}

export function writeField({ name, attributes, text, children }: Field): string {
  return element(name, attributes, children.map(writeField).join('') + escapeText(text));
}

/** Puts other texts into the fields at these paths. */
export function overlay(fields: readonly Field[], texts: Readonly<Record<string, string>>, parent = ''): Field[] {
  return fields.map((each) => {
    const path = pathOf(parent, each.name, each.attributes['id']);
    if (each.children.length > 0) return { ...each, children: overlay(each.children, texts, path) };
    const text = texts[path];
    return text === undefined ? each : { ...each, text };
  });
}
