import { Injectable } from '@nestjs/common';
import type { FileRow, NamedRow } from '../../connectors/files/index.js';
import type { BusinessDate } from '../../kernel/index.js';
import { countOf, rowOf, rowsOf, type Transaction } from '../../persistence/index.js';

/** Whose books, and which import. */
export interface BookImport {
  readonly firmId: string;
  readonly administrationId: string;
  readonly version: string;
}

export type RowState = 'open' | 'settled' | 'refused';
export type StatedRow = NamedRow & { readonly state: RowState };

export interface KnownItem {
  readonly sourceId: string;
  readonly state: RowState | 'gone';
  readonly raw: FileRow;
}

const BATCH = 5_000;

const NEXT = `
insert into file_book as b (administration_id, firm_id, version) values ($1, $2, 1)
on conflict (administration_id) do update set version = b.version + 1 returning version::text`;

/** What a row says, without where it stood: a list in another order changes nothing. */
const SAID = (row: string): string => `(${row} - 'line' - 'file' - 'on')`;

/** A debtor from a list of debtors is not overwritten by what an open item happens to say of it. */
const UPSERT = `
insert into file_record as f (administration_id, object, source_id, firm_id, version, seen, state, raw)
select $1, $2, source_id, $3, $4::bigint, $4::bigint, state, raw from jsonb_to_recordset($5::jsonb) as r(source_id text, state text, raw jsonb)
on conflict (administration_id, object, source_id) do update set seen = excluded.seen, state = excluded.state,
  version = case when ${SAID('f.raw')} = ${SAID('excluded.raw')} and f.state = excluded.state then f.version else excluded.version end,
  raw = case when ${SAID('f.raw')} = ${SAID('excluded.raw')} then f.raw else excluded.raw end
where f.object = 'receivables' or f.raw ->> 'kind' <> 'debtors' or excluded.raw ->> 'kind' = 'debtors'`;

const OPEN = `select count(*)::int as number from file_record where administration_id = $1 and object = 'receivables' and state = 'open'`;

const SETTLE = `
update file_record set version = $2, state = case when state = 'open' then 'settled' else 'gone' end,
  raw = case when state = 'open' then raw || jsonb_build_object('settledOn', $3::text) else raw end
where administration_id = $1 and object = 'receivables' and seen < $2 and state in ('open', 'refused')`;

const DROP_REFUSED_DEBTORS = `
update file_record set version = $2, state = 'gone'
where administration_id = $1 and object = 'debtors' and seen < $2 and state = 'refused'`;

/** The other side's books, as far as files tell them. Every change of an import carries the import's version. */
@Injectable()
export class FileBooks {
  /** Begins an import: the next one of these books waits until this transaction ends. */
  async next(transaction: Transaction, owner: Omit<BookImport, 'version'>): Promise<BookImport> {
    const row = await rowOf<{ version: string }>(transaction, NEXT, [owner.administrationId, owner.firmId]);
    if (row === null) throw new Error('the insert answers a row');
    return { ...owner, version: row.version };
  }

  /** Adds and updates rows; one that says what is known already keeps its version. */
  async upsert(
    transaction: Transaction,
    { administrationId, firmId, version }: BookImport,
    { object, rows }: { object: 'debtors' | 'receivables'; rows: readonly StatedRow[] },
  ): Promise<void> {
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH).map(({ sourceId, state, row }) => ({ source_id: sourceId, state, raw: row })); // prettier-ignore
      await transaction.query(UPSERT, [administrationId, object, firmId, version, JSON.stringify(batch)]);
    }
  }

  async countOpen(transaction: Transaction, { administrationId }: BookImport): Promise<number> {
    const row = await rowOf<{ number: number }>(transaction, OPEN, [administrationId]);
    return row?.number ?? 0;
  }

  /** How many open items this import has not seen. */
  async countUnseen(transaction: Transaction, { administrationId, version }: BookImport): Promise<number> {
    const row = await rowOf<{ number: number }>(transaction, `${OPEN} and seen < $2`, [administrationId, version]);
    return row?.number ?? 0;
  }

  /** What a complete list no longer holds is settled; rows that were never understood go. Answers how many. */
  async settleUnseen(
    transaction: Transaction,
    { administrationId, version }: BookImport,
    on: BusinessDate,
  ): Promise<number> {
    return countOf(transaction, SETTLE, [administrationId, version, on]);
  }

  async dropRefusedDebtors(transaction: Transaction, { administrationId, version }: BookImport): Promise<void> {
    await transaction.query(DROP_REFUSED_DEBTORS, [administrationId, version]);
  }

  /** Receivables by invoice number. */
  async findItems(
    transaction: Transaction,
    administrationId: string,
    invoiceNumbers: readonly string[],
  ): Promise<KnownItem[]> {
    return rowsOf(
      transaction,
      `select source_id as "sourceId", state, raw from file_record
       where administration_id = $1 and object = 'receivables' and state in ('open', 'settled') and raw #>> '{values,invoiceNumber}' = any($2)`,
      [administrationId, invoiceNumbers],
    );
  }

  /** Writes changed items, without saying that a list held them. */
  async rewrite(
    transaction: Transaction,
    { administrationId, version }: BookImport,
    rows: readonly StatedRow[],
  ): Promise<void> {
    const json = JSON.stringify(rows.map(({ sourceId, state, row }) => ({ source_id: sourceId, state, raw: row })));
    await transaction.query(
      `update file_record f set raw = r.raw, state = r.state, version = $2
       from jsonb_to_recordset($3::jsonb) as r(source_id text, state text, raw jsonb)
       where f.administration_id = $1 and f.object = 'receivables' and f.source_id = r.source_id`,
      [administrationId, version, json],
    );
  }

  /** From when the books tell: lists and payments make them young; an invoice alone does not. */
  async tellAsOf(
    transaction: Transaction,
    administrationId: string,
    at: { now: Date; renews: boolean },
  ): Promise<void> {
    await transaction.query(
      `update file_book set as_of = case when $3 then $2::timestamptz else coalesce(as_of, $2::timestamptz) end where administration_id = $1`,
      [administrationId, at.now.toISOString(), at.renews],
    );
  }
}
