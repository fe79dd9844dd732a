import { createBook, type Book } from '../../../sandbox/books/index.js';
import {
  createTwinfieldSandbox,
  type TwinfieldSandbox,
  type TwinfieldSandboxOptions,
} from '../../../sandbox/twinfield/index.js';
import { systemClock, todayIn } from '../../../src/kernel/index.js';

export const REDIRECT = 'http://localhost:9999/callback?from=twinfield';
export const SCOPE = 'openid twf.user twf.organisation twf.organisationUser offline_access';
export const OFFICE = '001';

export async function book(
  size: number,
  options: { debtors?: number; seed?: number; code?: number } = {},
): Promise<Book> {
  return createBook({ code: 1, size, today: todayIn(systemClock, 'Europe/Amsterdam'), shift: true, ...options });
}

export async function start(options: Partial<TwinfieldSandboxOptions> = {}): Promise<TwinfieldSandbox> {
  const books = options.books ?? [await book(150, { debtors: 12 })];
  return createTwinfieldSandbox({ clock: systemClock, ...options, books });
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
  token_type: string;
  expires_in: number;
}

export function authorizeUrl(sandbox: TwinfieldSandbox, changes: Record<string, string | undefined> = {}): string {
  const fields = {
    client_id: sandbox.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: SCOPE,
    state: 'xyz',
    nonce: 'n-0S6',
    ...changes,
  };
  const given = Object.entries(fields).filter((each): each is [string, string] => each[1] !== undefined);
  return `${sandbox.loginUrl}/auth/authentication/connect/authorize?${new URLSearchParams(given)}`;
}

