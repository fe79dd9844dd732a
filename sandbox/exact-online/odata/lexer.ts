import { ExactError } from '../wire/errors.js';
import type { EdmType } from '../fields/index.js';
import type { Raw } from '../wire/values.js';
import { parseWallMs } from '../wire/wall-time.js';

export interface Literal {
  readonly kind: 'literal';
  /** `Null` fits every type; `Number` every numeric one. */
  readonly type: 'Guid' | 'DateTime' | 'String' | 'Number' | 'Boolean' | 'Null';
  readonly value: Raw;
}

export type Token =
  | { readonly kind: 'literal'; readonly literal: Literal; readonly at: number }
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | ','; readonly at: number };

const TOKEN =
  /\s*(?:((?:guid|datetime)?'(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[LlMmDdFf]?)(?![\w'])|([A-Za-z_][\w/]*)|([(),]))/y;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Cuts an OData expression into tokens; a bad literal or a stray character is Exact's 400. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new ExactError(400, `Syntax error at position ${from}.`);
    const at = TOKEN.lastIndex - match[0].trimStart().length;
    const [, quoted, number, word, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: 'literal', literal: quotedLiteral(quoted, at), at });
    else if (number !== undefined) tokens.push({ kind: 'literal', literal: numberLiteral(number), at });
    else if (word !== undefined) tokens.push(wordToken(word, at));
    else tokens.push({ kind: 'sign', text: sign as '(' | ')' | ',', at });
  }
  return tokens;
}

function wordToken(word: string, at: number): Token {
  if (word === 'true' || word === 'false')
    return { kind: 'literal', literal: { kind: 'literal', type: 'Boolean', value: word === 'true' }, at };
  if (word === 'null') return { kind: 'literal', literal: { kind: 'literal', type: 'Null', value: null }, at };
  return { kind: 'word', text: word, at };
}

function numberLiteral(text: string): Literal {
  return { kind: 'literal', type: 'Number', value: Number(text.replace(/[LlMmDdFf]$/, '')) };
}

function quotedLiteral(text: string, at: number): Literal {
  const prefix = text.slice(0, text.indexOf("'"));
  const inner = text.slice(prefix.length + 1, -1).replaceAll("''", "'");
  if (prefix === 'guid') {
    if (!GUID.test(inner)) throw unrecognised('Edm.Guid', text, at);
    return { kind: 'literal', type: 'Guid', value: inner.toLowerCase() };
  }
  if (prefix === 'datetime') {
    const wall = parseWallMs(inner);
    if (wall === null) throw unrecognised('Edm.DateTime', text, at);
    return { kind: 'literal', type: 'DateTime', value: wall };
  }
  return { kind: 'literal', type: 'String', value: inner };
}

function unrecognised(type: string, text: string, at: number): ExactError {
  return new ExactError(400, `Unrecognized '${type}' literal '${text}' in '${at}'.`);
}

/** `guid'…'`, `493115L` or `'text'` as part of a URL: keys and skip tokens, comma-separated. */
export function parseLiterals(text: string): Literal[] {
  return tokenise(text)
    .filter((token) => !(token.kind === 'sign' && token.text === ','))
    .map((token) => {
      if (token.kind !== 'literal') throw new ExactError(400, `Syntax error at position ${token.at}.`);
      return token.literal;
    });
}

/** The literal type a field's values compare with. */
export function literalTypeOf(type: EdmType): Literal['type'] {
  if (type === 'Guid' || type === 'DateTime' || type === 'Boolean') return type;
  return type === 'String' || type === 'Binary' ? 'String' : 'Number';
}
