import type { Answer, Call } from '../../http/index.js';
import type { EdmType } from '../fields/index.js';
import { ExactError } from '../wire/errors.js';
import type { Raw } from '../wire/values.js';
import { parseWallMs } from '../wire/wall-time.js';
import type { Resource, Values } from '../resources/index.js';
import { entityAddress, keyOnly, rowWriter, type Target } from './project.js';
import { dataAnswer, findRow, type Served } from './read.js';

const BAD_STREAM = 'Error processing request stream. The request should be a valid top-level resource object.';

/** POST: 201. Without `Prefer: return=representation` every property but the key comes back null. */
export function create(target: Target, call: Call): Served {
  const { resource, context } = target;
  if (resource.post === undefined) throw methodNotAllowed(call);
  const row = resource.post(readValues(resource, call, 'post'), context);
  const whole = /return\s*=\s*representation/i.test(String(call.headers['prefer'] ?? ''));
  const answer = dataAnswer(call, whole ? rowWriter(target, null)(row) : keyOnly(target, row), 201);
  const headers = { ...answer.headers, Location: entityAddress(target, row) };
  return { answer: { ...answer, headers }, rows: [row] };
}

/** PUT changes only what it is sent; 204 with nothing in it. */
export function change(target: Target, call: Call, key: string): Answer {
  const { resource, context } = target;
  if (resource.put === undefined) throw methodNotAllowed(call);
  const row = findRow(target, key);
  resource.put(row, readValues(resource, call, 'put'), context);
  return NO_CONTENT;
}

export function remove(target: Target, call: Call, key: string): Answer {
  const { resource, context } = target;
  if (resource.remove === undefined) throw methodNotAllowed(call);
  resource.remove(findRow(target, key), context);
  return NO_CONTENT;
}

const NO_CONTENT: Answer = { status: 204, headers: { DataServiceVersion: '1.0;' }, body: '' };

export function methodNotAllowed(call: Call): ExactError {
  return new ExactError(405, `Method not allowed: ${call.method}`); // wording unverified
}

/** Reads a body against the fields: unknown names and wrong types are errors, read-only fields are let pass. */
function readValues(resource: Resource, call: Call, verb: 'post' | 'put'): Values {
  const values: Record<string, Raw> = {};
  for (const [name, value] of Object.entries(parseBody(call))) {
    const field = Object.hasOwn(resource.fields, name) ? resource.fields[name] : undefined;
    if (name === '__metadata') continue;
    if (field === undefined)
      throw new ExactError(
        400,
        `Error processing request stream. The property name '${name}' specified for type '${resource.typeName}' is not valid.`,
      );
    if (!field[verb] || name === resource.key) continue;
    values[name] = fromWire(field.type, value, name);
  }
  return values;
}

function parseBody(call: Call): Record<string, unknown> {
  if (!/json/i.test(call.headers['content-type'] ?? '')) throw new ExactError(400, BAD_STREAM);
  try {
    const body: unknown = JSON.parse(call.body.toString('utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Falls through to the one refusal below.
  }
  throw new ExactError(400, BAD_STREAM);
}

const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const JSON_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

const CONVERSIONS: Readonly<Record<EdmType, (value: unknown) => Raw | undefined>> = {
  Guid: (value) => (typeof value === 'string' ? GUID.exec(value)?.[1]?.toLowerCase() : undefined),
  String: (value) => (typeof value === 'string' ? value : undefined),
  Binary: (value) => (typeof value === 'string' && /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value) ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  DateTime: (value) => (typeof value === 'string' ? dateTime(value) : undefined),
  Double: number,
  Int64: number,
  Int32: wholeNumber,
  Int16: wholeNumber,
  Byte: wholeNumber,
  Collection: () => undefined,
  Complex: () => undefined,
};

function fromWire(type: EdmType, value: unknown, name: string): Raw {
  if (value === null) return null;
  const converted = CONVERSIONS[type](value);
  if (converted === undefined)
    throw new ExactError(
      400,
      `Error processing request stream. Error encountered in converting the value from request payload for property '${name}' to type 'Edm.${type}', which is the property's expected type.`,
    );
  return converted;
}

function dateTime(text: string): number | undefined {
  const json = JSON_DATE.exec(text);
  return json === null ? (parseWallMs(text) ?? undefined) : Number(json[1]);
}

function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

function wholeNumber(value: unknown): number | undefined {
  const read = number(value);
  return read !== undefined && Number.isInteger(read) ? read : undefined;
}
