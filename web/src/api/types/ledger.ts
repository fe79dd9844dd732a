import type { Facts, Money } from './common';

export interface DebtorSegment {
  id: string;
  name: string;
  reason: string;
  reasonCode: string;
  facts: Facts | null;
  override: boolean;
}

export interface Debtor {
  id: string;
  administrationId: string;
  sourceId: string;
  code: string;
  name: string;
  contactName: string | null;
  email: string | null;
  phone: string | null;
  language: string | null;
  country: string | null;
  kind: 'business' | 'consumer';
  address: { line: string | null; postcode: string | null; city: string | null; country: string | null } | null;
  vatNumber: string | null;
  chamberOfCommerce: string | null;
  blockedInLedger: boolean;
  accountManager: string | null;
  dunningContact: { name: string; email: string } | null;
  open: Money;
  overdue: Money;
  oldestOverdueDays: number | null;
  level: number;
  segment: DebtorSegment | null;
  profile: Facts | null;
  overrides: { segment: string | null; kind: string | null; language: string | null } | null;
}

export interface DebtorChange {
  segment?: string | null;
  dunningContact?: { name: string; email: string } | null;
  kind?: 'business' | 'consumer';
  language?: string | null;
  accountManager?: string | null;
}

export interface TimelineItem {
  at: string;
  kind: string;
  title: string;
  detail: string | null;
  link?: string | null;
  source?: string;
  facts?: Facts;
}

export type ReceivableStatus = 'open' | 'part-paid' | 'settled' | 'deleted';
export type BlockKind = 'dispute' | 'promise' | 'hold' | 'pause' | 'plan' | 'insolvency';

export interface Receivable {
  id: string;
  administrationId: string;
  debtor: { id: string; name: string };
  sourceId: string;
  invoiceNumber: string;
  yourRef: string | null;
  kind: 'invoice' | 'credit-note' | 'payment';
  invoiceDate: string;
  dueDate: string;
  daysOverdue: number;
  amount: Money;
  open: Money;
  status: ReceivableStatus;
  settledOn: string | null;
  level: number;
  lastStepOn: string | null;
  blocked: Block | null;
  description: string | null;
}

export interface Block {
  id: string;
  kind: BlockKind;
  reason: string;
  until: string | null;
  amount: Money | null;
  receivableId: string | null;
  debtorId: string;
  owner: string | null;
  createdAt: string;
  endedAt: string | null;
  endReason: string | null;
}

export interface NewBlock {
  kind: BlockKind;
  reason: string;
  until?: string;
  amount?: string;
}

export interface WorklistItem {
  debtor: { id: string; name: string };
  open: Money;
  overdue: Money;
  oldestOverdueDays: number;
  level: number;
  segment: { id: string; name: string } | null;
  why: string;
  nextAction: string;
  nextActionCode?: string;
  nextOn?: string | null;
}

export interface Task {
  id: string;
  kind: string;
  title: string;
  detail: string | null;
  debtor: { id: string; name: string } | null;
  /** Whose list it is on; null: whoever comes first. */
  owner: string | null;
  state: string;
  createdAt: string;
}
