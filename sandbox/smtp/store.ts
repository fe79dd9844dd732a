import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { toMail, type Envelope, type SandboxMail, type StoredMail } from './mail.js';

/** What the store holds at most; the oldest messages make room, and `dropped` says how many did. */
export interface StoreLimits {
  messages: number;
  bytes: number;
}

const DEFAULT_LIMITS: StoreLimits = { messages: 50_000, bytes: 512 * 1024 * 1024 };

interface Entry {
  stored: StoredMail;
  mail: SandboxMail;
}

/** Every message that was accepted, in order of arrival. With a state file it survives a restart. */
export class MailStore {
  private readonly entries = new Map<number, Entry>();
  private readonly limits: StoreLimits;
  private bytes = 0;
  private last = 0;
  private droppedCount = 0;

  private constructor(
    private readonly stateFile: string | undefined,
    limits: Partial<StoreLimits>,
  ) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Opens the store, reading back what the state file holds. A last line torn by a crash is left out. */
  static async open(stateFile?: string, limits: Partial<StoreLimits> = {}): Promise<MailStore> {
    const store = new MailStore(stateFile, limits);
    if (stateFile === undefined || !existsSync(stateFile)) return store;
    for (const line of wholeLines(stateFile)) {
      const { n, receivedAt, envelope, raw } = JSON.parse(line) as Omit<StoredMail, 'raw'> & { raw: string };
      const stored = { n, receivedAt, envelope, raw: Buffer.from(raw, 'base64') };
      store.keep({ stored, mail: await toMail(stored) });
    }
    return store;
  }

  /** Takes a message in; when this returns it is on disk too, so the sender may be told that it was accepted. */
  async add(envelope: Envelope, raw: Buffer, receivedAt: Date): Promise<SandboxMail> {
    this.last += 1;
    const stored = { n: this.last, receivedAt: receivedAt.toISOString(), envelope, raw };
    const mail = await toMail(stored);
    if (this.stateFile !== undefined)
      appendFileSync(this.stateFile, `${JSON.stringify({ ...stored, raw: raw.toString('base64') })}\n`);
    this.keep({ stored, mail });
    return mail;
  }

  /** All messages, oldest first. */
  all(): SandboxMail[] {
    return Array.from(this.entries.values(), ({ mail }) => mail).sort((left, right) => left.n - right.n);
  }

  /** The messages to an address that contains `to` (in envelope or headers), oldest first, of them the newest `limit`. */
  find(query: { to?: string | undefined; limit?: number | undefined }): SandboxMail[] {
    const wanted = query.to?.toLowerCase();
    const found = this.all().filter(
      (mail) =>
        wanted === undefined ||
        [...mail.envelope.to, ...mail.to, ...mail.cc].some((address) => address.toLowerCase().includes(wanted)),
    );
    return query.limit === undefined ? found : found.slice(Math.max(0, found.length - query.limit));
  }

  get(n: number): Entry | null {
    return this.entries.get(n) ?? null;
  }

  /** How many messages had to make room. */
  get dropped(): number {
    return this.droppedCount;
  }

  clear(): void {
    this.entries.clear();
    this.bytes = 0;
    if (this.stateFile !== undefined) writeFileSync(this.stateFile, '');
  }

  private keep(entry: Entry): void {
    this.last = Math.max(this.last, entry.stored.n);
    this.entries.set(entry.stored.n, entry);
    this.bytes += entry.stored.raw.length;
    for (const [n, oldest] of this.entries) {
      const fits = this.entries.size <= this.limits.messages && this.bytes <= this.limits.bytes;
      if (fits || this.entries.size === 1) return;
      this.entries.delete(n);
      this.bytes -= oldest.stored.raw.length;
      this.droppedCount += 1;
    }
  }
}

/** A line is whole when it ends in a line feed; what follows the last one was being written when the process died. */
function wholeLines(stateFile: string): string[] {
  const text = readFileSync(stateFile, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) writeFileSync(stateFile, text.slice(0, end));
  return text.slice(0, end).split('\n').filter(Boolean);
}
