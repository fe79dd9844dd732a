import type { BusinessDate, CurrencyCode } from '../../kernel/index.js';

/** Kinds of record that a source can hold and we keep in step. */
export type LedgerObject = 'debtors' | 'receivables' | 'deletions' | 'open-items';

export type DebtorKind = 'business' | 'consumer';
export type ReceivableKind = 'invoice' | 'credit-note' | 'payment';

/** A debtor as the source knows it, in our words. Text is trimmed; absent is null, never "" or "unknown". */
export interface DebtorRecord {
  readonly sourceId: string;
  /** Rises with every change at the source; a lower version never overwrites a higher one. */
  readonly sourceVersion: bigint;
  readonly code: string;
  readonly name: string;
  readonly contactName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string | null;
  readonly kind: DebtorKind;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly vatNumber: string | null;
  readonly chamberOfCommerce: string | null;
  readonly paymentCondition: string | null;
  readonly blockedInLedger: boolean;
  readonly directDebit: boolean;
  /** Minor units in the administration's currency; null = no limit. */
  readonly creditLimit: bigint | null;
}

/**
 * An open (or once open) item. Amounts are minor units; positive = the debtor owes us, negative = we owe the debtor
 * (credit note, money received and not yet allocated). `openAmount` is 0 when settled.
 */
export interface ReceivableRecord {
  readonly sourceId: string;
  readonly sourceVersion: bigint;
  readonly debtorSourceId: string;
  readonly entrySourceId: string | null;
  readonly transactionSourceId: string | null;
  readonly invoiceNumber: string;
  readonly yourRef: string | null;
  readonly kind: ReceivableKind;
  readonly invoiceDate: BusinessDate;
  readonly dueDate: BusinessDate;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  readonly openAmount: bigint;
  /** The day it stopped being open; null while open. */
  readonly settledOn: BusinessDate | null;
  readonly lastPaymentOn: BusinessDate | null;
  readonly description: string | null;
  readonly paymentReference: string | null;
  /** It is being collected from the debtor's bank account: to remind of it would be wrong. */
  readonly directDebit: boolean;
}

/** A record that the source says is gone. */
export interface Tombstone {
  readonly object: 'debtors' | 'receivables';
  readonly sourceId: string;
  readonly sourceVersion: bigint;
}

/** One line of the source's own list of open items, for the tie-out. */
export interface OpenItem {
  readonly sourceId: string;
  readonly debtorSourceId: string;
  /** Where the list names it: what people know a line by, and how a line is found again whose id the list makes up anew. */
  readonly invoiceNumber?: string;
  readonly currency: CurrencyCode;
  readonly openAmount: bigint;
}

/** What maps out of one raw record. `ignored`: rightly not ours (a payable); `rejected`: ours, but not understood. */
export type Mapped =
  | { readonly outcome: 'debtor'; readonly record: DebtorRecord }
  | { readonly outcome: 'receivable'; readonly record: ReceivableRecord }
  | { readonly outcome: 'tombstone'; readonly record: Tombstone }
  | { readonly outcome: 'open-item'; readonly record: OpenItem }
  | { readonly outcome: 'ignored' }
  | { readonly outcome: 'rejected'; readonly sourceId: string; readonly reason: string; readonly message: string };

/** An administration as a consent reaches it. */
export interface SourceAdministration {
  readonly sourceId: string;
  readonly name: string;
  readonly country: string | null;
  readonly currency: string | null;
  /** Facts whose change means "read everything again", e.g. Exact's DivisionMoveDate. Kept and compared as text. */
  readonly rebaseMarkers: Readonly<Record<string, string | null>>;
  /** Why it cannot be read right now, in words for people (Exact blocks a division while it restores a backup). */
  readonly notice?: string;
}
