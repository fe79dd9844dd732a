import { isRecord } from '../../kernel/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import { SourceError, Unreadable, type ConnectorContext, type Page, type PullRequest } from '../contract/index.js';
import { listPath, readPage, type WirePage } from './client.js';
import { advance, parseListPosition, parseSyncPosition, restart, type SyncPosition } from './position.js';
import {
  ACCOUNT_FIELDS,
  DELETED_FIELDS,
  PAYMENT_TERM_FIELDS,
  RECEIVABLES_LIST_FIELDS,
  type SignedListRow,
} from './wire.js';
import { readInt64, readText } from './wire-values.js';

type SyncObject = Exclude<LedgerObject, 'open-items'>;

const SYNC = {
  debtors: { resource: 'sync/CRM/Accounts', select: ACCOUNT_FIELDS },
  receivables: { resource: 'sync/Cashflow/PaymentTerms', select: PAYMENT_TERM_FIELDS },
  deletions: { resource: 'sync/Deleted', select: DELETED_FIELDS },
} as const satisfies Record<SyncObject, { resource: string; select: readonly string[] }>;

const OPEN_ITEMS = 'read/financial/ReceivablesList';

/** One page of an object: exactly one call. Exact fixes the page size, so `limit` does not matter. */
export function pull(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const { object } = request;
  return object === 'open-items' ? pullList(context, request) : pullChanges(context, { ...request, object });
}

async function pullChanges(
  context: ConnectorContext,
  request: PullRequest & { readonly object: SyncObject },
): Promise<Page> {
  const position = parseSyncPosition(request.position, request.administration);
  const page = await readOrNull(context, position.next ?? freshPath(request, position), position.next !== null);
  // The token was refused: this page is empty and the next one starts the walk again where the last whole one ended.
  if (page === null) return { records: [], next: restart(position), more: true, total: null, budgets: [] };
  const next = advance(position, versionsOf(page.rows), page.next);
  return { records: page.rows, next, more: page.next !== null, total: null, budgets: page.budgets };
}

/** On sync endpoints only Timestamp may be filtered; the `L` makes it a 64-bit number. */
function freshPath(request: PullRequest & { readonly object: SyncObject }, { after }: SyncPosition): string {
  const { resource, select } = SYNC[request.object];
  return listPath(request.administration, resource, { select, filter: `Timestamp gt ${after}L` });
}

/** null when a `$skiptoken` from before is no longer understood; a fresh query that is refused is thrown. */
async function readOrNull(context: ConnectorContext, path: string, isResumed: boolean): Promise<WirePage | null> {
  try {
    return await readPage(context, path);
  } catch (error) {
    const isRefused = error instanceof SourceError && error.kind === 'contract_changed' && error.status !== null;
    if (isResumed && isRefused) return null;
    throw error;
  }
}

/** A row whose Timestamp cannot be read ends up as rejected; it must not move our place. */
function versionsOf(rows: readonly unknown[]): readonly bigint[] {
  return rows.flatMap((row) => {
    try {
      return isRecord(row) ? [readInt64(row, 'Timestamp')] : [];
    } catch (error) {
      if (error instanceof Unreadable) return [];
      throw error;
    }
  });
}

async function pullList(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const position = parseListPosition(request.position, request.administration);
  const path = position.next ?? listPath(request.administration, OPEN_ITEMS, { select: RECEIVABLES_LIST_FIELDS });
  const page = await readOrNull(context, path, position.next !== null);
  if (page === null) throw new SourceError('position_invalid', 'The list of open items has to be read from its start.');
  const sign = position.sign ?? signOf(page.rows);
  const records: readonly SignedListRow[] = page.rows.map((row) => ({ row, sign }));
  const next = { ...position, sign: page.next === null ? null : sign, next: page.next };
  return { records, next, more: page.next !== null, total: null, budgets: page.budgets };
}

/** The sign that most lines with an invoice number have: most open items are invoices. */
export function signOf(rows: readonly unknown[]): 1 | -1 {
  const lines = rows.filter((row) => isRecord(row) && readText(row, 'InvoiceNumber') !== null);
  const negative = lines.filter((row) => isRecord(row) && Number(row['Amount']) < 0).length;
  return negative * 2 > lines.length ? -1 : 1;
}
