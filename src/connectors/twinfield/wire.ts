/** One row of a browse: its key and its cells by field, without the prefix `fin.trs.`. Everything is text. */
export interface BrowseRow {
  readonly key: { readonly office: string; readonly code: string; readonly number: string; readonly line: string };
  readonly cells: Readonly<Record<string, string>>;
}

/** A transaction that is gone (DeletedTransactions, "DeletedTransaction"). Who did it is not kept. */
export interface DeletedTransaction {
  readonly daybook: string;
  readonly number: string;
  readonly deletedAt: string;
}

/** A line that went with a deleted transaction: which lines it had is not told, so they are counted up. */
export interface DeletedLine extends DeletedTransaction {
  readonly line: number;
}

/** Browse code 100, "customer transactions": every line of the debtors' ledger, from every daybook. */
export const CUSTOMER_TRANSACTIONS = '100';

/**
 * The columns of browse 100 that are read. All are asked for as visible, because a hidden one is left out of the answer
 * without a word, and `valuesigned`, `openvaluesigned` and `curcode` are hidden when not asked for.
 */
export const COLUMNS = [
  'head.yearperiod',
  'head.code',
  'head.number',
  'head.status',
  'head.date',
  'head.curcode',
  'line.dim2',
  'line.valuesigned',
  'line.basevaluesigned',
  'line.openvaluesigned',
  'line.openbasevaluesigned',
  'line.invnumber',
  'line.datedue',
  'line.matchstatus',
  'line.matchnumber',
  'line.matchdate',
  'line.modified',
] as const;
export type Column = (typeof COLUMNS)[number];

/** A filter on a column: equal to one value, or between two. */
export type Filter = readonly [string] | readonly [string, string];
export type Filters = Readonly<Partial<Record<Column, Filter>>>;
