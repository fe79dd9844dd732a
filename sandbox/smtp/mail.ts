import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';

/** Who the sending server named, whatever the headers say. */
export interface Envelope {
  from: string;
  to: string[];
}

/** A file in a message, without its content. `index` is its place in the message. */
export interface MailAttachment {
  index: number;
  name: string | null;
  /** Bytes. */
  size: number;
  contentType: string;
  contentId: string | null;
  inline: boolean;
}

/** A message as a reader sees it. */
export interface SandboxMail {
  /** 1 for the first message; never given out again, not even after the inbox was emptied. */
  n: number;
  /** ISO instant at which the message was accepted. */
  receivedAt: string;
  envelope: Envelope;
  from: string | null;
  fromName: string | null;
  to: string[];
  cc: string[];
  replyTo: string[];
  subject: string | null;
  messageId: string | null;
  /** The Date header as an ISO instant. */
  date: string | null;
  /** Header lines by lower-case name; repeated ones joined by a line feed. */
  headers: Record<string, string>;
  text: string | null;
  html: string | null;
  attachments: MailAttachment[];
  /** The message as it came over the wire. */
  raw: string;
}

/** A message as it is kept. */
export interface StoredMail {
  n: number;
  receivedAt: string;
  envelope: Envelope;
  raw: Buffer;
}

/** Reads a message. One that no reader could make sense of keeps its envelope and raw form, the rest being null. */
export async function toMail(stored: StoredMail): Promise<SandboxMail> {
  const email = await parse(stored.raw);
  const from = email.from === undefined ? [] : mailboxes([email.from]);
  return {
    n: stored.n,
    receivedAt: stored.receivedAt,
    envelope: stored.envelope,
    from: from[0]?.address ?? null,
    fromName: from[0]?.name || null,
    to: addresses(email.to),
    cc: addresses(email.cc),
    replyTo: addresses(email.replyTo),
    subject: email.subject ?? null,
    messageId: email.messageId ?? null,
    date: email.date ?? null,
    headers: headersOf(email),
    text: email.text ?? null,
    html: email.html ?? null,
    attachments: email.attachments.map(toAttachment),
    raw: stored.raw.toString('utf8'),
  };
}

/** The content of one file of a message, or null when there is none at that place. */
export async function attachmentOf(
  stored: StoredMail,
  index: number,
): Promise<(MailAttachment & { content: Buffer }) | null> {
  const found = (await parse(stored.raw)).attachments[index];
  return found === undefined ? null : { ...toAttachment(found, index), content: contentOf(found) };
}

async function parse(raw: Buffer): Promise<Email> {
  return PostalMime.parse(raw).catch(() => ({ headers: [], headerLines: [], attachments: [] }));
}

function mailboxes(list: readonly Address[]): { name: string; address: string }[] {
  return list.flatMap((entry) => (entry.group === undefined ? [entry] : entry.group));
}

function addresses(list: readonly Address[] | undefined): string[] {
  return mailboxes(list ?? []).map((mailbox) => mailbox.address);
}

function headersOf(email: Email): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, value } of email.headers) headers[key] = key in headers ? `${headers[key]}\n${value}` : value;
  return headers;
}

function toAttachment(attachment: Attachment, index: number): MailAttachment {
  return {
    index,
    name: attachment.filename,
    size: contentOf(attachment).length,
    contentType: attachment.mimeType,
    contentId: attachment.contentId?.replace(/^<|>$/g, '') ?? null,
    inline: attachment.disposition === 'inline' || attachment.related === true,
  };
}

function contentOf({ content }: Attachment): Buffer {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof ArrayBuffer
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}
