import type { Money } from './common';

export interface TieOutSide {
  count: number;
  open: Money;
}

interface Beside {
  currency: string;
  ours: TieOutSide;
  theirs: TieOutSide;
  /** Ours minus theirs. */
  difference: Money;
}

export interface TieOutCurrency extends Beside {
  differingDebtors: number;
}

export interface TieOutLine {
  kind: 'missing-here' | 'missing-there' | 'amount-differs';
  invoiceNumber: string | null;
  sourceId: string | null;
  receivableId: string | null;
  ours: Money | null;
  theirs: Money | null;
}

export interface TieOutDebtor extends Beside {
  debtor: { id: string | null; sourceId: string; name: string | null };
  differs: boolean;
  lineCount: number;
  lines: TieOutLine[];
}

export interface TieOutSummary {
  id: string;
  checkedAt: string;
  state: 'ties-out' | 'differs';
  differingDebtors: number;
  currencies: TieOutCurrency[];
}

/** One comparison with the source's own list, and those before it. */
export interface TieOutCheck {
  possible: boolean;
  checkId: string | null;
  state: 'ties-out' | 'differs' | 'unchecked';
  checkedAt: string | null;
  nextCheckAt: string | null;
  running: boolean;
  differingDebtors: number;
  currencies: TieOutCurrency[];
  items: TieOutDebtor[];
  nextCursor: string | null;
  history: TieOutSummary[];
}
