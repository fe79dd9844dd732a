import { DIVISION_FIELDS, ME_FIELDS } from '../fields/index.js';
import type { DivisionStore, Row } from '../store/index.js';
import { amsterdamOffsetMs, toWallMs, wallMsToText } from '../wire/wall-time.js';
import { padCode, padCountry } from '../wire/values.js';
import { defineResource, type Context, type Read } from './resource.js';
import { stamps } from './stamps.js';

type ReadDivision = Read<DivisionStore>;

const rowOf = (store: DivisionStore): Row<DivisionStore> => ({
  key: String(store.head.code),
  timestamp: store.head.code,
  created: 0,
  modified: 0,
  record: store,
  dead: false,
});

const divisionValues: Readonly<Record<string, ReadDivision>> = {
  ...stamps,
  Code: (row) => row.record.head.code,
  Description: (row) => row.record.head.name,
  Country: (row) => padCountry(row.record.head.country),
  Currency: () => 'EUR',
  BlockingStatus: () => 0,
  Status: () => 1,
  Current: (row, { reachable }) => row.record === reachable[0],
  CustomerCode: () => padCode(1),
  CustomerName: (row) => row.record.head.name,
  DivisionMoveDate: (row) => row.record.head.movedAt,
  Hid: (row, { reachable }) => reachable.indexOf(row.record) + 1,
  IsDossierDivision: () => false,
  IsHRDivision: () => false,
  IsMainDivision: (row, { reachable }) => row.record === reachable[0],
  IsPracticeDivision: () => false,
  Legislation: (row) => (row.record.head.country === 'BE' ? 'Belgium' : 'Netherlands'),
};

/** The divisions of the consent, across licences. */
export const divisions = defineResource<DivisionStore>({
  path: 'system/Divisions',
  typeName: 'Exact.Web.Api.Models.System.Division',
  fields: DIVISION_FIELDS,
  key: 'Code',
  pageSize: 60,
  scope: 'organization.administration',
  rows: ({ reachable }) => reachable.map(rowOf).sort((left, right) => left.timestamp - right.timestamp),
  find: ({ reachable }, key) => reachable.map(rowOf).find((row) => row.timestamp === key),
  values: divisionValues,
});

const me: Readonly<Record<string, Read<null>>> = {
  UserID: (row) => row.key,
  CurrentDivision: (_row, { division }) => division.head.code,
  AccountingDivision: (_row, { division }) => division.head.code,
  DivisionCustomerName: (_row, { division }) => division.head.name,
  DivisionCustomerCode: () => padCode(1),
  CustomerCode: () => padCode(1),
  Email: (_row, { user }) => user.userName,
  UserName: (_row, { user }) => user.userName,
  FullName: (_row, { user }) => user.fullName ?? user.userName,
  FirstName: (_row, { user }) => (user.fullName ?? user.userName).split(' ')[0] ?? null,
  LastName: (_row, { user }) => (user.fullName ?? user.userName).split(' ').slice(1).join(' '),
  Gender: () => 'O',
  Language: () => 'NL',
  LanguageCode: () => 'nl-NL',
  // A 64-bit number that travels as text: "128" in the recording.
  Legislation: (_row, { division }) => (division.head.country === 'BE' ? 1 : 128),
  ServerTime: (_row, { now }) => wallMsToText(Math.floor(toWallMs(now) / 1_000) * 1_000),
  ServerUtcOffset: (_row, { now }) => amsterdamOffsetMs(now) / 1_000,
  IsClientUser: () => false,
  IsEmployeeSelfServiceUser: () => false,
  IsMyFirmLiteUser: () => false,
  IsMyFirmPortalUser: () => false,
  IsOEIMigrationMandatory: () => false,
  IsStarterUser: () => false,
};

/** `current/Me` carries no division, so it neither counts nor shows a rate header. Always a `results` array. */
export const currentMe = defineResource<null>({
  path: 'current/Me',
  typeName: 'Exact.Web.Api.System.Me',
  fields: ME_FIELDS,
  key: 'UserID',
  pageSize: 60,
  scope: null,
  rows: ({ userId }: Context) => [{ key: userId, timestamp: 0, created: 0, modified: 0, record: null, dead: false }],
  values: me,
  alwaysResults: true,
});
