import type { FieldTable } from '../fields/index.js';
import { ExactError } from '../wire/errors.js';
import type { Raw } from '../wire/values.js';
import { literalTypeOf, tokenise, type Literal, type Token } from './lexer.js';

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type Expression =
  | Literal
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

export interface Filter {
  readonly expression: Expression;
  /** The fields it names. */
  readonly fields: ReadonlySet<string>;
}

const OPERATORS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

/** The functions Exact documents or clients use; each with the type it answers. */
const FUNCTIONS: Readonly<Record<string, { arity: number; type: Literal['type'] }>> = {
  substringof: { arity: 2, type: 'Boolean' },
  startswith: { arity: 2, type: 'Boolean' },
  endswith: { arity: 2, type: 'Boolean' },
  trim: { arity: 1, type: 'String' },
  tolower: { arity: 1, type: 'String' },
  toupper: { arity: 1, type: 'String' },
  length: { arity: 1, type: 'Number' },
};

/** Reads a `$filter` against an entity's fields; throws Exact's 400 for what it does not understand. */
export function parseFilter(text: string, table: FieldTable, typeName: string): Filter {
  const parser = new Parser(tokenise(text), table, typeName);
  const expression = parser.whole();
  if (typeOf(expression, table) !== 'Boolean')
    throw new ExactError(400, "Expression of type 'System.Boolean' expected at position 0.");
  return { expression, fields: parser.fields };
}

function typeOf(expression: Expression, table: FieldTable): Literal['type'] {
  if (expression.kind === 'literal') return expression.type;
  if (expression.kind === 'field') return literalTypeOf(table[expression.name]!.type);
  if (expression.kind === 'call') return FUNCTIONS[expression.name]!.type;
  return 'Boolean';
}

class Parser {
  readonly fields = new Set<string>();
  private position = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly table: FieldTable,
    private readonly typeName: string,
  ) {}

  whole(): Expression {
    const expression = this.either();
    const rest = this.tokens[this.position];
    if (rest !== undefined) throw new ExactError(400, `Syntax error at position ${rest.at}.`);
    return expression;
  }

  private either(): Expression {
    let left = this.both();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.both() };
    return left;
  }

  private both(): Expression {
    let left = this.comparison();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.comparison() };
    return left;
  }

  private comparison(): Expression {
    if (this.takeWord('not')) return { kind: 'not', of: this.comparison() };
    const left = this.operand();
    const next = this.tokens[this.position];
    if (next?.kind !== 'word' || !OPERATORS.includes(next.text)) return left;
    this.position += 1;
    const right = this.operand();
    this.checkTypes(left, right, next);
    return { kind: 'compare', operator: next.text as Operator, left, right };
  }

  private checkTypes(left: Expression, right: Expression, operator: Token & { kind: 'word' }): void {
    if (left.kind === 'field' && right.kind === 'field')
      throw new ExactError(400, 'Comparing a property with a property is not supported.'); // wording unverified
    const [one, other] = [typeOf(left, this.table), typeOf(right, this.table)];
    if (one === other || one === 'Null' || other === 'Null') return;
    throw new ExactError(
      400,
      `Operator '${operator.text}' incompatible with operand types 'Edm.${one}' and 'Edm.${other}' at position ${operator.at}.`,
    );
  }

  private operand(): Expression {
    const token = this.tokens[this.position];
    if (token === undefined) throw new ExactError(400, 'Expression expected at the end of the filter.');
    this.position += 1;
    if (token.kind === 'literal') return token.literal;
    if (token.kind === 'sign') {
      if (token.text !== '(') throw new ExactError(400, `Syntax error at position ${token.at}.`);
      const inner = this.either();
      this.expectSign(')');
      return inner;
    }
    const next = this.tokens[this.position];
    if (next?.kind === 'sign' && next.text === '(') return this.call(token);
    return this.field(token);
  }

  private field(token: Token & { kind: 'word' }): Expression {
    if (!Object.hasOwn(this.table, token.text))
      throw new ExactError(
        400,
        `No property '${token.text}' exists in type '${this.typeName}' at position ${token.at}.`,
      );
    this.fields.add(token.text);
    return { kind: 'field', name: token.text };
  }

  private call(token: Token & { kind: 'word' }): Expression {
    const known = FUNCTIONS[token.text];
    if (known === undefined) throw new ExactError(400, `Unknown function '${token.text}' at position ${token.at}.`);
    this.expectSign('(');
    const list: Expression[] = [this.operand()];
    while (this.takeSign(',')) list.push(this.operand());
    this.expectSign(')');
    if (list.length !== known.arity || list.some((each) => typeOf(each, this.table) !== 'String'))
      throw new ExactError(400, `No applicable function found for '${token.text}' at position ${token.at}.`);
    return { kind: 'call', name: token.text, arguments: list };
  }

  private takeWord(text: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word' || token.text !== text) return false;
    this.position += 1;
    return true;
  }

  private takeSign(text: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'sign' || token.text !== text) return false;
    this.position += 1;
    return true;
  }

  private expectSign(text: string): void {
    if (!this.takeSign(text)) throw new ExactError(400, `'${text}' expected in the filter.`);
  }
}

export type Evaluate = (read: (field: string) => Raw) => Raw;

/** Turns an expression into a function of one row. */
export function compile(expression: Expression): Evaluate {
  if (expression.kind === 'literal') return () => expression.value;
  if (expression.kind === 'field') return (read) => read(expression.name);
  if (expression.kind === 'call') return compileCall(expression.name, expression.arguments.map(compile));
  if (expression.kind === 'not') {
    const of = compile(expression.of);
    return (read) => of(read) !== true;
  }
  const [left, right] = [compile(expression.left), compile(expression.right)];
  if (expression.kind === 'and') return (read) => left(read) === true && right(read) === true;
  if (expression.kind === 'or') return (read) => left(read) === true || right(read) === true;
  const { operator } = expression;
  return (read) => holds(operator, left(read), right(read));
}

function compileCall(name: string, list: readonly Evaluate[]): Evaluate {
  const text = (index: number, read: (field: string) => Raw): string => String(list[index]!(read) ?? '');
  const calls: Readonly<Record<string, Evaluate>> = {
    // OData 2 has the needle first in substringof and second in startswith.
    substringof: (read) => text(1, read).toLowerCase().includes(text(0, read).toLowerCase()),
    startswith: (read) => text(0, read).toLowerCase().startsWith(text(1, read).toLowerCase()),
    endswith: (read) => text(0, read).toLowerCase().endsWith(text(1, read).toLowerCase()),
    trim: (read) => text(0, read).trim(),
    tolower: (read) => text(0, read).toLowerCase(),
    toupper: (read) => text(0, read).toUpperCase(),
    length: (read) => text(0, read).length,
  };
  return calls[name]!;
}

function holds(operator: Operator, left: Raw, right: Raw): boolean {
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  if (left === null || right === null) return false;
  if (operator === 'gt') return left > right;
  if (operator === 'ge') return left >= right;
  return operator === 'lt' ? left < right : left <= right;
}

/** The smallest value the field can have under the filter (`Timestamp gt 5L` → 5, exclusive); where a page starts. */
export function lowerBound(expression: Expression, field: string): Raw {
  if (expression.kind === 'and') return lowerBound(expression.left, field) ?? lowerBound(expression.right, field);
  if (expression.kind !== 'compare' || !['gt', 'ge', 'eq'].includes(expression.operator)) return null;
  const { left, right } = expression;
  return left.kind === 'field' && left.name === field && right.kind === 'literal' ? right.value : null;
}
