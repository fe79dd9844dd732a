import type { DebtorRecord, ReceivableRecord } from '../../ledger/domain/index.js';

/** One column of the books: what it is called, its SQL type, and where its value comes from. */
export interface BookColumn<Record> {
  readonly name: string;
  readonly type: 'text' | 'bigint' | 'date' | 'boolean' | 'uuid';
  readonly read: (record: Record) => string | null;
}

/**
 * The columns that the source fills. Their values in this order are what a row's hash is of: changing the order, or a
 * value's form, makes every row look changed once.
 */
export const DEBTOR_COLUMNS: readonly BookColumn<DebtorRecord>[] = [
  { name: 'code', type: 'text', read: (record) => record.code },
  { name: 'name', type: 'text', read: (record) => record.name },
  { name: 'contact_name', type: 'text', read: (record) => record.contactName },
  { name: 'email', type: 'text', read: (record) => record.email },
  { name: 'phone', type: 'text', read: (record) => record.phone },
  { name: 'language', type: 'text', read: (record) => record.language },
  { name: 'country', type: 'text', read: (record) => record.country },
  { name: 'kind', type: 'text', read: (record) => record.kind },
  { name: 'address_line', type: 'text', read: (record) => record.addressLine },
  { name: 'postcode', type: 'text', read: (record) => record.postcode },
  { name: 'city', type: 'text', read: (record) => record.city },
  { name: 'vat_number', type: 'text', read: (record) => record.vatNumber },
  { name: 'chamber_of_commerce', type: 'text', read: (record) => record.chamberOfCommerce },
  { name: 'payment_condition', type: 'text', read: (record) => record.paymentCondition },
  { name: 'blocked_in_ledger', type: 'boolean', read: (record) => String(record.blockedInLedger) },
  { name: 'direct_debit', type: 'boolean', read: (record) => String(record.directDebit) },
  { name: 'credit_limit', type: 'bigint', read: (record) => record.creditLimit?.toString() ?? null },
];

/** As {@link DEBTOR_COLUMNS}. The debtor comes in as the source's id and is stored as ours. */
export const RECEIVABLE_COLUMNS: readonly BookColumn<ReceivableRecord>[] = [
  { name: 'debtor_id', type: 'uuid', read: (record) => record.debtorSourceId },
  { name: 'entry_source_id', type: 'text', read: (record) => record.entrySourceId },
  { name: 'transaction_source_id', type: 'text', read: (record) => record.transactionSourceId },
  { name: 'invoice_number', type: 'text', read: (record) => record.invoiceNumber },
  { name: 'your_ref', type: 'text', read: (record) => record.yourRef },
  { name: 'kind', type: 'text', read: (record) => record.kind },
  { name: 'invoice_date', type: 'date', read: (record) => record.invoiceDate },
  { name: 'due_date', type: 'date', read: (record) => record.dueDate },
  { name: 'currency', type: 'text', read: (record) => record.currency },
  { name: 'amount', type: 'bigint', read: (record) => record.amount.toString() },
  { name: 'open_amount', type: 'bigint', read: (record) => record.openAmount.toString() },
  { name: 'settled_on', type: 'date', read: (record) => record.settledOn },
  { name: 'last_payment_on', type: 'date', read: (record) => record.lastPaymentOn },
  { name: 'description', type: 'text', read: (record) => record.description },
  { name: 'payment_reference', type: 'text', read: (record) => record.paymentReference },
  { name: 'direct_debit', type: 'boolean', read: (record) => String(record.directDebit) },
];
