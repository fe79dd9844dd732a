import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';
import type { DebtorFacts, ProfileReceivable } from './domain/index.js';

/** A debtor with all its receivables, ready for the pure rules. */
export interface DebtorBehaviour {
  readonly debtorId: string;
  readonly facts: DebtorFacts;
  readonly receivables: readonly ProfileReceivable[];
}

/** A row of `debtor_profile`, in the words of that table. */
export interface ProfileRow {
  readonly debtor_id: string;
  readonly as_of: BusinessDate;
  readonly profile: object;
  readonly segment_id: string;
  readonly segment_name: string;
  readonly reason: string;
  readonly reason_code: string;
  readonly facts: object;
  readonly ruleset_version: number;
}

interface DebtorRow {
  readonly id: string;
  readonly blocked: boolean;
  readonly direct_debit: boolean;
  readonly kind: 'business' | 'consumer';
  readonly country: string | null;
  readonly segment_override: string | null;
}

interface ReceivableRow {
  readonly debtor_id: string;
  readonly kind: ProfileReceivable['kind'];
  readonly currency: string;
  readonly amount: string;
  readonly open_amount: string;
  readonly invoice_date: BusinessDate;
  readonly due_date: BusinessDate;
  readonly settled_on: BusinessDate | null;
}

const DEBTOR_COLUMNS = `id, blocked_in_ledger as blocked, direct_debit, coalesce(kind_override, kind) as kind, country, segment_override`;

/** Reads the books a batch of debtors at a time and writes what followed from them. */
@Injectable()
export class ProfileRepository {
  /**
   * Whoever computes profiles holds this lock while reading and writing: a slow reader can then never overwrite what a
   * later one wrote from newer books or newer rules. Ends with the transaction.
   */
  async lock(transaction: Transaction, administrationId: string): Promise<void> {
    await transaction.query(`select pg_advisory_xact_lock(hashtextextended('segments of ' || $1, 0))`, [
      administrationId,
    ]);
  }

  /** The next debtors of an administration after an id (null = from the start), with their receivables. */
  async nextBatch(
    transaction: Transaction,
    administrationId: string,
    { after, size }: { after: string | null; size: number },
  ): Promise<DebtorBehaviour[]> {
    const debtors = (await transaction.query(
      `select ${DEBTOR_COLUMNS} from debtor
        where administration_id = $1 and deleted_at is null and ($2::uuid is null or id > $2) order by id limit $3`,
      [administrationId, after, size],
    )) as DebtorRow[];
    return withReceivables(transaction, debtors);
  }

  /** Certain debtors of an administration; what is not one of its debtors is left out. */
  async batchOf(
    transaction: Transaction,
    administrationId: string,
    ids: readonly string[],
  ): Promise<DebtorBehaviour[]> {
    const debtors = (await transaction.query(
      `select ${DEBTOR_COLUMNS} from debtor where administration_id = $1 and id = any($2::uuid[])`,
      [administrationId, ids],
    )) as DebtorRow[];
    return withReceivables(transaction, debtors);
  }

  /** Writes the rows that differ from what is stored; returns how many those were. */
  async save(
    transaction: Transaction,
    owner: { firmId: string; administrationId: string },
    rows: readonly ProfileRow[],
  ): Promise<number> {
    if (rows.length === 0) return 0;
    const written = (await transaction.query(UPSERT, [
      JSON.stringify(rows),
      owner.firmId,
      owner.administrationId,
    ])) as unknown[];
    return written.length;
  }
}

const UPSERT = `
insert into debtor_profile as p (debtor_id, firm_id, administration_id, as_of, profile, segment_id, segment_name, reason,
                                 reason_code, facts, ruleset_version)
select n.debtor_id, $2, $3, n.as_of, n.profile, n.segment_id, n.segment_name, n.reason, n.reason_code, n.facts, n.ruleset_version
  from jsonb_to_recordset($1::jsonb) as n(debtor_id uuid, as_of date, profile jsonb, segment_id text, segment_name text,
                                          reason text, reason_code text, facts jsonb, ruleset_version integer)
    on conflict (debtor_id) do update
   set as_of = excluded.as_of, profile = excluded.profile, segment_id = excluded.segment_id, segment_name = excluded.segment_name,
       reason = excluded.reason, reason_code = excluded.reason_code, facts = excluded.facts,
       ruleset_version = excluded.ruleset_version, computed_at = now()
 where (p.as_of, p.profile, p.segment_id, p.segment_name, p.reason, p.reason_code, p.facts, p.ruleset_version)
       is distinct from (excluded.as_of, excluded.profile, excluded.segment_id, excluded.segment_name, excluded.reason,
                         excluded.reason_code, excluded.facts, excluded.ruleset_version)
returning p.debtor_id`;

async function withReceivables(transaction: Transaction, debtors: readonly DebtorRow[]): Promise<DebtorBehaviour[]> {
  const rows = (await transaction.query(
    `select debtor_id, kind, currency, amount, open_amount, invoice_date, due_date, settled_on from receivable
      where debtor_id = any($1::uuid[]) and deleted_at is null`,
    [debtors.map(({ id }) => id)],
  )) as ReceivableRow[];
  const byDebtor = new Map<string, ProfileReceivable[]>(debtors.map(({ id }) => [id, []]));
  for (const row of rows) byDebtor.get(row.debtor_id)?.push(toProfileReceivable(row));
  return debtors.map((debtor) => ({
    debtorId: debtor.id,
    facts: {
      blocked: debtor.blocked,
      directDebit: debtor.direct_debit,
      kind: debtor.kind,
      country: debtor.country,
      segmentOverride: debtor.segment_override,
    },
    receivables: byDebtor.get(debtor.id) ?? [],
  }));
}

function toProfileReceivable(row: ReceivableRow): ProfileReceivable {
  return {
    kind: row.kind,
    currency: row.currency,
    amount: BigInt(row.amount),
    open: BigInt(row.open_amount),
    invoiceDate: row.invoice_date,
    dueDate: row.due_date,
    settledOn: row.settled_on,
  };
}
