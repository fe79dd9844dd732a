import type { BudgetSeen, SourceRequest, SourceResponse } from './http.js';

/** What one call is counted as, in the source's own bookkeeping of limits. */
export interface CallCost {
  /** The administration in the source's words; null when the call belongs to no administration. */
  readonly administration: string | null;
  /** What the source counts errors by: a path without administration and keys. */
  readonly endpoint: string;
  /** Units of the budgets of calls: 0 when the source does not count it. */
  readonly units: number;
}

/** How a source counts. PURE, both of them; the engine keeps the books, for all processes together. */
export interface CallMeter {
  cost(request: SourceRequest): CallCost;
  /** What an answer's headers say is left; of a refusal too. */
  seen(response: SourceResponse, now: Date): readonly BudgetSeen[];
}
