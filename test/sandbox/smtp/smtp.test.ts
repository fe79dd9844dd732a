import { mkdtemp, readFile, rm, appendFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { createSmtpSandbox, type SandboxMail, type SmtpSandbox } from '../../../sandbox/smtp/index.js';
import { fixedClock } from '../../../src/kernel/index.js';

const now = '2026-11-22T08:30:00.000Z';
const letter: SendMailOptions = {
  from: '"Lindeboom Groothandel BV" <debiteuren@lindeboom.example>',
  to: 'crediteuren@bakker.nl.example',
  subject: 'Factuur 20000123: vriendelijke herinnering € 12,50',
  text: 'Beste lezer',
  html: '<p>Beste <b>lezer</b></p><img src="cid:qr@openpost"><script>alert(1)</script>',
  attachments: [
    { filename: 'herinnering één.pdf', content: Buffer.from('%PDF-1.7 test'), contentType: 'application/pdf' },
    {
      filename: 'qr.png',
      content: Buffer.from([0x89, 0x50, 0x4e, 0x47]),
      cid: 'qr@openpost',
      contentType: 'image/png',
    },
  ],
};

async function getMessages(sandbox: SmtpSandbox, query = ''): Promise<SandboxMail[]> {
  return (await (await fetch(`${sandbox.baseUrl}/__sandbox/messages${query}`)).json()) as SandboxMail[];
}

async function switchOn(sandbox: SmtpSandbox, fault: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${sandbox.baseUrl}/__sandbox/faults`, { method: 'POST', headers, body: JSON.stringify(fault) });
}

describe('the mail sandbox', () => {
  let sandbox: SmtpSandbox;
  let transport: Transporter;
  beforeEach(async () => {
    sandbox = await createSmtpSandbox({ clock: fixedClock(now) });
    transport = createTransport(sandbox.smtpUrl);
  });
  afterEach(async () => {
    transport.close();
    await sandbox.close();
  });

  it('keeps a message with everything a reader sees', async () => {
    const sent = await transport.sendMail({ ...letter, bcc: 'archief@lindeboom.example' });
    const [mail, ...others] = await getMessages(sandbox);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      n: 1,
      receivedAt: now,
      envelope: {
        from: 'debiteuren@lindeboom.example',
        to: ['crediteuren@bakker.nl.example', 'archief@lindeboom.example'],
      },
      from: 'debiteuren@lindeboom.example',
      fromName: 'Lindeboom Groothandel BV',
      to: ['crediteuren@bakker.nl.example'],
      subject: 'Factuur 20000123: vriendelijke herinnering € 12,50',
      messageId: sent.messageId,
    });
    expect(mail!.text).toContain('Beste lezer');
    expect(mail!.html).toContain('<b>lezer</b>');
    expect(mail!.raw).toContain('MIME-Version: 1.0');
    expect(mail!.headers['message-id']).toBe(sent.messageId);
    expect(mail!.attachments).toHaveLength(2);
    expect(mail!.attachments.find(({ name }) => name === 'herinnering één.pdf')).toMatchObject({
      size: 13,
      contentType: 'application/pdf',
      inline: false,
    });
    expect(mail!.attachments.find(({ name }) => name === 'qr.png')).toMatchObject({
      size: 4,
      contentType: 'image/png',
      contentId: 'qr@openpost',
      inline: true,
    });
    expect(sandbox.messages()).toEqual([mail]);
  });

  it('asks for no login, and takes any', async () => {
    const [, , address] = sandbox.smtpUrl.split('/');
    const withLogin = createTransport(`smtp://user:secret@${address}`);
    await withLogin.sendMail(letter);
    withLogin.close();
    expect(sandbox.messages()).toHaveLength(1);
  });

  it('finds by part of the recipient, the newest few, in order of arrival', async () => {
    for (const to of ['one@a.example', 'two@b.example', 'three@a.example', 'four@A.example'])
      await transport.sendMail({ ...letter, to });
    expect((await getMessages(sandbox, '?to=@a.ex')).map(({ n }) => n)).toEqual([1, 3, 4]);
    expect((await getMessages(sandbox, '?to=@a.ex&limit=2')).map(({ n }) => n)).toEqual([3, 4]);
    expect((await getMessages(sandbox, '?limit=0')).map(({ n }) => n)).toEqual([]);
    const refused = await fetch(`${sandbox.baseUrl}/__sandbox/messages?limit=many`);
    expect(refused.status).toBe(400);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  it('empties the inbox and goes on counting', async () => {
    await transport.sendMail(letter);
    const emptied = await fetch(`${sandbox.baseUrl}/__sandbox/messages`, { method: 'DELETE' });
    expect(emptied.status).toBe(204);
    expect(await getMessages(sandbox)).toEqual([]);
    await transport.sendMail(letter);
    expect(sandbox.messages().map(({ n }) => n)).toEqual([2]);
  });

  it('gives the raw message, the HTML fenced in, and the files', async () => {
    await transport.sendMail(letter);
    const at = `${sandbox.baseUrl}/__sandbox/messages/1`;
    const indexOf = (wanted: string): number =>
      sandbox.messages()[0]!.attachments.find(({ name }) => name === wanted)!.index;
    const raw = await fetch(at);
    expect(raw.headers.get('content-type')).toContain('text/plain');
    expect(await raw.text()).toBe(sandbox.messages()[0]!.raw);
    const html = await fetch(`${at}?html`);
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(await html.text()).toContain(`src="/__sandbox/messages/1/attachments/${indexOf('qr.png')}"`);
    const file = await fetch(`${at}/attachments/${indexOf('herinnering één.pdf')}`);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('herinnering één.pdf'));
    expect(file.headers.get('content-security-policy')).toBeNull();
    expect(await file.text()).toBe('%PDF-1.7 test');
    const image = await fetch(`${at}/attachments/${indexOf('qr.png')}`);
    expect(image.headers.get('content-security-policy')).toContain('sandbox');
    for (const path of [
      '/__sandbox/messages/2',
      '/__sandbox/messages/x',
      '/__sandbox/messages/1/attachments/2',
      '/messages/9',
    ])
      expect((await fetch(sandbox.baseUrl + path)).status).toBe(404);
  });

  it('shows people what was sent, and runs nothing of it', async () => {
    expect(await (await fetch(sandbox.baseUrl)).text()).toContain('No mail yet');
    await transport.sendMail({ ...letter, subject: '<img src=x onerror=alert(1)>' });
    await transport.sendMail({ ...letter, to: 'other@be.example', html: undefined, attachments: [] });
    const list = await (await fetch(`${sandbox.baseUrl}/?to=bakker`)).text();
    expect(list).toContain('1 message to “bakker”');
    expect(list).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(list).not.toContain('<img');
    expect(list).not.toContain('other@be.example');
    const page = await (await fetch(`${sandbox.baseUrl}/messages/1`)).text();
    expect(page).toContain('<iframe sandbox title="The message as HTML" src="/__sandbox/messages/1?html">');
    expect(page).not.toContain('<script');
    expect(await (await fetch(`${sandbox.baseUrl}/messages/2`)).text()).toContain('<pre>Beste lezer');
  });

  it('rejects a recipient as often as told, and only that one', async () => {
    expect((await switchOn(sandbox, { kind: 'reject-recipient', match: 'BAKKER', count: 2 })).status).toBe(201);
    await transport.sendMail({ ...letter, to: 'other@be.example' });
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(transport.sendMail(letter)).rejects.toMatchObject({ responseCode: 550, command: 'RCPT TO' });
    await transport.sendMail(letter);
    expect(sandbox.messages().map(({ to }) => to[0])).toEqual(['other@be.example', 'crediteuren@bakker.nl.example']);
  });

  it('delivers to the others when one of two recipients is rejected', async () => {
    await switchOn(sandbox, { kind: 'reject-recipient', match: 'gone@' });
    const sent = await transport.sendMail({ ...letter, to: 'gone@be.example, here@be.example' });
    expect(sent.rejected).toEqual(['gone@be.example']);
    expect(sandbox.messages()[0]!.envelope.to).toEqual(['here@be.example']);
  });

  it('is out of order for a moment', async () => {
    await switchOn(sandbox, { kind: 'temporary' });
    await expect(transport.sendMail(letter)).rejects.toMatchObject({ responseCode: 451 });
    await transport.sendMail(letter);
    expect(sandbox.messages()).toHaveLength(1);
  });

  it('rejects a message after reading it and does not keep it', async () => {
    await switchOn(sandbox, { kind: 'reject-message' });
    await expect(transport.sendMail(letter)).rejects.toMatchObject({ responseCode: 554, command: 'DATA' });
    expect(sandbox.messages()).toEqual([]);
  });

  it('keeps the message and breaks off before the answer', async () => {
    await switchOn(sandbox, { kind: 'drop-after-data' });
    const failure = await transport.sendMail(letter).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect((failure as { responseCode?: number }).responseCode).toBeUndefined();
    expect(sandbox.messages()).toHaveLength(1);
  });

  it('answers late, the message being kept', async () => {
    await switchOn(sandbox, { kind: 'slow', delayMs: 2_000 });
    const hasty = createTransport({ url: sandbox.smtpUrl, socketTimeout: 200 } as never);
    await expect(hasty.sendMail(letter)).rejects.toThrow(/time/i);
    hasty.close();
    expect(sandbox.messages()).toHaveLength(1);
  });

  it('lists and forgets faults, and refuses unknown ones by name', async () => {
    await switchOn(sandbox, { kind: 'slow', match: 'x', count: 3, delayMs: 10 });
    const faults = `${sandbox.baseUrl}/__sandbox/faults`;
    expect(await (await fetch(faults)).json()).toEqual([{ kind: 'slow', match: 'x', count: 3, delayMs: 10 }]);
    expect((await fetch(faults, { method: 'DELETE' })).status).toBe(204);
    expect(await (await fetch(faults)).json()).toEqual([]);
    for (const [fault, path] of [
      [{ kind: 'explode' }, '$.kind'],
      [{ kind: 'slow', count: 0 }, '$.count'],
      [{ kind: 'slow', delayMs: -1 }, '$.delayMs'],
      [{ kind: 'slow', match: 5 }, '$.match'],
    ] as const) {
      const answer = await switchOn(sandbox, fault);
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { detail: string }).detail).toContain(path);
    }
    const broken = await fetch(faults, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
  });

  it('closes at once while a sender is still connected, and frees its ports', async () => {
    const port = Number(sandbox.smtpUrl.split(':')[2]);
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('data', resolve));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    const started = Date.now();
    await sandbox.close();
    await gone;
    expect(Date.now() - started).toBeLessThan(2_000);
    const again = await createSmtpSandbox({ port });
    expect(again.smtpUrl).toBe(`smtp://127.0.0.1:${port}`);
    await expect(createSmtpSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await again.close();
  });
});

