import type { Book, BookDebtor, BookReceivable } from '../../books/index.js';
import type { Journal } from '../../http/index.js';
import type { AppInfoRecord, CustomerRecord, DunningRecord, InvoiceRecord, NoteRecord } from './records.js';
import { StampedTable } from './stamped-table.js';

/** Categories an accountant might have made; `VARIOUS` files go into the first list. */
const ARCHIVE = {
  various: [
    { id: '11', name: 'Briefwisseling' },
    { id: '12', name: 'Openpost' },
  ],
  permanent: [
    { id: '21', name: 'Statuten' },
    { id: '22', name: 'Contracten' },
  ],
} as const;

/** One administration: its books and everything apps wrote into it. */
export class AdministrationStore {
  readonly invoices = new StampedTable<InvoiceRecord>();
  readonly customers = new StampedTable<CustomerRecord>();
  /** Customers in the order in which the public API lists them, which nobody promises. */
  customerOrder: string[];
  /** By external key: the same key is the same note. */
  readonly notes = new Map<string, NoteRecord>();
  readonly dunning = new Map<string, DunningRecord>();
  appInfo: AppInfoRecord | null = null;
  archive: { various: readonly Category[]; permanent: readonly Category[] } = ARCHIVE;

  constructor(
    readonly companyNumber: string,
    readonly book: Book,
    private readonly journal: Journal,
  ) {
    this.customers.fill(book.debtors.map((debtor) => filled(debtor.id, debtor.createdOn, { debtor, deleted: false })));
    this.customerOrder = book.debtors.map(({ id }) => id);
    this.invoices.fill(
      book.receivables.map((receivable) => {
        const on = receivable.settledOn ?? receivable.lastPaymentDate ?? receivable.invoiceDate;
        return filled(receivable.id, on, { receivable, deleted: false });
      }),
    );
  }

  putInvoice(receivable: BookReceivable, now: number, { deleted = false, late = false }: How = {}): void {
    const record = { receivable, deleted };
    if (late) this.invoices.putLate(receivable.id, record, now);
    else this.invoices.put(receivable.id, record, now);
  }

  putCustomer(debtor: BookDebtor, now: number, { deleted = false, late = false }: How = {}): void {
    if (late) this.customers.putLate(debtor.id, { debtor, deleted }, now);
    else this.customers.put(debtor.id, { debtor, deleted }, now);
    if (deleted) this.customerOrder = this.customerOrder.filter((id) => id !== debtor.id);
    else if (!this.customerOrder.includes(debtor.id)) this.customerOrder.push(debtor.id);
  }

  putNote(note: NoteRecord): void {
    this.notes.set(note.externalKey, note);
    this.journal.append([['note', this.companyNumber, note]]);
  }

  putDunning(record: DunningRecord): void {
    this.dunning.set(record.invoiceId, record);
    this.journal.append([['dunning', this.companyNumber, record]]);
  }

  putAppInfo(info: AppInfoRecord): void {
    this.appInfo = info;
    this.journal.append([['app-info', this.companyNumber, info]]);
  }
}

/** `late`: with exactly that moment, although later ones have been shown. */
interface How {
  readonly deleted?: boolean;
  readonly late?: boolean;
}

interface Category {
  readonly id: string;
  readonly name: string;
}

function filled<R>(key: string, on: string, record: R): { key: string; modified: number; record: R } {
  return { key, modified: Date.parse(`${on}T06:00:00Z`), record };
}
