import { isRecord, type BusinessDate, type JsonRecord } from '../../kernel/index.js';
import type {
  DebtorRecord,
  LedgerObject,
  Mapped,
  OpenItem,
  ReceivableKind,
  ReceivableRecord,
  Tombstone,
} from '../../ledger/domain/index.js';
import { mappedOrRejected, Unreadable, type MapContext } from '../contract/index.js';
import {
  readAmount,
  readDate,
  readGuid,
  readInt64,
  readText,
  requireCurrency,
  requireGuid,
  requireText,
} from './wire-values.js';

const LINE_TYPE = { receivable: 20, payable: 22 } as const;
const TRANSACTION_TYPE = { salesEntry: 20, creditNote: 21, cashFlow: 40 } as const;
const SELECTED = 30;
const PROCESSED = 40;
const MATCHED = 50;
const DELETED_ACCOUNT = 2;
const DELETED_PAYMENT_TERM = 10;

/**
 * One raw record of Exact in our words. PURE. What cannot be read comes back as `rejected` with a stable reason and a
 * message that names the field; nothing is guessed and nothing is thrown.
 */
export function toLedger(raw: unknown, context: MapContext): Mapped {
  return mappedOrRejected(
    () => {
      if (!isRecord(raw)) throw new Unreadable('NOT_A_RECORD', 'This is not a record.');
      return MAPPERS[context.object](raw, context);
    },
    () => nameOf(raw),
  );
}

const MAPPERS = {
  debtors: toDebtor,
  receivables: toReceivable,
  deletions: toTombstone,
  'open-items': toOpenItem,
} as const satisfies Record<LedgerObject, (row: JsonRecord, context: MapContext) => Mapped>;

/** The best name there is for a record that cannot be read. */
function nameOf(raw: unknown): string {
  const row = isRecord(raw) && isRecord(raw['row']) ? raw['row'] : raw;
  if (!isRecord(row)) return 'unknown';
  return (readText(row, 'ID') ?? readText(row, 'EntityKey') ?? readText(row, 'HID') ?? readText(row, 'Timestamp') ?? 'unknown').toLowerCase(); // prettier-ignore
}

/** A filled Status is what makes an account a customer: C customer, P prospect, S suspect, A none of these. */
function toDebtor(row: JsonRecord, context: MapContext): Mapped {
  if (readText(row, 'Status') === null) return { outcome: 'ignored' };
  const record: DebtorRecord = {
    sourceId: requireGuid(row, 'ID', 'ID_MISSING'),
    sourceVersion: readInt64(row, 'Timestamp'),
    code: requireText(row, 'Code', 'CODE_MISSING'),
    name: requireText(row, 'Name', 'NAME_MISSING'),
    // The account only points at its main contact; names of contact persons are in another object.
    contactName: null,
    email: readText(row, 'Email'),
    phone: readText(row, 'Phone'),
    language: languageOf(readText(row, 'Language')),
    country: countryOf(readText(row, 'Country')),
    ...identityOf(row),
    addressLine: addressOf(row),
    postcode: readText(row, 'Postcode'),
    city: readText(row, 'City'),
    paymentCondition: readText(row, 'PaymentConditionSales'),
    blockedInLedger: row['Blocked'] === true,
    // No field of an account says that it is collected by direct debit.
    directDebit: false,
    creditLimit: isAbsent(row['CreditLineSales']) ? null : creditLimitOf(row, context),
  };
  return { outcome: 'debtor', record };
}

/**
 * Exact has no flag for private persons. A VAT or chamber of commerce number makes a business; without either the debtor
 * is treated as a consumer, because that law protects more and a person can overrule it.
 */
function identityOf(row: JsonRecord): Pick<DebtorRecord, 'kind' | 'vatNumber' | 'chamberOfCommerce'> {
  const vatNumber = readText(row, 'VATNumber');
  const chamberOfCommerce = readText(row, 'ChamberOfCommerce');
  return {
    kind: vatNumber === null && chamberOfCommerce === null ? 'consumer' : 'business',
    vatNumber,
    chamberOfCommerce,
  };
}

