import type { BookDebtor } from '../../books/index.js';
import { ACCOUNT_FIELDS, SYNC_ACCOUNT_FIELDS } from '../fields/index.js';
import type { AccountRecord, Row } from '../store/index.js';
import { derivedGuid, padCode, padCountry, type Raw } from '../wire/values.js';
import { dateToWallMs } from '../wire/wall-time.js';
import { defineResource, type Context, type Read, type Values } from './resource.js';
import { stamps } from './stamps.js';

type ReadAccount = Read<AccountRecord>;

const COUNTRY_NAMES: Readonly<Record<string, string>> = { NL: 'Nederland', BE: 'België' };
const LANGUAGES: Readonly<Record<string, string>> = { nl: 'Nederlands', fr: 'Frans', en: 'Engels', de: 'Duits' };
const debtor = (row: Row<AccountRecord>): BookDebtor => row.record.debtor;
const days = (row: Row<AccountRecord>): string => String(debtor(row).paymentDays).padStart(2, '0');

const modelled: Readonly<Record<string, ReadAccount>> = {
  ...stamps,
  Timestamp: (row) => row.timestamp,
  ID: (row) => row.key,
  Code: (row) => padCode(debtor(row).code),
  Name: (row) => debtor(row).name,
  Email: (row) => debtor(row).email,
  Phone: (row) => debtor(row).phone,
  AddressLine1: (row) => debtor(row).addressLine,
  Postcode: (row) => debtor(row).postcode,
  City: (row) => debtor(row).city,
  Country: (row) => padCountry(debtor(row).country),
  CountryName: (row) => COUNTRY_NAMES[debtor(row).country] ?? null,
  VATNumber: (row) => debtor(row).vatNumber,
  ChamberOfCommerce: (row) => debtor(row).chamberOfCommerce,
  // The language code's form is not documented; upper case is what the user interface shows.
  Language: (row) => debtor(row).language.toUpperCase(),
  LanguageDescription: (row) => LANGUAGES[debtor(row).language] ?? null,
  MainContact: (row) => (debtor(row).contactName === null ? null : derivedGuid(row.key, 'contact')),
  PaymentConditionSales: days,
  PaymentConditionSalesDescription: (row) => `${debtor(row).paymentDays} dagen netto`,
  // A filled Status is what makes an account a customer.
  Status: (row) => (row.record.supplier ? null : 'C'),
  Type: () => 'A',
  IsSales: (row) => !row.record.supplier,
  IsSupplier: (row) => row.record.supplier,
  IsPurchase: (row) => row.record.supplier,
  Blocked: () => false,
  IsAccountant: () => 0,
  IsAgency: () => 0,
  IsAnonymised: () => 0,
  IsBank: () => false,
  IsCompetitor: () => 0,
  IsMailing: () => 0,
  IsMember: () => false,
  IsPilot: () => false,
  IsReseller: () => false,
  CanDropShip: () => false,
  EnableSalesPaymentLink: () => false,
  InvoicingMethod: (row) => (debtor(row).email === null ? 1 : 2),
  SalesCurrency: () => 'EUR',
  SalesCurrencyDescription: () => 'Euro',
  SecurityLevel: () => 100,
  Source: () => 0,
  StartDate: (row) => dateToWallMs(debtor(row).createdOn),
};

/** What a client wrote wins over what the books say. */
const values = Object.fromEntries(
  Object.keys(SYNC_ACCOUNT_FIELDS).map((name) => [
    name,
    ((row, context) => row.record.written[name] ?? modelled[name]?.(row, context) ?? null) satisfies ReadAccount,
  ]),
);

export const syncAccounts = defineResource<AccountRecord>({
  path: 'sync/CRM/Accounts',
  typeName: 'Exact.Web.Api.Models.Sync.CRM.Account',
  fields: SYNC_ACCOUNT_FIELDS,
  key: 'Timestamp',
  pageSize: 1_000,
  scope: 'crm.accounts',
  rows: ({ division }) => division.accounts.byVersion(),
  values,
  filter: { only: ['Timestamp'] },
  noSkip: true,
  orderBy: ['Timestamp'],
});

/** Filters of which crm/Accounts wants at least one; the published list is longer, these are the ones known from it. */
const MANDATORY = ['Accountant', 'AccountManager', 'Blocked', 'Code', 'Created', 'Email', 'ID', 'Modified', 'Name', 'SearchCode', 'Status', 'Type', 'VATNumber']; // prettier-ignore

export const accounts = defineResource<AccountRecord>({
  path: 'crm/Accounts',
  typeName: 'Exact.Web.Api.Models.CRM.Account',
  fields: ACCOUNT_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'crm.accounts',
  rows: ({ division }) => division.accounts.byKey(),
  find: ({ division }, key) => division.accounts.get(String(key)),
  values,
  filter: { atLeastOne: MANDATORY },
  put: changeAccount,
});

/** The columns of a debtor that live in the neutral books; the rest of a PUT is kept as written. */
const IN_BOOKS: Readonly<Record<string, keyof BookDebtor>> = {
  Name: 'name',
  Email: 'email',
  Phone: 'phone',
  AddressLine1: 'addressLine',
  Postcode: 'postcode',
  City: 'city',
  VATNumber: 'vatNumber',
  ChamberOfCommerce: 'chamberOfCommerce',
};

function changeAccount(row: Row<AccountRecord>, changes: Values, { division, now }: Context): void {
  const kept: Record<string, Raw> = { ...row.record.written };
  const target = row.record.debtor as unknown as Record<string, Raw>;
  for (const [name, value] of Object.entries(changes)) {
    const column = IN_BOOKS[name];
    if (column === undefined) kept[name] = value;
    else target[column] = value;
  }
  division.accounts.put(row.key, { ...row.record, written: kept }, { now });
}
