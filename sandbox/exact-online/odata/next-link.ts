import type { EdmType } from '../fields/index.js';
import type { Raw } from '../wire/values.js';
import { wallMsToText } from '../wire/wall-time.js';
import type { Query } from './query.js';

/** A value in the form it has inside a URL: `guid'…'`, `493115L`, `datetime'…'`, `'text'`. */
export function toUrlLiteral(type: EdmType, value: Raw): string {
  if (value === null) return 'null';
  if (type === 'Guid') return `guid'${value}'`;
  if (type === 'Int64') return `${value}L`;
  if (type === 'DateTime') return `datetime'${wallMsToText(Number(value))}'`;
  if (type === 'String' || type === 'Binary') return `'${String(value).replaceAll("'", "''")}'`;
  return type === 'Double' ? `${value}D` : String(value);
}

/**
 * The absolute `__next`: the request's own options without `$skip`, a `$top` lowered to what is left, and the token at
 * the end. Blanks become `%20` and colons `%3A`; quotes, `$`, commas and parentheses stay raw (recorded answers).
 */
export function nextLink(base: string, query: Query, end: { token: readonly string[]; left: number | null }): string {
  const kept = query.parameters
    .filter(([key]) => key !== '$skip' && key !== '$skiptoken' && key !== '$top')
    .map(([key, value]) => `${key}=${encode(value)}`);
  if (end.left !== null) kept.push(`$top=${end.left}`);
  kept.push(`$skiptoken=${encode(end.token.join(','))}`);
  return `${base}?${kept.join('&')}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%24', '$').replaceAll('%2C', ',').replaceAll('%2F', '/');
}
