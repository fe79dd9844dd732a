import type { SourceAdministration } from '../../ledger/domain/index.js';
import { SourceError, type CheckResult, type ConnectorContext } from '../contract/index.js';
import { listPath, readAll, readPage } from './client.js';
import { DIVISION_FIELDS, ME_FIELDS } from './wire.js';
import { isWireRecord, readText, type WireRecord } from './wire-values.js';
import { hasRight } from './writeback.js';

/** Who is connected and which divisions the consent reaches, across licences. Inactive and archived ones are left out. */
export async function check(context: ConnectorContext): Promise<CheckResult> {
  const { rows } = await readPage(context, `/api/v1/current/Me?$select=${ME_FIELDS.join(',')}`);
  const me = rows[0];
  // Only the way in to the list: it follows the user's clicks and is never used for anything else.
  const division = isWireRecord(me) ? readText(me, 'CurrentDivision') : null;
  if (!isWireRecord(me) || division === null)
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
  if (!isWireRecord(row) || row['Status'] !== ACTIVE || readText(row, 'ArchiveDate') !== null) return null;
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

function noticeOf(row: WireRecord): string | null {
  const status = row['BlockingStatus'];
  if (typeof status !== 'number' || status === 0) return null;
  return `Exact Online has blocked this administration: ${BLOCKED[status] ?? `status ${status}`}.`;
}

interface Right {
  readonly object: string;
  readonly resource: string;
  readonly action: 'GET' | 'POST';
}

const RIGHTS: readonly Right[] = [
  { object: 'debtors', resource: 'sync/CRM/Accounts', action: 'GET' },
  { object: 'receivables', resource: 'sync/Cashflow/PaymentTerms', action: 'GET' },
  { object: 'deletions', resource: 'sync/Deleted', action: 'GET' },
  { object: 'open-items', resource: 'read/financial/ReceivablesList', action: 'GET' },
  { object: 'notes', resource: 'activities/CommunicationNotes', action: 'POST' },
  { object: 'documents', resource: 'documents/Documents', action: 'POST' },
  { object: 'documents', resource: 'documents/DocumentAttachments', action: 'POST' },
];

export interface RightSeen {
  readonly object: string;
  readonly allowed: boolean;
  readonly message: string | null;
}

/**
 * The user's rights per object: asked beforehand, because Exact answers a missing right with an empty list, which looks
 * like an administration without debtors. An endpoint that Exact does not know in this question is taken as allowed,
 * and the message says that it could not be checked.
 */
export async function rights(context: ConnectorContext, division: string): Promise<readonly RightSeen[]> {
  const seen = new Map<string, RightSeen>();
  for (const right of RIGHTS) {
    const answer = await rightOf(context, division, right);
    const known = seen.get(right.object);
    if (known === undefined || (known.allowed && !answer.allowed)) seen.set(right.object, answer);
  }
  return [...seen.values()];
}

async function rightOf(context: ConnectorContext, division: string, right: Right): Promise<RightSeen> {
  const { object, resource } = right;
  try {
    const allowed = await hasRight(context, division, right);
    const verb = right.action === 'GET' ? 'read' : 'write';
    return { object, allowed, message: allowed ? null : `The connected user may not ${verb} ${resource}.` };
  } catch (error) {
    if (!(error instanceof SourceError) || error.kind !== 'contract_changed') throw error;
    return { object, allowed: true, message: `Exact Online did not say whether the user may use ${resource}.` };
  }
}
