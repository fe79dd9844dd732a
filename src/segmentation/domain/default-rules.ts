import type { SegmentRule } from './types.js';

/**
 * The rules of a new administration, in order. Special comes first because no behaviour changes how such a debtor
 * must be treated; new comes before the risks because two invoices say nothing.
 */
export const DEFAULT_SEGMENT_RULES: readonly SegmentRule[] = [
  {
    id: 'special',
    name: 'Special',
    color: '#7c3aed',
    match: 'any',
    when: [
      { field: 'blocked', op: '=', value: true },
      { field: 'publicBody', op: '=', value: true },
      { field: 'intercompany', op: '=', value: true },
      { field: 'directDebit', op: '=', value: true },
    ],
  },
  { id: 'new', name: 'New', color: '#64748b', when: [{ field: 'paidCount', op: '<', value: 3 }] },
  {
    id: 'high-risk',
    name: 'High risk',
    color: '#b91c1c',
    match: 'any',
    when: [
      { field: 'amountWeightedDaysLate', op: '>', value: 14 },
      { field: 'shareOnTimeByAmount', op: '<', value: 0.4 },
      { field: 'oldestOverdueDays', op: '>', value: 60 },
    ],
  },
  {
    id: 'low-risk',
    name: 'Low risk',
    color: '#15803d',
    when: [
      { field: 'amountWeightedDaysLate', op: '<=', value: 2 },
      { field: 'shareOnTimeByAmount', op: '>=', value: 0.9 },
      { field: 'oldestOverdueDays', op: '<=', value: 14 },
      { field: 'trend', op: '!=', value: 'worsening' },
    ],
  },
  { id: 'normal', name: 'Normal', color: '#0f766e', when: [] },
];
