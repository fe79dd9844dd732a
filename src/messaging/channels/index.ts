export { withInlineQr } from './inline-qr.js';
export { qrPng } from './qr.js';
export { buildMail, isMailAddress, type OutgoingMail } from './email/mail.js';
export type { MailAddress, MailEnvelope, SendOutcome } from './email/outgoing-mail.js';
export { EmailSender, type EmailSenderOptions } from './email/smtp.client.js';
export { renderLetterPdf, type LetterInput } from './letter/letter.js';
