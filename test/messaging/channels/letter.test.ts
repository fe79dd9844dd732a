import { inflateSync } from 'node:zlib';
import QRCode from 'qrcode';
import { composeMessage, type MessageInput } from '../../../src/messaging/domain/index.js';
import { qrPng, renderLetterPdf } from '../../../src/messaging/channels/index.js';
import { line, messageInput } from '../support.js';

const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length;

const print = (message: MessageInput) => renderLetterPdf({ message, rendered: composeMessage(message) });

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => line(`2026-${1000 + index}`, { description: 'Onderhoud en onderdelen' }));

describe('the letter', () => {
  it.each([
    ['nl', 1],
    ['nl', 5],
    ['en', 5],
    ['fr', 5],
  ] as const)('in %s with %i lines fits one page', async (language, count) => {
    const pdf = await print(
      messageInput('formal-notice', language, { channel: 'letter', lines: lines(count), fees: 4_000n }),
    );
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(pdf)).toBe(1);
  });

  it('goes on to further pages when the table is long', async () => {
    expect(pagesOf(await print(messageInput('second-reminder', 'nl', { channel: 'letter', lines: lines(25) })))).toBe(
      2,
    );
    expect(pagesOf(await print(messageInput('second-reminder', 'nl', { channel: 'letter', lines: lines(120) })))).toBe(
      4,
    );
  });

  it('takes long names, a logo and a window at the right', async () => {
    const message = messageInput('formal-notice', 'fr', { channel: 'letter' });
    const debtor = {
      ...message.debtor,
      name: 'Société de Distribution et de Logistique Internationale du Brabant Wallon '.repeat(2),
    };
    const long = { ...message, debtor };
    const pdf = await renderLetterPdf({
      message: long,
      rendered: composeMessage(long),
      window: 'right',
      logo: await qrPng('logo'),
    });
    expect(pagesOf(pdf)).toBe(1);
  });

  it('is the same to the byte when printed again', async () => {
    const message = messageInput('first-reminder', 'nl', { channel: 'letter' });
    expect((await print(message)).equals(await print(message))).toBe(true);
  });
});

describe('the QR image', () => {
  it('shows each module of a code with error correction M, and four white ones around it', async () => {
    const payload = 'x'.repeat(331);
    const png = await qrPng(payload);
    const code = QRCode.create([{ data: Buffer.from(payload), mode: 'byte' }], { errorCorrectionLevel: 'M' });
    const across = code.modules.size + 8;
    const width = png.readUInt32BE(16);
    const scale = width / across;
    const bytesPerLine = 1 + Math.ceil(width / 8);
    const pixels = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
    const isDark = (x: number, y: number) => ((pixels[y * bytesPerLine + 1 + (x >> 3)]! >> (7 - (x & 7))) & 1) === 0;
    const wrong: string[] = [];
    for (let row = 0; row < across; row += 1) {
      for (let column = 0; column < across; column += 1) {
        const inside = [row, column].every((each) => each >= 4 && each < across - 4);
        const expected = inside && code.modules.get(row - 4, column - 4) !== 0;
        for (const edge of [0, scale - 1])
          if (isDark(column * scale + edge, row * scale + edge) !== expected) wrong.push(`${row},${column}`);
      }
    }
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect({ version: code.version, wholePixels: Number.isInteger(scale), wrong }).toEqual({
      version: 13,
      wholePixels: true,
      wrong: [],
    });
    expect(width).toBeGreaterThanOrEqual(480);
  });

  it('can be read by the library that reads PNG files in the PDF', async () => {
    const message = messageInput('first-reminder', 'nl', { channel: 'letter' });
    expect((await print(message)).toString('latin1')).toContain('/Subtype /Image');
  });
});
