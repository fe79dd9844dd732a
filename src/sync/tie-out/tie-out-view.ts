import { formatMinor, type MoneyJson } from '../../kernel/index.js';
import type { LineKind } from './match-lines.js';

/** One currency, or one debtor in one currency, on both sides. */
export interface BesideRow {
  readonly currency: string;
  readonly ourCount: number;
  readonly ourOpen: string;
  readonly sourceCount: number;
  readonly sourceOpen: string;
}

export interface TotalRow extends BesideRow {
  readonly differingDebtors: number;
  readonly checkedAt: Date;
  readonly checkId: string;
}

export interface DebtorRow extends BesideRow {
  readonly debtorSourceId: string;
  readonly debtorId: string | null;
  readonly name: string | null;
  readonly differs: boolean;
  readonly lineCount: number;
  readonly size: string;
}

export interface LineRow {
  readonly debtorSourceId: string;
  readonly currency: string;
  readonly kind: LineKind;
  readonly invoiceNumber: string | null;
  readonly sourceId: string | null;
  readonly receivableId: string | null;
  readonly ourOpen: string | null;
  readonly sourceOpen: string | null;
}

type State = 'ties-out' | 'differs';

interface CheckView {
  readonly id: string;
  readonly checkedAt: string;
  readonly state: State;
  readonly differingDebtors: number;
  readonly currencies: readonly object[];
}

/** PURE. Both sides and ours minus theirs. */
export function besideJson(row: BesideRow): { ours: object; theirs: object; difference: MoneyJson } {
  const money = (minor: bigint): MoneyJson => ({ amount: formatMinor(minor, row.currency), currency: row.currency });
  return {
    ours: { count: row.ourCount, open: money(BigInt(row.ourOpen)) },
    theirs: { count: row.sourceCount, open: money(BigInt(row.sourceOpen)) },
    difference: money(BigInt(row.ourOpen) - BigInt(row.sourceOpen)),
  };
}

/** PURE. Checks with their totals per currency, in the order of the rows. */
export function checksOf(rows: readonly TotalRow[]): CheckView[] {
  const ids = [...new Set(rows.map(({ checkId }) => checkId))];
  return ids.map((id) => {
    const totals = rows.filter(({ checkId }) => checkId === id);
    const differingDebtors = totals.reduce((sum, row) => sum + row.differingDebtors, 0);
    return {
      id,
      checkedAt: totals[0]!.checkedAt.toISOString(),
      state: differingDebtors > 0 ? 'differs' : 'ties-out',
      differingDebtors,
      currencies: totals.map((row) => ({
        currency: row.currency,
        ...besideJson(row),
        differingDebtors: row.differingDebtors,
      })),
    };
  });
}

/** PURE. A debtor with the lines that differ. */
export function debtorJson(row: DebtorRow, lines: readonly LineRow[]): object {
  const own = lines.filter((line) => line.debtorSourceId === row.debtorSourceId && line.currency === row.currency);
  return {
    debtor: { id: row.debtorId, sourceId: row.debtorSourceId, name: row.name },
    currency: row.currency,
    differs: row.differs,
    ...besideJson(row),
    lineCount: row.lineCount,
    lines: own.map(lineJson),
  };
}

function lineJson({ currency, ourOpen, sourceOpen, ...line }: LineRow): object {
  const money = (minor: string | null): MoneyJson | null =>
    minor === null ? null : { amount: formatMinor(BigInt(minor), currency), currency };
  return {
    kind: line.kind,
    invoiceNumber: line.invoiceNumber,
    sourceId: line.sourceId,
    receivableId: line.receivableId,
    ours: money(ourOpen),
    theirs: money(sourceOpen),
  };
}
