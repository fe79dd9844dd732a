import type { Money } from './common';

export interface RenderedMail {
  subject: string;
  html: string | null;
  text: string | null;
}

export type MessageState = 'queued' | 'sending' | 'sent' | 'bounced' | 'failed' | 'uncertain' | 'cancelled';

export interface Message {
  id: string;
  administrationId: string;
  debtor: { id: string; name: string };
  runId: string | null;
  level: number;
  channel: string;
  language: string;
  recipient: string | null;
  recipientReason: string;
  subject: string;
  state: MessageState;
  error: string | null;
  attempts: number;
  total: Money;
  fees: Money | null;
  createdAt: string;
  sentAt: string | null;
  providerMessageId: string | null;
  template: { key: string; version: number };
  scenario: { id: string; version: number } | null;
  lines: { receivableId: string; invoiceNumber: string; invoiceDate: string; dueDate: string; open: Money }[];
  html?: string | null;
  text?: string | null;
}

export type WritebackState = 'pending' | 'sending' | 'applied' | 'rejected' | 'unknown' | 'abandoned';

export interface Writeback {
  id: string;
  administrationId: string;
  debtor: { id: string; name: string };
  messageId: string | null;
  kind: 'note' | 'document';
  state: WritebackState;
  attempts: number;
  lastError: string | null;
  lastErrorKind: string | null;
  remoteId: string | null;
  summary: string;
  createdAt: string;
  appliedAt: string | null;
  nextAttemptAt: string | null;
  history: { at: string; outcome: string; detail: string | null }[];
}
