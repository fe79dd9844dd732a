import type { Book, BookDebtor, BookReceivable } from '../../books/index.js';
import { derivedGuid } from '../wire/values.js';
import type { DivisionStore } from './division-store.js';

/**
 * Puts a neutral book into a division. Payables and their supplier come along because sync/Cashflow/PaymentTerms mixes
 * both kinds and sync/CRM/Accounts lists every relation: a client that does not look at LineType and Status must notice.
 */
export function fillDivision(store: DivisionStore, book: Book, options: { now: number; payables: number }): void {
  store.silently(() => {
    for (const debtor of book.debtors) putDebtor(store, debtor, options.now);
    for (const days of [...new Set(book.debtors.map((debtor) => debtor.paymentDays))].sort((a, b) => a - b))
      putCondition(store, days, options.now);
    for (const receivable of book.receivables) putReceivable(store, receivable, options.now);
    if (options.payables > 0) putPayables(store, book, options);
  });
}

export function putDebtor(store: DivisionStore, debtor: BookDebtor, now: number): void {
  const old = store.accounts.get(debtor.id)?.record;
  const created = Date.parse(`${debtor.createdOn}T08:00:00Z`);
  const at = old === undefined ? { now, created, modified: created } : { now };
  store.accounts.put(debtor.id, { debtor, supplier: false, written: old?.written ?? {} }, at);
}

export function putReceivable(store: DivisionStore, receivable: BookReceivable, now: number): void {
  const old = store.terms.get(receivable.id)?.record;
  const created = Math.min(now, Date.parse(`${receivable.invoiceDate}T08:30:00Z`));
  const settled = receivable.settledOn ?? receivable.lastPaymentDate;
  const modified = settled === null ? created : Math.min(now, Date.parse(`${settled}T09:00:00Z`));
  const hid = old?.hid ?? store.nextHid();
  store.entries.add(receivable.entryId);
  const record = { receivable, lineType: 20 as const, hid, written: old?.written ?? {} };
  store.terms.put(receivable.id, record, old === undefined ? { now, created, modified } : { now });
}

function putCondition(store: DivisionStore, paymentDays: number, now: number): void {
  const code = String(paymentDays).padStart(2, '0');
  const key = derivedGuid(`00000000-0000-4000-8000-${String(store.head.code).padStart(12, '0')}`, `condition ${code}`);
  store.conditions.put(key, { code, description: `${paymentDays} dagen netto`, paymentDays }, { now, created: 0 });
}

function putPayables(store: DivisionStore, book: Book, options: { now: number; payables: number }): void {
  const model = book.receivables[0];
  const someone = book.debtors[0];
  if (model === undefined || someone === undefined) return;
  const supplier: BookDebtor = {
    ...someone,
    id: derivedGuid(someone.id, 'supplier'),
    code: 900_001,
    name: 'Kantoorgroothandel De Linde B.V.',
    contactName: null,
    email: 'facturen@delinde.example',
    consumer: false,
  };
  store.accounts.put(supplier.id, { debtor: supplier, supplier: true, written: {} }, { now: options.now });
  for (let number = 1; number <= options.payables; number += 1) {
    const id = derivedGuid(model.id, `payable ${number}`);
    const amountMinor = 12_100 + number * 2_420;
    const open = number % 3 === 0 ? 0 : amountMinor;
    const receivable: BookReceivable = {
      ...model,
      id,
      debtorId: supplier.id,
      entryId: derivedGuid(id, 'purchase entry'),
      transactionId: derivedGuid(id, 'purchase line'),
      entryNumber: 30_000_000 + number,
      invoiceNumber: 30_000_000 + number,
      yourRef: `DL-${number}`,
      kind: 'invoice',
      currency: book.currency,
      amountMinor,
      openMinor: open,
      lastPaymentDate: open === 0 ? model.dueDate : null,
      settledOn: open === 0 ? model.dueDate : null,
      disputed: false,
      description: 'Inkoop',
      paymentReference: null,
    };
    store.terms.put(id, { receivable, lineType: 22, hid: store.nextHid(), written: {} }, { now: options.now });
  }
}
