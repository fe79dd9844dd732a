import PostalMime from 'postal-mime';
import { createTransport } from 'nodemailer';
import { composeMessage, QR_CONTENT_ID } from '../../../src/messaging/domain/index.js';
import { buildMail, isMailAddress, qrPng, type MailEnvelope } from '../../../src/messaging/channels/index.js';
import { line, messageInput } from '../support.js';

const rendered = composeMessage(messageInput('first-reminder', 'fr'));
const envelope = async (changes: Partial<MailEnvelope> = {}): Promise<MailEnvelope> => ({
  from: { name: 'Café Noir', address: 'facturen@noir.example' },
  to: { name: 'Pieter Jansen', address: 'pieter@jansen.example' },
  messageId: '0192-abc',
  qrPng: await qrPng(rendered.epcPayload ?? ''),
  ...changes,
});

/** The bytes that would go over the wire, read back by another library. */
async function wire(changes: Partial<MailEnvelope> = {}, message = rendered) {
  const mail = buildMail(message, await envelope(changes));
  const stream = createTransport({ streamTransport: true, buffer: true });
  const { message: raw, envelope: route } = await stream.sendMail(mail);
  return { parsed: await PostalMime.parse(raw as Buffer), raw: (raw as Buffer).toString('latin1'), route };
}

describe('buildMail', () => {
  it('is plain text and HTML as alternatives, with the code as an inline image', async () => {
    const { parsed, raw } = await wire();
    expect(parsed.subject).toBe(rendered.subject);
    expect(parsed.html?.trim()).toBe(rendered.html.trim());
    expect(parsed.text?.trim()).toBe(rendered.text.trim());
    expect(parsed.attachments).toMatchObject([
      { mimeType: 'image/png', contentId: `<${QR_CONTENT_ID}>`, disposition: 'inline' },
    ]);
    expect(rendered.html).toContain(`cid:${QR_CONTENT_ID}`);
    expect(raw).toMatch(/Content-Type: multipart\/alternative/);
  });

  it('says it was made by a machine and which message it is, the same way every time', async () => {
    const { parsed } = await wire({ replyTo: { address: 'admin@noir.example' } });
    const header = (key: string) => parsed.headers.find((each) => each.key === key)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('x-openpost-message')).toBe('0192-abc');
    expect(parsed.messageId).toBe('<0192-abc@noir.example>');
    expect(parsed.replyTo).toMatchObject([{ address: 'admin@noir.example' }]);
    expect(parsed.from).toMatchObject({ name: 'Café Noir', address: 'facturen@noir.example' });
  });

  it('carries the letter', async () => {
    const { parsed } = await wire({ pdf: { fileName: 'Herinnering\r\n2026.pdf', content: Buffer.from('%PDF-1.3') } });
    expect(parsed.attachments[1]).toMatchObject({ filename: 'Herinnering 2026.pdf', mimeType: 'application/pdf' });
  });

  it('lets no name or subject add a header or a recipient', async () => {
    const evil = 'Jansen\r\nBcc: victim@x.example\r\n\r\nbody" <other@x.example>, ';
    const { parsed, raw, route } = await wire(
      { from: { name: evil, address: 'a@noir.example' }, to: { name: evil, address: 'pieter@jansen.example' } },
      { ...rendered, subject: `Factuur${evil}` },
    );
    expect(route).toEqual({ from: 'a@noir.example', to: ['pieter@jansen.example'] });
    expect(raw).not.toMatch(/^Bcc:/im);
    expect(parsed.bcc ?? []).toHaveLength(0);
    expect(parsed.to).toHaveLength(1);
  });

  it.each([
    'a@b.example\r\nRCPT TO:<c@d.example>',
    'a@b.example, c@d.example',
    'A <a@b.example>',
    '"a b"@c.example',
    'a@b@c.example',
    'a..b@c.example',
    'nobody',
    '',
  ])('refuses the address %j', async (address) => {
    expect(isMailAddress(address)).toBe(false);
    const made = await envelope({ to: { address } });
    expect(() => buildMail(rendered, made)).toThrow(expect.objectContaining({ path: '$.to', code: 'INVALID_EMAIL' }));
  });

  it('wants the image exactly when the message has a code', async () => {
    const dollars = composeMessage(messageInput('first-reminder', 'en', { lines: [line('1', { currency: 'USD' })] }));
    const { qrPng: image, ...bare } = await envelope();
    expect(image).toBeDefined();
    expect(() => buildMail(rendered, bare)).toThrow(/carries its image/);
    expect(buildMail(dollars, bare).attachments).toEqual([]);
    expect(() => buildMail(rendered, { ...bare, qrPng: image!, messageId: 'a b>' })).toThrow(/message id/);
  });
});