/** What a browser does: log in, consent, follow the redirect. Answers the callback address. */
export async function consent(
  sandbox: TwinfieldSandbox,
  choice: { action?: 'allow' | 'deny'; scope?: string; state?: string; user?: number } = {},
): Promise<URL> {
  const changes = { scope: choice.scope ?? SCOPE, state: choice.state ?? 'xyz' };
  const first = await page(authorizeUrl(sandbox, changes));
  const user = sandbox.users[choice.user ?? 0]!;
  const fields = {
    step: 'login',
    [inputLike(first, /user|mail|login/i)]: user.userName,
    [inputOfType(first, 'password')]: user.password,
  };
  const loggedIn = await fetch(sandbox.baseUrl + actionOf(first), {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  const cookie = loggedIn.headers.get('set-cookie')!.split(';')[0]!;
  const second = await page(sandbox.baseUrl + loggedIn.headers.get('location')!, cookie);
  const done = await fetch(sandbox.baseUrl + actionOf(second), {
    method: 'POST',
    body: new URLSearchParams({ step: 'consent', action: choice.action ?? 'allow' }),
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

function actionOf(html: string): string {
  return /<form[^>]* action="([^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&');
}

function inputLike(html: string, name: RegExp): string {
  return [...html.matchAll(/<input name="(\w+)"/g)].map((match) => match[1]!).find((each) => name.test(each))!;
}

function inputOfType(html: string, type: string): string {
  return new RegExp(`<input name="(\\w+)" type="${type}"`).exec(html)![1]!;
}

export function token(sandbox: TwinfieldSandbox, form: Record<string, string>): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')}`;
  return fetch(`${sandbox.loginUrl}/auth/authentication/connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { authorization },
  });
}

export function exchange(sandbox: TwinfieldSandbox, code: string): Promise<Response> {
  return token(sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
}

export function refresh(sandbox: TwinfieldSandbox, refreshToken: string): Promise<Response> {
  return token(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

export function validate(sandbox: TwinfieldSandbox, accessToken: string): Promise<Response> {
  return fetch(`${sandbox.loginUrl}/auth/authentication/connect/accesstokenvalidation?token=${accessToken}`);
}

export async function connect(
  sandbox: TwinfieldSandbox,
  choice: { scope?: string; user?: number } = {},
): Promise<Tokens> {
  const back = await consent(sandbox, choice);
  const response = await exchange(sandbox, back.searchParams.get('code')!);
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

export interface Soap {
  readonly status: number;
  readonly headers: Headers;
  readonly reason: string;
  readonly text: string;
}

export interface Caller {
  /** The XML inside the answer, unescaped. */
  process(message: string): Promise<string>;
  raw(message: string, company?: string | null): Promise<Soap>;
  search(fields: string, company?: string | null): Promise<Soap>;
  deleted(query: string): Promise<Soap>;
}

/** A minimal Twinfield client, with prefixes of its own. */
export function caller(sandbox: TwinfieldSandbox, accessToken: string, office: string | null = OFFICE): Caller {
  const post = async (path: string, action: string, body: string): Promise<Soap> => {
    const response = await fetch(sandbox.baseUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"http://www.twinfield.com/${action}"` },
      body,
    });
    const { status, headers, statusText } = response;
    return { status, headers, reason: statusText, text: await response.text() };
  };
  const header = (company: string | null): string =>
    `<ns1:Header><ns1:AccessToken>${accessToken}</ns1:AccessToken>${
      company === null ? '' : `<ns1:CompanyCode>${company}</ns1:CompanyCode>`
    }<ns1:CompanyId xsi:nil="true"/></ns1:Header>`;
  const envelope = (company: string | null, body: string): string =>
    '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:ns1="http://www.twinfield.com/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<SOAP-ENV:Header>${header(company)}</SOAP-ENV:Header><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`;
  const raw: Caller['raw'] = (message, company = office) =>
    post(
      '/webservices/processxml.asmx',
      'ProcessXmlString',
      envelope(
        company,
        `<ns1:ProcessXmlString><ns1:xmlRequest>${escape(`<?xml version="1.0"?>\n${message}\n`)}</ns1:xmlRequest></ns1:ProcessXmlString>`,
      ),
    );
  return {
    raw,
    process: async (message) => {
      const { status, text } = await raw(message);
      expect({ status, text: text.slice(0, 400) }).toMatchObject({ status: 200 });
      return resultOf(text);
    },
    search: (fields, company = office) =>
      post('/webservices/finder.asmx', 'Search', envelope(company, `<ns1:Search>${fields}</ns1:Search>`)),
    deleted: (query) =>
      post(
        '/webservices/DeletedTransactionsService.svc?wsdl',
        'DeletedTransactionsService/Query',
        deletedEnvelope(accessToken, query),
      ),
  };
}

/** The text of ProcessXmlStringResult, unescaped. */
export function resultOf(text: string): string {
  return unescape(/<ProcessXmlStringResult>(.*)<\/ProcessXmlStringResult>/s.exec(text)![1]!);
}

function deletedEnvelope(accessToken: string, query: string): string {
  const shared = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared';
  return (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>' +
    `<h:Authentication xmlns:h="http://www.twinfield.com/"><AccessToken xmlns="${shared}">${accessToken}</AccessToken>` +
    `<CompanyCode xmlns="${shared}">${OFFICE}</CompanyCode></h:Authentication></s:Header><s:Body>` +
    '<Query i:type="b:GetDeletedTransactions" xmlns="http://www.twinfield.com/"' +
    ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance"' +
    ` xmlns:b="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.DeletedTransactionsService">${query}</Query>` +
    '</s:Body></s:Envelope>'
  );
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** The text of the first element of that name. */
export function textIn(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}(?: [^>]*)?(?:/>|>(.*?)</${name}>)`, 's').exec(xml);
  return found === null ? undefined : unescape(found[1] ?? '');
}

/** `<columns>` over browse 100 with these columns; a filter is `[operator, from, to]`. */
export function columns(asked: Record<string, readonly [string, string, string?] | null>, code = '100'): string {
  const each = Object.entries(asked).map(([name, filter]) => {
    const parts =
      filter === null
        ? ''
        : `<ask>true</ask><operator>${filter[0]}</operator><from>${filter[1]}</from><to>${filter[2] ?? ''}</to>`;
    return `<column><field>fin.trs.${name}</field><label>${name}</label><visible>true</visible>${parts}</column>`;
  });
  return `<columns code="${code}">${each.join('')}</columns>`;
}

export type Row = Record<string, string>;

/** The rows of a browse: cells by field without `fin.trs.`, the key as `key`. */
export function rowsOf(xml: string): Row[] {
  return [...xml.matchAll(/<tr>(.*?)<\/tr>/gs)].map((match) => {
    const cells = [...match[1]!.matchAll(/<td field="fin\.trs\.([\w.]+)"[^>]*?(?:\/>|>(.*?)<\/td>)/gs)];
    const row: Row = Object.fromEntries(cells.map((cell) => [cell[1]!, unescape(cell[2] ?? '')]));
    const part = (name: string): string => textIn(match[1]!, name)!;
    row['key'] = [part('office'), part('code'), part('number'), part('line')].join('/');
    return row;
  });
}

export function door(sandbox: TwinfieldSandbox, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${sandbox.baseUrl}/__sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
