import { safeDecode } from '../../http/index.js';
import type { FieldTable } from '../fields/index.js';
import { ExactError } from '../wire/errors.js';
import { parseFilter, type Filter } from './filter.js';
import { parseLiterals, type Literal } from './lexer.js';

export interface OrderBy {
  readonly field: string;
  readonly descending: boolean;
}

/** The OData options of one GET. */
export interface Query {
  /** `null` when there is no `$select` (or `*`): every field. */
  readonly select: readonly string[] | null;
  readonly hasSelect: boolean;
  readonly filter: Filter | null;
  readonly top: number | null;
  readonly skip: number | null;
  readonly orderBy: readonly OrderBy[];
  readonly inlineCount: boolean;
  readonly skipToken: readonly Literal[] | null;
  /** All parameters in the order they came, decoded: `__next` repeats them. */
  readonly parameters: readonly (readonly [string, string])[];
}

export function parseQuery(search: string, table: FieldTable, typeName: string): Query {
  const parameters = splitParameters(search);
  const option = (name: string): string | undefined => parameters.find(([key]) => key === name)?.[1];
  const select = option('$select');
  const filter = option('$filter');
  const skipToken = option('$skiptoken');
  const unknown = parameters.find(([key]) => key.startsWith('$') && !KNOWN.includes(key));
  if (unknown !== undefined)
    throw new ExactError(
      400,
      `The query parameter '${unknown[0]}' begins with a system-reserved '$' character but is not recognized.`,
    );
  return {
    select: select === undefined ? null : parseSelect(select, table, typeName),
    hasSelect: select !== undefined && select.trim() !== '',
    filter: filter === undefined || filter.trim() === '' ? null : parseFilter(filter, table, typeName),
    top: wholeNumber(option('$top'), '$top'),
    skip: wholeNumber(option('$skip'), '$skip'),
    orderBy: parseOrderBy(option('$orderby'), table, typeName),
    inlineCount: option('$inlinecount') === 'allpages',
    skipToken: skipToken === undefined ? null : parseLiterals(skipToken),
    parameters,
  };
}

const KNOWN = ['$select', '$filter', '$top', '$skip', '$orderby', '$inlinecount', '$skiptoken', '$expand', '$format'];

function splitParameters(search: string): [string, string][] {
  return search
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const cut = part.indexOf('=');
      const [key, value] = cut < 0 ? [part, ''] : [part.slice(0, cut), part.slice(cut + 1)];
      return [safeDecode(key), safeDecode(value.replaceAll('+', ' '))];
    });
}

function parseSelect(text: string, table: FieldTable, typeName: string): readonly string[] | null {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('*')) return null;
  for (const name of names)
    if (!Object.hasOwn(table, name))
      throw new ExactError(
        400,
        `Type '${typeName}' does not have a property named '${name}' or there is no type with '${name}' name.`,
      );
  return [...new Set(names)];
}

function parseOrderBy(text: string | undefined, table: FieldTable, typeName: string): OrderBy[] {
  if (text === undefined || text.trim() === '') return [];
  return text.split(',').map((part, index) => {
    const [field = '', direction = 'asc'] = part.trim().split(/\s+/);
    if (!Object.hasOwn(table, field))
      throw new ExactError(400, `No property '${field}' exists in type '${typeName}' at position ${index}.`);
    if (direction !== 'asc' && direction !== 'desc') throw new ExactError(400, 'Syntax error in $orderby.');
    return { field, descending: direction === 'desc' };
  });
}

function wholeNumber(text: string | undefined, name: string): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text.trim()))
    throw new ExactError(400, `Incorrect format for ${name} argument '${text}'. Must be a non-negative integer.`);
  return Number(text);
}
