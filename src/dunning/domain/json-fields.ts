import { InputError, isBusinessDate, isRecord, type BusinessDate } from '../../kernel/index.js';

export interface Issue {
  /** JSON path from the document's root: `$.receivables[0].dueDate`. */
  readonly path: string;
  readonly expected: string;
}

/** A JSON document that cannot be used: all that is wrong with it, the first issue as its message. */
export class InvalidJson extends InputError {
  constructor(readonly issues: readonly [Issue, ...Issue[]]) {
    super(issues[0].path, issues[0].expected);
  }
}

/** Runs `read` and throws {@link InvalidJson} when it reported anything. */
export function readStrictly<T>(read: (issues: Issue[]) => T): T {
  const issues: Issue[] = [];
  const value = read(issues);
  const [first, ...others] = issues;
  if (first !== undefined) throw new InvalidJson([first, ...others]);
  return value;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

export function pathOf(parent: string, key: string): string {
  return IDENTIFIER.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`;
}

/**
 * Reads the fields of one JSON object and notes what does not fit, with its path; unknown keys too, for a mistyped
 * option must not pass silently. After an issue the value returned is a stand-in: the caller reads on to find the
 * next issue, and nothing is used in the end.
 */
export class JsonFields {
  private readonly record: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    readonly path: string,
    private readonly issues: Issue[],
  ) {
    if (!isRecord(value)) this.report(path, `an object, got ${show(value)}`);
    this.record = isRecord(value) ? value : {};
  }

  /** Refuses keys that are not in `known`. */
  allow(known: readonly string[]): this {
    for (const key of Object.keys(this.record))
      if (!known.includes(key)) this.report(pathOf(this.path, key), `one of the keys ${known.join(', ')}`);
    return this;
  }

  report(path: string, expected: string): void {
    this.issues.push({ path, expected });
  }

  /** Present and not null. */
  has(key: string): boolean {
    return this.record[key] !== undefined && this.record[key] !== null;
  }

  at(key: string): string {
    return pathOf(this.path, key);
  }

  keys(): readonly string[] {
    return Object.keys(this.record);
  }

  raw(key: string): unknown {
    return Object.hasOwn(this.record, key) ? this.record[key] : undefined;
  }

  text(key: string): string {
    return this.check(key, isText, 'a text that is not empty', '');
  }

  choice<T extends string>(key: string, options: readonly [T, ...T[]] | readonly T[]): T {
    const isChoice = (value: unknown): value is T => options.includes(value as T);
    return this.check(key, isChoice, `one of ${options.map((option) => `"${option}"`).join(', ')}`, options[0]!);
  }

  flag(key: string): boolean {
    return this.check(key, (value) => typeof value === 'boolean', 'true or false', false);
  }

  integer(key: string, least: number, most: number): number {
    const fits = (value: unknown): value is number =>
      Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
    return this.check(key, fits, `a whole number from ${least} to ${most}`, least);
  }

  date(key: string): BusinessDate {
    return this.check(key, isBusinessDate, 'a calendar date YYYY-MM-DD', '1970-01-01' as BusinessDate);
  }

  object(key: string, known: readonly string[]): JsonFields {
    return new JsonFields(this.record[key], this.at(key), this.issues).allow(known);
  }

  list(key: string): readonly JsonFields[] {
    const values = this.check(key, Array.isArray, 'a list', [] as unknown[]);
    return values.map((value, index) => new JsonFields(value, `${this.at(key)}[${index}]`, this.issues));
  }

  /** Any value that `fits`; otherwise an issue and the stand-in. */
  check<T>(key: string, fits: (value: unknown) => value is T, expected: string, standIn: T): T {
    const value = this.raw(key);
    if (fits(value)) return value;
    this.report(this.at(key), value === undefined ? `${expected}; it is missing` : `${expected}, got ${show(value)}`);
    return standIn;
  }
}

/** `undefined` unless the key is present: for optional fields under exactOptionalPropertyTypes. */
export function optional<K extends string, T>(fields: JsonFields, key: K, read: (key: K) => T): Partial<Record<K, T>> {
  return fields.has(key) ? ({ [key]: read(key) } as Record<K, T>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
