import nock from 'nock';
import { exactOnline } from '../../../src/connectors/exact-online/index.js';
import { failureOf } from '../../contract/stage.js';
import { answersOnly, contextOf, DIVISION, errorBody, HOST } from './support.js';

const FIELDS = 'Code,Description,Country,Currency,Status,BlockingStatus,ArchiveDate,DivisionMoveDate,DivisionHRLinkUnlinkDate'; // prettier-ignore
const division = (changes: object) => ({
  Code: 1700101,
  Description: 'Lindeboom BV ',
  Country: 'NL ',
  Currency: 'EUR',
  Status: 1,
  BlockingStatus: 0,
  ArchiveDate: null,
  DivisionMoveDate: null,
  DivisionHRLinkUnlinkDate: null,
  ...changes,
});

function me(row: object): void {
  nock(HOST)
    .get('/api/v1/current/Me')
    .query({ $select: 'CurrentDivision,FullName,UserName,Email' })
    .reply(200, { d: { results: [row] } });
}

describe('who is connected to Exact', () => {
  answersOnly();

  it('lists the divisions of the consent, over all pages, without those out of use', async () => {
    me({ CurrentDivision: 124132, FullName: ' Sanne de Boer' });
    const path = '/api/v1/124132/system/Divisions';
    nock(HOST).get(path).query({ $select: FIELDS }).reply(200, {
      d: {
        results: [division({}), division({ Code: 2, Status: 0 }), division({ Code: 3, Status: 2 }), division({ Code: 4, ArchiveDate: '/Date(0)/' })],
        __next: `${HOST}${path}?$select=${FIELDS}&$skiptoken=4`,
      },
    }); // prettier-ignore
    nock(HOST).get(path).query({ $select: FIELDS, $skiptoken: '4' }).reply(200, {
      d: { results: [division({ Code: 5, Country: 'BE', BlockingStatus: 1, DivisionMoveDate: '/Date(1782404200637)/' })] },
    }); // prettier-ignore
    expect(await exactOnline.check(contextOf())).toEqual({
      user: 'Sanne de Boer',
      administrations: [
        {
          sourceId: '1700101',
          name: 'Lindeboom BV',
          country: 'NL',
          currency: 'EUR',
          rebaseMarkers: { DivisionMoveDate: null, DivisionHRLinkUnlinkDate: null },
        },
        {
          sourceId: '5',
          name: 'Lindeboom BV',
          country: 'BE',
          currency: 'EUR',
          rebaseMarkers: { DivisionMoveDate: '/Date(1782404200637)/', DivisionHRLinkUnlinkDate: null },
          notice: 'Exact Online has blocked this administration: a backup or restore is under way.',
        },
      ],
    });
  });

  it('does not go on without a division to start from', async () => {
    me({ FullName: 'Sanne' });
    expect((await failureOf(() => exactOnline.check(contextOf()))).kind).toBe('contract_changed');
  });
});

describe("the user's rights in Exact", () => {
  answersOnly();
  const ask = (endpoint: string, action: string) =>
    nock(HOST)
      .get(`/api/v1/${DIVISION}/users/UserHasRights`)
      .query({ endpoint: `'${endpoint}'`, action: `'${action}'` });

  const may = (endpoint: string, action: string): unknown => ask(endpoint, action).reply(200, { d: { UserHasRights: true } }); // prettier-ignore
  const reading = (resource: string) => nock(HOST).get(`/api/v1/${DIVISION}/${resource}`).query(true);

  it('names what is missing, what it switches off, and what could not be asked', async () => {
    may('sync/CRM/Accounts', 'GET');
    reading('sync/CRM/Accounts').reply(200, { d: { results: [] } });
    ask('sync/Cashflow/PaymentTerms', 'GET').reply(200, { d: { results: [{ UserHasRights: false }] } });
    ask('sync/Deleted', 'GET').reply(400, errorBody('Unknown endpoint'));
    may('read/financial/ReceivablesList', 'GET');
    reading('read/financial/ReceivablesList').reply(403, errorBody("Forbidden - Application Scope Violated. Cannot read 'financial.receivables' scope.")); // prettier-ignore
    may('activities/CommunicationNotes', 'POST');
    reading('activities/CommunicationNotes').reply(400, errorBody('This $filter parameter is not supported'));
    may('documents/Documents', 'POST');
    reading('documents/Documents').reply(200, { d: { results: [] } });
    ask('documents/DocumentAttachments', 'POST').reply(200, { d: { UserHasRights: false } });
    may('activities/Tasks', 'POST');
    may('crm/Accounts', 'PUT');
    may('webhooks/WebhookSubscriptions', 'POST');
    const seen = await exactOnline.rights(contextOf(), DIVISION);
    expect(seen.map(({ object, allowed, message }) => [object, allowed, message])).toEqual([
      ['debtors', true, null],
      [
        'receivables',
        false,
        'The connected user may not read sync/Cashflow/PaymentTerms. Without it no receivables and payments come in, so nobody can be reminded.', // prettier-ignore
      ],
      ['deletions', true, 'Exact Online did not say whether the user may use sync/Deleted.'],
      [
        'open-items',
        false,
        'The app lacks the scope "Financial receivables" (financial.receivables); give it in the App Center and connect again. ' +
          'Without it the books cannot be compared with the list of open items of Exact Online.',
      ],
      ['notes', true, null],
      [
        'documents',
        false,
        'The connected user may not write documents/DocumentAttachments. Without it no copy of a sent message is filed in Exact Online.', // prettier-ignore
      ],
      ['tasks', true, null],
      ['states', true, null],
      ['hints', true, null],
    ]);
    expect(seen.every(({ scope }) => scope !== undefined)).toBe(true);
    expect(seen.filter(({ disables }) => disables !== undefined).map(({ object }) => object)).toEqual(['receivables', 'open-items', 'documents']); // prettier-ignore
  });

  it('stops when the app itself may not ask', async () => {
    ask('sync/CRM/Accounts', 'GET').reply(403, errorBody("Forbidden - Application Scope Violated. Cannot read 'organization.administration' scope.")); // prettier-ignore
    const error = await failureOf(() => exactOnline.rights(contextOf(), DIVISION));
    expect([error.kind, error.message]).toEqual([
      'scope_missing',
      expect.stringContaining('organization.administration'),
    ]);
  });

  it('refuses a division that is not a number before it calls', async () => {
    expect((await failureOf(() => exactOnline.rights(contextOf(), '../current'))).kind).toBe('bug');
  });
});
