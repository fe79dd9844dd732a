import type { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import type MailMessage from 'nodemailer/lib/mailer/mail-message.js';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { assert } from '../../../kernel/index.js';
import type { OutgoingMail } from './mail.js';
import type { SendOutcome } from './outgoing-mail.js';
import { refusalOf } from './smtp-refusal.js';

export interface EmailSenderOptions {
  /** `smtp://user:password@host:587` or `smtps://…:465`. */
  readonly url: string;
  readonly maxConnections?: number;
  /** Until connected, and until greeted. Default 15 s. */
  readonly connectionTimeoutMs?: number;
  /** Silence on an open connection. Default 60 s: some servers scan a message before they answer. */
  readonly socketTimeoutMs?: number;
}

type Sent = SMTPPool.SentMessageInfo;

/**
 * Hands mails to one SMTP server over a few kept-open connections. It never retries: the outbox decides that, and it
 * may only when the outcome is `refused` and not permanent.
 */
export class EmailSender {
  private readonly transport: Transporter<Sent, SMTPPool.Options>;
  /** The body streams of mails on their way; whether one has been read tells if the server saw any of it. */
  private readonly bodies = new Map<string, Readable | undefined>();

  constructor(options: EmailSenderOptions) {
    const connectionTimeout = options.connectionTimeoutMs ?? 15_000;
    // maxRequeues 0: the pool's own second attempt after a lost connection could send a message twice.
    const pool: SMTPPool.Options & { maxRequeues: number } = {
      pool: true,
      url: options.url,
      maxConnections: options.maxConnections ?? 3,
      maxRequeues: 0,
      connectionTimeout,
      greetingTimeout: connectionTimeout,
      dnsTimeout: connectionTimeout,
      socketTimeout: options.socketTimeoutMs ?? 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    this.transport = createTransport(pool);
    this.transport.use('stream', (mail, done) => {
      this.watchBody(mail);
      done();
    });
  }

  /** Sends one mail once. Never rejects for what the server or the network does: that is an outcome. */
  async send(mail: OutgoingMail): Promise<SendOutcome> {
    assert(!this.bodies.has(mail.messageId), `mail ${mail.messageId} is already on its way`);
    this.bodies.set(mail.messageId, undefined);
    try {
      const info = await this.transport.sendMail(mail);
      return { outcome: 'accepted', response: info.response, providerMessageId: queueIdOf(info) };
    } catch (error) {
      const handedOver = this.bodies.get(mail.messageId)?.readableDidRead === true;
      return refusalOf(error, handedOver);
    } finally {
      this.bodies.delete(mail.messageId);
    }
  }

  /** Whether the server can be reached and accepts the credentials; the text of its refusal otherwise. */
  async check(): Promise<{ readonly ok: boolean; readonly text: string }> {
    try {
      await this.transport.verify();
      return { ok: true, text: 'connected' };
    } catch (error) {
      return { ok: false, text: error instanceof Error ? error.message : String(error) };
    }
  }

  close(): void {
    this.transport.close();
  }

  /** The transport starts reading the body only after the server has answered DATA with "go ahead". */
  private watchBody(mail: MailMessage<Sent>): void {
    const { message } = mail;
    const messageId = mail.data.messageId ?? '';
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const body = createReadStream(options);
      if (this.bodies.has(messageId)) this.bodies.set(messageId, body);
      return body;
    };
  }
}

/** Most servers name their queue id in the answer; otherwise our own id is the only handle. */
function queueIdOf(info: Sent): string {
  return /queued (?:mail for delivery )?(?:as )?<?([\w.@+/=-]+)/i.exec(info.response)?.[1] ?? info.messageId;
}