describe('the mail sandbox over a restart', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'smtp-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function send(sandbox: SmtpSandbox, count: number): Promise<void> {
    const transport = createTransport(sandbox.smtpUrl);
    for (let index = 0; index < count; index += 1) await transport.sendMail(letter);
    transport.close();
  }

  it('has its messages back, and leaves out a line torn by a crash', async () => {
    const stateFile = join(folder, 'mail.jsonl');
    const first = await createSmtpSandbox({ stateFile });
    await send(first, 2);
    const before = first.messages();
    await first.close();
    await appendFile(stateFile, '{"n":3,"receivedAt":"20');
    const second = await createSmtpSandbox({ stateFile });
    expect(second.messages()).toEqual(before);
    await send(second, 1);
    await second.close();
    const third = await createSmtpSandbox({ stateFile });
    expect(third.messages().map(({ n }) => n)).toEqual([1, 2, 3]);
    await fetch(`${third.baseUrl}/__sandbox/messages`, { method: 'DELETE' });
    await third.close();
    expect(await readFile(stateFile, 'utf8')).toBe('');
  });

  it('makes room for new messages by leaving out the oldest, and says so', async () => {
    const sandbox = await createSmtpSandbox({ limits: { messages: 3 } });
    await send(sandbox, 5);
    expect(sandbox.messages().map(({ n }) => n)).toEqual([3, 4, 5]);
    const answer = await fetch(`${sandbox.baseUrl}/__sandbox/messages`);
    expect(answer.headers.get('x-dropped-count')).toBe('2');
    await answer.body?.cancel();
    expect(await (await fetch(sandbox.baseUrl)).text()).toContain('The oldest 2 had to make room.');
    await sandbox.close();
  });

  it('keeps the newest message even when it alone is above the limit of bytes', async () => {
    const sandbox = await createSmtpSandbox({ limits: { bytes: 10 } });
    await send(sandbox, 2);
    expect(sandbox.messages().map(({ n }) => n)).toEqual([2]);
    await sandbox.close();
  });
});
