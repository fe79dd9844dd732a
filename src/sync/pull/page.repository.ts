import { Injectable } from '@nestjs/common';
import type { Position } from '../../connectors/contract/index.js';
import type { LedgerObject, Tombstone } from '../../ledger/domain/index.js';
import { rowOf, type Transaction } from '../../persistence/index.js';
import { bookId } from './book-id.js';
import type { DebtorDirectory } from './debtor-directory.repository.js';
import type { PageCounts } from './object-progress.js';
import type { Replaced, RowBatch, RowKeys } from './row-batch.js';
import type { SweptObject } from '../sweep/index.js';
import type { PreparedPage, Rejection } from './to-rows.js';
import { BURY, QUARANTINE, RESOLVE, STORE_DEBTORS, STORE_RECEIVABLES, type PageStatements } from './page-sql.js';

/** Whose books a page belongs to. */
export interface PageOwner {
  readonly firmId: string;
  readonly administrationId: string;
  readonly syncId: string;
  /** The source renumbered its versions: a lower version may overwrite. */
  readonly rebase: boolean;
  /** Whether records of it are in quarantine. */
  readonly hasQuarantine: boolean;
  readonly debtors: DebtorDirectory;
}

interface Rows {
  readonly table: 'debtor' | 'receivable';
  readonly statements: PageStatements;
  readonly batch: RowBatch;
  readonly replaced?: Replaced;
  /** Whether the row at this place may be stored. */
  readonly isStorable?: (place: number) => boolean;
}

interface Stored {
  readonly new: number;
  readonly changed: number;
}

/** Stores pages of the books, each with a handful of set-based statements. */
@Injectable()
export class PageRepository {
  /** Everything of a page except its position; runs inside the page's transaction. */
  async store(
    transaction: Transaction,
    owner: PageOwner,
    object: LedgerObject,
    page: PreparedPage,
  ): Promise<PageCounts> {
    const debtors = await this.storeRows(transaction, owner, {
      table: 'debtor',
      statements: STORE_DEBTORS,
      batch: page.debtors,
    });
    owner.debtors.note(page.debtors.sourceIds, this.keysOf(owner, 'debtor', page.debtors).ids);
    const { receivables, orphans } = await this.storeReceivables(transaction, owner, page.receivables);
    const deleted = await this.bury(transaction, owner, page.tombstones);
    const rejected = [...page.rejected, ...orphans];
    await this.quarantine(transaction, owner, { object, rejected });
    if (owner.hasQuarantine) await this.resolve(transaction, owner, { object, page, rejected });
    const changed = debtors.new + debtors.changed + receivables.new + receivables.changed;
    return {
      new: debtors.new + receivables.new,
      changed: debtors.changed + receivables.changed,
      unchanged: page.debtors.count + page.receivables.count - changed - orphans.length + page.ignoredCount,
      deleted,
      rejected: rejected.length,
    };
  }

  /** Our ids of what a page shows of an object, understood or not. */
  idsOf(owner: PageOwner, object: SweptObject, page: PreparedPage): string[] {
    const table = object === 'debtors' ? 'debtor' : 'receivable';
    const rejected = page.rejected.map(({ sourceId }) => bookId(owner.administrationId, table, sourceId));
    return [...this.keysOf(owner, table, page[object]).ids, ...rejected];
  }

  async savePosition(
    transaction: Transaction,
    owner: PageOwner,
    object: LedgerObject,
    position: Position,
  ): Promise<void> {
    await transaction.query(
      `insert into object_position (administration_id, object, firm_id, position) values ($1, $2, $3, $4)
       on conflict (administration_id, object) do update set position = excluded.position, updated_at = now()`,
      [owner.administrationId, object, owner.firmId, JSON.stringify(position)],
    );
  }

  async findPosition(
    transaction: Transaction,
    administrationId: string,
    object: LedgerObject,
  ): Promise<Position | null> {
    const row = await rowOf<{ position: Position }>(
      transaction,
      `select position from object_position where administration_id = $1 and object = $2`,
      [administrationId, object],
    );
    return row?.position ?? null;
  }

