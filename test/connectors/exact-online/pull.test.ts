import nock from 'nock';
import type { Position, PullRequest } from '../../../src/connectors/contract/index.js';
import { exactOnline } from '../../../src/connectors/exact-online/index.js';
import type { LedgerObject } from '../../../src/ledger/domain/index.js';
import { failureOf } from '../../contract/stage.js';
import { answersOnly, contextOf, DIVISION, errorBody, HOST, TOKEN } from './support.js';

const TERMS = `/api/v1/${DIVISION}/sync/Cashflow/PaymentTerms`;
const HEADERS = {
  'X-RateLimit-Limit': '5000',
  'X-RateLimit-Remaining': '4987',
  'X-RateLimit-Reset': '1795219200000',
  'X-RateLimit-Minutely-Limit': '60',
  'X-RateLimit-Minutely-Remaining': '0',
  'X-RateLimit-Minutely-Reset': '1795165260000',
};

const pull = (object: LedgerObject, position: Position = exactOnline.firstPosition(object)) => {
  const request: PullRequest = { object, administration: DIVISION, position, limit: 10 };
  return exactOnline.pull(contextOf(), request);
};
const at = (after: string, next: string | null = null, highest = after): Position => ({ version: 1, family: 'row-version', after, highest, next }); // prettier-ignore
const row = (Timestamp: unknown) => ({ Timestamp });

