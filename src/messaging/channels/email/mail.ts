import type { SendMailOptions } from 'nodemailer';
import { assert, InputError } from '../../../kernel/index.js';
import { QR_CONTENT_ID, type RenderedMessage } from '../../domain/index.js';
import type { MailAddress, MailEnvelope } from './outgoing-mail.js';

/** A mail ready for `EmailSender.send`; the fields that the sender relies on are always there. */
export type OutgoingMail = SendMailOptions & { readonly messageId: string };

/**
 * Puts a rendered message in an envelope: plain text and HTML as alternatives, the QR as an inline image, the letter as
 * an attachment. Control characters in names and subject become spaces; an address that is not one plain address is
 * refused, so that nothing from the books can add a header or a recipient.
 * @throws InputError naming the address.
 */
export function buildMail(rendered: RenderedMessage, envelope: MailEnvelope): OutgoingMail {
  assert(
    (rendered.epcPayload === undefined) === (envelope.qrPng === undefined),
    'a message with a payment code carries its image',
  );
  assert(/^[\w.-]{1,120}$/.test(envelope.messageId), 'a message id is letters, digits, dots and dashes');
  const from = addressOf(envelope.from, '$.from');
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from,
    to: addressOf(envelope.to, '$.to'),
    ...(envelope.replyTo === undefined ? {} : { replyTo: addressOf(envelope.replyTo, '$.replyTo') }),
    subject: oneLine(rendered.subject),
    text: rendered.text,
    html: rendered.html,
    messageId: `<${envelope.messageId}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Openpost-Message': envelope.messageId },
    attachments: attachmentsOf(envelope),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function attachmentsOf({ qrPng, pdf }: MailEnvelope): NonNullable<SendMailOptions['attachments']> {
  const qr = qrPng === undefined ? [] : [{ filename: 'payment-qr.png', content: qrPng, contentType: 'image/png', cid: QR_CONTENT_ID, contentDisposition: 'inline' as const }]; // prettier-ignore
  const letter = pdf === undefined ? [] : [{ filename: oneLine(pdf.fileName), content: pdf.content, contentType: 'application/pdf' }]; // prettier-ignore
  return [...qr, ...letter];
}

/** One mailbox, nothing else: no list, no comment, no quoted local part, no control character. */
const ADDRESS = /^[^\s"(),:;<>@[\\\]\p{Cc}]{1,64}@[^\s"(),:;<>@[\\\]\p{Cc}]{1,255}$/u;

function addressOf({ name, address }: MailAddress, path: string): { name: string; address: string } {
  if (!isMailAddress(address))
    throw new InputError(path, `one e-mail address, got ${JSON.stringify(address)}`, 'INVALID_EMAIL');
  return { name: oneLine(name ?? ''), address };
}

/** Whether a text is one plain e-mail address that this product will send to. */
export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text) && !text.includes('..');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
