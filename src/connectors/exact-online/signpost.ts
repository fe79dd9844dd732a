import { isRecord } from '../../kernel/index.js';
import { SourceError, type ConnectorContext, type Position, type SignpostRequest } from '../contract/index.js';
import { callFunction } from './client.js';
import { positionAfter } from './position.js';
import { readText } from './wire-values.js';

const DAY_MS = 86_400_000;
/** Wall clocks and row versions are not exactly in step; a day or two read twice costs a page at most. */
const OVERLAP_DAYS = 2;

/**
 * Where the log of deletions stands: `read/sync/Sync/SyncTimestamp` answers the row version that goes with a moment.
 * The log holds two months of every kind of entity, articles and stock too, which a first load has no use for. Debtors
 * and receivables need no signpost: their sync endpoints give everything from version 1 on, in the order of versions,
 * so what changes during the load comes again at its end. null when Exact knows no version for the moment.
 */
export async function signpost(
  context: ConnectorContext,
  { administration, object }: SignpostRequest,
): Promise<Position | null> {
  if (object !== 'deletions') return null;
  const day = new Date(context.clock.now().getTime() - OVERLAP_DAYS * DAY_MS).toISOString().slice(0, 10);
  const answer = await callFunction(context, administration, {
    resource: 'read/sync/Sync/SyncTimestamp',
    query: { modified: { literal: `datetime'${day}T00:00:00'` }, endPoint: 'Deleted' },
  });
  const version = isRecord(answer) ? readText(answer, 'TimeStampAsBigInt') : null;
  if (version === null || !/^\d{1,19}$/.test(version))
    throw new SourceError('contract_changed', 'SyncTimestamp does not name a version.');
  return BigInt(version) > 0n ? positionAfter(BigInt(version)) : null;
}
