import type { HintProfile } from '../contract/index.js';

export const WEBHOOK_SECRET = { setting: 'webhookSecret', variable: 'EXACT_ONLINE_WEBHOOK_SECRET' } as const;

/**
 * What moves an open item or a debtor. Exact has no topic for receivables or their matching: a payment is heard as the
 * entry that carried it, an invoice as its sales entry.
 */
export const HINT_PROFILE: HintProfile = {
  topics: ['SalesEntries', 'SalesInvoices', 'BankEntries', 'CashEntries', 'GeneralJournalEntries', 'Accounts'],
  secret: WEBHOOK_SECRET,
  completeness:
    'Exact has no webhook for a receivable or for matching: what is matched without a new entry is not heard of, and ' +
    'Exact does not promise that every webhook arrives. Pulls by schedule stay needed.',
};
