import type { BookDebtor, BookReceivable } from '../../books/index.js';

export interface InvoiceRecord {
  readonly receivable: BookReceivable;
  readonly deleted: boolean;
}

export interface CustomerRecord {
  readonly debtor: BookDebtor;
  readonly deleted: boolean;
}

/** A file that was uploaded. Its bytes are not kept, only what tells two files apart. */
export interface DocumentRecord {
  readonly uuid: string;
  readonly companyNumber: string;
  readonly name: string;
  readonly amountOfPages: number;
  readonly comment: string | null;
  /** Calendar date of the upload. */
  readonly date: string;
  /** PURCHASE, SALE or VARIOUS; null in the archive. */
  readonly type: string | null;
  /** The archive category; null outside the archive. */
  readonly category: string | null;
  readonly paymentState: string | null;
  readonly bytes: number;
  readonly sha256: string;
}

/** A note of the proposal. */
export interface NoteRecord {
  readonly id: string;
  readonly invoiceId: string | null;
  readonly customerId: string | null;
  readonly text: string;
  /** ISO instant. */
  readonly createdAt: string;
  readonly externalKey: string;
}

/** How far an invoice has come, as the proposal lets an app say. */
export interface DunningRecord {
  readonly invoiceId: string;
  readonly level: number;
  readonly status: string;
  readonly at: string;
  readonly externalKey: string;
}

export interface AppInfoRecord {
  readonly imageUrl: string | null;
  readonly emailaddress: string | null;
  readonly badge: {
    readonly text: string | null;
    readonly textColor: string | null;
    readonly color: string | null;
  } | null;
  readonly icon: { readonly type: string | null; readonly color: string | null } | null;
}
