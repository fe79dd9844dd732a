import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { InputError } from '../../src/kernel/index.js';
import type { FaultBox } from './faults.js';
import { attachmentOf, type SandboxMail } from './mail.js';
import { inboxPage, messagePage, notFoundPage, type InboxQuery } from './pages.js';
import type { MailStore } from './store.js';

/** The doors of the inbox: JSON for tests and scripts under `/__sandbox`, pages for people at `/`. */
export function createInboxApp(store: MailStore, faults: FaultBox): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ type: () => true }));
  mountMessages(app, store);
  mountFaults(app, faults);
  app.get('/', (request, response) => void response.type('html').send(inboxPage(store, toInboxQuery(request))));
  app.get('/messages/:n', (request, response) => {
    const entry = store.get(numberOf(request, 'n'));
    if (entry === null) response.status(404).type('html').send(notFoundPage());
    else response.type('html').send(messagePage(entry.mail));
  });
  app.use((_request, response) => sendProblem(response, { status: 404, code: 'NOT_FOUND', detail: 'no such page' }));
  app.use(problems);
  return app;
}

function mountMessages(app: Express, store: MailStore): void {
  app.get('/__sandbox/messages', (request, response, next) => {
    const found = store.find({ to: textOf(request, 'to'), limit: limitOf(request) });
    response.set('X-Total-Count', String(found.length)).set('X-Dropped-Count', String(store.dropped));
    response.type('json');
    pipeline(Readable.from(jsonArrayOf(found)), response).catch(next);
  });
  app.delete('/__sandbox/messages', (_request, response) => {
    store.clear();
    response.status(204).end();
  });
  app.get('/__sandbox/messages/:n', (request, response) => {
    const entry = store.get(numberOf(request, 'n'));
    if (entry === null) return noMessage(response);
    if (request.query['html'] === undefined) return void response.type('text/plain').send(entry.stored.raw);
    if (entry.mail.html === null) return noMessage(response, 'this message has no HTML part');
    const attachments = `/__sandbox/messages/${entry.mail.n}/attachments`;
    response.set('Content-Security-Policy', MESSAGE_POLICY).type('html');
    response.send(
      withInlineImages(entry.mail.html, (contentId) => {
        const image = entry.mail.attachments.find((attachment) => attachment.contentId === contentId);
        return image === undefined ? null : `${attachments}/${image.index}`;
      }),
    );
  });
  app.get('/__sandbox/messages/:n/attachments/:index', (request, response, next) => {
    sendAttachment(store, request, response).catch(next);
  });
}

async function sendAttachment(store: MailStore, request: Request, response: Response): Promise<void> {
  const entry = store.get(numberOf(request, 'n'));
  const file = entry === null ? null : await attachmentOf(entry.stored, numberOf(request, 'index'));
  if (file === null) return noMessage(response, 'no such attachment');
  // A mailed HTML or SVG file must not run as a page of the inbox. A browser's PDF viewer refuses to start in a sandbox.
  if (file.contentType !== 'application/pdf') response.set('Content-Security-Policy', "sandbox; default-src 'none'");
  response.set('X-Content-Type-Options', 'nosniff');
  const name = encodeURIComponent(file.name ?? `attachment-${file.index}`);
  response.set('Content-Disposition', `inline; filename*=UTF-8''${name}`);
  response.set('Content-Type', file.contentType).end(file.content);
}

/** One message at a time: fifty thousand with their files are more than one string can hold. */
function* jsonArrayOf(mails: readonly SandboxMail[]): Generator<string> {
  for (const [index, mail] of mails.entries()) yield `${index === 0 ? '[' : ','}${JSON.stringify(mail)}`;
  yield mails.length === 0 ? '[]' : ']';
}

/** Mail may show its own pictures and styles; it may not run, submit, or call anybody. */
const MESSAGE_POLICY = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

function withInlineImages(html: string, addressOf: (contentId: string) => string | null): string {
  return html.replaceAll(/\bcid:([^"'\s)>]+)/gi, (whole, contentId: string) => addressOf(contentId) ?? whole);
}

function mountFaults(app: Express, faults: FaultBox): void {
  app.get('/__sandbox/faults', (_request, response) => void response.json(faults.list()));
  app.post('/__sandbox/faults', (request, response) => void response.status(201).json(faults.add(request.body)));
  app.delete('/__sandbox/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
}

function toInboxQuery(request: Request): InboxQuery {
  const before = Number(textOf(request, 'before') ?? Number.NaN);
  return { to: textOf(request, 'to') ?? '', before: Number.isSafeInteger(before) ? before : null };
}

function textOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function limitOf(request: Request): number | undefined {
  const text = textOf(request, 'limit');
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new InputError('limit', `a whole number, got ${JSON.stringify(text)}`);
  return Number(text);
}

function numberOf(request: Request, name: string): number {
  const text = String(request.params[name]);
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function noMessage(response: Response, detail = 'no message with this number'): void {
  sendProblem(response, { status: 404, code: 'NOT_FOUND', detail });
}

function sendProblem(response: Response, problem: { status: number; code: string; detail: string }): void {
  const title = problem.status === 404 ? 'Not found' : 'Invalid input';
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ title, ...problem }));
}

const problems: ErrorRequestHandler = (error: Error & { status?: number; code?: string }, _request, response, next) => {
  if (response.headersSent) next(error);
  else if (error instanceof InputError) sendProblem(response, { status: 400, code: error.code, detail: error.message });
  else sendProblem(response, { status: error.status ?? 500, code: 'INVALID_REQUEST', detail: error.message });
};
