import type { Row, TermRecord } from '../store/index.js';
import { derivedGuid, padCode, padCountry, toDouble } from '../wire/values.js';
import { dateToWallMs } from '../wire/wall-time.js';
import type { Context, Read } from './resource.js';
import { divisionGuid, stamps } from './stamps.js';

type ReadTerm = Read<TermRecord>;

/** Rates to the division's currency; the neutral books hold none. */
const RATES: Readonly<Record<string, number>> = {
  EUR: 1,
  USD: 0.92,
  GBP: 1.17,
  CHF: 1.04,
  DKK: 0.134,
  SEK: 0.088,
  NOK: 0.086,
};

const item = (row: Row<TermRecord>) => row.record.receivable;
const rate = (row: Row<TermRecord>): number => RATES[item(row).currency] ?? 1;
const date = (text: string | null): number | null => (text === null ? null : dateToWallMs(text));
const isSettled = (row: Row<TermRecord>): boolean => item(row).openMinor === 0;
const isReceipt = (row: Row<TermRecord>): boolean => item(row).kind === 'receipt';
const round = (value: number): number => Math.round(value * 100) / 100;

function account(row: Row<TermRecord>, context: Context) {
  return context.division.accounts.get(item(row).debtorId)?.record.debtor;
}

/**
 * AmountFC: what is open, with the sign turned: an open invoice of 121 is −121 (three independent sources for
 * cashflow/Receivables; PaymentTerms has the same table and is presumed to do the same). Payables the other way round.
 *
 * A fully matched term: the reference says "receivables are matched on this amount", so by default it keeps the amount
 * it was matched on and only `Status` 50 and `IsFullyPaid` say that nothing is open. That no recording exists is why
 * the choice is a switch (`settledAmount`): a client must be right under both.
 *
 * A part payment: Exact may split the term in two. Here the one term shows what remains, as the other sources say.
 */
const amountFc: ReadTerm = (row, context) => {
  const { amountMinor, openMinor, currency } = item(row);
  const minor = openMinor !== 0 ? openMinor : context.site.settledAmount === 'transaction' ? amountMinor : 0;
  const turned = row.record.lineType === 20 ? -minor : minor;
  return turned === 0 ? 0 : toDouble(turned, currency);
};

/** TransactionAmountFC: the whole of the invoice, positive for a sale, negative for a credit note or money received. */
const transactionFc: ReadTerm = (row) => {
  const { amountMinor, currency } = item(row);
  return toDouble(row.record.lineType === 20 ? amountMinor : -amountMinor, currency);
};

const inDivisionCurrency =
  (amount: ReadTerm): ReadTerm =>
  (row, context) =>
    round(Number(amount(row, context)) * rate(row));

type ReadDate = (row: Row<TermRecord>) => string | null;

/** When it stopped being an open item. */
const endDate: ReadDate = (row) => (isSettled(row) ? (item(row).settledOn ?? item(row).lastPaymentDate) : null);
const invoiceDate: ReadDate = (row) => item(row).invoiceDate;

const onDate =
  (read: ReadDate): ReadTerm =>
  (row) =>
    date(read(row));

/** The year or the period (here: the month) of a date. */
const part =
  (read: ReadDate, from: number, to: number): ReadTerm =>
  (row) => {
    const text = read(row);
    return text === null ? null : Number(text.slice(from, to));
  };

function transactionType(row: Row<TermRecord>): number {
  if (row.record.lineType === 22) return 30;
  return { invoice: 20, 'credit-note': 21, receipt: 40 }[item(row).kind];
}

function journal(row: Row<TermRecord>): readonly [string, string] {
  if (row.record.lineType === 22) return ['60', 'Inkoopboek'];
  return isReceipt(row) ? ['20', 'Bank'] : ['70', 'Verkoopboek'];
}

function paymentDays(row: Row<TermRecord>, context: Context): number {
  return account(row, context)?.paymentDays ?? 30;
}

