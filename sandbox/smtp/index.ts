import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../../src/kernel/index.js';
import { FaultBox } from './faults.js';
import { createInboxApp } from './http.js';
import type { SandboxMail } from './mail.js';
import { listenForMail } from './smtp.js';
import { MailStore, type StoreLimits } from './store.js';

export type { Envelope, MailAttachment, SandboxMail } from './mail.js';
export type { Fault, FaultKind } from './faults.js';

export interface SmtpSandboxOptions {
  /** Port for mail; 0 or absent: a free one. */
  port?: number;
  /** Port for the inbox; 0 or absent: a free one. */
  httpPort?: number;
  /** Default 127.0.0.1. */
  hostName?: string;
  /** JSON lines to which every message is appended before it is accepted, and read back at the start. */
  stateFile?: string;
  /** Default 50,000 messages and 512 MiB; the oldest make room. */
  limits?: Partial<StoreLimits>;
  clock?: Clock;
}

export interface SmtpSandbox {
  /** `smtp://127.0.0.1:2525` */
  smtpUrl: string;
  /** The inbox: pages at `/`, JSON under `/__sandbox`. */
  baseUrl: string;
  /** Every message kept, oldest first. */
  messages(): SandboxMail[];
  close(): Promise<void>;
}

/**
 * A mail server that accepts everything, delivers nothing, and shows what it got. Plain SMTP without TLS; any login
 * or none. Rejects when a port is taken.
 */
export async function createSmtpSandbox(options: SmtpSandboxOptions = {}): Promise<SmtpSandbox> {
  const hostName = options.hostName ?? '127.0.0.1';
  const store = await MailStore.open(options.stateFile, options.limits);
  const faults = new FaultBox();
  const clock = options.clock ?? systemClock;
  const mail = await listenForMail({ store, faults, clock, port: options.port ?? 0, hostName });
  const inbox = createServer(createInboxApp(store, faults));
  try {
    await listen(inbox, options.httpPort ?? 0, hostName);
  } catch (error) {
    await mail.close();
    throw error;
  }
  return {
    smtpUrl: `smtp://${hostName}:${mail.port}`,
    baseUrl: `http://${hostName}:${(inbox.address() as AddressInfo).port}`,
    messages: () => store.all(),
    close: async () => void (await Promise.all([mail.close(), stop(inbox)])),
  };
}

async function listen(server: Server, port: number, hostName: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostName, resolve);
  });
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
