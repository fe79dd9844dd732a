import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InputError } from '../kernel/index.js';
import { Problem, type FieldIssue } from './problem.js';

interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly instance: string;
  readonly errors?: readonly FieldIssue[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible in this state',
  413: 'Too large',
  422: 'Cannot be carried out',
  429: 'Too many requests',
  503: 'Not available now',
};

/** Answers with an RFC 9457 problem document. */
export function sendProblem(request: Request, response: Response, problem: Problem): void {
  const document: ProblemDocument = {
    type: 'about:blank',
    title: TITLES[problem.status] ?? 'Something went wrong',
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    instance: request.originalUrl.split('?')[0] ?? request.originalUrl,
    ...(problem.issues.length > 0 ? { errors: problem.issues } : {}),
  };
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(document));
}

/** Turns everything that is thrown into an RFC 9457 problem document. What we did not expect is logged and says nothing of our insides. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = this.toProblem(error);
    if (problem.status >= 500)
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (response.headersSent) {
      response.end();
      return;
    }
    sendProblem(request, response, problem);
  }

  private toProblem(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof InputError)
      return new Problem(400, error.code, error.message, [{ path: error.path, expected: error.expected }]);
    if (error instanceof HttpException) return fromHttpException(error);
    return new Problem(500, 'INTERNAL', 'An unexpected error happened on our side; it was logged.');
  }
}

/** Codes of refusals that come from the framework and not from us. */
const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_INPUT',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'UNAVAILABLE',
};

function fromHttpException(error: HttpException): Problem {
  const status = error.getStatus();
  const answer = error.getResponse();
  if (typeof answer === 'object' && 'issues' in answer) {
    const issues = answer.issues as FieldIssue[];
    const detail = issues.map((issue) => `${issue.path}: expected ${issue.expected}`).join('; ');
    return new Problem(status, 'INVALID_INPUT', detail, issues);
  }
  if (error.cause instanceof SyntaxError) return new Problem(400, 'INVALID_BODY', 'The body is not valid JSON.');
  return new Problem(status, CODES[status] ?? 'REFUSED', error.message);
}
