import { request as httpRequest } from 'node:http';
import { AuthService } from '../../src/auth/index.js';
import { ADMIN, type Product } from '../support/product.js';

/** An answer of the API, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the body; undefined when it is none. */
  readonly json: unknown;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks below `/api/v1`, with the given credentials, and never throws for a status. */
export class Caller {
  /** Every body that came back, for those who look for what must not be in one. */
  readonly seen: string[] = [];

  constructor(
    readonly baseUrl: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  async call(
    method: Method,
    path: string,
    body?: unknown,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    // A form names its own content type, with the boundary in it.
    const isJson = body !== undefined && !(body instanceof FormData);
    const sent = isJson && typeof body !== 'string' ? JSON.stringify(body) : body;
    const answer = await fetch(`${this.baseUrl}${path.startsWith('/api') ? path : `/api/v1${path}`}`, {
      method,
      redirect: 'manual',
      headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...this.headers, ...extra },
      ...(body === undefined ? {} : { body: sent as string | FormData }),
    });
    const text = await answer.text();
    this.seen.push(`${[...answer.headers].join('\n')}\n${text}`);
    return { status: answer.status, headers: answer.headers, text, json: parse(text) };
  }

  /** The JSON of a call that must succeed. */
  async ok<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await this.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json as T;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Signs in with a session cookie. */
export async function signIn(baseUrl: string, who: { email: string; password: string } = ADMIN): Promise<Caller> {
  const answer = await new Caller(baseUrl).call('POST', '/auth/login', who);
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
  return new Caller(baseUrl, { cookie: sessionCookieOf(answer) });
}

export function sessionCookieOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/** A caller with an API key of a role, made by an admin. */
export async function keyOf(admin: Caller, role: 'viewer' | 'collector' | 'admin'): Promise<Caller> {
  const { key } = await admin.ok<{ key: string }>('POST', '/auth/api-keys', { name: role, role });
  return new Caller(admin.baseUrl, { authorization: `Bearer ${key}` });
}

/** Another firm beside the first, with an admin of its own. */
export async function addOtherFirm(product: Product): Promise<Caller> {
  const email = 'bram@ander-kantoor.example';
  const password = 'another-long-password';
  await product.running!.app.get(AuthService).ensureFirm({ firmName: 'Ander Kantoor', name: 'Bram', email, password });
  return signIn(product.baseUrl, { email, password });
}

/** A GET of exactly this request target: `fetch` would tidy `..` away before it is sent. */
export async function rawGet(
  baseUrl: string,
  target: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; type: string; text: string }> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((proceed, fail) => {
    const asked = httpRequest({ hostname, port, path: target, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        proceed({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.on('error', fail).end();
  });
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Route {
  readonly method: Method;
  /** Below `/api/v1`, with `{id}` for what varies. */
  readonly path: string;
}

/** Every route of the API as it describes itself. */
export async function routesOf(baseUrl: string): Promise<Route[]> {
  const answer = await fetch(`${baseUrl}/api/openapi.json`);
  const { paths } = (await answer.json()) as OpenApi;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({
      method: method.toUpperCase() as Method,
      path: path.replace(/^\/api\/v1/, ''),
    })),
  );
}

export interface ProblemJson {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { path: string; expected: string }[];
}

/** The problem document of a refusal; fails when the answer is anything else. */
export function problemOf(answer: Answer): ProblemJson {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = answer.json as ProblemJson;
  expect(problem).toMatchObject({ type: 'about:blank', status: answer.status });
  expect(problem.code).toMatch(/^[A-Z][A-Z_]+$/);
  expect(problem.title.length).toBeGreaterThan(3);
  expect(problem.detail.length).toBeGreaterThan(3);
  return problem;
}

/** Today in the stand-in's books, moved by days. */
export function dayFromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Does to the ledger's books what a bookkeeper would; throws when it is refused. */
export async function bookkeeping(product: Product, command: object): Promise<void> {
  await door(`${product.exact.baseUrl}/__sandbox/books`, command);
}

/** Arms a fault of the stand-in of Exact Online, or of the mail server. */
export async function arm(product: Product, where: 'exact' | 'smtp', fault: object): Promise<void> {
  await door(`${product[where].baseUrl}/__sandbox/faults`, fault);
}

/** An invoice that is this many days over its due date. */
export async function addOverdue(
  product: Product,
  debtor: { code: number },
  invoice: { days?: number; amount?: string; currency?: string } = {},
): Promise<void> {
  const days = invoice.days ?? 20;
  await bookkeeping(product, {
    kind: 'add-invoice',
    debtor: String(debtor.code),
    amount: invoice.amount ?? '250.00',
    invoiceDate: dayFromToday(-days - 14),
    dueDate: dayFromToday(-days),
    ...(invoice.currency === undefined ? {} : { currency: invoice.currency }),
  });
}

async function door(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
}

type ApiClient = Awaited<ReturnType<Product['api']>>;

/** The same caller for the helpers that take the product's own client. */
export function asClient(caller: Caller): ApiClient {
  const client: Pick<ApiClient, 'get' | 'post' | 'patch'> = {
    get: (path) => caller.ok('GET', path),
    post: (path, body = {}) => caller.ok('POST', path, body),
    patch: (path, body) => caller.ok('PATCH', path, body),
  };
  return client as ApiClient;
}
