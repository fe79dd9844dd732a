import type { SandboxMail } from './mail.js';
import type { MailStore } from './store.js';
import { STYLE } from './style.js';

export interface InboxQuery {
  /** Part of a recipient's address; empty: all. */
  to: string;
  /** Only messages before this number: the next page. */
  before: number | null;
}

const PAGE_SIZE = 100;

/** The list of messages, newest first. */
export function inboxPage(store: MailStore, query: InboxQuery): string {
  const found = store.find({ to: query.to === '' ? undefined : query.to }).reverse();
  const page = found.filter(({ n }) => query.before === null || n < query.before);
  const shown = page.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const older = last !== undefined && page.length > shown.length ? olderLink(query, last.n) : '';
  return layout(
    'Sandbox inbox',
    `<header><h1>Sandbox inbox</h1><p>${stateOf(found.length, query, store.dropped)}</p></header>
<form role="search" action="/"><label for="to">Recipient contains</label>
<input id="to" name="to" type="search" value="${escape(query.to)}"> <button>Filter messages</button> <a href="/">Show all</a></form>
${shown.length === 0 ? emptyState(query) : table(shown)}${older}`,
  );
}

function stateOf(count: number, { to }: InboxQuery, dropped: number): string {
  const messages = `${count} ${count === 1 ? 'message' : 'messages'}${to === '' ? '' : ` to “${escape(to)}”`}`;
  const gone = dropped === 0 ? '' : ` The oldest ${dropped} had to make room.`;
  return `${messages}. Nothing was delivered: everything sent stays here.${gone}`;
}

function emptyState({ to }: InboxQuery): string {
  return to === ''
    ? '<p class="empty">No mail yet. Messages appear here the moment they are sent; reload the page to look.</p>'
    : '<p class="empty">No message to such an address. <a href="/">Show all messages</a></p>';
}

function table(mails: readonly SandboxMail[]): string {
  const rows = mails.map(
    (mail) => `<tr><td class="number">${mail.n}</td><td class="moment">${moment(mail.receivedAt)}</td>
<td>${escape(mail.envelope.to.join(', '))}</td>
<td><a href="/messages/${mail.n}">${escape(mail.subject ?? '(no subject)')}</a></td>
<td class="number">${mail.attachments.length === 0 ? '' : mail.attachments.length}</td></tr>`,
  );
  return `<table><thead><tr><th class="number">No.</th><th>Received (UTC)</th><th>To</th><th>Subject</th><th class="number">Files</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}

function olderLink({ to }: InboxQuery, before: number): string {
  const query = new URLSearchParams({ ...(to === '' ? {} : { to }), before: String(before) });
  return `<p><a href="/?${escape(query.toString())}">Older messages</a></p>`;
}

/** One message: who, when, the rendered body in a frame that can do nothing, its files, its plain and raw form. */
export function messagePage(mail: SandboxMail): string {
  const base = `/__sandbox/messages/${mail.n}`;
  const body =
    mail.html === null
      ? `<pre>${escape(mail.text ?? '(no text)')}</pre>`
      : `<iframe sandbox title="The message as HTML" src="${base}?html"></iframe>
<details><summary>Plain text</summary><pre>${escape(mail.text ?? '(no plain text part)')}</pre></details>`;
  return layout(
    mail.subject ?? '(no subject)',
    `<header><p><a href="/">← Inbox</a></p><h1>${escape(mail.subject ?? '(no subject)')}</h1></header>
<dl>${facts(mail)}</dl>${files(mail, base)}
${body}
<p><a href="${base}">Raw message</a></p>`,
  );
}

function facts(mail: SandboxMail): string {
  const from = mail.fromName === null ? (mail.from ?? '') : `${mail.fromName} <${mail.from ?? ''}>`;
  const pairs: [string, string][] = [
    ['From', from],
    ['To', mail.to.join(', ')],
    ['Cc', mail.cc.join(', ')],
    ['Reply to', mail.replyTo.join(', ')],
    ['Delivered to', mail.envelope.to.join(', ')],
    ['Received', `${moment(mail.receivedAt)} UTC`],
    ['Message id', mail.messageId ?? ''],
  ];
  const filled = pairs.filter(([, value]) => value !== '');
  return filled.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join('');
}

function files(mail: SandboxMail, base: string): string {
  if (mail.attachments.length === 0) return '';
  const items = mail.attachments.map(({ index, name, size, contentType }) => {
    const label = escape(name ?? `attachment ${index + 1}`);
    return `<li><a href="${base}/attachments/${index}">${label}</a> <small>${escape(contentType)}, ${size} bytes</small></li>`;
  });
  return `<h2>Files</h2><ul>${items.join('')}</ul>`;
}

export function notFoundPage(): string {
  return layout('No such message', '<h1>No such message</h1><p><a href="/">Back to the inbox</a></p>');
}

function moment(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!);
}