const written =
  (name: string, otherwise: ReadTerm): ReadTerm =>
  (row, context) =>
    row.record.written[name] ?? otherwise(row, context);

/** Every modelled field of a payment term; Receivables has the same ones. */
export const termValues: Readonly<Record<string, ReadTerm>> = {
  ...stamps,
  Timestamp: (row) => row.timestamp,
  LineType: (row) => row.record.lineType,
  ApprovalStatus: () => 1,
  ID: (row) => row.key,
  Account: (row) => item(row).debtorId,
  AccountCode: (row, context) => padCode(account(row, context)?.code ?? ''),
  AccountContact: (row, context) =>
    account(row, context)?.contactName ? derivedGuid(item(row).debtorId, 'contact') : null,
  AccountContactName: (row, context) => account(row, context)?.contactName ?? null,
  AccountCountry: (row, context) => padCountry(account(row, context)?.country ?? context.division.head.country),
  AccountName: (row, context) => account(row, context)?.name ?? null,
  AmountFC: amountFc,
  AmountDC: inDivisionCurrency(amountFc),
  AmountDiscountDC: () => 0,
  AmountDiscountFC: () => 0,
  BankAccountID: (_row, context) => divisionGuid(context, 'bank account'),
  BankAccountNumber: (_row, context) => context.division.head.iban,
  Currency: (row) => item(row).currency,
  Description: written('Description', (row) => item(row).description),
  DueDate: (row) => date(item(row).dueDate),
  EndDate: onDate(endDate),
  EndPeriod: part(endDate, 5, 7),
  EndYear: part(endDate, 0, 4),
  EntryDate: onDate(invoiceDate),
  // Not the financial entry: a set of terms of its own. Clients that join on it find nothing, as in life.
  EntryID: (row) => derivedGuid(row.key, 'term set'),
  EntryNumber: (row) => item(row).entryNumber,
  GLAccount: (_row, context) => divisionGuid(context, 'debtors ledger'),
  GLAccountCode: (row) => (row.record.lineType === 20 ? '1300' : '1600'),
  GLAccountDescription: (row) => (row.record.lineType === 20 ? 'Debiteuren' : 'Crediteuren'),
  InvoiceDate: onDate(invoiceDate),
  // Money received has no invoice number of its own (unverified for PaymentTerms; ReceivablesList is documented so).
  InvoiceNumber: (row) => (isReceipt(row) ? null : item(row).invoiceNumber),
  IsBatchBooking: () => 0,
  IsFullyPaid: (row) => isSettled(row),
  Journal: (row) => journal(row)[0],
  JournalDescription: (row) => journal(row)[1],
  LastPaymentDate: (row) => date(item(row).lastPaymentDate),
  PaymentCondition: (row, context) => String(paymentDays(row, context)).padStart(2, '0'),
  PaymentConditionDescription: (row, context) => `${paymentDays(row, context)} dagen netto`,
  PaymentDays: (row, context) => paymentDays(row, context),
  PaymentMethod: written('PaymentMethod', () => 'B'),
  PaymentReference: written('PaymentReference', (row) => item(row).paymentReference),
  RateFC: rate,
  Source: () => 1,
  Status: (row) => (isSettled(row) ? 50 : 20),
  TransactionAmountFC: transactionFc,
  TransactionAmountDC: inDivisionCurrency(transactionFc),
  TransactionDueDate: (row) => date(item(row).dueDate),
  TransactionEntryID: (row) => item(row).entryId,
  TransactionID: (row) => item(row).transactionId,
  TransactionIsReversal: () => false,
  TransactionReportingPeriod: part(invoiceDate, 5, 7),
  TransactionReportingYear: part(invoiceDate, 0, 4),
  TransactionStatus: () => 20,
  TransactionType: transactionType,
  YourRef: (row) => (isReceipt(row) ? null : item(row).yourRef),
};
