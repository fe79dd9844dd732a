import type { EdmType } from '../fields/index.js';
import { toUrlLiteral } from '../odata/index.js';
import { fieldOf, valueOf, type Context, type Resource } from '../resources/index.js';
import type { Row } from '../store/index.js';
import { toJson } from '../wire/values.js';

export interface Target {
  readonly resource: Resource;
  readonly context: Context;
  /** `…/api/v1/{division}/{path}`, the address of the collection. */
  readonly address: string;
}

/** Makes a function that writes one row as JSON text with only the chosen fields: a page is a join, not a tree. */
export function rowWriter(target: Target, select: readonly string[] | null): (row: Row) => string {
  const { resource, context } = target;
  const columns = (select ?? Object.keys(resource.fields)).map((name) => {
    const { type } = fieldOf(resource, name);
    return { label: `,"${name}":`, name, type, read: valueOf(resource, name), deferred: isDeferred(type) };
  });
  return (row) => {
    const uri = entityAddress(target, row);
    let text = head(uri, resource);
    for (const { label, name, type, read, deferred } of columns)
      text += label + (deferred ? deferredJson(uri, name) : toJson(type, read(row, context)));
    return `${text}}`;
  };
}

/** A created entity as it is sent without `Prefer: return=representation`: the key, everything else null. */
export function keyOnly(target: Target, row: Row): string {
  const { resource, context } = target;
  const columns = Object.keys(resource.fields).map((name) => {
    const isKey = name === resource.key;
    return `,"${name}":${isKey ? toJson(fieldOf(resource, name).type, valueOf(resource, name)(row, context)) : 'null'}`;
  });
  return `${head(entityAddress(target, row), resource)}${columns.join('')}}`;
}

export function entityAddress({ resource, context, address }: Target, row: Row): string {
  const literal = toUrlLiteral(fieldOf(resource, resource.key).type, valueOf(resource, resource.key)(row, context));
  return `${address}(${literal})`;
}

function head(uri: string, resource: Resource): string {
  return `{"__metadata":{"uri":${JSON.stringify(uri)},"type":"${resource.typeName}"}`;
}

function deferredJson(uri: string, name: string): string {
  return `{"__deferred":{"uri":${JSON.stringify(`${uri}/${name}`)}}}`;
}

function isDeferred(type: EdmType): boolean {
  return type === 'Collection' || type === 'Complex';
}
