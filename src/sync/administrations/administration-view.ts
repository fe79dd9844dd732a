import { formatMinor, type MoneyJson } from '../../kernel/index.js';
import { toSyncView, type SyncRow, type SyncView } from '../pull/index.js';
import { inFull } from '../writeback-choices.js';
import { houseStyleFor } from './administration-defaults.js';
import type { AdministrationRow, TieOutRow } from './administration.repository.js';

type TieOut = {
  readonly state: 'ties-out' | 'differs' | 'unchecked';
  readonly difference: MoneyJson | null;
  readonly checkedAt: string | null;
};

/** PURE. An administration as the API shows it. */
export function toAdministrationView(row: AdministrationRow, now: Date): object {
  const { open, overdue, dunningSettings, writebackChoices, tieOut, lastSync, ...rest } = row;
  const inOwnCurrency = (minor: string): MoneyJson => moneyOf(BigInt(minor), row.currency);
  return {
    ...rest,
    houseStyle: { ...houseStyleFor(row.name), ...row.houseStyle },
    writebackChoices: inFull({ note: true, document: true, ...writebackChoices }),
    dunning: { automatic: false, maxStalenessMinutes: null, ...dunningSettings },
    lastSync: lastSync === null ? null : toSync(lastSync, now),
    lastGoodPullAt: row.lastGoodPullAt?.toISOString() ?? null,
    firstLoadedAt: row.firstLoadedAt?.toISOString() ?? null,
    tieOut: judgeTieOut(tieOut),
    openAmount: inOwnCurrency(open),
    overdueAmount: inOwnCurrency(overdue),
  };
}

/** PURE. To the cent and to the item, per debtor in every currency; the difference is ours minus theirs, of the first that differs. */
export function judgeTieOut(rows: readonly TieOutRow[]): TieOut {
  const [first] = rows;
  if (first === undefined) return { state: 'unchecked', difference: null, checkedAt: null };
  const checkedAt = new Date(first.checkedAt).toISOString();
  const wrong = rows.find(
    (row) => row.differingDebtors > 0 || row.sourceCount !== row.ourCount || row.sourceOpen !== row.ourOpen,
  );
  if (wrong === undefined) return { state: 'ties-out', difference: null, checkedAt };
  const difference = moneyOf(BigInt(wrong.ourOpen) - BigInt(wrong.sourceOpen), wrong.currency);
  return { state: 'differs', difference, checkedAt };
}

function moneyOf(minor: bigint, currency: string): MoneyJson {
  return { amount: formatMinor(minor, currency), currency };
}

function toSync(stored: Record<keyof SyncRow, unknown>, now: Date): SyncView {
  const instant = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);
  const row = {
    ...stored,
    notBefore: instant(stored.notBefore),
    createdAt: instant(stored.createdAt),
    startedAt: instant(stored.startedAt),
    finishedAt: instant(stored.finishedAt),
  };
  return toSyncView(row as SyncRow, now);
}
