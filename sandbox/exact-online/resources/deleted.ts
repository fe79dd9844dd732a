import { DELETED_FIELDS } from '../fields/index.js';
import type { DeletedRecord } from '../store/index.js';
import { toWallMs } from '../wire/wall-time.js';
import { derivedGuid } from '../wire/values.js';
import { defineResource, type Context } from './resource.js';
import { stamps } from './stamps.js';

export const DELETED_ENTITY = { account: 2, attachment: 4, document: 6, paymentTerm: 10 } as const;

/** The log is kept two months; a client that stays away longer has to read everything again. */
const HORIZON_MONTHS = 2;

function horizon(now: number): number {
  const date = new Date(now);
  return date.setUTCMonth(date.getUTCMonth() - HORIZON_MONTHS);
}

export const deleted = defineResource<DeletedRecord>({
  path: 'sync/Deleted',
  typeName: 'Exact.Web.Api.Models.Sync.Deleted',
  fields: DELETED_FIELDS,
  key: 'Timestamp',
  pageSize: 1_000,
  scope: 'organization.administration',
  rows: ({ division, now }) => division.deleted.byVersion().filter((row) => row.created >= horizon(now)),
  values: {
    Timestamp: (row) => row.timestamp,
    DeletedBy: stamps['Creator']!,
    DeletedDate: (row) => toWallMs(row.created),
    Division: stamps['Division']!,
    EntityKey: (row) => row.record.entityKey,
    EntityType: (row) => row.record.entityType,
    ID: (row) => row.key,
  },
  filter: { only: ['Timestamp', 'EntityType'] },
  noSkip: true,
  orderBy: ['Timestamp'],
});

export function recordDeletion(
  { division, now }: Pick<Context, 'division' | 'now'>,
  entityType: number,
  entityKey: string,
): void {
  division.deleted.put(derivedGuid(entityKey, `deleted ${entityType} ${now}`), { entityType, entityKey }, { now });
}
