import { RECEIVABLES_LIST_FIELDS } from '../fields/index.js';
import type { Row, TermRecord } from '../store/index.js';
import { padCode, toDouble } from '../wire/values.js';
import { dateToWallMs } from '../wire/wall-time.js';
import { derivedRows } from './derived-rows.js';
import { defineResource, type Context } from './resource.js';

const item = (row: Row<TermRecord>) => row.record.receivable;
const account = (row: Row<TermRecord>, { division }: Context) =>
  division.accounts.get(item(row).debtorId)?.record.debtor;
const isReceipt = (row: Row<TermRecord>): boolean => item(row).kind === 'receipt';

const openRows = derivedRows((rows) =>
  rows
    .filter((row) => row.record.lineType === 20 && item(row).openMinor !== 0)
    .sort((left, right) => left.record.hid - right.record.hid),
);

/**
 * The open items as the ledger itself lists them, unmatched receipts included; the tie-out source. Its key is a volatile
 * human-readable number. Sources contradict each other on the sign of Amount (`receivablesListSign`), and on paging:
 * users saw several pages, so it is paged by sixty here.
 */
export const receivablesList = defineResource<TermRecord>({
  path: 'read/financial/ReceivablesList',
  typeName: 'Exact.Web.Api.Models.Financial.ReceivableList',
  fields: RECEIVABLES_LIST_FIELDS,
  key: 'HID',
  pageSize: 60,
  scope: 'financial.receivables',
  rows: openRows,
  values: {
    HID: (row) => row.record.hid,
    AccountCode: (row, context) => padCode(account(row, context)?.code ?? ''),
    AccountId: (row) => item(row).debtorId,
    AccountName: (row, context) => account(row, context)?.name ?? null,
    Amount: (row, { site }) => toDouble(item(row).openMinor * site.receivablesListSign, item(row).currency),
    AmountInTransit: () => 0,
    CurrencyCode: (row) => item(row).currency,
    Description: (row) => item(row).description,
    DueDate: (row) => dateToWallMs(item(row).dueDate),
    EntryNumber: (row) => item(row).entryNumber,
    InvoiceDate: (row) => dateToWallMs(item(row).invoiceDate),
    InvoiceNumber: (row) => (isReceipt(row) ? null : item(row).invoiceNumber),
    JournalCode: (row) => (isReceipt(row) ? '20' : '70'),
    JournalDescription: (row) => (isReceipt(row) ? 'Bank' : 'Verkoopboek'),
    YourRef: (row) => (isReceipt(row) ? null : item(row).yourRef),
  },
  noSkip: true,
});
