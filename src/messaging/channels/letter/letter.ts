import { formatDateFor } from '../../../kernel/index.js';
import type { MessageInput, RenderedMessage } from '../../domain/index.js';
import { qrPng } from '../qr.js';
import { letterDocument, type Density } from './letter-document.js';
import type { EnvelopeWindow } from './paper.js';
import { printPdf } from './pdf-printer.js';

export interface LetterInput {
  /** What the message was composed from, with `channel: 'letter'`. */
  readonly message: MessageInput;
  readonly rendered: RenderedMessage;
  /** Where the envelope has its window. Default left. */
  readonly window?: EnvelopeWindow;
  /** The logo as PNG or JPEG; without one the sender's name stands in its place. */
  readonly logo?: Buffer;
}

/**
 * A business letter for a window envelope, as PDF: the same blocks in the same order as the e-mail. The same input
 * gives the same bytes. A letter that is a few lines too long for its pages is set smaller; a long table goes on, with its heading, on the next page.
 */
export async function renderLetterPdf(input: LetterInput): Promise<Buffer> {
  const normal = await print(input, 'normal');
  if (normal.pages === 1) return normal.pdf;
  const compact = await print(input, 'compact');
  return compact.pages < normal.pages ? compact.pdf : normal.pdf;
}

async function print(input: LetterInput, density: Density): Promise<{ pdf: Buffer; pages: number }> {
  const { rendered, message } = input;
  const counted: number[] = [];
  const qr = rendered.epcPayload === undefined ? undefined : await qrPng(rendered.epcPayload);
  const definition = letterDocument({
    message,
    rendered,
    density,
    onPage: (pages) => counted.push(pages),
    window: input.window ?? 'left',
    date: formatDateFor(message.dates.sentOn, rendered.language),
    ...(input.logo === undefined ? {} : { logoUrl: dataUrl(input.logo) }),
    ...(qr === undefined ? {} : { qrUrl: dataUrl(qr) }),
  });
  const pdf = await printPdf(definition);
  return { pdf, pages: Math.max(...counted) };
}

const PNG_START = 0x89;

function dataUrl(image: Buffer): string {
  return `data:image/${image[0] === PNG_START ? 'png' : 'jpeg'};base64,${image.toString('base64')}`;
}
