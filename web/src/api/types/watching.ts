/** Records that a full pull did not see, and what became of them. */
export interface Sweep {
  id: string;
  administrationId: string;
  syncId: string;
  object: 'debtors' | 'receivables';
  /** How many the books held then. */
  live: number;
  missing: number;
  state: 'swept' | 'asked' | 'kept' | 'superseded';
  createdAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
  note: string | null;
}

/** Whether the source tells us of changes by itself. */
export interface Hints {
  state: 'unsupported' | 'pending' | 'active' | 'refused' | 'off';
  message: string | null;
  topics: string[];
  completeness: string | null;
  checkedAt: string | null;
  lostAt: string | null;
  heardAt: string | null;
  pullDueAt: string | null;
  pulledAt: string | null;
  counts: Record<string, number>;
}