function creditLimitOf(row: JsonRecord, { currency }: MapContext): bigint {
  return readAmount(row, 'CreditLineSales', requireCurrency({ currency }, 'currency'));
}

function addressOf(row: JsonRecord): string | null {
  const lines = ['AddressLine1', 'AddressLine2', 'AddressLine3'].map((name) => readText(row, name));
  const filled = lines.filter((line) => line !== null);
  return filled.length === 0 ? null : filled.join(', ');
}

/** "NL", "nl", "NL-BE" → the language alone; anything else → null. */
function languageOf(text: string | null): string | null {
  const language = text?.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return /^[a-z]{2}$/.test(language) ? language : null;
}

function countryOf(text: string | null): string | null {
  const country = text?.toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(country) ? country : null;
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function toReceivable(row: JsonRecord): Mapped {
  if (row['LineType'] === LINE_TYPE.payable) return { outcome: 'ignored' };
  if (row['LineType'] !== LINE_TYPE.receivable)
    throw new Unreadable('UNKNOWN_LINE_TYPE', 'LineType says neither receivable (20) nor payable (22).');
  const amounts = amountsOf(row);
  const kind = kindOf(row, amounts.amount);
  const record: ReceivableRecord = {
    sourceId: requireGuid(row, 'ID', 'ID_MISSING'),
    sourceVersion: readInt64(row, 'Timestamp'),
    debtorSourceId: requireGuid(row, 'Account', 'DEBTOR_MISSING'),
    // EntryID is a set of terms of its own; the financial entry is TransactionEntryID.
    entrySourceId: readGuid(row, 'TransactionEntryID'),
    transactionSourceId: readGuid(row, 'TransactionID'),
    invoiceNumber: invoiceNumberOf(row),
    yourRef: readText(row, 'YourRef'),
    kind,
    ...datesOf(row, kind),
    ...amounts,
    ...settlementOf(row, amounts.openAmount),
    description: readText(row, 'Description'),
    paymentReference: readText(row, 'PaymentReference'),
    directDebit: isCollected(row),
  };
  return { outcome: 'receivable', record };
}

/** Money received has no invoice number of its own; then whatever Exact shows for it. */
function invoiceNumberOf(row: JsonRecord): string {
  return readText(row, 'InvoiceNumber') ?? readText(row, 'YourRef') ?? readText(row, 'EntryNumber') ?? requireText(row, 'ID', 'ID_MISSING'); // prettier-ignore
}

/**
 * In the receivable's own currency (FC). The sign comes from the transaction (a sale is positive) and the size from the
 * open amount, because Exact turns the sign of the latter: an open invoice of 121 has AmountFC −121 and
 * TransactionAmountFC 121, and whether every site does so is not certain. A matched term keeps the amount it was matched
 * on, so `Status` 50 or `IsFullyPaid` is what says that nothing is open.
 */
function amountsOf(row: JsonRecord): Pick<ReceivableRecord, 'currency' | 'amount' | 'openAmount'> {
  const currency = requireCurrency(row, 'Currency');
  const amount = readAmount(row, 'TransactionAmountFC', currency);
  const size = magnitude(readAmount(row, 'AmountFC', currency));
  const isSettled = row['Status'] === MATCHED || row['IsFullyPaid'] === true || size === 0n;
  if (isSettled) return { currency, amount, openAmount: 0n };
  return { currency, amount, openAmount: isOwedToUs(row, amount) ? size : -size };
}

function isOwedToUs(row: JsonRecord, amount: bigint): boolean {
  if (amount !== 0n) return amount > 0n;
  // A transaction of nothing with something open: only the kind of entry can still say which way it goes.
  if (row['TransactionType'] === TRANSACTION_TYPE.salesEntry) return true;
  if (row['TransactionType'] === TRANSACTION_TYPE.creditNote) return false;
  throw new Unreadable('AMOUNT_SIGN_UNKNOWN', 'TransactionAmountFC is 0 while AmountFC is not: who owes whom?');
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Status 30 and 40: selected for collection, and collected but not yet matched. PaymentMethod I is collection. */
function isCollected(row: JsonRecord): boolean {
  return row['Status'] === SELECTED || row['Status'] === PROCESSED || readText(row, 'PaymentMethod') === 'I';
}

/** Entries of other kinds (opening balance, general journal) are known by their sign alone. */
function kindOf(row: JsonRecord, amount: bigint): ReceivableKind {
  if (row['TransactionType'] === TRANSACTION_TYPE.cashFlow) return 'payment';
  return row['TransactionType'] === TRANSACTION_TYPE.creditNote || amount < 0n ? 'credit-note' : 'invoice';
}

/** Money received has no due date and sometimes no invoice date: the day it was booked stands for both. */
function datesOf(row: JsonRecord, kind: ReceivableKind): { invoiceDate: BusinessDate; dueDate: BusinessDate } {
  const isPayment = kind === 'payment';
  const invoiceDate = readDate(row, 'InvoiceDate') ?? (isPayment ? readDate(row, 'EntryDate') : null);
  if (invoiceDate === null) throw new Unreadable('DATE_MISSING', 'InvoiceDate is empty.');
  const dueDate = readDate(row, 'DueDate') ?? (isPayment ? invoiceDate : null);
  if (dueDate === null) throw new Unreadable('DATE_MISSING', 'DueDate is empty.');
  return { invoiceDate, dueDate };
}

/** EndDate is when it stopped being open; a match with a credit note leaves LastPaymentDate empty. */
function settlementOf(row: JsonRecord, openAmount: bigint): Pick<ReceivableRecord, 'settledOn' | 'lastPaymentOn'> {
  const lastPaymentOn = readDate(row, 'LastPaymentDate');
  return { settledOn: openAmount === 0n ? (lastPaymentOn ?? readDate(row, 'EndDate')) : null, lastPaymentOn };
}

const TOMBSTONES: Readonly<Record<number, Tombstone['object']>> = {
  [DELETED_ACCOUNT]: 'debtors',
  [DELETED_PAYMENT_TERM]: 'receivables',
};

/** The log holds every kind of entity; a deleted payable looks like a deleted receivable and simply matches none of ours. */
function toTombstone(row: JsonRecord): Mapped {
  const type = row['EntityType'];
  if (typeof type !== 'number') throw new Unreadable('UNKNOWN_ENTITY', 'EntityType is not a number.');
  const object = TOMBSTONES[type];
  if (object === undefined) return { outcome: 'ignored' };
  const sourceId = requireGuid(row, 'EntityKey', 'ID_MISSING');
  return { outcome: 'tombstone', record: { object, sourceId, sourceVersion: readInt64(row, 'Timestamp') } };
}

/** Takes a `SignedListRow`: sources contradict each other on the sign of Amount, so the reading has established it. */
function toOpenItem(signed: JsonRecord): Mapped {
  const { row, sign } = signed;
  if (!isRecord(row) || (sign !== 1 && sign !== -1)) throw new Unreadable('NOT_A_RECORD', 'This is not a record.');
  const currency = requireCurrency(row, 'CurrencyCode');
  const invoiceNumber = readText(row, 'InvoiceNumber');
  const record: OpenItem = {
    sourceId: readInt64(row, 'HID').toString(),
    ...(invoiceNumber === null ? {} : { invoiceNumber }),
    debtorSourceId: requireGuid(row, 'AccountId', 'DEBTOR_MISSING'),
    currency,
    openAmount: readAmount(row, 'Amount', currency) * BigInt(sign),
  };
  return { outcome: 'open-item', record };
}
