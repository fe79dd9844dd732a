import type { Call } from '../../http/index.js';
import { parseMultipart } from './multipart.js';

/** What a call to the endpoint asks. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
  readonly file: Buffer | null;
}

/** JSON, a plain query, or multipart with the parts `query`, `variables` and `file`; null when it is none of them. */
export function askedOf(call: Call): Asked | null {
  const type = call.headers['content-type'] ?? '';
  if (/^application\/graphql\b/i.test(type))
    return { query: call.body.toString('utf8'), variables: {}, operationName: null, file: null };
  if (/^multipart\/form-data\b/i.test(type)) return fromMultipart(call.body, type);
  return fromJson(call.body.toString('utf8'));
}

function fromJson(text: string): Asked | null {
  const body = objectIn(text);
  if (body === null || typeof body['query'] !== 'string') return null;
  const { query, variables, operationName } = body;
  return {
    query,
    variables: isObject(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : null,
    file: null,
  };
}

function fromMultipart(body: Buffer, type: string): Asked | null {
  const parts = parseMultipart(body, type);
  const find = (name: string) => parts?.find((part) => part.name === name)?.data ?? null;
  const query = find('query');
  if (query === null) return null;
  const variables = find('variables');
  return {
    query: query.toString('utf8'),
    variables: variables === null ? {} : (objectIn(variables.toString('utf8')) ?? {}),
    operationName: null,
    file: find('file'),
  };
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
