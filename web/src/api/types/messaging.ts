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

export type WritebackKind =
  'note' | 'document' | 'task' | 'dunning-status' | 'badge' | 'standing' | 'own-reminders' | 'reminder-email';

/** Somebody changed what we had left in a text. */
export interface WritebackConflict {
  ours: string;
  theirs: string;
  /** null: we never wrote there. */
  before: string | null;
}

export interface Writeback {
  id: string;
  administrationId: string;
  /** null: it is about the whole administration. */
  debtor: { id: string; name: string } | null;
  messageId: string | null;
  kind: WritebackKind;
  state: WritebackState;
  attempts: number;
  lastError: string | null;
  lastErrorKind: string | null;
  remoteId: string | null;
  summary: string;
  createdAt: string;
  appliedAt: string | null;
  nextAttemptAt: string | null;
  conflict: WritebackConflict | null;
  settled: { by: string; note: string; at: string } | null;
  /** What a person may do about it now. */
  actions: ('retry' | 'settle' | 'resolve')[];
  history: { at: string; outcome: string; detail: string | null }[];
}
