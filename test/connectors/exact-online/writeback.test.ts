import nock from 'nock';
import type { WriteIntent } from '../../../src/connectors/contract/index.js';
import { exactOnline } from '../../../src/connectors/exact-online/index.js';
import { failureOf } from '../../contract/stage.js';
import { answersOnly, contextOf, DIVISION, errorBody, HOST } from './support.js';

const ACCOUNT = '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0002';
const ENTRY = '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0003';
const REMOTE = '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0009';
const BASE = `/api/v1/${DIVISION}`;
const shared = { key: 'op:1', administration: DIVISION, debtorSourceId: ACCOUNT, subject: 'Herinnering 1', text: 'Open.', date: '2026-11-20' }; // prettier-ignore
const note: WriteIntent = { ...shared, kind: 'note', documentRemoteId: null };
const document: WriteIntent = { ...shared, kind: 'document', entrySourceId: ENTRY, fileName: 'h.pdf', file: Buffer.from('%PDF') }; // prettier-ignore
const push = (intent: WriteIntent, known: { remoteId: string } | null = null, extra: Record<string, string> = {}) => exactOnline.push(contextOf(extra), intent, known); // prettier-ignore
const created = { d: { ID: REMOTE.toUpperCase() } };
const post = (resource: string, body?: nock.RequestBodyMatcher) =>
  nock(HOST, { reqheaders: { prefer: 'return=representation', 'content-type': 'application/json' } }).post(`${BASE}/${resource}`, body); // prettier-ignore

function types(...results: readonly object[]): void {
  nock(HOST)
    .get(`${BASE}/documents/DocumentTypes`)
    .query({ $select: 'ID,Description,DocumentIsCreatable' })
    .reply(200, { d: { results } });
}

describe('writing to Exact', () => {
  answersOnly();

  it('posts a note with its key in the subject', async () => {
    post('activities/CommunicationNotes', { Account: ACCOUNT, Subject: 'Herinnering 1 [op:1]', Notes: 'Open.', Date: '2026-11-20T00:00:00' }).reply(201, created); // prettier-ignore
    expect(await push(note)).toEqual({ outcome: 'applied', remoteId: REMOTE });
  });

  it('links the note to its document', async () => {
    post('activities/CommunicationNotes', (body: { Document?: string }) => body.Document === REMOTE).reply(
      201,
      created,
    );
    expect((await push({ ...note, documentRemoteId: REMOTE } as WriteIntent)).outcome).toBe('applied');
  });

  it('writes nothing when the note is there already', async () => {
    expect(await push(note, { remoteId: REMOTE })).toEqual({ outcome: 'applied', remoteId: REMOTE });
  });

  it('posts a document on the financial entry, then its file', async () => {
    types({ ID: 10, Description: 'Verkoopfactuur' }, { ID: 77, Description: 'Aanmaning', DocumentIsCreatable: false }, { ID: 55, Description: 'Diversen ' }); // prettier-ignore
    post('documents/Documents', { Subject: 'Herinnering 1 [op:1]', Type: 55, Account: ACCOUNT, DocumentDate: '2026-11-20T00:00:00', Body: 'Open.', FinancialTransactionEntryID: ENTRY }).reply(201, created); // prettier-ignore
    post('documents/DocumentAttachments', { Document: REMOTE, FileName: 'h.pdf', Attachment: 'JVBERg==' }).reply(201, { d: { ID: ENTRY, Attachment: null } }); // prettier-ignore
    expect(await push(document)).toEqual({ outcome: 'applied', remoteId: REMOTE });
  });

  it('asks for the types once for many documents, and never when one is chosen', async () => {
    types({ ID: 61, Description: 'Herinnering' });
    const context = contextOf();
    for (let serial = 0; serial < 3; serial += 1) {
      post('documents/Documents', (body: { Type: number }) => body.Type === 61).reply(201, created);
      post('documents/DocumentAttachments').reply(201, created);
      expect((await exactOnline.push(context, document, null)).outcome).toBe('applied');
    }
    post('documents/Documents', (body: { Type: number }) => body.Type === 99).reply(201, created);
    post('documents/DocumentAttachments').reply(201, created);
    expect((await push(document, null, { documentType: '99' })).outcome).toBe('applied');
  });

  it.each([
    [
      [
        { ID: 10, Description: 'Sales invoice' },
        { ID: 8, Description: 'Correspondence' },
        { ID: 55, Description: 'Miscellaneous' },
      ],
      8,
    ],
    [
      [
        { ID: 10, Description: 'Facture' },
        { ID: 183, Description: 'Rappel' },
      ],
      183,
    ],
    [
      [
        { ID: 10, Description: 'Factuur' },
        { ID: 55, Description: 'Anders genoemd' },
      ],
      55,
    ],
    [[], 55],
  ])('of the types %j it takes %d', async (list, type) => {
    types(...list);
    post('documents/Documents', (body: { Type: number }) => body.Type === type).reply(400, errorBody('genoeg gezien'));
    expect(await push(document)).toMatchObject({ outcome: 'rejected', message: 'genoeg gezien' });
  });

  it('files nothing among the invoices when no type fits', async () => {
    types({ ID: 10, Description: 'Verkoopfactuur' }, { ID: 20, Description: 'Inkoopfactuur' });
    expect(await push(document)).toMatchObject({ outcome: 'rejected', fields: ['Type'] });
  });

  it('names no entry when it is not known', async () => {
    types();
    post('documents/Documents', (body: object) => !('FinancialTransactionEntryID' in body)).reply(201, created);
    post('documents/DocumentAttachments').reply(201, created);
    expect((await push({ ...document, entrySourceId: null } as WriteIntent)).outcome).toBe('applied');
  });

  it.each([
    [400, errorBody('Verplicht: Onderwerp'), 'rejected', 'Verplicht: Onderwerp'],
    [500, errorBody('Gegeven bestaat reeds.'), 'rejected', 'Gegeven bestaat reeds.'],
    [404, '', 'rejected', 'Exact Online answered 404.'],
    [500, errorBody('An error occurred while processing this request.'), 'unknown', /error occurred/],
    [500, '<html/>', 'unknown', /500/],
    [502, '<html/>', 'unknown', /502/],
    [503, '', 'unknown', /503/],
    [504, '', 'unknown', /504/],
    [408, '', 'unknown', /408/],
    [201, '', 'unknown', /does not name/],
    [201, { d: { ID: null } }, 'unknown', /does not name/],
  ] as const)('takes %d %j for %s', async (status, body, outcome, message) => {
    post('activities/CommunicationNotes').reply(status, body);
    const found = await push(note);
    expect(found.outcome).toBe(outcome);
    expect('message' in found ? found.message : '').toMatch(message);
  });

  it.each([
    [401, 'auth_expired'],
    [403, 'scope_missing'],
    [429, 'rate_limited'],
    [302, 'contract_changed'],
    [405, 'contract_changed'],
  ])('%d is nobody’s refusal of the note: %s', async (status, kind) => {
    post('activities/CommunicationNotes').reply(status, '');
    expect((await failureOf(() => push(note))).kind).toBe(kind);
  });

  it('knows that a refused connection wrote nothing', async () => {
    post('activities/CommunicationNotes').replyWithError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
    expect((await failureOf(() => push(note))).kind).toBe('source_down');
  });
});

