/** The one door to the server: JSON in and out, problem documents as typed errors, the session cookie on every call. */

const BASE = '/api/v1';

export interface ProblemDocument {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  errors?: { path: string; expected: string }[];
}

/** An answer that is not a success. `code` is stable; `offline` means that no answer came at all. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { path: string; expected: string }[];

  constructor(status: number, problem: ProblemDocument) {
    super(problem.title ?? problem.detail ?? `HTTP ${status}`);
    this.name = 'ProblemError';
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'offline' : `http_${status}`);
    this.detail = problem.detail ?? '';
    this.errors = problem.errors ?? [];
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Path under /api/v1 with the given query; empty values are left out so that "no filter" is no parameter. */
export function apiPath(path: string, query: Query = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
  return `${BASE}${path}${search === '' ? '' : `?${search}`}`;
}

async function readProblem(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    return { title: response.statusText };
  }
}

async function send(method: Method, url: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  // A form with a file names its own type, with the mark between its parts.
  if (body instanceof FormData) init.body = body;
  else if (body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  try {
    return await fetch(url, init);
  } catch {
    throw new ProblemError(0, { code: 'offline' });
  }
}

async function request<T>(method: Method, url: string, body?: unknown): Promise<T> {
  const response = await send(method, url, body);
  if (!response.ok) throw new ProblemError(response.status, await readProblem(response));
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const api = {
  get: <T>(path: string, query?: Query): Promise<T> => request<T>('GET', apiPath(path, query)),
  post: <T>(path: string, body: unknown = {}): Promise<T> => request<T>('POST', apiPath(path), body),
  put: <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', apiPath(path), body),
  patch: <T>(path: string, body: unknown): Promise<T> => request<T>('PATCH', apiPath(path), body),
  delete: <T>(path: string): Promise<T> => request<T>('DELETE', apiPath(path)),
};
