import type { BusinessDate, CurrencyCode, Money } from '../../kernel/index.js';

export const TEMPLATE_KEYS = ['notice', 'first-reminder', 'second-reminder', 'formal-notice'] as const;
/** Which message of the ladder a text is for. */
export type TemplateKey = (typeof TEMPLATE_KEYS)[number];

export const MESSAGE_LANGUAGES = ['nl', 'en', 'fr'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

/** A versioned text in Liquid. `subject` is one line; `body` is paragraphs with the block tags of template-context.ts. */
export interface MessageTemplate {
  readonly key: TemplateKey;
  readonly language: MessageLanguage;
  readonly version: number;
  readonly subject: string;
  readonly body: string;
}

/** Who writes: the creditor's house style and bank account. */
export interface HouseStyle {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly email: string;
  readonly phone?: string;
  /** With or without spaces; must be valid. */
  readonly iban: string;
  readonly bic?: string;
  /** https address of the logo for e-mail; a letter gets its logo as bytes. */
  readonly logoUrl?: string;
  /** `#rrggbb`. */
  readonly accentColor: string;
  /** Lines under "Met vriendelijke groet", separated by newlines. */
  readonly signature: string;
  readonly enterpriseNumber?: string;
}

export interface MessageDebtor {
  readonly name: string;
  readonly contactName?: string;
  readonly addressLines: readonly string[];
  readonly language: MessageLanguage;
  /** The debtor's number in the creditor's books. */
  readonly code: string;
}

/** `payment` is a receipt not yet set against an invoice. */
export type MessageLineKind = 'invoice' | 'credit-note' | 'payment';

/** One row of the table. Credit notes and payments carry negative amounts. */
export interface MessageLine {
  readonly kind: MessageLineKind;
  readonly invoiceNumber: string;
  readonly invoiceDate: BusinessDate;
  readonly dueDate: BusinessDate;
  /** Negative or zero: not yet overdue. */
  readonly daysOverdue: number;
  /** Original amount in minor units; `open` is what is left of it. */
  readonly amount: bigint;
  readonly open: bigint;
  readonly currency: CurrencyCode;
  /** What was sold; the law of Belgium wants it in a consumer's first reminder. */
  readonly description?: string;
}

/** All in one currency; total = open + fees + interest, and open = the sum of the lines. */
export interface MessageTotals {
  readonly open: Money;
  readonly fees: Money;
  readonly interest: Money;
  readonly total: Money;
}

/** What really happens after this message, and when. Absent: the message announces nothing. */
export interface NextStep {
  readonly kind: 'first-reminder' | 'second-reminder' | 'formal-notice' | 'handover';
  readonly on: BusinessDate;
}

export interface MessageDates {
  readonly sentOn: BusinessDate;
  /** The day by which the reader is asked to pay. For a notice: absent, the due date speaks. */
  readonly payBy?: BusinessDate;
  readonly next?: NextStep;
}

/**
 * Content that the law prescribes for a consumer (legal.md §1.2 and §2.1). `costs` is the exact amount that will be
 * claimed; `lastDay` the last day of the term as computed by law/computeTerm: `payBy` may not lie before it.
 */
export type LegalNotice =
  | { readonly regime: 'nl-consumer'; readonly costs: Money; readonly lastDay: BusinessDate }
  | {
      readonly regime: 'be-consumer';
      readonly costs: Money;
      readonly channel: 'post' | 'email';
      readonly lastDay: BusinessDate;
      readonly interest: boolean;
    };

export interface MessageInput {
  readonly template: MessageTemplate;
  readonly sender: HouseStyle;
  readonly debtor: MessageDebtor;
  /** Default `email`. A letter says "write to …" where an e-mail says "reply". */
  readonly channel?: 'email' | 'letter';
  readonly level: number;
  readonly lines: readonly MessageLine[];
  readonly totals: MessageTotals;
  readonly dates: MessageDates;
  /** OGM, RF reference, Dutch payment reference, or free text (≤ 140). */
  readonly paymentReference: string;
  readonly portalUrl?: string;
  readonly legal?: LegalNotice;
}

/** The message in pieces, in the order of reading: the same for mail, letter and portal. */
export type MessageBlock =
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'legal'; readonly text: string }
  | { readonly type: 'payment'; readonly payment: PaymentBlock }
  | { readonly type: 'invoices'; readonly table: InvoiceTable };

export interface PaymentBlock {
  readonly amount: string;
  /** "Te betalen uiterlijk op 29 november 2026" */
  readonly when: string;
  readonly details: readonly { readonly label: string; readonly value: string }[];
  readonly scanHint: string;
  readonly button?: { readonly label: string; readonly url: string };
}

export interface InvoiceTable {
  readonly headings: { readonly invoice: string; readonly due: string; readonly amount: string };
  readonly rows: readonly InvoiceRow[];
  readonly sums: readonly { readonly label: string; readonly value: string; readonly strong: boolean }[];
}

export interface InvoiceRow {
  readonly title: string;
  readonly subtitle: string;
  readonly due: string;
  readonly late?: string;
  readonly open: string;
  /** "Bedrag € 500,00, al ontvangen € 200,00" when part has been paid. */
  readonly received?: string;
}

export interface RenderedMessage {
  readonly subject: string;
  readonly preheader: string;
  readonly html: string;
  readonly text: string;
  readonly blocks: readonly MessageBlock[];
  readonly language: MessageLanguage;
  /** Absent when there is nothing a SEPA transfer can pay (another currency than EUR). Encode with `qrPng`. */
  readonly epcPayload?: string;
}

/** The content id under which the HTML refers to the QR image. */
export const QR_CONTENT_ID = 'payment-qr@openpost';
