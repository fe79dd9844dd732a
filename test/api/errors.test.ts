import { connectExact, eventually, startProduct, syncOnce, type Product } from '../support/product.js';
import { Caller, problemOf, rawGet, routesOf, signIn, type Answer, type Method, type Route } from './support.js';

const ID = '01a202a4-0000-7000-8000-000000000000';

describe('refusals', () => {
  let product: Product;
  let admin: Caller;
  let administrationId: string;
  let routes: Route[];

  beforeAll(async () => {
    product = await startProduct({ size: 30, debtors: 3 });
    admin = await signIn(product.baseUrl);
    const api = await product.api();
    ({ administrationId } = await connectExact(product, api));
    await syncOnce(api, administrationId);
    routes = await routesOf(product.baseUrl);
  }, 60_000);
  afterAll(() => product.close());

  const refused = (answer: Answer, status: number): ReturnType<typeof problemOf> => {
    expect([answer.status, answer.text]).toEqual([status, expect.anything()]);
    return problemOf(answer);
  };
  const at = (path: string, id = administrationId): string => path.replaceAll(/\{\w+\}/g, id);

  describe('of what is in the address', () => {
    it('name a query parameter that nobody knows, on every list', async () => {
      const lists = routes.filter(({ method, path }) => method === 'GET' && LISTS.some((name) => path.endsWith(name)));
      for (const { path } of lists) {
        const problem = refused(await admin.call('GET', `${at(path)}?colour=blue`), 400);
        expect([path, problem.code, problem.errors!.map((issue) => issue.path)]).toEqual([path, 'INVALID_INPUT', ['colour']]); // prettier-ignore
      }
    });

    it.each([
      ['/administrations/{id}/receivables?colour=blue', 'colour'],
      ['/administrations/{id}/debtors?colour=blue', 'colour'],
      ['/administrations/{id}/messages?colour=blue', 'colour'],
      ['/administrations/{id}/receivables?status=paid', 'status'],
      ['/administrations/{id}/messages?state=lost', 'state'],
      ['/administrations/{id}/writebacks?state=lost', 'state'],
      ['/administrations/{id}/tasks?state=lost', 'state'],
      ['/administrations/{id}/debtors?sort=shoe-size', 'sort'],
      ['/administrations/{id}/debtors?overdue=maybe', 'overdue'],
      ['/administrations/{id}/receivables?level=-1', 'level'],
      ['/administrations/{id}/receivables?debtor=7', 'debtor'],
      ['/administrations/{id}/debtors?limit=0', 'limit'],
      ['/administrations/{id}/debtors?limit=501', 'limit'],
      ['/administrations/{id}/debtors?limit=ten', 'limit'],
      ['/administrations/{id}/debtors?limit=1&limit=2', 'limit'],
      ['/administrations/{id}/debtors?search=a%00b', 'search'],
      ['/overview?administration=7', 'administration'],
    ])('name the parameter of %s', async (path, field) => {
      const problem = refused(await admin.call('GET', at(path)), 400);
      expect(problem.code).toBe('INVALID_INPUT');
      expect(problem.errors!.map((issue) => issue.path)).toContain(field);
      expect(problem.detail).toContain(field);
    });

    it('name an identifier that is no UUID, on every route that takes one', async () => {
      // A webhook's address ends in a secret of ours, not in an identifier.
      const taking = routes.filter(({ path }) => path.includes('{') && !path.startsWith('/webhooks/'));
      for (const { method, path } of taking) {
        const body = method === 'GET' || method === 'DELETE' ? undefined : {};
        const answer = await admin.call(method, at(path, 'not-a-uuid'), body);
        expect([method, path, answer.status]).toEqual([method, path, 400]);
        const [issue] = problemOf(answer).errors ?? [];
        expect([path, path.includes(`{${issue?.path}}`)]).toEqual([path, true]);
      }
    });

    const key = (...values: unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
    const instant = '2026-11-22T10:00:00Z';
    it.each([
      ['nonsense', 'nonsense'],
      ['not base64', '%%%'],
      ['no list', Buffer.from('{}').toString('base64url')],
      ['an empty list', key()],
      ['values that are no key', key('x', 'y')],
      ['three of them', key('x', 'y', 'z')],
      ['a key without its id', key(instant)],
      ['an id that is none', key(instant, 'y')],
      ['a date that is none', key('2026-13-45', ID)],
      ['numbers', key(1, 2)],
      ['a zero character', key('a\0b', ID)],
      ['more than Postgres holds', key('9'.repeat(40), ID)],
    ])('name a cursor that is %s, on every list', async (_name, cursor) => {
      // What a run would send is sorted by one text of its own making, which any text could be.
      const lists = routes.filter(
        ({ method, path }) =>
          method === 'GET' && LISTS.some((name) => path.endsWith(name)) && path !== '/dunning-runs/{id}/messages',
      );
      expect(lists.length).toBeGreaterThan(8);
      const runId = await aRun();
      for (const { path } of lists) {
        const where = path.startsWith('/debtors') ? path.replace('{id}', await aDebtor()) : path.replace('{id}', path.startsWith('/dunning-runs') ? runId : administrationId); // prettier-ignore
        const answer = await admin.call('GET', `${where}?cursor=${encodeURIComponent(cursor)}`);
        expect([path, answer.status]).toEqual([path, 400]);
        expect(problemOf(answer).errors).toEqual([expect.objectContaining({ path: 'cursor' })]);
      }
    });

    it('are problems too for what cannot be decoded', async () => {
      for (const target of [
        '/api/v1/debtors/%E0%A4%A',
        '/api/v1/administrations/%00',
        '/api/v1/overview?administration=%',
      ]) {
        const answer = await rawGet(product.baseUrl, target, admin.headers as Record<string, string>);
        expect([target, answer.status, answer.type]).toEqual([target, 400, expect.stringMatching(/problem\+json/)]);
      }
    });
  });

  const LISTS = [
    '/audit',
    '/debtors',
    '/receivables',
    '/messages',
    '/writebacks',
    '/syncs',
    '/quarantine',
    '/tasks',
    '/worklist',
    '/dunning-runs',
    '/lines',
    '/timeline',
  ];

  async function aRun(): Promise<string> {
    const { items } = await admin.ok<{ items: { id: string }[] }>(
      'GET',
      `/administrations/${administrationId}/dunning-runs`,
    );
    if (items.length > 0) return items[0]!.id;
    const run = await admin.ok<{ id: string }>('POST', `/administrations/${administrationId}/dunning-runs`, {});
    await eventually(
      () => admin.ok<{ state: string }>('GET', `/dunning-runs/${run.id}`),
      ({ state }) => state !== 'planning',
    );
    return run.id;
  }

  async function aDebtor(): Promise<string> {
    const { items } = await admin.ok<{ items: { id: string }[] }>(
      'GET',
      `/administrations/${administrationId}/debtors?limit=1`,
    );
    return items[0]!.id;
  }

  describe('of what is in the body', () => {
    it.each(['{"name": "x"', '{"name": x}', '[1,', '"text', 'name=x'])('say that %s is no JSON', async (body) => {
      const problem = refused(await admin.call('POST', '/auth/api-keys', body), 400);
      expect(problem.code).toBe('INVALID_BODY');
    });

    it.each([
      ['null', 'null'],
      ['a list', '[]'],
      ['a list of objects', '[{"name":"x","role":"viewer"}]'],
      ['text', '"hello"'],
      ['nothing', ''],
    ])('refuse %s where an object is due', async (_name, body) => {
      for (const [method, path] of WRITES) {
        const answer = await admin.call(method, at(path), body);
        expect([path, answer.status]).toEqual([path, 400]);
        problemOf(answer);
      }
    });

    const WRITES: [Method, string][] = [
      ['POST', '/auth/api-keys'],
      ['POST', '/connections'],
      ['POST', '/administrations'],
      ['PUT', '/administrations/{id}/schedule'],
      ['PUT', '/administrations/{id}/segments'],
      ['PUT', '/administrations/{id}/scenarios'],
      ['PUT', '/administrations/{id}/templates'],
    ];

    it.each<[Method, string, unknown, string]>([
      ['POST', '/auth/api-keys', { name: 'x', role: 'boss' }, 'role'],
      ['POST', '/auth/api-keys', { name: 'x', role: 'viewer', colour: 'blue' }, 'colour'],
      ['POST', '/auth/api-keys', { name: '', role: 'viewer' }, 'name'],
      ['POST', '/auth/api-keys', { name: 'a\0b', role: 'viewer' }, 'name'],
      ['POST', '/connections', { connector: 'no-such' }, 'connector'],
      ['POST', '/connections', { connector: 'exact-online', settings: { colour: 'blue' } }, 'settings.colour'],
      ['POST', '/administrations', { connectionId: '7', sourceId: '1' }, 'connectionId'],
      ['PATCH', '/administrations/{id}', { language: 'xx' }, 'language'],
      ['PATCH', '/administrations/{id}', { houseStyle: { iban: 'NL00' } }, 'houseStyle.iban'],
      ['PATCH', '/administrations/{id}', { houseStyle: { colour: 'x' } }, 'houseStyle.colour'],
      ['PATCH', '/administrations/{id}', { houseStyle: { senderName: 'a\0b' } }, 'houseStyle.senderName'],
      ['PATCH', '/administrations/{id}', { dunning: { maxStalenessMinutes: 0 } }, 'dunning.maxStalenessMinutes'],
      ['PUT', '/administrations/{id}/schedule', { cron: 'often', timeZone: 'Europe/Amsterdam', enabled: true }, 'cron'],
      [
        'PUT',
        '/administrations/{id}/schedule',
        { cron: '0 6 * * *', timeZone: 'Mars/Base', enabled: true },
        'timeZone',
      ],
      ['PUT', '/administrations/{id}/schedule', { cron: '0 6 * * *', timeZone: 'Europe/Amsterdam' }, 'enabled'],
      ['POST', '/administrations/{id}/dunning-runs', { asOf: '2026-02-30' }, 'asOf'],
      ['POST', '/administrations/{id}/dunning-runs', { asOf: 'tomorrow' }, 'asOf'],
      ['POST', '/administrations/{id}/syncs', { full: 'yes' }, 'full'],
    ])('name the field: %s %s %j', async (method, path, body, field) => {
      const problem = refused(await admin.call(method, at(path), body), 400);
      expect(problem.errors!.map((issue) => issue.path)).toContain(field);
      expect(problem.detail.length).toBeGreaterThan(field.length);
    });

    it('name the field of what people decide about a debtor', async () => {
      const debtor = await aDebtor();
      for (const [body, field] of [
        [{ segment: 'no-such-segment' }, 'segment'],
        [{ kind: 'alien' }, 'kind'],
        [{ dunningContact: { name: 'A', email: 'nowhere' } }, 'dunningContact.email'],
        [{ name: 'not ours to change' }, 'name'],
      ] as const)
        expect(refused(await admin.call('PATCH', `/debtors/${debtor}`, body), 400).errors![0]!.path).toBe(field);
      for (const [body, field] of [
        [{ kind: 'plan', reason: 'x' }, 'kind'],
        [{ kind: 'promise', reason: 'x' }, 'until'],
        [{ kind: 'hold', reason: 'x', until: 'soon' }, 'until'],
        [{ kind: 'hold', reason: 'a\0b', until: '2099-01-01' }, 'reason'],
      ] as const)
        expect(refused(await admin.call('POST', `/debtors/${debtor}/blocks`, body), 400).errors![0]!.path).toBe(field);
    });

    it('say that a body is too large, and take every document that we ourselves hand out', async () => {
      const large = refused(await admin.call('PUT', at('/administrations/{id}/templates'), { items: ['x'.repeat(3_000_000)] }), 413); // prettier-ignore
      expect(large.code).toBe('BODY_TOO_LARGE');
      const { items } = await admin.ok<{ items: { body: string }[] }>('GET', at('/administrations/{id}/templates'));
      const long = items.map((item) => ({ ...item, body: `${item.body}\n${'A longer text. '.repeat(600)}` }));
      expect(JSON.stringify(long).length).toBeGreaterThan(100_000);
      expect((await admin.call('PUT', at('/administrations/{id}/templates'), { items: long })).status).toBe(200);
    });
  });

  describe('of a route', () => {
    it.each(['/api/v1/no-such', '/api/v1', '/api/v1/', '/api/no-such', '/api/v1/overview/deeper', '/api/v2/overview'])(
      'that does not exist: %s',
      async (path) => {
        for (const headers of [{}, { accept: 'text/html' }])
          expect(refused(await admin.call('GET', path, undefined, headers), 404).code).toBe('NOT_FOUND');
        expect(refused(await admin.call('POST', path, {}), 404).code).toBe('NOT_FOUND');
      },
    );

    it.each<[Method, string]>([
      ['PUT', '/overview'],
      ['DELETE', '/administrations'],
      ['GET', '/auth/login'],
      ['PATCH', '/administrations/{id}/scenarios'],
    ])('with a method that it does not have: %s %s', async (method, path) => {
      refused(await admin.call(method, at(path), method === 'GET' ? undefined : {}), 404);
    });

    it('of a thing that is not there', async () => {
      for (const { method, path } of routes.filter((route) => route.method === 'GET' && route.path.includes('{')))
        expect([path, (await admin.call(method, at(path, ID))).json]).toEqual([path, expect.objectContaining({ code: 'NOT_FOUND' })]); // prettier-ignore
    });
  });

  it('say nothing of our insides when something unexpected happens', async () => {
    await product.database.sql('alter table audit_entry rename to audit_entry_gone');
    try {
      const answer = await admin.call('GET', '/audit');
      expect(refused(answer, 500).code).toBe('INTERNAL');
      expect(answer.text).not.toMatch(/audit_entry|select|relation|\.ts|node_modules/i);
    } finally {
      await product.database.sql('alter table audit_entry_gone rename to audit_entry');
    }
  });

  it('come as problems with a title and a stable code, all of them', async () => {
    expect((await new Caller(product.baseUrl).call('GET', '/overview')).headers.get('content-type')).toMatch(/problem\+json/); // prettier-ignore
  });
});
