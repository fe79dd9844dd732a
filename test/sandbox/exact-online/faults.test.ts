import type { ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { book, caller, connect, door, refresh, start, type Caller, type Json } from './support.js';

describe('the faults of the stand-in', () => {
  let sandbox: ExactOnlineSandbox;
  let api: Caller;
  let base: string;
  let terms: string;
  beforeAll(async () => {
    sandbox = await start({ books: [await book(1_500, { debtors: 60 })], quota: false });
    api = caller(sandbox, (await connect(sandbox)).access_token);
    const me = await api.json('/api/v1/current/Me');
    base = `/api/v1/${String(me.d.results[0]!['CurrentDivision'])}`;
    terms = `${base}/sync/Cashflow/PaymentTerms?$select=Timestamp,ID,Currency,DueDate,AmountDC&$filter=Timestamp gt 1L`;
  });
  afterEach(() => door(sandbox, 'DELETE', 'faults'));
  afterAll(() => sandbox.close());

  const arm = async (fault: Json): Promise<void> => {
    expect((await door(sandbox, 'POST', 'faults', fault)).status).toBe(201);
  };
  const notes = async (): Promise<number> =>
    (await api.json(`${base}/activities/CommunicationNotes?$select=ID`)).d.results.length;
  const post = (signal?: AbortSignal): Promise<Response> =>
    fetch(`${sandbox.baseUrl}${base}/activities/CommunicationNotes`, {
      method: 'POST',
      headers: { authorization: bearer(), 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ Subject: 'fault' }),
      ...(signal === undefined ? {} : { signal }),
    });
  let bearer = (): string => '';
  beforeAll(async () => {
    const { access_token } = await connect(sandbox);
    api = caller(sandbox, access_token);
    bearer = () => `Bearer ${access_token}`;
  });

  it.each([
    ['401', 401],
    ['403', 403],
    ['429-minute', 429],
    ['429-day', 429],
    ['429-bare', 429],
    ['500', 500],
    ['503', 503],
  ])('plays %s once, where it matches, and shows it in the log', async (kind, status) => {
    await arm({ kind, match: 'sync/Cashflow' });
    expect((await api.get(`${base}/documents/DocumentTypes`)).status).toBe(200);
    expect((await api.get(terms)).status).toBe(status);
    expect(sandbox.requests.at(-1)).toMatchObject({ status, fault: kind, method: 'GET' });
    expect((await api.get(terms)).status).toBe(200);
  });

  it('sends only the family that was hit', async () => {
    const names = async (kind: string): Promise<string[]> => {
      await arm({ kind });
      const { headers } = await api.get(terms);
      return [...headers.keys()].filter((name) => name.startsWith('x-ratelimit'));
    };
    expect(await names('429-minute')).toEqual([
      'x-ratelimit-minutely-limit',
      'x-ratelimit-minutely-remaining',
      'x-ratelimit-minutely-reset',
    ]);
    expect(await names('429-day')).toEqual(['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']);
    expect(await names('429-bare')).toEqual([]);
  });

  it('loses a write before and after it is in the books', async () => {
    const before = await notes();
    await arm({ kind: 'timeout-before-commit', match: 'POST', delayMs: 60_000 });
    await expect(post(AbortSignal.timeout(200))).rejects.toThrow();
    expect(await notes()).toBe(before);
    await arm({ kind: 'timeout-after-commit', match: 'POST', delayMs: 50 });
    await expect(post()).rejects.toThrow();
    expect(await notes()).toBe(before + 1);
  });

  it('breaks bodies in every way', async () => {
    await arm({ kind: 'reset-mid-body' });
    await expect(api.get(terms).then((response) => response.text())).rejects.toThrow();
    await arm({ kind: 'truncated-body' });
    await expect(api.json(terms)).rejects.toThrow(/JSON/);
    await arm({ kind: 'malformed-body' });
    await expect(api.json(terms)).rejects.toThrow(/JSON/);
    await arm({ kind: 'slow', delayMs: 250 });
    const started = performance.now();
    await api.get(terms);
    expect(performance.now() - started).toBeGreaterThanOrEqual(245);
  });

  it('refuses a write with the given business text, as 400 or as 500', async () => {
    await arm({ kind: 'reject', message: 'Periode is afgesloten', status: 500 });
    expect((await api.get(terms)).status).toBe(200);
    const refused = await post();
    expect([refused.status, await refused.text()]).toEqual([500, expect.stringContaining('Periode is afgesloten')]);
  });

  it('poisons one record, the same one every time, and leaves the rest alone', async () => {
    await arm({ kind: 'poison-record', match: 'PaymentTerms', count: null });
    const spoilt = async (): Promise<Json[]> =>
      (await api.json(terms)).d.results.filter((row) => row['Currency'] !== 'EUR');
    const first = await spoilt();
    expect(first).toMatchObject([{ Currency: '???', AmountDC: 'n/a', ID: expect.any(String) }]);
    expect(await spoilt()).toEqual(first);
  });

  it('moves rows while a client pages, so that one is seen twice and none is lost', async () => {
    const all = new Set<unknown>();
    await arm({ kind: 'page-drift', match: 'PaymentTerms' });
    let next: string | undefined = terms;
    let seen = 0;
    while (next !== undefined) {
      const page: { d: { results: Json[]; __next?: string } } = await api.json(next);
      for (const row of page.d.results) all.add(row['ID']);
      seen += page.d.results.length;
      next = page.d.__next;
    }
    expect(all.size).toBe(1_510);
    expect(seen).toBe(1_511);
  });

  it('slows the token endpoint only', async () => {
    await arm({ kind: 'token-slow', delayMs: 300 });
    const started = performance.now();
    expect((await api.get(terms)).status).toBe(200);
    await refresh(sandbox, 'whatever');
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
    expect(sandbox.requests.at(-1)).toMatchObject({ path: '/api/oauth2/token', fault: 'token-slow' });
  });

  it('refuses an unknown kind by name', async () => {
    const response = await door(sandbox, 'POST', 'faults', { kind: 'meteor' });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('unknown fault kind')]);
  });
});
