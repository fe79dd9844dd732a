import { randomUUID } from 'node:crypto';
import { formatMinor } from '../../../src/kernel/index.js';
import type { BookDebtor, BookReceivable } from '../../books/index.js';
import type { AdministrationStore, CustomerRecord, InvoiceRecord, NoteRecord, Stamped } from '../store/index.js';
import { administrationOf, firstOf, offsetOf, refuse, scoped, type Arguments, type Context, type Resolvers } from './context.js'; // prettier-ignore

export const EXTENDED_QUERIES: Resolvers = {
  salesInvoices: scoped('invoice_read', (args, context) => {
    const store = administrationOf(args, context);
    const states = args['paymentState'] as readonly string[] | null | undefined;
    const isWanted = ({ record }: Stamped<InvoiceRecord>): boolean =>
      states === null || states === undefined || (!record.deleted && states.includes(stateOf(record.receivable)));
    const rows = pageOf(store.invoices.since(sinceOf(args)), { ...window(args), isWanted });
    context.served = { field: 'salesInvoices', store, ids: rows.map(({ key }) => key) };
    return rows.map(toInvoice);
  }),
  customerDetails: scoped('contact_read', (args, context) => {
    const store = administrationOf(args, context);
    const isWanted = ({ record }: Stamped<CustomerRecord>): boolean => !record.deleted;
    const rows = pageOf(store.customers.since(sinceOf(args)), { ...window(args), isWanted });
    context.served = { field: 'customerDetails', store, ids: rows.map(({ key }) => key) };
    return rows.map(toCustomer);
  }),
  payments: scoped('payment_read', (args, context) => {
    const store = administrationOf(args, context);
    const isWanted = ({ record: { receivable, deleted } }: Stamped<InvoiceRecord>): boolean =>
      !deleted && receivable.lastPaymentDate !== null;
    return pageOf(store.invoices.since(sinceOf(args)), { ...window(args), isWanted }).map(toPayment);
  }),
  note: scoped('note_write', (args, context) => {
    const note = administrationOf(args, context).notes.get(String(args['externalKey']));
    return note ?? null;
  }),
};

export const EXTENDED_MUTATIONS: Resolvers = {
  addNote: scoped('note_write', addNote),
  setDunningStatus: scoped('dunning_write', setDunningStatus),
};

function sinceOf({ modifiedSince }: Arguments): number {
  if (modifiedSince === null || modifiedSince === undefined) return 0;
  const moment = Date.parse(String(modifiedSince));
  if (Number.isNaN(moment)) throw refuse('modifiedSince is not a date and time.');
  return moment;
}

function window(args: Arguments): { offset: number; first: number } {
  return { offset: offsetOf(args), first: firstOf(args) };
}

function pageOf<R>(
  rows: Iterable<Stamped<R>>,
  { offset, first, isWanted }: { offset: number; first: number; isWanted: (row: Stamped<R>) => boolean },
): Stamped<R>[] {
  const page: Stamped<R>[] = [];
  let skipped = 0;
  for (const row of rows) {
    if (page.length >= first) break;
    if (!isWanted(row)) continue;
    if (skipped < offset) skipped += 1;
    else page.push(row);
  }
  return page;
}

function stateOf({ openMinor, amountMinor }: BookReceivable): 'UNPAID' | 'PARTIALLY_PAID' | 'PAID' {
  if (openMinor === 0) return 'PAID';
  return openMinor === amountMinor ? 'UNPAID' : 'PARTIALLY_PAID';
}

const KINDS = { invoice: 'INVOICE', 'credit-note': 'CREDIT_NOTE', receipt: 'PAYMENT' } as const;
const decimal = (minor: number, currency: string): string => formatMinor(BigInt(minor), currency);

