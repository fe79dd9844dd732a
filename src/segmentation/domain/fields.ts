import type { BehaviourProfile, DebtorFacts, SegmentField } from './types.js';

export type FieldKind = 'number' | 'amount' | 'flag' | 'text';

export interface FieldRule {
  readonly kind: FieldKind;
  /** Completes a sentence: "the oldest overdue day count is 41". */
  readonly label: string;
  /** The debtor's value; null when there is nothing to measure, and then no condition on it holds. */
  readonly read: (profile: BehaviourProfile, facts: DebtorFacts) => number | bigint | boolean | string | null;
}

/** What a segment rule can ask about. */
export const FIELD_RULES: Readonly<Record<SegmentField, FieldRule>> = {
  blocked: { kind: 'flag', label: 'blocked in the ledger', read: (_, facts) => facts.blocked ?? false },
  publicBody: { kind: 'flag', label: 'a public body', read: (_, facts) => facts.publicBody ?? false },
  intercompany: { kind: 'flag', label: 'part of the own group', read: (_, facts) => facts.intercompany ?? false },
  directDebit: { kind: 'flag', label: 'on direct debit', read: (_, facts) => facts.directDebit ?? false },
  kind: { kind: 'text', label: 'the kind of debtor', read: (_, facts) => facts.kind ?? null },
  country: { kind: 'text', label: 'the country', read: (_, facts) => facts.country ?? null },
  paidCount: { kind: 'number', label: 'the number of paid invoices', read: (profile) => profile.paidCount },
  paidAmount: { kind: 'amount', label: 'the amount paid', read: (profile) => profile.paidAmount },
  amountWeightedDaysLate: {
    kind: 'number',
    label: 'the average days late, weighted by amount,',
    read: (profile) => profile.amountWeightedDaysLate,
  },
  medianDaysLate: { kind: 'number', label: 'the median of the days late', read: (profile) => profile.medianDaysLate },
  shareOnTimeByCount: {
    kind: 'number',
    label: 'the share of invoices paid on time',
    read: (profile) => profile.shareOnTimeByCount,
  },
  shareOnTimeByAmount: {
    kind: 'number',
    label: 'the share of the amount paid on time',
    read: (profile) => profile.shareOnTimeByAmount,
  },
  trend: { kind: 'text', label: 'the trend', read: (profile) => profile.trend.direction },
  openAmount: { kind: 'amount', label: 'the open amount', read: (profile) => profile.openAmount },
  overdueAmount: { kind: 'amount', label: 'the overdue amount', read: (profile) => profile.overdueAmount },
  overdueCount: { kind: 'number', label: 'the number of overdue invoices', read: (profile) => profile.overdueCount },
  oldestOverdueDays: {
    kind: 'number',
    label: 'the number of days that the oldest invoice is overdue',
    read: (profile) => profile.oldestOverdueDays,
  },
  turnover: { kind: 'amount', label: 'the turnover', read: (profile) => profile.turnover },
};
