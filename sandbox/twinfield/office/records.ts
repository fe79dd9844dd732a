import type { BookDebtor, BookReceivable } from '../../books/index.js';

/** What an office knows of itself besides its rows. */
export interface OfficeHead {
  /** Text, with the zeros in front. */
  readonly code: string;
  readonly name: string;
  readonly country: 'NL' | 'BE';
  readonly iban: string;
  readonly bic: string;
  /** The code the neutral books use. */
  readonly bookCode: number;
}

/** A customer: the neutral debtor and what only Twinfield keeps of it. */
export interface CustomerRecord {
  readonly debtor: BookDebtor;
  readonly status: 'active' | 'inactive' | 'deleted';
  /** Goes up by one with every change. */
  readonly touched: number;
  /** Milliseconds. */
  readonly modified: number;
  /** Elements written by clients or people, by path, e.g. `creditmanagement/comment`; only those that differ from the default. */
  readonly written: Readonly<Record<string, string>>;
}

export type BookingStatus = 'temporary' | 'final';

/** The booking of an invoice or credit note (VRK), or of money nobody has set against anything yet (BNK). */
export interface BookingRecord {
  readonly receivable: BookReceivable;
  readonly code: 'VRK' | 'BNK';
  readonly number: string;
  readonly status: BookingStatus;
  /** Taken up in a proposal to collect: still open, but no longer free. */
  readonly proposed?: boolean;
  readonly created: number;
  readonly modified: number;
}

/** Something that took an amount off an invoice: money, a difference written off, or a credit note. */
export interface MatchRecord {
  readonly id: string;
  readonly debtorId: string;
  /** Counts per customer; with the customer it names the set. */
  readonly matchNumber: number;
  readonly date: string;
  readonly receivableId: string;
  readonly currency: string;
  /** In the sign of the invoice. */
  readonly amountMinor: number;
  readonly modified: number;
  readonly by:
    | { readonly kind: 'booking'; readonly code: 'BNK' | 'AFLETTEREN'; readonly number: string }
    | { readonly kind: 'credit-note'; readonly receivableId: string };
}

/** A transaction that was deleted: all that is left of it. */
export interface DeletionRecord {
  readonly daybook: string;
  readonly number: string;
  readonly transactionDate: string;
  readonly reason: string;
  readonly user: string;
  /** Milliseconds. */
  readonly deletedAt: number;
}