describe('looking up what was written', () => {
  answersOnly();
  const probe = (intent: WriteIntent) => exactOnline.probe(contextOf(), intent);
  const search = (resource: string, filter: string, results: readonly object[]) =>
    nock(HOST).get(`${BASE}/${resource}`).query({ $select: 'ID', $filter: filter }).reply(200, { d: { results } });
  const BY_KEY = `Account eq guid'${ACCOUNT}' and substringof('[op:1]',Subject) eq true`;
  const right = (endpoint: string, allowed: boolean) =>
    nock(HOST).get(`${BASE}/users/UserHasRights`).query({ endpoint: `'${endpoint}'`, action: "'GET'" }).reply(200, { d: { UserHasRights: allowed } }); // prettier-ignore

  it('finds a note by debtor and key', async () => {
    search('activities/CommunicationNotes', BY_KEY, [{ ID: REMOTE }]);
    expect(await probe(note)).toEqual({ outcome: 'applied', remoteId: REMOTE });
  });

  it('escapes quotes in a key', async () => {
    search('activities/CommunicationNotes', BY_KEY.replace('op:1', "o''p"), [{ ID: REMOTE }]);
    expect(await probe({ ...note, key: "o'p" })).toMatchObject({ outcome: 'applied' });
  });

  it('believes an empty list only of a user who may read', async () => {
    search('activities/CommunicationNotes', BY_KEY, []);
    right('activities/CommunicationNotes', true);
    expect(await probe(note)).toEqual({ outcome: 'absent' });
    search('activities/CommunicationNotes', BY_KEY, []);
    right('activities/CommunicationNotes', false);
    expect((await failureOf(() => probe(note))).kind).toBe('scope_missing');
  });

  it('tells a document without its file from a whole one', async () => {
    search('documents/Documents', BY_KEY, [{ ID: REMOTE }]);
    search('documents/DocumentAttachments', `Document eq guid'${REMOTE}'`, []);
    right('documents/DocumentAttachments', true);
    expect(await probe(document)).toEqual({ outcome: 'partial', remoteId: REMOTE });
    search('documents/Documents', BY_KEY, [{ ID: REMOTE }]);
    search('documents/DocumentAttachments', `Document eq guid'${REMOTE}'`, [{ ID: ENTRY }]);
    expect(await probe(document)).toEqual({ outcome: 'applied', remoteId: REMOTE });
  });
});
