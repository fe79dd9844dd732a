import type { ManagedPart } from '../../connectors/contract/index.js';
import { rowOf, type Transaction } from '../../persistence/index.js';

/** Adds a line to the history of a write-back. */
export async function addAttempt(
  transaction: Transaction,
  writeback: { id: string; firmId: string },
  { outcome, kind, detail }: { outcome: string; kind: string | null; detail: string },
): Promise<void> {
  await transaction.query(
    `insert into writeback_attempt (firm_id, writeback_id, outcome, error_kind, detail) values ($1, $2, $3, $4, $5)`,
    [writeback.firmId, writeback.id, outcome, kind, detail],
  );
}

/** Where a part of ours stands: in a field of one debtor. */
export interface PartPlace {
  readonly firmId: string;
  readonly administrationId: string;
  readonly debtorId: string | null;
}

/** Remembers what we left in a field that people write in too. What was found there first is kept for ever. */
export async function keepPart(
  transaction: Transaction,
  { firmId, administrationId, debtorId }: PartPlace,
  { part, left, found }: { part: string; left: string; found: string | null },
): Promise<void> {
  if (debtorId === null) return;
  await transaction.query(
    `insert into writeback_part as p (administration_id, debtor_id, part, firm_id, left_text, found_text) values ($1, $2, $3, $4, $5, $6)
     on conflict (administration_id, debtor_id, part) do update set left_text = excluded.left_text,
       found_text = coalesce(p.found_text, excluded.found_text), updated_at = now()`,
    [administrationId, debtorId, part, firmId, left, found],
  );
}

/** What is remembered of a part, with what a person decided about it. */
export async function findPart(
  transaction: Transaction,
  { administrationId, debtorId }: PartPlace,
  { part, resolution }: { part: string; resolution: { seen: string; restore: boolean } | null },
): Promise<ManagedPart> {
  const row = await rowOf<{ left: string; found: string | null }>(
    transaction,
    `select left_text as left, found_text as found from writeback_part where administration_id = $1 and debtor_id = $2 and part = $3`,
    [administrationId, debtorId, part],
  );
  const { seen = null, restore = false } = resolution ?? {};
  return { left: row?.left ?? null, found: row?.found ?? null, seen, restore };
}
