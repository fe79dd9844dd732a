/**
 * The books every stand-in serves: vendor-neutral, held in memory, changed only through {@link BookCommand}s.
 * A stand-in translates them into its vendor's wire format; two stand-ins over the same books tell the same story.
 *
 * Amounts are whole minor units (cents), positive for invoices, negative for credit notes and receipts.
 * Dates are `YYYY-MM-DD`. Ids are lower-case GUIDs derived from the seed, so a restart makes the same books.
 */
export interface BookDebtor {
  /** Lower-case GUID. */
  id: string;
  code: number;
  name: string;
  contactName: string | null;
  /** About three debtors in a hundred have none: a channel that is missing is part of everyday books. */
  email: string | null;
  phone: string | null;
  language: 'nl' | 'fr' | 'en' | 'de';
  addressLine: string;
  postcode: string;
  city: string;
  country: 'NL' | 'BE';
  vatNumber: string | null;
  chamberOfCommerce: string | null;
  /** A private person rather than a business. */
  consumer: boolean;
  paymentDays: number;
  createdOn: string;
}

/** `receipt` is money received that nobody has set against an invoice yet. */
export type ReceivableKind = 'invoice' | 'credit-note' | 'receipt';

export interface BookReceivable {
  id: string;
  debtorId: string;
  entryId: string;
  transactionId: string;
  entryNumber: number;
  invoiceNumber: number;
  yourRef: string;
  kind: ReceivableKind;
  invoiceDate: string;
  dueDate: string;
  currency: string;
  amountMinor: number;
  openMinor: number;
  lastPaymentDate: string | null;
  settledOn: string | null;
  disputed: boolean;
  description: string;
  paymentReference: string | null;
}

export interface Book {
  /** The administration's number: Exact's division, Twinfield's office. */
  code: number;
  name: string;
  country: 'NL' | 'BE';
  currency: 'EUR';
  iban: string;
  bic: string;
  debtors: BookDebtor[];
  receivables: BookReceivable[];
}

/** What a bookkeeper does to the books by hand. Amounts are positive decimal strings; `on` defaults to today. */
export type BookCommand =
  | { kind: 'pay'; receivable: string; on?: string }
  | { kind: 'part-pay'; receivable: string; amount: string; on?: string }
  | { kind: 'credit'; receivable: string; amount: string; on?: string }
  | { kind: 'unmatch'; receivable: string }
  | { kind: 'change-due-date'; receivable: string; dueDate: string }
  | { kind: 'delete'; receivable: string }
  | { kind: 'edit-debtor'; debtor: string; changes: Partial<BookDebtor> }
  | { kind: 'delete-debtor'; debtor: string }
  | {
      kind: 'add-invoice';
      debtor: string;
      amount: string;
      invoiceDate: string;
      dueDate: string;
      invoiceNumber?: number;
      currency?: string;
    }
  | { kind: 'receipt'; debtor: string; amount: string; on?: string };

/** Ids a command touched, so that a stand-in can move its own change stamps and deletion log. */
export interface BookChange {
  debtors: string[];
  receivables: string[];
  deletedDebtors: string[];
  deletedReceivables: string[];
}
