import { createHmac } from 'node:crypto';
import type { DivisionStore, TermRecord } from './store/index.js';
import type { Site } from './options.js';
import { toWallMs, wallMsToText } from './wire/wall-time.js';

export type WebhookAction = 'Create' | 'Update' | 'Delete';

interface Hint {
  readonly topic: string;
  readonly action: WebhookAction;
  readonly key: string;
}

/**
 * Where the entity behind a topic can be read again: a notification carries no data. Topics whose entities these books do
 * not hold can be subscribed to and stay silent.
 */
const ENDPOINTS: Readonly<Record<string, string>> = {
  Accounts: 'crm/Accounts',
  BankAccounts: 'crm/BankAccounts',
  Contacts: 'crm/Contacts',
  Documents: 'documents/Documents',
  DocumentAttachments: 'documents/DocumentAttachments',
  GLAccounts: 'financial/GLAccounts',
  SalesEntries: 'salesentry/SalesEntries',
  SalesInvoices: 'salesinvoice/SalesInvoices',
  BankEntries: 'financialtransaction/BankEntries',
  CashEntries: 'financialtransaction/CashEntries',
  GeneralJournalEntries: 'generaljournalentry/GeneralJournalEntries',
  PurchaseEntries: 'purchaseentry/PurchaseEntries',
};

const TOPIC_OF_TABLE: Readonly<Record<string, string>> = {
  accounts: 'Accounts',
  documents: 'Documents',
  attachments: 'DocumentAttachments',
};

/** Topics that can be subscribed to; any other is refused. The vendor's own list is not public as a whole. */
export const TOPICS: readonly string[] = Object.keys(ENDPOINTS);

/**
 * What subscribers hear of a change. No topic exists for open items: a new invoice is heard as its sales entry, a
 * payment only as the bank entry that carried it.
 */
export function hintOf(change: { table: string; key: string; action: WebhookAction; record: unknown }): Hint | null {
  const { table, key, action, record } = change;
  const topic = TOPIC_OF_TABLE[table];
  if (topic !== undefined) return { topic, action, key };
  if (table !== 'terms' || record === undefined) return null;
  const { receivable, lineType } = record as TermRecord;
  if (lineType !== 20) return null;
  if (action === 'Update' && receivable.lastPaymentDate !== null)
    return { topic: 'BankEntries', action: 'Create', key };
  return { topic: 'SalesEntries', action, key: receivable.entryId };
}

/** Tries ten times with a delay of 2^n; the unit is not stated, minutes make it a day and a half. */
const MAX_RETRIES = 10;

/** Sends notifications to the subscribers of a division. */
export class WebhookSender {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly site: Site,
    private readonly origin: () => string,
  ) {}

  /** The empty POST that Exact makes to a new subscription's address; answers what is wrong, or `null`. */
  async validate(callbackUrl: string): Promise<string | null> {
    try {
      const response = await fetch(callbackUrl, { method: 'POST', signal: AbortSignal.timeout(5_000) });
      await response.arrayBuffer();
      return response.ok ? null : `Invalid: Post to callback URL endpoint returns ${response.status}`;
    } catch {
      return 'Invalid: Post to callback URL endpoint returns 503';
    }
  }

  announce(division: DivisionStore, hint: Hint): void {
    for (const { record } of division.subscriptions.values())
      if (record.topic === hint.topic) void this.send(record.callbackUrl, this.body(division.head.code, hint), 0);
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** The signature is over the exact text of Content, braces included: upper-case hex. */
  private body(division: number, { topic, action, key }: Hint): string {
    const content = JSON.stringify({
      Topic: topic,
      ClientId: `{${this.site.clientId}}`,
      Division: division,
      Action: action,
      Key: key,
      ExactOnlineEndpoint: `${this.origin()}/api/v1/${division}/${ENDPOINTS[topic]!}(guid'${key}')`,
      EventCreatedOn: wallMsToText(toWallMs(this.site.clock.now().getTime())), // form unverified
    });
    const hash = createHmac('sha256', this.site.webhookSecret).update(content).digest('hex').toUpperCase();
    return `{"Content":${content},"HashCode":"${hash}"}`;
  }

  private async send(url: string, body: string, attempt: number): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const sent = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) })
      .then((response) => response.ok)
      .catch(() => false);
    if (sent || attempt >= MAX_RETRIES) return;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        void this.send(url, body, attempt + 1);
      },
      this.site.webhookRetryUnitMs * 2 ** (attempt + 1),
    );
    this.timers.add(timer.unref());
  }
}
