import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { newId } from '../../kernel/index.js';
import { JobQueue } from '../../queue/index.js';
import { Settings } from '../../settings/index.js';
import { buildMail, EmailSender, qrPng, type OutgoingMail, type SendOutcome } from '../channels/index.js';
import { contentFromJson } from './content.js';
import { OutboxRepository, type ClaimedMessage } from './outbox.repository.js';

/** Seconds before each next attempt after a temporary refusal; after the last one it fails. */
const RETRY_AFTER_SECONDS = [60, 300, 900, 3_600, 14_400] as const;
const CONNECTIONS = 3;

/**
 * Sends what dunning decided, once. The claim is committed before the mail server hears of the message, so a crash
 * leaves `sending`, never a second attempt; what is not certainly unsent is shown to a person.
 */
@Injectable()
export class OutboxService implements OnApplicationShutdown {
  private readonly logger = new Logger('outbox');
  private readonly sender: EmailSender | null;

  constructor(
    private readonly repository: OutboxRepository,
    private readonly queue: JobQueue,
    settings: Settings,
  ) {
    this.sender =
      settings.smtpUrl === null ? null : new EmailSender({ url: settings.smtpUrl, maxConnections: CONNECTIONS });
  }

  /** Sends everything that is due in a firm. Safe to run in several processes at once. */
  async sendDue(firmId: string): Promise<void> {
    await this.repository.giveUpExpired(firmId);
    if (this.sender === null) {
      this.logger.warn('messages wait: no mail server is configured (SMTP_URL)');
      return;
    }
    const owner = newId();
    const sent = await Promise.all(Array.from({ length: CONNECTIONS }, () => this.drain(firmId, owner)));
    if (sent.some((count) => count > 0)) await this.queue.enqueue('push-writebacks', { firmId }, { key: firmId });
  }

  onApplicationShutdown(): void {
    this.sender?.close();
  }

  private async drain(firmId: string, owner: string): Promise<number> {
    for (let sent = 0; ; sent += 1) {
      const message = await this.repository.claimNext(firmId, owner);
      if (message === null) return sent;
      await this.sendOne(firmId, message, owner);
    }
  }

  private async sendOne(firmId: string, message: ClaimedMessage, owner: string): Promise<void> {
    const outcome = await this.attempt(message);
    if (outcome.outcome === 'accepted') return this.repository.settleSent(firmId, message, { owner, ...outcome });
    if (outcome.outcome === 'uncertain')
      return this.repository.settleUncertain(firmId, message.id, { owner, error: outcome.text });
    const error = `${outcome.code}: ${outcome.text}`;
    const afterSeconds = outcome.permanent ? undefined : RETRY_AFTER_SECONDS[message.attempts - 1];
    if (afterSeconds === undefined) return this.repository.settleFailed(firmId, message, { owner, error });
    return this.repository.backToQueue(firmId, message.id, { owner, error, afterSeconds });
  }

  /** A message that cannot be put in an envelope (a bad address) is refused like one that the server refuses. */
  private async attempt(message: ClaimedMessage): Promise<SendOutcome> {
    try {
      return await this.sender!.send(await mailOf(message));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { outcome: 'refused', permanent: true, code: 'NOT_SENDABLE', text };
    }
  }
}

async function mailOf(message: ClaimedMessage): Promise<OutgoingMail> {
  const { rendered, from, to, replyTo } = contentFromJson(message.content);
  return buildMail(rendered, {
    from,
    to,
    messageId: message.id,
    ...(replyTo === null ? {} : { replyTo }),
    ...(rendered.epcPayload === undefined ? {} : { qrPng: await qrPng(rendered.epcPayload) }),
  });
}
