/** One refused field: where it is and what was expected. */
export interface FieldIssue {
  readonly path: string;
  readonly expected: string;
}

/** An expected refusal that becomes an RFC 9457 problem document. `code` is stable; `detail` is for people. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly issues: readonly FieldIssue[] = [],
  ) {
    super(detail);
  }
}

export function notFound(what: string): Problem {
  return new Problem(404, 'NOT_FOUND', `${what} was not found`);
}

export function conflict(code: string, detail: string): Problem {
  return new Problem(409, code, detail);
}

export function invalid(path: string, expected: string): Problem {
  return new Problem(400, 'INVALID_INPUT', `${path}: expected ${expected}`, [{ path, expected }]);
}
