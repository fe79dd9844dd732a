import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { buildMail, EmailSender, type SendOutcome } from '../../messaging/channels/index.js';
import { Settings } from '../../settings/index.js';
import { NoticeRepository, type Notice } from './notice.repository.js';
import { noticeText } from './notice-text.js';

const EVERY_MS = 60_000;
/** Seconds before each next attempt after a temporary refusal; after the last one it fails. */
const RETRY_AFTER_SECONDS = [60, 600, 3_600, 14_400] as const;

/**
 * Tells a firm's admins by e-mail that a connection needs them: once per failure, and once more after three days. Like
 * every mail of ours it is claimed before it is sent, so a crash costs a notice and never doubles one; the app says the
 * same all along.
 */
@Injectable()
export class ConnectionNotices implements OnApplicationShutdown {
  private readonly logger = new Logger('notices');
  private readonly sender: EmailSender | null;
  private busy = false;

  constructor(
    private readonly notices: NoticeRepository,
    private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.sender = settings.smtpUrl === null ? null : new EmailSender({ url: settings.smtpUrl, maxConnections: 1 });
  }

  /** Never throws: the next tick finds the same rows. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.notices.look(this.clock.now(), this.sender !== null);
      if (this.sender !== null) await this.sendAll(this.sender);
    } catch (error) {
      this.logger.warn(`notices: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.busy = false;
    }
  }

  onApplicationShutdown(): void {
    this.sender?.close();
  }

  private async sendAll(sender: EmailSender): Promise<void> {
    for (;;) {
      const notice = await this.notices.claimNext(this.clock.now());
      if (notice === null) return;
      await this.settle(notice, await this.attempt(sender, notice));
    }
  }

  private async attempt(sender: EmailSender, notice: Notice): Promise<SendOutcome> {
    try {
      const { language, ...written } = noticeText(notice, this.settings.publicUrl);
      const rendered = { ...written, language, preheader: '', blocks: [] };
      const from = notice.sender ?? this.settings.adminEmail ?? notice.recipient;
      const mail = buildMail(rendered, {
        from: { name: 'Openpost', address: from },
        to: { name: notice.recipientName, address: notice.recipient },
        messageId: notice.id,
      });
      return await sender.send(mail);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { outcome: 'refused', permanent: true, code: 'NOT_SENDABLE', text };
    }
  }

  private async settle(notice: Notice, outcome: SendOutcome): Promise<void> {
    const at = this.clock.now();
    if (outcome.outcome === 'accepted') return this.notices.settle(notice.id, { state: 'sent', error: null, at });
    if (outcome.outcome === 'uncertain')
      return this.notices.settle(notice.id, { state: 'uncertain', error: outcome.text, at });
    const error = `${outcome.code}: ${outcome.text}`;
    const seconds = outcome.permanent ? undefined : RETRY_AFTER_SECONDS[notice.attempts - 1];
    if (seconds === undefined) return this.notices.settle(notice.id, { state: 'failed', error, at });
    return this.notices.postpone(notice.id, error, new Date(at.getTime() + seconds * 1_000));
  }
}
