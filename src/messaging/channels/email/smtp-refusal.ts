import type { SendOutcome } from './outgoing-mail.js';

/** What nodemailer puts on its errors. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** About this message or its recipient; a 5xx anywhere else is about us (login, greeting, TLS) and may be mended. */
const MESSAGE_CODES: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * Reads a failed attempt. The server's own answer decides: 5xx about the message is permanent, anything else may be
 * tried again. Without an answer, a mail of which the server has seen the body may have been sent.
 */
export function refusalOf(error: unknown, handedOver: boolean): Exclude<SendOutcome, { outcome: 'accepted' }> {
  const { message, code = 'UNKNOWN', responseCode, response } = toSmtpError(error);
  const text = response ?? message;
  if (responseCode !== undefined) {
    const permanent = responseCode >= 500 && MESSAGE_CODES.has(code);
    return { outcome: 'refused', permanent, code: String(responseCode), text };
  }
  if (handedOver) return { outcome: 'uncertain', text: `${code}: ${text}` };
  return { outcome: 'refused', permanent: MESSAGE_CODES.has(code), code, text };
}

/** By shape, not by class: an error of the network layer may come from another realm than this module's `Error`. */
function toSmtpError(error: unknown): SmtpError {
  return typeof error === 'object' && error !== null && 'message' in error
    ? (error as SmtpError)
    : new Error(String(error));
}