describe('pulling from Exact', () => {
  answersOnly();

  it.each<[LedgerObject, string, string]>([
    ['debtors', 'sync/CRM/Accounts', 'ID,Timestamp,Code,Name,Status,Email,Phone,Language,Country,AddressLine1,AddressLine2,AddressLine3,Postcode,City,VATNumber,ChamberOfCommerce,PaymentConditionSales,Blocked,CreditLineSales'], // prettier-ignore
    ['receivables', 'sync/Cashflow/PaymentTerms', 'ID,Timestamp,LineType,Account,Currency,AmountFC,TransactionAmountFC,TransactionType,TransactionID,TransactionEntryID,EntryNumber,EntryDate,InvoiceNumber,InvoiceDate,DueDate,YourRef,Status,IsFullyPaid,LastPaymentDate,EndDate,Description,PaymentMethod,PaymentReference'], // prettier-ignore
    ['deletions', 'sync/Deleted', 'Timestamp,EntityType,EntityKey'],
  ])('asks for %s by name, from the beginning, as JSON', async (object, resource, select) => {
    nock(HOST, { reqheaders: { accept: 'application/json', authorization: `Bearer ${TOKEN}` } })
      .get(`/api/v1/${DIVISION}/${resource}`)
      .query({ $select: select, $filter: 'Timestamp gt 1L' })
      .reply(200, { d: { results: [] } }, HEADERS);
    expect(await pull(object)).toEqual({
      records: [],
      next: at('1'),
      more: false,
      total: null,
      budgets: [
        { scope: 'minute', limit: 60, remaining: 0, resetsAt: new Date(1795165260000) },
        { scope: 'day', limit: 5000, remaining: 4987, resetsAt: new Date(1795219200000) },
      ],
    });
  });

  it('follows the next page, keeps its place until the walk has ended, then moves to the highest version seen', async () => {
    const next = `${TERMS}?$select=ID&$filter=Timestamp%20gt%205L&$skiptoken=20L`;
    nock(HOST)
      .get(TERMS)
      .query(true)
      .reply(200, { d: { results: [row('20'), row('7')], __next: `${HOST}${next}` } });
    const first = await pull('receivables', at('5'));
    expect(first).toMatchObject({ more: true, next: at('5', next, '20') });
    nock(HOST).get(TERMS).query({ $select: 'ID', $filter: 'Timestamp gt 5L', $skiptoken: '20L' }).reply(200, { d: { results: [row('9007199254740995'), row('21')] } }); // prettier-ignore
    expect(await pull('receivables', first.next)).toMatchObject({ more: false, next: at('9007199254740995') });
  });

  it('does not let an unreadable version move its place', async () => {
    nock(HOST)
      .get(TERMS)
      .query(true)
      .reply(200, { d: { results: [row('x'), null, row(null), row(8), row('6')] } });
    expect((await pull('receivables', at('5'))).next).toEqual(at('8'));
  });

  it.each([
    ['another host', `https://evil.example${TERMS}?$skiptoken=1L`],
    ['another host in the name of this one', `https://start.exactonline.nl@evil.example${TERMS}?$skiptoken=1L`],
    ['another list', `${HOST}/api/v1/${DIVISION}/crm/Accounts?$skiptoken=1L`],
    ['another administration', `${HOST}/api/v1/9/sync/Cashflow/PaymentTerms?$skiptoken=1L`],
  ])('never follows a next page on %s', async (_name, next) => {
    nock(HOST)
      .get(TERMS)
      .query(true)
      .reply(200, { d: { results: [row('2')], __next: next } });
    expect((await failureOf(() => pull('receivables'))).kind).toBe('contract_changed');
  });

  it.each([400, 404])(
    'starts the walk again where the last one ended when Exact answers %d to its token',
    async (status) => {
      nock(HOST).get(TERMS).query({ $skiptoken: '20L' }).reply(status, errorBody('Invalid skiptoken'));
      const page = await pull('receivables', at('5', `${TERMS}?$skiptoken=20L`, '20'));
      expect(page).toMatchObject({ records: [], more: true, next: at('5') });
    },
  );

  it('does not take a passing failure for a bad token', async () => {
    nock(HOST).get(TERMS).query(true).reply(503, '<html/>');
    expect((await failureOf(() => pull('receivables', at('5', `${TERMS}?$skiptoken=20L`)))).kind).toBe('source_down');
  });

  it.each<[string, Position]>([
    ['nothing', {}],
    ['another version', { ...at('5'), version: 2 }],
    ['another family', { ...at('5'), family: 'list' }],
    ['a number that JSON may have rounded', { ...at('5'), after: 5 }],
    ['something to inject', { ...at('5'), after: '5L or true' }],
    ['a next page in another administration', at('5', '/api/v1/9/sync/Cashflow/PaymentTerms?$skiptoken=1L')],
    ['a next page elsewhere', at('5', 'https://evil.example/api/v1')],
  ])('refuses a position with %s before it calls', async (_name, position) => {
    expect((await failureOf(() => pull('receivables', position))).kind).toBe('position_invalid');
  });

  it.each([
    ['one record', { d: { Timestamp: '9' } }, 1],
    ['a bare list', { d: [row('9'), row('8')] }, 2],
    ['an empty bare list', { d: [] }, 0],
    ['a list in results', { d: { results: [row('9')] } }, 1],
  ])('reads %s', async (_name, body, count) => {
    nock(HOST).get(TERMS).query(true).reply(200, body);
    expect((await pull('receivables')).records).toHaveLength(count);
  });

  it.each([
    [{ error: 'x' }, 'contract_changed'],
    [{ d: { results: 'x' } }, 'contract_changed'],
    [{ d: null }, 'contract_changed'],
    ['<html>login</html>', 'source_down'],
    ['', 'source_down'],
    ['{"d":{"results":[{"ID"', 'source_down'],
  ])('takes %j for a failure: %s', async (body, kind) => {
    nock(HOST).get(TERMS).query(true).reply(200, body);
    expect((await failureOf(() => pull('receivables'))).kind).toBe(kind);
  });

  it.each([
    ['no headers', {}, []],
    [
      'only the minute',
      { 'X-RateLimit-Minutely-Remaining': '3' },
      [{ scope: 'minute', limit: null, remaining: 3, resetsAt: null }],
    ],
    [
      'only the day',
      { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '3600' },
      [{ scope: 'day', limit: null, remaining: 0, resetsAt: null }],
    ],
    ['nonsense', { 'X-RateLimit-Remaining': 'many', 'X-RateLimit-Minutely-Remaining': '-1' }, []],
  ])('knows what is left from %s, and never takes unknown for none', async (_name, headers, budgets) => {
    nock(HOST)
      .get(TERMS)
      .query(true)
      .reply(200, { d: [] }, headers as Record<string, string>);
    expect((await pull('receivables')).budgets).toEqual(budgets);
  });
});

