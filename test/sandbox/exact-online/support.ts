import { createBook, type Book } from '../../../sandbox/books/index.js';
import {
  createExactOnlineSandbox,
  type ExactOnlineSandbox,
  type ExactOnlineSandboxOptions,
} from '../../../sandbox/exact-online/index.js';
import { systemClock, todayIn } from '../../../src/kernel/index.js';

export const REDIRECT = 'http://localhost:9999/callback?from=exact';

export async function book(size: number, options: { debtors?: number; seed?: number } = {}): Promise<Book> {
  return createBook({ size, today: todayIn(systemClock, 'Europe/Amsterdam'), shift: true, ...options });
}

export async function start(options: Partial<ExactOnlineSandboxOptions> = {}): Promise<ExactOnlineSandbox> {
  const books = options.books ?? [await book(150, { debtors: 12 })];
  return createExactOnlineSandbox({ clock: systemClock, ...options, books });
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: string;
}

/** What a browser and then an app do: log in, consent, follow the redirect. Answers the callback address. */
export async function consent(
  sandbox: ExactOnlineSandbox,
  choice: { action?: 'allow' | 'deny'; divisions?: readonly number[]; state?: string } = {},
): Promise<URL> {
  const query = new URLSearchParams({
    client_id: sandbox.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    state: choice.state ?? 'xyz',
    force_login: '1',
  });
  const first = await page(`${sandbox.baseUrl}/api/oauth2/auth?${query}`);
  const user = sandbox.users[0]!;
  const fields = {
    [inputLike(first, /user|mail|login/i)]: user.userName,
    [inputOfType(first, 'password')]: user.password,
  };
  const loggedIn = await submit(sandbox, first, fields);
  const cookie = loggedIn.headers.get('set-cookie')!.split(';')[0]!;
  const second = await page(sandbox.baseUrl + loggedIn.headers.get('location')!, cookie);
  const form = new URLSearchParams({ step: 'consent', action: choice.action ?? 'allow' });
  const boxes = [...second.matchAll(/name="division" value="(\d+)" checked/g)].map((match) => Number(match[1]));
  for (const code of choice.divisions ?? boxes) form.append('division', String(code));
  const done = await fetch(sandbox.baseUrl + actionOf(second), {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie },
  });
  return new URL(done.headers.get('location')!);
}

async function page(url: string, cookie = ''): Promise<string> {
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' });
  expect(response.status).toBe(200);
  return response.text();
}

async function submit(sandbox: ExactOnlineSandbox, html: string, fields: Record<string, string>): Promise<Response> {
  const hidden = [...html.matchAll(/type="hidden" name="(\w+)" value="(\w+)"/g)].map((match) => [match[1]!, match[2]!]);
  const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields });
  return fetch(sandbox.baseUrl + actionOf(html), { method: 'POST', body, redirect: 'manual' });
}

function actionOf(html: string): string {
  return /<form[^>]* action="([^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&');
}

function inputLike(html: string, name: RegExp): string {
  return [...html.matchAll(/<input name="(\w+)"/g)].map((match) => match[1]!).find((each) => name.test(each))!;
}

function inputOfType(html: string, type: string): string {
  return new RegExp(`<input name="(\\w+)" type="${type}"`).exec(html)![1]!;
}

export function token(sandbox: ExactOnlineSandbox, form: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret, ...form });
  return fetch(`${sandbox.baseUrl}/api/oauth2/token`, { method: 'POST', body });
}

export function exchange(sandbox: ExactOnlineSandbox, code: string): Promise<Response> {
  return token(sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
}

export function refresh(sandbox: ExactOnlineSandbox, refreshToken: string): Promise<Response> {
  return token(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

export async function connect(sandbox: ExactOnlineSandbox, divisions?: readonly number[]): Promise<Tokens> {
  const back = await consent(sandbox, divisions === undefined ? {} : { divisions });
  const response = await exchange(sandbox, back.searchParams.get('code')!);
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

export type Json = Record<string, unknown>;

export interface Caller {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  json<T = { d: { results: Json[]; __next?: string } }>(path: string): Promise<T>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  send(method: string, path: string, body?: unknown): Promise<Response>;
}

/** A minimal Exact client; paths are relative to the base address or absolute (`__next`). */
export function caller(sandbox: ExactOnlineSandbox, accessToken: string): Caller {
  const base = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const url = (path: string): string => (path.startsWith('http') ? path : sandbox.baseUrl + path);
  const send = (method: string, path: string, body?: unknown, headers = {}): Promise<Response> =>
    fetch(url(path), {
      method,
      headers: { ...base, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    json: async <T>(path: string) => (await send('GET', path)).json() as Promise<T>,
    post: (path, body, headers) => send('POST', path, body, headers),
    send: (method, path, body) => send(method, path, body),
  };
}

export function door(sandbox: ExactOnlineSandbox, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${sandbox.baseUrl}/__sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The moment a `/Date(ms)/` stands for, read as wall-clock time. */
export function wall(value: unknown): string {
  return new Date(Number(/^\/Date\((-?\d+)\)\/$/.exec(String(value))![1])).toISOString();
}
