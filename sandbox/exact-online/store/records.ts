import type { BookDebtor, BookReceivable } from '../../books/index.js';
import type { Raw } from '../wire/values.js';

/** Values of fields the neutral books do not hold, as a client wrote them. */
export type Written = Readonly<Record<string, Raw>>;

export interface AccountRecord {
  readonly debtor: BookDebtor;
  /** A supplier only: `Status` stays empty, which is how Exact says "not a customer". */
  readonly supplier: boolean;
  readonly written: Written;
}

export interface TermRecord {
  readonly receivable: BookReceivable;
  /** 20 = receivable, 22 = payable; both come out of sync/Cashflow/PaymentTerms. */
  readonly lineType: 20 | 22;
  /** Human-readable number of the open item, the volatile key of ReceivablesList. */
  readonly hid: number;
  readonly written: Written;
}

/** Notes, tasks and documents: what the client posted and the ledger filled in, by field name. */
export interface EntryRecord {
  readonly hid: number;
  readonly fields: Written;
}

export interface AttachmentRecord {
  readonly document: string;
  readonly fileName: string;
  readonly base64: string;
  readonly bytes: number;
}

export interface ConditionRecord {
  readonly code: string;
  readonly description: string;
  readonly paymentDays: number;
}

/** A line of the deletion log. `entityType`: 2 accounts, 4 attachments, 6 documents, 10 payment terms. */
export interface DeletedRecord {
  readonly entityType: number;
  readonly entityKey: string;
}

export interface SubscriptionRecord {
  readonly topic: string;
  readonly callbackUrl: string;
}
