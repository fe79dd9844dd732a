/** Rows in the shapes of Exact's answers (verbose JSON): padded codes, 64-bit numbers as text, `/Date(ms)/`. */
export const ID = '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0001';
export const ACCOUNT = '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0002';
const ENTRY = '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0003';
const TRANSACTION = '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0004';

export type Changes = Readonly<Record<string, unknown>>;

/** Midnight of a day as Exact writes it. */
export const wireDate = (date: string): string => `/Date(${Date.parse(`${date}T00:00:00Z`)})/`;

/** An open sales invoice of 121.00: AmountFC is negative, TransactionAmountFC positive. */
export const term = (changes: Changes = {}): Record<string, unknown> => ({
  __metadata: {
    uri: 'https://start.exactonline.nl/api/v1/1/sync/…',
    type: 'Exact.Web.Api.Models.Sync.Cashflow.PaymentTerm',
  },
  ID,
  Timestamp: '9007199254740993',
  LineType: 20,
  Account: ACCOUNT,
  Currency: 'EUR',
  AmountFC: -121,
  TransactionAmountFC: 121,
  TransactionType: 20,
  TransactionID: TRANSACTION,
  TransactionEntryID: ENTRY,
  EntryNumber: 26700123,
  EntryDate: wireDate('2026-09-01'),
  InvoiceNumber: 26700123,
  InvoiceDate: wireDate('2026-09-01'),
  DueDate: wireDate('2026-10-01'),
  YourRef: ' PO-77 ',
  Status: 20,
  IsFullyPaid: false,
  LastPaymentDate: null,
  EndDate: null,
  Description: 'Levering',
  PaymentReference: '',
  ...changes,
});

export const account = (changes: Changes = {}): Record<string, unknown> => ({
  ID: ACCOUNT.toUpperCase(),
  Timestamp: '493115',
  Code: '           0000002',
  Name: 'Lindeboom BV ',
  Status: 'C',
  Email: 'boekhouding@lindeboom.example',
  Phone: null,
  Language: 'NL-BE',
  Country: 'NL ',
  AddressLine1: 'Kade 1',
  AddressLine2: '',
  AddressLine3: null,
  Postcode: '1011 AB',
  City: 'Amsterdam',
  VATNumber: 'NL001234567B01',
  ChamberOfCommerce: null,
  PaymentConditionSales: '30',
  Blocked: false,
  CreditLineSales: 5000.5,
  ...changes,
});
