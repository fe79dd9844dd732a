import { hash } from 'node:crypto';

/**
 * PURE. Our identifier of a source's record: a UUID (version 8, RFC 9562) made of the administration, the table and the
 * source's own id. So a record is found by its primary key, whatever the planner's statistics know of a new
 * administration; looking it up by (administration, source id) read whole administrations per row when they were old.
 */
export function bookId(administrationId: string, table: 'debtor' | 'receivable', sourceId: string): string {
  const digest = hash('sha256', `${administrationId}/${table}/${sourceId}`, 'hex');
  const variant = '89ab'[Number.parseInt(digest[16]!, 16) & 3]!;
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
