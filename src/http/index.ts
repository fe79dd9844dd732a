export { documentCheckedFields } from './checked-fields.decorator.js';
export { IdempotencyInterceptor } from './idempotency.interceptor.js';
export { Public, Requires, ROLE_KEY, Who, type IdentifiedRequest } from './http.decorator.js';
export { Id } from './id.pipe.js';
export { roleSuffices, type Identity, type Role } from './identity.js';
export { readPage, toListPage, type ListPage, type KeyPart, type PageQuery } from './paging.js';
export { conflict, invalid, notFound, Problem, type FieldIssue } from './problem.js';
export { StorableTextPipe } from './storable-text.pipe.js';
export { ProblemFilter, sendProblem } from './problem.filter.js';