describe('the list of open items', () => {
  answersOnly();
  const LIST = `/api/v1/${DIVISION}/read/financial/ReceivablesList`;
  const item = (Amount: number, InvoiceNumber: number | null = 1) => ({ HID: '1', Amount, InvoiceNumber });

  it('decides on its first page which sign "owed to us" has, and keeps to it', async () => {
    const next = `${LIST}?$skiptoken=60L`;
    nock(HOST).get(LIST).query({ $select: 'HID,AccountId,CurrencyCode,Amount,InvoiceNumber' }).reply(200, { d: { results: [item(-5), item(-6), item(7), item(50, null), item(50, null)], __next: `${HOST}${next}` } }); // prettier-ignore
    const first = await pull('open-items');
    expect(first.records).toContainEqual({ row: item(-5), sign: -1 });
    nock(HOST)
      .get(LIST)
      .query({ $skiptoken: '60L' })
      .reply(200, { d: { results: [item(8), item(9)] } });
    const second = await pull('open-items', first.next);
    expect(second.records).toEqual([{ row: item(8), sign: -1 }, { row: item(9), sign: -1 }]); // prettier-ignore
    expect([second.more, second.next]).toEqual([false, exactOnline.firstPosition('open-items')]);
  });

  it.each([
    ['most positive', [item(5), item(6), item(-7)], 1],
    ['as many of each', [item(5), item(-7)], 1],
    ['receipts only', [item(-5, null)], 1],
    ['nothing', [], 1],
  ])('takes the documented sign with %s', async (_name, results, sign) => {
    nock(HOST).get(LIST).query(true).reply(200, { d: { results } });
    for (const record of (await pull('open-items')).records) expect(record).toMatchObject({ sign });
  });

  it('is read from its start when its place is lost', async () => {
    nock(HOST).get(LIST).query(true).reply(400, errorBody('x'));
    const lost = { version: 1, family: 'list', sign: 1, next: `${LIST}?$skiptoken=60L` };
    expect((await failureOf(() => pull('open-items', lost))).kind).toBe('position_invalid');
  });
});

describe('refusals of Exact', () => {
  answersOnly();

  it.each([
    [401, '', { 'WWW-Authenticate': 'Bearer error_description="access%20token%20expired"' }, 'auth_expired', null],
    [401, '', { 'WWW-Authenticate': 'Bearer error_description="Message+expired"' }, 'auth_expired', null],
    [
      401,
      'Authentication Required',
      { 'WWW-Authenticate': 'Bearer realm="Authentication Required"' },
      'auth_expired',
      null,
    ],
    [401, '', {}, 'auth_expired', null],
    [401, '', { 'WWW-Authenticate': 'Bearer error="insufficient%20rights"' }, 'scope_missing', null],
    [
      403,
      errorBody("Forbidden - Application Scope Violated. Cannot read 'financial.cashflow' scope."),
      {},
      'scope_missing',
      null,
    ],
    [400, errorBody('Please add a $select or a $top=1 statement to the query string.'), {}, 'contract_changed', null],
    [404, errorBody("Resource not found for the segment 'PaymentTerms'."), {}, 'contract_changed', null],
    [405, '', {}, 'contract_changed', null],
    [302, '', { Location: 'https://start.exactonline.nl/maintenance' }, 'contract_changed', null],
    [408, '', {}, 'timeout_read', null],
    [500, errorBody('An error occurred while processing this request.'), {}, 'source_down', null],
    [502, '<html/>', {}, 'source_down', null],
    [503, '', {}, 'source_down', null],
    [504, '', {}, 'source_down', null],
    [
      429,
      '',
      { 'X-RateLimit-Minutely-Remaining': '0', 'X-RateLimit-Minutely-Reset': '1795165260000' },
      'rate_limited',
      '2026-11-20T09:01:00.000Z',
    ],
    [429, '', { 'X-RateLimit-Minutely-Remaining': '0' }, 'rate_limited', '2026-11-20T09:01:00.000Z'],
    [
      429,
      '',
      { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1795219200000' },
      'quota_exhausted',
      '2026-11-21T00:00:00.000Z',
    ],
    [
      429,
      '',
      { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '54000' },
      'quota_exhausted',
      '2026-11-21T00:00:00.000Z',
    ],
    [429, '', HEADERS, 'rate_limited', '2026-11-20T09:01:00.000Z'],
    [429, '', { ...HEADERS, 'X-RateLimit-Remaining': '0' }, 'quota_exhausted', '2026-11-21T00:00:00.000Z'],
    [429, '', { 'Retry-After': '17' }, 'rate_limited', '2026-11-20T09:00:47.000Z'],
    [429, '', {}, 'rate_limited', '2026-11-20T09:01:30.000Z'],
  ] as const)('%d %s %j is %s', async (status, body, headers, kind, until) => {
    nock(HOST)
      .get(TERMS)
      .query(true)
      .reply(status, body, { 'Content-Type': 'application/json', ...headers });
    const error = await failureOf(() => pull('receivables'));
    expect([error.kind, error.status, error.until?.toISOString() ?? null]).toEqual([kind, status, until]);
  });

  it("carry Exact's own words", async () => {
    nock(HOST).get(TERMS).query(true).reply(403, errorBody('Forbidden - Application Scope Violated.'));
    expect((await failureOf(() => pull('receivables'))).message).toBe('Forbidden - Application Scope Violated.');
  });
});
