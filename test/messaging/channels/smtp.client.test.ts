import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { EmailSender, type OutgoingMail } from '../../../src/messaging/channels/index.js';

const mail = (id: string, to = 'debtor@example.com'): OutgoingMail => ({
  from: 'sender@example.com',
  to,
  subject: 'Herinnering',
  text: 'Beste lezer',
  messageId: `<${id}@example.com>`,
});

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function senderTo(port: number, options: { socketTimeoutMs?: number; user?: string } = {}): EmailSender {
  const { user = '', ...rest } = options;
  const sender = new EmailSender({ url: `smtp://${user}127.0.0.1:${port}`, connectionTimeoutMs: 2_000, ...rest });
  closers.unshift(() => sender.close());
  return sender;
}

/** A real SMTP server that keeps the raw messages it accepted. */
async function smtpServer(options: SMTPServerOptions = {}): Promise<{ port: number; received: string[] }> {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        done(null, '2.0.0 Ok: queued as 4XyZ12');
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, received };
}

const refuse = (responseCode: number) => Object.assign(new Error('refused here'), { responseCode });

/** A server written by hand, for the ways of failing that a decent one does not have. */
async function rawServer(behave: (socket: Socket, line: string) => void): Promise<number> {
  const server: Server = createServer((socket) => {
    let buffered = '';
    socket.on('error', () => undefined);
    socket.write('220 ready\r\n');
    socket.on('data', (chunk: Buffer) => {
      buffered += chunk.toString();
      for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 2);
        behave(socket, line);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

const politely = (socket: Socket, line: string): void => {
  if (/^(EHLO|HELO|MAIL|RCPT|RSET)/.test(line)) socket.write('250 ok\r\n');
  if (line === 'DATA') socket.write('354 go ahead\r\n');
  if (line === 'QUIT') socket.end('221 bye\r\n');
};

describe('EmailSender', () => {
  it('reports what the server accepted and under which id', async () => {
    const { port, received } = await smtpServer();
    const sender = senderTo(port);
    expect(await sender.send(mail('1'))).toEqual({
      outcome: 'accepted',
      response: '250 2.0.0 Ok: queued as 4XyZ12',
      providerMessageId: '4XyZ12',
    });
    expect(await sender.send(mail('2'))).toMatchObject({ outcome: 'accepted' });
    expect(received.map((each) => /^Message-ID: (.*)$/im.exec(each)?.[1])).toEqual([
      '<1@example.com>',
      '<2@example.com>',
    ]);
  });

  it.each([
    [550, true],
    [451, false],
    [421, false],
  ])(
    'a recipient answered with %i is refused, permanent: %s, and the next mail still goes',
    async (code, permanent) => {
      const { port, received } = await smtpServer({
        onRcptTo: ({ address }, _session, done) => done(address.startsWith('no') ? refuse(code) : null),
      });
      const sender = senderTo(port);
      expect(await sender.send(mail('1', 'no@example.com'))).toMatchObject({
        outcome: 'refused',
        permanent,
        code: String(code),
        text: expect.stringContaining('refused here') as string,
      });
      expect(await sender.send(mail('2'))).toMatchObject({ outcome: 'accepted' });
      expect(received).toHaveLength(1);
    },
  );

  it.each([
    [552, true],
    [452, false],
  ])('a message answered with %i after its body is refused, permanent: %s', async (code, permanent) => {
    const { port } = await smtpServer({
      onData(stream, _session, done) {
        stream.on('end', () => done(refuse(code)));
        stream.resume();
      },
    });
    expect(await senderTo(port).send(mail('1'))).toMatchObject({ outcome: 'refused', permanent, code: String(code) });
  });

  it('wrong credentials are our own fault: not permanent for the message', async () => {
    const { port } = await smtpServer({ authOptional: false, onAuth: (_auth, _session, done) => done(refuse(535)) });
    const sender = senderTo(port, { user: 'me:wrong@' });
    expect(await sender.send(mail('1'))).toMatchObject({ outcome: 'refused', permanent: false, code: '535' });
    expect(await sender.check()).toMatchObject({ ok: false });
  });

  it('nobody listening is a refusal that may be tried again', async () => {
    const port = await rawServer(() => undefined);
    for (const close of closers.splice(0)) await close();
    const sender = senderTo(port);
    expect(await sender.send(mail('1'))).toMatchObject({
      outcome: 'refused',
      permanent: false,
      code: expect.stringMatching(/^E/) as string,
    });
  });

  it('a connection that dies before the body was asked for is a refusal', async () => {
    const port = await rawServer((socket, line) => (line === 'DATA' ? socket.destroy() : politely(socket, line)));
    expect(await senderTo(port).send(mail('1'))).toMatchObject({ outcome: 'refused', permanent: false });
  });

  it('a connection that dies after the body is uncertain, and the mail is not sent again', async () => {
    const bodies: string[] = [];
    const port = await rawServer((socket, line) => {
      if (line === '.') {
        bodies.push(line);
        socket.destroy();
      } else politely(socket, line);
    });
    expect(await senderTo(port).send(mail('1'))).toMatchObject({ outcome: 'uncertain' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bodies).toHaveLength(1);
  });

  it('on a kept-open connection too', async () => {
    const bodies: string[] = [];
    const port = await rawServer((socket, line) => {
      if (line !== '.') return politely(socket, line);
      bodies.push(line);
      if (bodies.length === 1) socket.write('250 queued as A1\r\n');
      else socket.destroy();
    });
    const sender = senderTo(port);
    expect(await sender.send(mail('1'))).toMatchObject({ outcome: 'accepted', providerMessageId: 'A1' });
    expect(await sender.send(mail('2'))).toMatchObject({ outcome: 'uncertain' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bodies).toHaveLength(2);
  });

  it('silence after the body is uncertain, silence before it a refusal', async () => {
    const silentAfter = await rawServer((socket, line) => (line === '.' ? undefined : politely(socket, line)));
    const silentBefore = await rawServer((socket, line) =>
      line.startsWith('MAIL') ? undefined : politely(socket, line),
    );
    expect(await senderTo(silentAfter, { socketTimeoutMs: 300 }).send(mail('1'))).toMatchObject({
      outcome: 'uncertain',
      text: expect.stringContaining('ETIMEDOUT') as string,
    });
    expect(await senderTo(silentBefore, { socketTimeoutMs: 300 }).send(mail('1'))).toMatchObject({
      outcome: 'refused',
      permanent: false,
    });
  });

  it('does not take the same mail twice at once', async () => {
    const { port, received } = await smtpServer();
    const sender = senderTo(port);
    const first = sender.send(mail('1'));
    await expect(sender.send(mail('1'))).rejects.toThrow(/already on its way/);
    expect(await first).toMatchObject({ outcome: 'accepted' });
    expect(received).toHaveLength(1);
  });
});
