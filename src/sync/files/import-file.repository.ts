import { Injectable } from '@nestjs/common';
import type { FileKind, Mapping, TableKind } from '../../connectors/files/index.js';
import { notFound } from '../../http/index.js';
import { newId } from '../../kernel/index.js';
import { countOf, rowOf, rowsOf, type Transaction } from '../../persistence/index.js';

export type ImportState = 'waiting' | 'held' | 'imported' | 'refused' | 'discarded';

/** What an import did, or why it waits. */
export interface ImportCounts {
  readonly rows: number;
  readonly understood: number;
  readonly refused: number;
  /** Items that the new list no longer holds. */
  readonly settled?: number;
  /** Payments set against an item. */
  readonly applied?: number;
  /** Invoices that were known already. */
  readonly known?: number;
  readonly open?: number;
  readonly dropped?: number;
}

export interface ImportFileRow {
  readonly id: string;
  readonly administrationId: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly size: number;
  readonly state: ImportState;
  readonly problem: string | null;
  readonly mapping: Mapping | null;
  readonly counts: ImportCounts | null;
  readonly recordId: string | null;
  readonly syncId: string | null;
  readonly origin: 'upload' | 'folder';
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly importedBy: string | null;
  readonly importedAt: Date | null;
}

export interface NewImportFile {
  readonly firmId: string;
  readonly administrationId: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: Buffer;
  readonly origin: 'upload' | 'folder';
  readonly actor: string;
  readonly at: Date;
}

const COLUMNS = `id, administration_id as "administrationId", kind, name, size, state, problem, mapping, counts, record_id as "recordId",
  sync_id as "syncId", origin, created_by as "createdBy", created_at as "createdAt", imported_by as "importedBy", imported_at as "importedAt"`;

/** Files as they came in, and what became of each. */
@Injectable()
export class ImportFiles {
  async create(transaction: Transaction, file: NewImportFile): Promise<string> {
    const id = newId();
    await transaction.query(
      `insert into import_file (id, firm_id, administration_id, kind, name, size, sha256, content, state, origin, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, $11)`,
      [
        id,
        file.firmId,
        file.administrationId,
        file.kind,
        file.name,
        file.bytes.length,
        file.sha256,
        file.bytes,
        file.origin,
        file.actor,
        file.at.toISOString(),
      ],
    );
    return id;
  }

  async get(transaction: Transaction, id: string): Promise<ImportFileRow> {
    const row = await rowOf<ImportFileRow>(transaction, `select ${COLUMNS} from import_file where id = $1`, [id]);
    if (row === null) throw notFound('file');
    return row;
  }

  async contentOf(transaction: Transaction, id: string): Promise<Buffer> {
    const row = await rowOf<{ content: Buffer }>(transaction, `select content from import_file where id = $1`, [id]);
    if (row === null) throw notFound('file');
    return row.content;
  }

  /** Newest first, `limit + 1` rows from the key on; `record` narrows to the documents of one receivable. */
  async list(
    transaction: Transaction,
    administrationId: string,
    page: { limit: number; after: readonly string[] | null; record: string | null },
  ): Promise<ImportFileRow[]> {
    return rowsOf(
      transaction,
      `select ${COLUMNS} from import_file where administration_id = $1 and ($4::text is null or record_id = $4)
         and ($2::uuid is null or (created_at, id) < (select created_at, id from import_file where id = $2))
       order by created_at desc, id desc limit $3`,
      [administrationId, page.after?.[0] ?? null, page.limit + 1, page.record],
    );
  }

  /** Whether the very same bytes were imported before. */
  async wasImported(transaction: Transaction, administrationId: string, sha256: Buffer): Promise<boolean> {
    const row = await rowOf(
      transaction,
      `select id from import_file where administration_id = $1 and sha256 = $2 and state = 'imported' limit 1`,
      [administrationId, sha256],
    );
    return row !== null;
  }

  async shaOf(transaction: Transaction, id: string): Promise<Buffer> {
    const row = await rowOf<{ sha256: Buffer }>(transaction, `select sha256 from import_file where id = $1`, [id]);
    if (row === null) throw notFound('file');
    return row.sha256;
  }

  /** Moves a file that still waits to its end; 0 when somebody else was first. */
  async settle(
    transaction: Transaction,
    id: string,
    end: {
      state: ImportState;
      kind: FileKind;
      mapping?: Mapping | null;
      counts?: ImportCounts | null;
      problem?: string | null;
      recordId?: string | null;
      actor: string;
      at: Date;
    },
  ): Promise<number> {
    return countOf(
      transaction,
      `update import_file set state = $2, kind = $3, mapping = $4, counts = $5, problem = $6, record_id = $7,
         imported_by = case when $2 = 'imported' then $8 end, imported_at = case when $2 = 'imported' then $9::timestamptz end
       where id = $1 and state in ('waiting', 'held')`,
      [
        id,
        end.state,
        end.kind,
        end.mapping == null ? null : JSON.stringify(end.mapping),
        end.counts == null ? null : JSON.stringify(end.counts),
        end.problem ?? null,
        end.recordId ?? null,
        end.actor,
        end.at.toISOString(),
      ],
    );
  }

  async noteSync(transaction: Transaction, id: string, syncId: string): Promise<void> {
    await transaction.query(`update import_file set sync_id = $2 where id = $1`, [id, syncId]);
  }

  /** What the columns of this kind of file meant last time. */
  async findMapping(
    transaction: Transaction,
    administrationId: string,
    kind: TableKind,
  ): Promise<{ headers: string[]; mapping: Mapping } | null> {
    return rowOf(
      transaction,
      `select headers, mapping from import_mapping where administration_id = $1 and kind = $2`,
      [administrationId, kind],
    );
  }

  async keepMapping(
    transaction: Transaction,
    known: {
      firmId: string;
      administrationId: string;
      kind: TableKind;
      headers: readonly string[];
      mapping: Mapping;
      actor: string;
    },
  ): Promise<void> {
    await transaction.query(
      `insert into import_mapping (administration_id, kind, firm_id, headers, mapping, updated_by) values ($1, $2, $3, $4, $5, $6)
       on conflict (administration_id, kind) do update set headers = excluded.headers, mapping = excluded.mapping,
         updated_by = excluded.updated_by, updated_at = now()`,
      [
        known.administrationId,
        known.kind,
        known.firmId,
        JSON.stringify(known.headers),
        JSON.stringify(known.mapping),
        known.actor,
      ],
    );
  }
}
