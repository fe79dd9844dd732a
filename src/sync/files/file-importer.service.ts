import { Inject, Injectable } from '@nestjs/common';
import {
  checkMapping,
  debtorsAmong,
  readRows,
  readTable,
  readUbl,
  receivableIdOf,
  textOf,
  type FileKind,
  type Mapping,
  type TableContent,
  type TableKind,
} from '../../connectors/files/index.js';
import { conflict } from '../../http/index.js';
import { CLOCK, todayIn, type BusinessDate, type Clock } from '../../kernel/index.js';
import { recordDeed, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { SyncService } from '../pull/index.js';
import { FileAdministrations, type FileAdministration } from './file-administrations.repository.js';
import { FileBooks, type BookImport } from './file-book.repository.js';
import { ImportFiles, type ImportCounts, type ImportFileRow } from './import-file.repository.js';
import { applyPayments, isSuspicious, stateAll } from './take-in.js';

export interface ImportOrder {
  readonly firmId: string;
  readonly fileId: string;
  readonly actor: string;
  readonly kind: FileKind;
  /** Absent for an invoice, whose elements have names of their own. */
  readonly mapping: Mapping | null;
  /** A person has seen that many items leave the list. */
  readonly confirmed: boolean;
}

export interface ImportOutcome {
  readonly state: 'imported' | 'held';
  readonly counts: ImportCounts;
  readonly syncId: string | null;
}

/** One file under import, in one transaction. */
interface Task {
  readonly transaction: Transaction;
  readonly file: ImportFileRow;
  readonly administration: FileAdministration;
  readonly book: BookImport;
  readonly order: ImportOrder;
  readonly on: BusinessDate;
}

/** Thrown to take back everything that a list would have done, because a person must look first. */
class Held extends Error {
  constructor(readonly counts: ImportCounts) {
    super('a person must confirm');
  }
}

/** Takes files into the stored rows, whole or not at all, and starts the pull that brings them into the books. */
@Injectable()
export class FileImporter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administrations: FileAdministrations,
    private readonly files: ImportFiles,
    private readonly books: FileBooks,
    private readonly syncs: SyncService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws InputError for a mapping that does not fit, and a 409 for a file that no longer waits. */
  async import(order: ImportOrder): Promise<ImportOutcome> {
    const file = await this.unitOfWork.inFirm(order.firmId, (transaction) => this.files.get(transaction, order.fileId));
    try {
      const counts = await this.unitOfWork.inFirm(order.firmId, (transaction) => this.take(transaction, file, order));
      // A complete list is worth comparing totals with; for that everything is read, which costs nothing here.
      const full = order.kind === 'open-items';
      const syncId = await this.syncs.request(order.firmId, file.administrationId, { full, trigger: 'manual' });
      await this.unitOfWork.inFirm(order.firmId, (transaction) => this.files.noteSync(transaction, file.id, syncId));
      return { state: 'imported', counts, syncId };
    } catch (error) {
      if (!(error instanceof Held)) throw error;
      await this.hold(order, error.counts);
      return { state: 'held', counts: error.counts, syncId: null };
    }
  }

  private async hold(order: ImportOrder, counts: ImportCounts): Promise<void> {
    const { kind, mapping, actor } = order;
    await this.unitOfWork.inFirm(order.firmId, (transaction) =>
      this.files.settle(transaction, order.fileId, {
        state: 'held',
        kind,
        mapping,
        counts,
        actor,
        at: this.clock.now(),
      }),
    );
  }

  private async take(transaction: Transaction, file: ImportFileRow, order: ImportOrder): Promise<ImportCounts> {
    const administration = await this.administrations.get(transaction, file.administrationId);
    const now = this.clock.now();
    const book = await this.books.next(transaction, { firmId: order.firmId, administrationId: administration.id });
    const task = { transaction, file, administration, book, order, on: todayIn(this.clock, administration.timeZone) };
    const { counts, recordId } = order.kind === 'invoice' ? await this.takeInvoice(task) : await this.takeTable(task, order.kind); // prettier-ignore
    const end = { state: 'imported' as const, kind: order.kind, mapping: order.mapping, counts, recordId, actor: order.actor, at: now }; // prettier-ignore
    if ((await this.files.settle(transaction, file.id, end)) === 0)
      throw conflict('FILE_NOT_WAITING', 'this file was imported or put away already');
    const renews = order.kind === 'open-items' || order.kind === 'payments';
    if (order.kind !== 'debtors') await this.books.tellAsOf(transaction, administration.id, { now, renews });
    await recordDeed(transaction, {
      firmId: order.firmId,
      actor: order.actor,
      action: 'file.imported',
      subjectType: 'administration',
      subjectId: administration.id,
      detail: { file: file.name, kind: order.kind, ...counts },
    });
    return counts;
  }

  private async takeTable(task: Task, kind: TableKind): Promise<{ counts: ImportCounts; recordId: null }> {
    const { transaction, file, order, on } = task;
    const table = await readTable(await this.files.contentOf(transaction, file.id));
    const mapping = order.mapping ?? { columns: {}, numbers: 'comma', dates: 'dmy' };
    checkMapping(kind, mapping, table.headers);
    const content = readRows(table, { kind, mapping, file: file.name, on });
    const counts = await this.takers[kind](task, content);
    const { firmId } = order;
    const known = { firmId, administrationId: file.administrationId, kind, headers: table.headers, mapping, actor: order.actor }; // prettier-ignore
    await this.files.keepMapping(transaction, known);
    return { counts, recordId: null };
  }

  private readonly takers = {
    debtors: async ({ transaction, book, administration }, { debtors }) => {
      const rows = stateAll(debtors, 'debtors', administration);
      await this.books.upsert(transaction, book, { object: 'debtors', rows });
      await this.books.dropRefusedDebtors(transaction, book);
      return countsOf(rows);
    },
    'open-items': async ({ transaction, book, administration, order, on }, { debtors, receivables }) => {
      const rows = stateAll(receivables, 'receivables', administration);
      const named = stateAll(debtors, 'debtors', administration);
      // Before anything is added: what the list holds newly does not make a loss smaller.
      const open = await this.books.countOpen(transaction, book);
      await this.books.upsert(transaction, book, { object: 'debtors', rows: named });
      await this.books.upsert(transaction, book, { object: 'receivables', rows });
      const dropped = await this.books.countUnseen(transaction, book);
      const drop = { open, dropped };
      const counts = { ...countsOf(rows), ...drop };
      if (!order.confirmed && isSuspicious(drop)) throw new Held(counts);
      await this.books.settleUnseen(transaction, book, on);
      return { ...countsOf(rows), settled: dropped };
    },
    payments: async ({ transaction, book, administration, file }, { payments }) => {
      const sha256 = await this.files.shaOf(transaction, file.id);
      if (await this.files.wasImported(transaction, administration.id, sha256))
        throw conflict('FILE_ALREADY_IMPORTED', 'these very payments were imported before; they would count twice');
      const numbers = payments.map(({ values }) => textOf(values['invoiceNumber']) ?? '');
      const known = await this.books.findItems(transaction, administration.id, numbers);
      const how = { fileId: file.id.slice(0, 8), place: administration };
      const { items, refused, applied } = applyPayments(payments, known, how);
      await this.books.rewrite(transaction, book, items);
      await this.books.upsert(transaction, book, { object: 'receivables', rows: refused });
      return { rows: payments.length, understood: applied, refused: refused.length, applied };
    },
  } as const satisfies Record<TableKind, (task: Task, content: TableContent) => Promise<ImportCounts>>;

  /** An invoice makes an item when its number is new. A known one is not changed: lists know better what is open. */
  private async takeInvoice(task: Task): Promise<{ counts: ImportCounts; recordId: string }> {
    const { transaction, file, administration, book, on } = task;
    const row = readUbl(await this.files.contentOf(transaction, file.id), { file: file.name, on });
    const sourceId = receivableIdOf(row) ?? '';
    const [known] = await this.books.findItems(transaction, administration.id, [sourceId]);
    if (known !== undefined)
      return { counts: { rows: 1, understood: 1, refused: 0, known: 1 }, recordId: known.sourceId };
    const rows = stateAll([{ sourceId, row }], 'receivables', administration);
    await this.books.upsert(transaction, book, { object: 'debtors', rows: stateAll(debtorsAmong([row]), 'debtors', administration) }); // prettier-ignore
    await this.books.upsert(transaction, book, { object: 'receivables', rows });
    return { counts: countsOf(rows), recordId: sourceId };
  }
}

function countsOf(rows: readonly { readonly state: string }[]): ImportCounts {
  const refused = rows.filter(({ state }) => state === 'refused').length;
  return { rows: rows.length, understood: rows.length - refused, refused };
}