function toInvoice({ key, modified, record: { receivable, deleted } }: Stamped<InvoiceRecord>): object {
  const { currency, kind } = receivable;
  return {
    id: key,
    number: String(receivable.invoiceNumber === 0 ? receivable.entryNumber : receivable.invoiceNumber),
    kind: KINDS[kind],
    journal: kind === 'receipt' ? 'CFBK' : 'CFVK',
    customerId: receivable.debtorId,
    date: receivable.invoiceDate,
    dueDate: receivable.dueDate,
    currency,
    amount: decimal(receivable.amountMinor, currency),
    vatAmount: null,
    openAmount: decimal(receivable.openMinor, currency),
    paymentState: stateOf(receivable),
    structuredReference: receivable.paymentReference,
    documentId: null,
    disputed: receivable.disputed,
    modifiedAt: new Date(modified).toISOString(),
    deleted,
    settledOn: receivable.settledOn,
    lastPaymentDate: receivable.lastPaymentDate,
  };
}

function toCustomer({ key, modified, record: { debtor } }: Stamped<CustomerRecord>): object {
  const { consumer, email, country } = debtor;
  return {
    id: key,
    name: debtor.name,
    companyNumber: companyNumberIn(debtor),
    vatNumber: debtor.vatNumber,
    kind: consumer ? 'CONSUMER' : 'BUSINESS',
    language: debtor.language,
    emails: email === null ? [] : [email],
    phone: debtor.phone,
    address: {
      streetAddress: debtor.addressLine,
      postalCode: debtor.postcode,
      city: debtor.city,
      country: { iso2: country, name: country === 'BE' ? 'België' : 'Nederland' },
    },
    paymentTermDays: debtor.paymentDays,
    accountManager: null,
    blocked: false,
    modifiedAt: new Date(modified).toISOString(),
  };
}

function companyNumberIn({ chamberOfCommerce }: BookDebtor): string | null {
  return chamberOfCommerce?.replaceAll(/\D/g, '') ?? null;
}

/** What was paid on an invoice, as one payment: the books know its last day and its sum. */
function toPayment({ key, modified, record: { receivable } }: Stamped<InvoiceRecord>): object {
  const amount = decimal(receivable.amountMinor - receivable.openMinor, receivable.currency);
  return {
    id: `payment-${key}`,
    customerId: receivable.debtorId,
    date: receivable.lastPaymentDate,
    amount,
    allocations: [{ invoiceId: key, amount }],
    modifiedAt: new Date(modified).toISOString(),
  };
}

function addNote(args: Arguments, context: Context): NoteRecord {
  const store = administrationOf(args, context);
  const externalKey = String(args['externalKey']);
  const known = store.notes.get(externalKey);
  if (known !== undefined) return known;
  const [invoiceId, customerId] = [textOf(args['invoiceId']), textOf(args['customerId'])];
  if (invoiceId === null && customerId === null) throw refuse('A note belongs to an invoice or a customer.');
  if (invoiceId !== null) invoiceIn(store, invoiceId);
  if (customerId !== null && store.customers.get(customerId)?.record.deleted !== false)
    throw refuse('Customer not found.');
  const createdAt = context.site.clock.now().toISOString();
  const note = { id: randomUUID(), invoiceId, customerId, text: String(args['text']), createdAt, externalKey };
  store.putNote(note);
  return note;
}

function setDunningStatus(args: Arguments, context: Context): object {
  const store = administrationOf(args, context);
  const invoice = invoiceIn(store, String(args['invoiceId']));
  const externalKey = String(args['externalKey']);
  const { level, status, at } = args as { level: number; status: string; at: string };
  const known = store.dunning.get(invoice.key);
  if (known?.externalKey === externalKey) return toInvoice(invoice);
  store.putDunning({ invoiceId: invoice.key, level, status, at, externalKey });
  // The proposal does not say whether the invoice counts as changed; whoever reads it has to bear that it does.
  return toInvoice(store.invoices.put(invoice.key, invoice.record, context.site.clock.now().getTime()));
}

function invoiceIn(store: AdministrationStore, id: string): Stamped<InvoiceRecord> {
  const found = store.invoices.get(id);
  if (found === undefined || found.record.deleted) throw refuse('Invoice not found.');
  return found;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
