import type { ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { book, caller, connect, start, type Caller } from './support.js';

const AT = Date.parse('2026-11-22T10:00:30.000Z');
const NEXT_MINUTE = Date.parse('2026-11-22T10:01:00.000Z');
const NEXT_DAY = Date.parse('2026-11-23T00:00:00.000Z');

async function many(count: number, call: () => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await call()).status);
  return statuses;
}

function rateHeaders(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('x-ratelimit')));
}

describe('the limits of the stand-in', () => {
  let sandbox: ExactOnlineSandbox;
  let api: Caller;
  let codes: number[];
  beforeEach(async () => {
    const books = [await book(20, { debtors: 2 }), { ...(await book(20, { debtors: 2, seed: 4 })), code: 777 }];
    sandbox = await start({ books });
    sandbox.setClock(new Date(AT).toISOString(), true);
    api = caller(sandbox, (await connect(sandbox)).access_token);
    codes = books.map((each) => each.code);
  });
  afterEach(() => sandbox.close());

  const conditions = (code: number): Promise<Response> => api.get(`/api/v1/${code}/cashflow/PaymentConditions`);

  it('shows both families with epoch milliseconds, and none on current/Me', async () => {
    expect(rateHeaders(await conditions(codes[0]!))).toEqual({
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      'x-ratelimit-reset': String(NEXT_DAY),
      'x-ratelimit-minutely-limit': '60',
      'x-ratelimit-minutely-remaining': '59',
      'x-ratelimit-minutely-reset': String(NEXT_MINUTE),
    });
    expect(rateHeaders(await api.get('/api/v1/current/Me'))).toEqual({});
  });

  it('refuses the 61st call of a clock minute with the minutely family only and no body, per division', async () => {
    expect(new Set(await many(60, () => conditions(codes[0]!)))).toEqual(new Set([200]));
    const refused = await conditions(codes[0]!);
    expect({ status: refused.status, body: await refused.text(), headers: rateHeaders(refused) }).toEqual({
      status: 429,
      body: '',
      headers: {
        'x-ratelimit-minutely-limit': '60',
        'x-ratelimit-minutely-remaining': '0',
        'x-ratelimit-minutely-reset': String(NEXT_MINUTE),
      },
    });
    expect((await conditions(codes[1]!)).status).toBe(200);
    sandbox.setClock(new Date(NEXT_MINUTE).toISOString(), true);
    expect((await conditions(codes[0]!)).status).toBe(200);
  });

  it('blocks an endpoint after more than ten errors in an hour, and only that one', async () => {
    const bad = (): Promise<Response> => api.get(`/api/v1/${codes[0]!}/cashflow/PaymentConditions?$select=Nothing`);
    expect(await many(11, bad)).toEqual(Array<number>(11).fill(400));
    const blocked = await conditions(codes[0]!);
    expect([blocked.status, rateHeaders(blocked)]).toEqual([429, {}]);
    expect((await api.get(`/api/v1/${codes[0]!}/documents/DocumentTypes`)).status).toBe(200);
    expect((await conditions(codes[1]!)).status).toBe(200);
    sandbox.setClock(new Date(AT + 3_600_000).toISOString(), true);
    api = caller(sandbox, (await connect(sandbox)).access_token);
    expect((await conditions(codes[0]!)).status).toBe(200);
  });

  it('reaches only the divisions of the consent', async () => {
    const only = caller(sandbox, (await connect(sandbox, [777])).access_token);
    expect((await only.get(`/api/v1/${codes[0]!}/cashflow/PaymentConditions`)).status).toBe(403);
    const divisions = await only.json('/api/v1/777/system/Divisions?$select=Code');
    expect(divisions.d.results.map((row) => row['Code'])).toEqual([777]);
  });

  it('switches all of it off', async () => {
    const free = await start({ quota: false, books: [await book(20, { debtors: 2 })] });
    const caller_ = caller(free, (await connect(free)).access_token);
    const me = await caller_.json('/api/v1/current/Me');
    const path = `/api/v1/${String(me.d.results[0]!['CurrentDivision'])}/cashflow/PaymentConditions`;
    expect(new Set(await many(70, () => caller_.get(path)))).toEqual(new Set([200]));
    // It still says so: a client that heeds headers, and counts by itself where there are none, must not crawl.
    const left = Object.entries(rateHeaders(await caller_.get(path))).filter(([name]) => /remaining/i.test(name));
    expect(left.map(([, value]) => Number(value) > 1_000_000)).toEqual([true, true]);
    await free.close();
  });
});
