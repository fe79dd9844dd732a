import type { EdmType } from '../fields/index.js';
import { toUrlLiteral } from '../odata/index.js';
import { fieldOf, valueOf, type Context, type Resource } from '../resources/index.js';
import type { Row } from '../store/index.js';
import { toWire } from '../wire/values.js';

export type WireRow = Record<string, unknown>;

export interface Target {
  readonly resource: Resource;
  readonly context: Context;
  /** `…/api/v1/{division}/{path}`, the address of the collection. */
  readonly address: string;
}

/** Makes a function that puts one row on the wire with only the chosen fields. */
export function projector(target: Target, select: readonly string[] | null): (row: Row) => WireRow {
  const { resource, context } = target;
  const names = select ?? Object.keys(resource.fields);
  const plain = names.filter((name) => !isDeferred(fieldOf(resource, name).type));
  const deferred = names.filter((name) => isDeferred(fieldOf(resource, name).type));
  const columns = plain.map((name) => ({ name, type: fieldOf(resource, name).type, read: valueOf(resource, name) }));
  return (row) => {
    const uri = entityAddress(target, row);
    const wire: WireRow = { __metadata: { uri, type: resource.typeName } };
    for (const { name, type, read } of columns) wire[name] = toWire(type, read(row, context));
    for (const name of deferred) wire[name] = { __deferred: { uri: `${uri}/${name}` } };
    return wire;
  };
}

/** A created entity as it is sent without `Prefer: return=representation`: the key, everything else null. */
export function keyOnly(target: Target, row: Row): WireRow {
  const { resource } = target;
  const wire = projector(target, [resource.key])(row);
  for (const name of Object.keys(resource.fields)) wire[name] ??= null;
  return wire;
}

export function entityAddress({ resource, context, address }: Target, row: Row): string {
  const literal = toUrlLiteral(fieldOf(resource, resource.key).type, valueOf(resource, resource.key)(row, context));
  return `${address}(${literal})`;
}

function isDeferred(type: EdmType): boolean {
  return type === 'Collection' || type === 'Complex';
}
