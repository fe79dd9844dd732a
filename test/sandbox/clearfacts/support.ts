import { createBook, type Book } from '../../../sandbox/books/index.js';
import {
  createClearFactsSandbox,
  type ClearFactsSandbox,
  type ClearFactsSandboxOptions,
} from '../../../sandbox/clearfacts/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import { signIn } from '../../contract/sign-in.js';

export const NOW = '2026-11-20T09:00:30.000Z';
export const REDIRECT = 'http://localhost:9999/callback?from=clearfacts';
export const ALL_SCOPES =
  'openid email profile accountant statistics read_administrations associate_read associate_actions journal_read ' +
  'contact_read upload_document archive';
export const EXTENDED_SCOPES = `${ALL_SCOPES} invoice_read payment_read note_write dunning_write`;

export function book(size = 150, debtors = 12): Promise<Book> {
  return createBook({ size, debtors, seed: 3, country: 'BE', name: 'Lindeboom BV', today: NOW.slice(0, 10) });
}

export async function start(options: Partial<ClearFactsSandboxOptions> = {}): Promise<ClearFactsSandbox> {
  return createClearFactsSandbox({ clock: fixedClock(NOW), books: [await book()], ...options });
}

export type Json = Record<string, unknown>;

/** What a browser does at the login host: answers the address it is sent back to. */
export function consent(sandbox: ClearFactsSandbox, query: Readonly<Record<string, string>> = {}): Promise<URL> {
  const url = new URL(`${sandbox.loginUrl}/oauth2-server/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.clientId,
    redirect_uri: REDIRECT,
    scope: ALL_SCOPES,
    state: 'xyz',
    ...query,
  }).toString();
  return signIn(url.href, sandbox.users[0]!);
}

export function token(sandbox: ClearFactsSandbox, form: Readonly<Record<string, string>>): Promise<Response> {
  const credentials = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret };
  const body = new URLSearchParams({ ...credentials, ...form });
  return fetch(`${sandbox.loginUrl}/oauth2-server/token`, { method: 'POST', body });
}

export interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token?: string;
  expires_in?: number;
  token_type: string;
}

export async function connect(sandbox: ClearFactsSandbox, scope = ALL_SCOPES): Promise<Tokens> {
  const back = await consent(sandbox, { scope });
  const form = { grant_type: 'authorization_code', code: back.searchParams.get('code')!, redirect_uri: REDIRECT };
  const response = await token(sandbox, form);
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

export interface Answered<T = Json> {
  errors?: { message: string }[];
  data?: T;
}

/** A minimal GraphQL client. */
export async function ask<T = Json>(
  sandbox: ClearFactsSandbox,
  bearer: string,
  query: string,
  ...[variables]: [Json?]
): Promise<Answered<T>> {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(sandbox.apiUrl, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  return (await response.json()) as Answered<T>;
}

/** An upload as the documentation shows it: parts `query`, `variables` and `file`. */
export async function upload(
  sandbox: ClearFactsSandbox,
  bearer: string,
  what: { query: string; variables: Json; file: Buffer },
): Promise<string> {
  const form = new FormData();
  form.set('query', what.query);
  form.set('variables', JSON.stringify(what.variables));
  form.set('file', new Blob([new Uint8Array(what.file)]), 'a.pdf');
  const headers = { authorization: `Bearer ${bearer}` };
  const response = await fetch(sandbox.apiUrl, { method: 'POST', headers, body: form });
  expect(response.status).toBe(200);
  return response.text();
}

export function door(sandbox: ClearFactsSandbox, method: string, path: string, body?: unknown): Promise<Response> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return fetch(`${sandbox.baseUrl}/__sandbox/${path}`, init);
}
