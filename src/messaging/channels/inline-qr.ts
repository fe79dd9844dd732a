import { QR_CONTENT_ID } from '../domain/index.js';
import { qrPng } from './qr.js';

/** A browser cannot see a mail's attachments: on a page the payment code stands in the HTML itself. */
export async function withInlineQr(html: string, epcPayload: string | undefined): Promise<string> {
  if (epcPayload === undefined) return html;
  const png = await qrPng(epcPayload);
  return html.replaceAll(`cid:${QR_CONTENT_ID}`, `data:image/png;base64,${png.toString('base64')}`);
}
