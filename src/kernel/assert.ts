/** A broken promise inside our own code (never bad input from outside): the caller is wrong, the process may go on. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws {@link AssertionError} unless `condition` holds. For programmer errors only; bad input gets an {@link InputError}. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** The exhaustive end of a chain of narrowings: compiles only when nothing is left over. */
export function assertNever(value: never, what = 'value'): never {
  throw new AssertionError(`unexpected ${what}: ${JSON.stringify(value)}`);
}

/**
 * Bad input from a person, a file or a source: names the field (a JSON path such as `$.receivables[0].dueDate`)
 * and what was expected there.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(
    readonly path: string,
    readonly expected: string,
    readonly code = 'INVALID_INPUT',
  ) {
    super(`${path}: expected ${expected}`);
  }
}
