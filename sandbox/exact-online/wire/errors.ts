import type { Answer } from '../../http/index.js';

/** A call that Exact refuses with its OData error body. */
export class ExactError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/**
 * The error body, byte for byte: CRLF, empty `code` and `lang` (the ruby client's recorded answer). The text itself is
 * JSON-escaped and may be in any language.
 */
export function errorBody(message: string): string {
  return `{\r\n"error": {\r\n"code": "", "message": {\r\n"lang": "", "value": ${JSON.stringify(message)}\r\n}\r\n}\r\n}`;
}

export function errorAnswer(error: ExactError): Answer {
  return {
    status: error.status,
    headers: { 'Content-Type': 'application/json;charset=utf-8', DataServiceVersion: '1.0;', ...error.headers },
    body: errorBody(error.message),
  };
}

/** An expired or unknown access token. Clients read the reason from this header, URL-encoded (body unverified: empty). */
export function unauthorised(reason: 'access token expired' | 'Authentication Required'): Answer {
  return {
    status: 401,
    headers: {
      'WWW-Authenticate': `Bearer error="invalid_token", error_description="${encodeURIComponent(reason)}"`,
      Reason: reason,
      'Content-Type': 'text/plain; charset=utf-8',
    },
    body: 'Authentication Required',
  };
}

/** The app lacks a scope: wording seen in production. */
export function scopeViolated(scope: string, verb: 'read' | 'manage'): ExactError {
  return new ExactError(403, `Forbidden - Application Scope Violated. Cannot ${verb} '${scope}' scope.`);
}
