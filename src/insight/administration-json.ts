import type { CurrencyCode, MoneyJson } from '../kernel/index.js';
import { moneyOf } from '../ledger/index.js';
import { toOpenFigures, type OpenRow } from './overview-json.js';

/** An administration with what the overview says about it, as `overview.repository.ts` reads it. */
export interface AdministrationRow {
  readonly id: string;
  readonly connection_id: string;
  readonly connector: string;
  readonly source_id: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly country: string;
  readonly time_zone: string;
  readonly enabled: boolean;
  readonly first_loaded_at: Date | null;
  readonly last_good_pull_at: Date | null;
  readonly debtor_count: number;
  readonly quarantined: number;
  readonly last_sync: SyncRow | null;
  readonly tie_outs: readonly TieOutRow[] | null;
}

interface SyncRow {
  readonly id: string;
  readonly kind: string;
  readonly trigger: string;
  readonly state: string;
  readonly objects: readonly { readonly read?: number; readonly total?: number | null }[];
  readonly error_kind: string | null;
  readonly error_message: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

interface TieOutRow {
  readonly currency: CurrencyCode;
  readonly difference: string;
  readonly same_count: boolean;
  readonly checked_at: string;
}

export interface AdministrationSummary {
  readonly id: string;
  readonly openAmount: MoneyJson;
  readonly overdueAmount: MoneyJson;
  readonly [field: string]: unknown;
}

export function toAdministrationSummary(
  row: AdministrationRow,
  open: readonly OpenRow[],
  receivableCount: number,
): AdministrationSummary {
  const figures = toOpenFigures(
    open.filter(({ administration_id }) => administration_id === row.id),
    row.currency,
  );
  return {
    id: row.id,
    connectionId: row.connection_id,
    connector: row.connector,
    sourceId: row.source_id,
    name: row.name,
    currency: row.currency,
    country: row.country,
    enabled: row.enabled,
    lastSync: row.last_sync === null ? null : toSyncSummary(row.last_sync, row.id),
    lastGoodPullAt: row.last_good_pull_at,
    tieOut: toTieOut(row.tie_outs ?? [], row.currency),
    openAmount: figures.open,
    overdueAmount: figures.overdue,
    debtorCount: row.debtor_count,
    receivableCount,
    quarantined: row.quarantined,
    firstLoadedAt: row.first_loaded_at,
  };
}

/** The last pull in short; its pace is on the administration's own page. */
function toSyncSummary(row: SyncRow, administrationId: string): object {
  const done = row.objects.reduce((sum, { read }) => sum + (read ?? 0), 0);
  const finished = row.finished_at !== null;
  return {
    id: row.id,
    administrationId,
    kind: row.kind,
    trigger: row.trigger,
    state: row.state,
    startedAt: instant(row.started_at),
    finishedAt: instant(row.finished_at),
    createdAt: instant(row.created_at),
    progress: { done, total: finished ? done : null, ratePerSecond: null, secondsLeft: finished ? 0 : null },
    error: row.error_kind === null ? null : { kind: row.error_kind, message: row.error_message ?? '' },
  };
}

/** Whether our open items equal the source's own list: in number and, per currency, to the cent. */
function toTieOut(rows: readonly TieOutRow[], main: CurrencyCode): object {
  const [first] = rows;
  if (first === undefined) return { state: 'unchecked', difference: null, checkedAt: null };
  const differing = rows.filter((row) => row.difference !== '0' || !row.same_count);
  const shown = differing.find(({ currency }) => currency === main) ?? differing[0];
  return {
    state: shown === undefined ? 'ties-out' : 'differs',
    difference: shown === undefined ? moneyOf(0, main) : moneyOf(shown.difference, shown.currency),
    checkedAt: instant(first.checked_at),
  };
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
