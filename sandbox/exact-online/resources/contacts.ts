import { CONTACT_FIELDS, SYNC_CONTACT_FIELDS } from '../fields/index.js';
import type { AccountRecord, Row } from '../store/index.js';
import { derivedGuid, padCode, padCountry } from '../wire/values.js';
import { defineResource, type Context, type Read } from './resource.js';
import { stamps } from './stamps.js';

/** The books hold one contact per debtor; here it is a record of its own that changes when its debtor does. */
const contactOf = (row: Row<AccountRecord>): string => row.record.debtor.contactName ?? '';
const words = (row: Row<AccountRecord>): string[] => contactOf(row).split(' ');

const values: Readonly<Record<string, Read<AccountRecord>>> = {
  ...stamps,
  Timestamp: (row) => row.timestamp,
  ID: (row) => derivedGuid(row.key, 'contact'),
  Account: (row) => row.key,
  AccountIsCustomer: () => true,
  AccountIsSupplier: () => false,
  AccountMainContact: (row) => derivedGuid(row.key, 'contact'),
  AccountName: (row) => row.record.debtor.name,
  City: (row) => row.record.debtor.city,
  Code: (row) => padCode(row.record.debtor.code),
  Country: (row) => padCountry(row.record.debtor.country),
  Email: (row) => row.record.debtor.email,
  BusinessEmail: (row) => row.record.debtor.email,
  FirstName: (row) => words(row)[0] ?? null,
  FullName: contactOf,
  HID: (row) => row.record.debtor.code,
  IsAnonymised: () => 0,
  IsMailingExcluded: () => false,
  IsMainContact: () => true,
  Language: (row) => row.record.debtor.language.toUpperCase(),
  LastName: (row) => words(row).slice(1).join(' '),
  Phone: (row) => row.record.debtor.phone,
  Postcode: (row) => row.record.debtor.postcode,
};

const hasContact = (row: Row<AccountRecord>): boolean => !row.record.supplier && row.record.debtor.contactName !== null;
const byId = (left: Row<AccountRecord>, right: Row<AccountRecord>): number => (idOf(left) < idOf(right) ? -1 : 1);
const idOf = (row: Row<AccountRecord>): string => derivedGuid(row.key, 'contact');
const sorted = ({ division }: Context): Row<AccountRecord>[] => division.accounts.byKey().filter(hasContact).sort(byId);

export const syncContacts = defineResource<AccountRecord>({
  path: 'sync/CRM/Contacts',
  typeName: 'Exact.Web.Api.Models.Sync.CRM.Contact',
  fields: SYNC_CONTACT_FIELDS,
  key: 'Timestamp',
  pageSize: 1_000,
  scope: 'crm.accounts',
  rows: ({ division }) => division.accounts.byVersion().filter(hasContact),
  values,
  filter: { only: ['Timestamp'] },
  selectRequired: true,
  noStar: true,
  noSkip: true,
  orderBy: ['Timestamp'],
});

export const contacts = defineResource<AccountRecord>({
  path: 'crm/Contacts',
  typeName: 'Exact.Web.Api.Models.CRM.Contact',
  fields: CONTACT_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'crm.accounts',
  rows: sorted,
  find: (context, key) => sorted(context).find((row) => idOf(row) === key),
  values,
  filter: { atLeastOne: ['Account', 'AccountName', 'Code', 'Created', 'Email', 'FullName', 'ID', 'Modified'] },
});
