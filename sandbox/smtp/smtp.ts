import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '../../src/kernel/index.js';
import type { FaultBox } from './faults.js';
import type { Envelope } from './mail.js';
import type { MailStore } from './store.js';

const LARGEST_MESSAGE_BYTES = 35 * 1024 * 1024;

export interface SmtpListener {
  port: number;
  close(): Promise<void>;
}

interface Parts {
  store: MailStore;
  faults: FaultBox;
  clock: Clock;
  port: number;
  hostName: string;
}

/** Takes mail for everybody and passes none on. Any user name and password will do, and none too. */
export async function listenForMail({ store, faults, clock, port, hostName }: Parts): Promise<SmtpListener> {
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    banner: 'Openpost mail sandbox',
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: LARGEST_MESSAGE_BYTES,
    onAuth: ({ username }, _session, callback) => callback(null, { user: username ?? 'anonymous' }),
    onRcptTo: ({ address }, _session, callback) => callback(recipientError(faults, address)),
    onData: (stream, session, callback) => {
      const hangUp = (): void => void sockets.get(session.remotePort)?.destroy();
      void receive(stream, session, { store, faults, clock, hangUp }).then(
        (answer) => (answer === null ? undefined : callback(null, answer)),
        (error: Error) => callback(error),
      );
    },
  });
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostName, () => resolve());
  });
  // A sender that breaks off is everyday life for a mail server, not a reason to stop.
  server.on('error', () => undefined);
  return { port: (server.server.address() as AddressInfo).port, close: () => close(server, sockets) };
}

async function close(server: SMTPServer, sockets: ReadonlyMap<number, Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets.values()) socket.destroy();
  await closed;
}

/** What smtp-server needs to answer with a code of our choice. */
function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function recipientError(faults: FaultBox, address: string): Error | null {
  const fault = faults.take('recipient', [address]);
  if (fault === null) return null;
  return fault.kind === 'temporary'
    ? smtpError(451, `4.7.1 <${address}>: Recipient address temporarily refused, try again later`)
    : smtpError(550, `5.1.1 <${address}>: Recipient address rejected: User unknown`);
}

interface Reception {
  store: MailStore;
  faults: FaultBox;
  clock: Clock;
  hangUp(): void;
}

/** Keeps the message, and then gives the answer that the faults ask for; null when there is nobody left to answer. */
async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  { store, faults, clock, hangUp }: Reception,
): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw smtpError(552, '5.3.4 Message too big');
  const envelope = envelopeOf(session);
  if (faults.take('message', envelope.to) !== null) throw smtpError(554, '5.7.1 Message rejected by content filter');
  const mail = await store.add(envelope, Buffer.concat(chunks), clock.now());
  const fault = faults.take('answer', envelope.to);
  if (fault?.kind === 'slow') await delay(fault.delayMs, undefined, { ref: false });
  if (fault?.kind !== 'drop-after-data') return `Queued as ${mail.n}`;
  hangUp();
  return null;
}

function envelopeOf({ envelope }: SMTPServerSession): Envelope {
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  return { from, to: envelope.rcptTo.map(({ address }) => address) };
}