  /** `orphans`: receivables whose debtor has not come in. */
  private async storeReceivables(
    transaction: Transaction,
    owner: PageOwner,
    batch: RowBatch,
  ): Promise<{ receivables: Stored; orphans: Rejection[] }> {
    const named = batch.valuesOf('debtor_id').map(String);
    const ids = await owner.debtors.find(transaction, owner.administrationId, named);
    const receivables = await this.storeRows(transaction, owner, {
      table: 'receivable',
      statements: STORE_RECEIVABLES,
      batch,
      replaced: { debtor_id: ids },
      isStorable: (place) => ids[place] !== null,
    });
    const orphans = batch.sourceIds.filter((_, index) => ids[index] === null);
    return { receivables, orphans: orphans.map((sourceId) => orphan(sourceId, batch.rawOf(sourceId))) };
  }

  private async storeRows(
    transaction: Transaction,
    { firmId, administrationId, syncId, rebase }: PageOwner,
    { table, statements, batch, replaced = {}, isStorable = () => true }: Rows,
  ): Promise<Stored> {
    if (batch.count === 0) return { new: 0, changed: 0 };
    const keys = this.keysOf({ administrationId }, table, batch);
    const scanned = await rowOf<Scanned>(transaction, statements.scan, [...keys.arrays, rebase]);
    const fresh = toPlaces(scanned?.fresh).filter(isStorable);
    const newer = toPlaces(scanned?.newer).filter(isStorable);
    const owner = [firmId, administrationId, syncId];
    if (fresh.length > 0)
      await transaction.query(statements.insert, [...owner, ...batch.toArrays(keys, fresh, replaced)]);
    if (newer.length === 0) return { new: fresh.length, changed: 0 };
    const rows = [...owner, rebase, ...batch.toArrays(keys, newer, replaced)];
    const updated = await rowOf<{ changed: number }>(transaction, statements.update, rows);
    return { new: fresh.length, changed: updated?.changed ?? 0 };
  }

  private keysOf(
    { administrationId }: Pick<PageOwner, 'administrationId'>,
    table: Rows['table'],
    batch: RowBatch,
  ): RowKeys {
    return batch.toKeys((sourceId) => bookId(administrationId, table, sourceId));
  }

  /** Records that were understood now are no longer aside. */
  private async resolve(
    transaction: Transaction,
    owner: PageOwner,
    { object, page, rejected }: { object: LedgerObject; page: PreparedPage; rejected: readonly Rejection[] },
  ): Promise<void> {
    const aside = new Set(rejected.map(({ sourceId }) => sourceId));
    const ids = [...page.debtors.sourceIds, ...page.receivables.sourceIds].filter((id) => !aside.has(id));
    if (ids.length > 0) await transaction.query(RESOLVE, [owner.administrationId, object, JSON.stringify(ids)]);
  }

  private async bury(transaction: Transaction, owner: PageOwner, tombstones: readonly Tombstone[]): Promise<number> {
    if (tombstones.length === 0) return 0;
    const json = JSON.stringify(
      tombstones.map(({ object, sourceId, sourceVersion }) => ({
        object,
        id: bookId(owner.administrationId, object === 'debtors' ? 'debtor' : 'receivable', sourceId),
        source_id: sourceId,
        v: String(sourceVersion),
      })),
    );
    const parameters = [owner.firmId, owner.administrationId, owner.syncId, json];
    return (await rowOf<{ deleted: number }>(transaction, BURY, parameters))?.deleted ?? 0;
  }

  private async quarantine(
    transaction: Transaction,
    owner: PageOwner,
    { object, rejected }: { object: LedgerObject; rejected: readonly Rejection[] },
  ): Promise<void> {
    if (rejected.length === 0) return;
    const last = new Map(rejected.map((each) => [each.sourceId, each]));
    const json = JSON.stringify(
      [...last.values()].map(({ sourceId, reason, message, raw }) => ({ source_id: sourceId, reason, message, raw })),
    );
    await transaction.query(QUARANTINE, [owner.firmId, owner.administrationId, object, json]);
  }
}

interface Scanned {
  readonly fresh: readonly number[];
  readonly newer: readonly number[];
}

/** The database counts from 1. */
function toPlaces(ordinals: readonly number[] = []): number[] {
  return ordinals.map((ordinal) => ordinal - 1);
}

function orphan(sourceId: string, raw: unknown): Rejection {
  return {
    sourceId,
    raw,
    reason: DEBTOR_UNKNOWN,
    message: 'The debtor of this receivable has not come in (yet); it is tried again when debtors change.',
  };
}

export const DEBTOR_UNKNOWN = 'DEBTOR_UNKNOWN';
