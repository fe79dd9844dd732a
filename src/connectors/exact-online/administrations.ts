import { isRecord, type JsonRecord } from '../../kernel/index.js';
import type { SourceAdministration } from '../../ledger/domain/index.js';
import { SourceError, type CheckResult, type ConnectorContext } from '../contract/index.js';
import { listPath, readAll, readPage } from './client.js';
import { DIVISION_FIELDS, ME_FIELDS } from './wire.js';
import { readText } from './wire-values.js';

/** Who is connected and which divisions the consent reaches, across licences. Inactive and archived ones are left out. */
export async function check(context: ConnectorContext): Promise<CheckResult> {
  const { rows } = await readPage(context, `/api/v1/current/Me?$select=${ME_FIELDS.join(',')}`);
  const me = rows[0];
  // Only the way in to the list: it follows the user's clicks and is never used for anything else.
  const division = isRecord(me) ? readText(me, 'CurrentDivision') : null;
  if (!isRecord(me) || division === null)
    throw new SourceError('contract_changed', 'current/Me does not name a division.');
  const divisions = await readAll(context, listPath(division, 'system/Divisions', { select: DIVISION_FIELDS }));
  const user = readText(me, 'FullName') ?? readText(me, 'UserName') ?? readText(me, 'Email') ?? 'unknown';
  return { user, administrations: divisions.map(toAdministration).filter((each) => each !== null) };
}

const ACTIVE = 1;

/** Exact regenerates every row version when one of these dates changes: whoever sees it change reads everything again. */
const REBASE_MARKERS = ['DivisionMoveDate', 'DivisionHRLinkUnlinkDate'] as const;

/** PURE. null: not a division in use. */
export function toAdministration(row: unknown): SourceAdministration | null {
  if (!isRecord(row) || row['Status'] !== ACTIVE || readText(row, 'ArchiveDate') !== null) return null;
  const sourceId = readText(row, 'Code');
  if (sourceId === null) return null;
  const notice = noticeOf(row);
  return {
    sourceId,
    name: readText(row, 'Description') ?? sourceId,
    country: readText(row, 'Country')?.toUpperCase() ?? null,
    currency: readText(row, 'Currency')?.toUpperCase() ?? null,
    rebaseMarkers: Object.fromEntries(REBASE_MARKERS.map((name) => [name, readText(row, name)])),
    ...(notice === null ? {} : { notice }),
  };
}

const BLOCKED: Readonly<Record<number, string>> = {
  1: 'a backup or restore is under way',
  2: 'a conversion is under way',
  3: 'a conversion is being prepared',
  4: 'a conversion is waiting',
  5: 'its data are waiting to be copied',
  6: 'its data are being copied',
};

function noticeOf(row: JsonRecord): string | null {
  const status = row['BlockingStatus'];
  if (typeof status !== 'number' || status === 0) return null;
  return `Exact Online has blocked this administration: ${BLOCKED[status] ?? `status ${status}`}.`;
}
