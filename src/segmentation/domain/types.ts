import type { BusinessDate, CurrencyCode } from '../../kernel/index.js';

/** What a profile needs to know of one receivable. Amounts in minor units; credits may carry either sign. */
export interface ProfileReceivable {
  readonly kind: 'invoice' | 'credit-note' | 'payment';
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  readonly open: bigint;
  readonly invoiceDate?: BusinessDate | null;
  readonly dueDate?: BusinessDate | null;
  /** The day on which nothing was open any more. */
  readonly settledOn?: BusinessDate | null;
  /** The latest payment, also when something is still open. */
  readonly lastPaymentOn?: BusinessDate | null;
}

export interface ProfileOptions {
  /** Settled and invoiced within so many days up to and including the day of the profile. */
  readonly windowDays: number;
  /** The newest part of the window, which the trend compares with what came before. */
  readonly recentDays: number;
  /** Least change in days late that is a trend. */
  readonly trendDays: number;
  /** Settled receivables needed on both sides before there is a trend at all. */
  readonly trendMinimumCount: number;
}

export const TRENDS = ['improving', 'stable', 'worsening'] as const;

export interface Trend {
  readonly direction: (typeof TRENDS)[number];
  /** Amount-weighted days late of the newest part of the window and of the part before; null without enough data. */
  readonly recentDaysLate: number | null;
  readonly earlierDaysLate: number | null;
}

/**
 * How one debtor pays, from the receivables alone. Counts look at every currency; amounts and what is weighted by
 * them look at the main currency only, for currencies are never added up. Days late: paid after the due date, an
 * early payment counts as 0. Shares run from 0 to 1. Null where there is nothing to measure.
 */
export interface BehaviourProfile {
  readonly asOf: BusinessDate;
  readonly windowDays: number;
  /** The currency of most receivables; null without receivables. */
  readonly currency: CurrencyCode | null;
  /** Invoices settled within the window. */
  readonly paidCount: number;
  readonly paidAmount: bigint;
  readonly amountWeightedDaysLate: number | null;
  readonly medianDaysLate: number | null;
  readonly shareOnTimeByCount: number | null;
  readonly shareOnTimeByAmount: number | null;
  readonly trend: Trend;
  /** What is open, credits deducted. */
  readonly openAmount: bigint;
  /** Open invoices past their due date, credits not deducted. */
  readonly overdueAmount: bigint;
  readonly overdueCount: number;
  /** 0 when nothing is overdue. */
  readonly oldestOverdueDays: number;
  /** Invoiced within the window, credit notes deducted. */
  readonly turnover: bigint;
  readonly lastPaymentOn: BusinessDate | null;
}

/** What the ledger and people say about a debtor, beside the receivables. */
export interface DebtorFacts {
  readonly blocked?: boolean;
  readonly publicBody?: boolean;
  readonly intercompany?: boolean;
  readonly directDebit?: boolean;
  readonly kind?: 'business' | 'consumer' | null;
  readonly country?: string | null;
  /** The segment that a person chose; it wins over every rule that it names. */
  readonly segmentOverride?: string | null;
}

export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'in'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Amounts are decimal text in the debtor's main currency ("10000.00"). */
export type ConditionValue = number | string | boolean | readonly string[];

export interface SegmentCondition {
  readonly field: SegmentField;
  readonly op: Operator;
  readonly value: ConditionValue;
}

/** A segment and who is in it. Rules are tried in order, the first that matches wins; the last has no conditions. */
export interface SegmentRule {
  readonly id: string;
  readonly name: string;
  readonly color?: string;
  /** Whether `all` conditions must hold (the default) or `any` one is enough. */
  readonly match?: 'all' | 'any';
  readonly when: readonly SegmentCondition[];
}

export const SEGMENT_FIELDS = [
  'blocked',
  'publicBody',
  'intercompany',
  'directDebit',
  'kind',
  'country',
  'paidCount',
  'paidAmount',
  'amountWeightedDaysLate',
  'medianDaysLate',
  'shareOnTimeByCount',
  'shareOnTimeByAmount',
  'trend',
  'openAmount',
  'overdueAmount',
  'overdueCount',
  'oldestOverdueDays',
  'turnover',
] as const;
export type SegmentField = (typeof SEGMENT_FIELDS)[number];

export type SegmentReasonCode = 'CONDITIONS_MET' | 'DEFAULT_SEGMENT' | 'CHOSEN_BY_PERSON';

/** A condition that held, with the debtor's own value. JSON values only. */
export interface MetCondition extends SegmentCondition {
  readonly actual: number | string | boolean;
}

export interface SegmentDecision {
  readonly id: string;
  readonly name: string;
  /** A plain English sentence; the UI translates by code and facts. */
  readonly reason: string;
  readonly reasonCode: SegmentReasonCode;
  readonly facts: { readonly conditions: readonly MetCondition[]; readonly currency: CurrencyCode | null };
}
