import { existsSync } from 'node:fs';
import { connectExact, startProduct, syncOnce, type Product } from '../support/product.js';
import { Caller, problemOf, rawGet, routesOf, signIn, type Route } from './support.js';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}
interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly components?: { readonly securitySchemes?: object; readonly schemas?: Readonly<Record<string, object>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string; required: boolean }[];
  readonly responses: object;
}

/** Served, but for machines that watch or for a browser on its way, and so not in the document. */
const UNDOCUMENTED = [
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /api/docs',
  'GET /api/openapi.json',
];

describe('what stands around the API', () => {
  let product: Product;
  let admin: Caller;
  let nobody: Caller;

  beforeAll(async () => {
    product = await startProduct({ size: 20, debtors: 2 });
    admin = await signIn(product.baseUrl);
    nobody = new Caller(product.baseUrl);
    const api = await product.api();
    const { administrationId } = await connectExact(product, api);
    await syncOnce(api, administrationId);
  }, 60_000);
  afterAll(() => product.close());

  describe('for those who watch', () => {
    const get = (path: string): Promise<Response> => fetch(`${product.baseUrl}${path}`);

    it('says that it is alive, and ready with each part by name', async () => {
      const live = await get('/health/live');
      expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
      const ready = await get('/health/ready');
      expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', database: 'ok', queue: 'ok' }]);
    });

    it('shows counts by kind and state, and nothing of a firm', async () => {
      const answer = await get('/metrics');
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      const text = await answer.text();
      expect(text).toMatch(/^openpost_rows\{kind="sync",state="complete"\} [1-9]/m);
      expect(text).toMatch(/^openpost_rows\{kind="connection",state="active"\} 1$/m);
      expect(text).toMatch(/^# TYPE openpost_jobs_waiting gauge$/m);
      expect(text).toMatch(/^process_cpu_seconds_total /m);
      for (const word of ['Kantoor', 'noor@', product.book.name, product.book.debtors[0]!.name])
        expect(text).not.toContain(word);
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/);
    });
  });

  describe('the OpenAPI document', () => {
    let document: OpenApi;
    let routes: Route[];

    beforeAll(async () => {
      document = (await (await fetch(`${product.baseUrl}/api/openapi.json`)).json()) as OpenApi;
      routes = await routesOf(product.baseUrl);
    });

    it('is one, and says how to sign in', () => {
      expect(document.openapi).toMatch(/^3\./);
      expect(document.info).toMatchObject({ title: 'Openpost', version: '1' });
      expect(document.components!.securitySchemes).toMatchObject({ bearer: {}, cookie: {} });
    });

    it('names each operation once, with its parameters and an answer', () => {
      const operations = Object.entries(document.paths).flatMap(([path, item]) =>
        Object.values(item).map((operation) => ({ path, ...operation })),
      );
      expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
      for (const { path, parameters = [], responses } of operations) {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
        const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        expect([path, named.sort()]).toEqual([path, inPath]);
        expect(Object.keys(responses).length).toBeGreaterThan(0);
      }
    });

    it('says what each body and each list takes', () => {
      const schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, { properties?: object; required?: string[] }>>; // prettier-ignore
      expect(Object.entries(schemas).filter(([, { properties }]) => Object.keys(properties ?? {}).length === 0)).toEqual([]); // prettier-ignore
      expect(schemas['ApiKeyBody']).toMatchObject({
        required: ['name', 'role'],
        properties: { name: { type: 'string' }, role: { enum: ['viewer', 'collector', 'admin'] } },
      });
      expect(schemas['ChangeAdministrationDto']!.properties).toMatchObject({
        houseStyle: { $ref: '#/components/schemas/HouseStyleDto' },
      });
      for (const path of ['messages', 'writebacks', 'syncs', 'tasks', 'debtors', 'receivables']) {
        const { parameters = [] } = document.paths[`/api/v1/administrations/{id}/${path}`]!['get']!;
        const named = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
        expect([path, named]).toEqual([path, expect.arrayContaining(['limit', 'cursor'])]);
      }
    });

    it('refers only to what it holds', () => {
      const names = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
      for (const [, name] of names) expect(Object.keys(document.components?.schemas ?? {})).toContain(name);
    });

    it('holds every route that a controller serves, and no other', () => {
      const { router } = product.running!.app.getHttpAdapter().getInstance() as unknown as {
        router: { stack: Layer[] };
      };
      const served = router.stack.flatMap(({ route }) =>
        route === undefined || route.path.includes('*') || route.path.includes('-yaml')
          ? []
          : Object.keys(route.methods).map(
              (method) =>
                `${method.toUpperCase()} ${route.path.replace(/^\/api\/v1/, '').replaceAll(/:(\w+)/g, '{$1}')}`,
            ),
      );
      const documented = routes.map(({ method, path }) => `${method} ${path}`);
      const api = served.filter(
        (name) =>
          !UNDOCUMENTED.includes(name) && !/^(GET|_ALL|ACL|[A-Z-]+) \/(api\/docs|health|metrics|oauth)/.test(name),
      );
      expect(api.length).toBeGreaterThan(50);
      for (const name of new Set(api)) expect(documented).toContain(name);
      for (const name of documented) expect(served).toContain(name);
    });

    it('documents no path that nobody serves', async () => {
      for (const { method, path } of routes.filter((route) => !route.path.includes('{'))) {
        const answer = await nobody.call(method, path.startsWith('/oauth') ? `/api/v1${path}` : path, method === 'GET' ? undefined : {}); // prettier-ignore
        expect([method, path, answer.status]).not.toEqual([method, path, 404]);
        expect([method, path, answer.status < 500]).toEqual([method, path, true]);
      }
    });

    it('has an explorer beside it', async () => {
      const answer = await fetch(`${product.baseUrl}/api/docs`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)]);
    });
  });

  describe('the UI', () => {
    it('was built', () => {
      expect(existsSync('web/dist/index.html')).toBe(true);
    });

    it.each(['/', '/connections', '/runs/01a202a4-0000-7000-8000-000000000000', '/no-such-page', '/apiary'])(
      'is served on %s',
      async (path) => {
        const answer = await fetch(`${product.baseUrl}${path}`, { headers: { accept: 'text/html' } });
        expect([answer.status, answer.headers.get('content-type')]).toEqual([
          200,
          expect.stringMatching(/^text\/html/),
        ]);
        expect(await answer.text()).toContain('<div id="root">');
      },
    );

    it('is allowed nothing from others, and no script of its own in a page', async () => {
      for (const path of ['/', '/api/v1/overview', '/health/live']) {
        const { headers } = await fetch(`${product.baseUrl}${path}`);
        const policy = headers.get('content-security-policy') ?? '';
        const directives = new Map(policy.split(';').map((part) => part.trim().split(/ (.*)/) as [string, string]));
        expect(directives.get('default-src')).toBe("'self'");
        expect(directives.get('script-src')).toBe("'self'");
        expect(directives.get('frame-ancestors')).toBe("'self'");
        expect(directives.get('object-src')).toBe("'none'");
        expect(directives.get('base-uri')).toBe("'self'");
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-powered-by')).toBeNull();
        expect(headers.get('referrer-policy')).toBe('no-referrer');
      }
    });

    it('runs under that policy: its page has no inline script', async () => {
      const html = await (await fetch(`${product.baseUrl}/`)).text();
      for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag).toMatch(/\ssrc="\/assets\//);
      expect(html).not.toMatch(/\son\w+="/);
    });

    it('has its files beside it, and no others', async () => {
      const html = await (await fetch(`${product.baseUrl}/`)).text();
      const [, script] = /<script\b[^>]*src="([^"]+)"/.exec(html)!;
      const answer = await fetch(`${product.baseUrl}${script}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/javascript/)]);
    });

    it.each([
      '/../package.json',
      '/../../package.json',
      '/assets/../../../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/..%5c..%5cpackage.json',
      '/....//....//package.json',
      '//etc/passwd',
      '/%2fetc/passwd',
      '/assets/%00/../../../package.json',
      '/.env',
      '/.git/config',
      '/%252e%252e/%252e%252e/package.json',
      '/api/docs/../../../package.json',
      '/api/docs/..%2f..%2f..%2fpackage.json',
      '/api/docs/%2e%2e/%2e%2e/package.json',
    ])('does not hand out a file above its folder: %s', async (target) => {
      for (const accept of ['text/html', 'application/json', '*/*']) {
        const { status, text } = await rawGet(product.baseUrl, target, { accept });
        expect(text).not.toMatch(/"name": ?"openpost"|root:x:0|\[core\]|OPENPOST_/);
        if (status === 200) expect(text).toMatch(/<div id="root">|swagger/i);
        else expect([400, 403, 404]).toContain(status);
      }
    });

    it('is not what an unknown write or an unknown file of the API gets', async () => {
      for (const [method, path] of [
        ['POST', '/no-such-page'],
        ['DELETE', '/'],
        ['GET', '/api/no-such'],
        ['GET', '/health/no-such'],
        ['POST', '/metrics'],
      ] as const) {
        const answer = await fetch(`${product.baseUrl}${path}`, { method, headers: { accept: 'text/html' } });
        expect([method, path, answer.status]).toEqual([method, path, 404]);
        const text = await answer.text();
        problemOf({ status: answer.status, headers: answer.headers, text, json: JSON.parse(text) });
      }
    });
  });

  it('answers the API’s own pages without a cache that another user could read', async () => {
    const answer = await admin.call('GET', '/overview');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
