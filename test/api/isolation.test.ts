import {
  allItems,
  applyRunOnce,
  connectExact,
  eventually,
  planRunOnce,
  startProduct,
  syncOnce,
  type Product,
} from '../support/product.js';
import { defaultTemplate } from '../../src/messaging/templates/index.js';
import { tableRows, codeOf } from '../docs/tables.js';
import {
  addOtherFirm,
  addOverdue,
  asClient,
  Caller,
  keyOf,
  problemOf,
  routesOf,
  signIn,
  type Answer,
  type Route,
} from './support.js';

/** What anybody may ask. A route that is not here, and says nothing of a role, is closed. */
const PUBLIC = ['POST /auth/login', 'GET /oauth/callback', 'POST /webhooks/{connector}/{token}'];
const ROLES = ['viewer', 'collector', 'admin'] as const;
type Role = (typeof ROLES)[number];

/** The id that a route's first parameter means, by the beginning of its path. */
const THINGS = [
  '/auth/api-keys',
  '/administrations',
  '/connections',
  '/debtors',
  '/receivables',
  '/blocks',
  '/tasks',
  '/syncs',
  '/dunning-runs',
  '/messages',
  '/writebacks',
  '/files',
  '/sweeps',
] as const;
type Thing = (typeof THINGS)[number];
type Ids = Readonly<Record<Thing, string>>;

const LIST =
  'Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Openstaand\r\n1001;Jansen;F-1;1-10-2026;31-10-2026;100,00\r\n';

/** A file as a browser sends it. */
function formOf(name: string, content: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  return form;
}

/** Bodies that would be carried out if the thing were the caller's. A new write without one here fails the test. */
const BODIES: Readonly<Record<string, (ids: Ids) => object>> = {
  'POST /auth/api-keys': () => ({ name: 'x', role: 'viewer' }),
  'POST /auth/logout': () => ({}),
  'POST /connections': () => ({ connector: 'exact-online' }),
  'POST /connections/{id}/reconnect': () => ({}),
  'POST /administrations': (ids) => ({ connectionId: ids['/connections'], sourceId: '1' }),
  'PATCH /administrations/{id}': () => ({ name: 'Mine now', houseStyle: { senderName: 'Mine' }, enabled: false }),
  'PUT /administrations/{id}/schedule': () => ({ cron: '0 3 * * *', timeZone: 'Europe/Amsterdam', enabled: true }),
  'POST /administrations/{id}/syncs': () => ({ full: true }),
  'POST /administrations/{id}/tie-out': () => ({}),
  'POST /administrations/{id}/quarantine/retry': () => ({}),
  'POST /administrations/{id}/hints': () => ({}),
  'POST /administrations/{id}/files': () => formOf('open items.csv', LIST),
  'POST /files/{id}/preview': () => ({}),
  'POST /files/{id}/import': () => ({ confirmed: true }),
  'POST /sweeps/{id}/decide': () => ({ decision: 'delete', note: 'mine' }),
  'PUT /administrations/{id}/segments': () => ({ rules: [{ id: 'all', name: 'All', color: '#000000', when: [] }] }),
  'PUT /administrations/{id}/scenarios': () => ({
    scenarios: [{ id: 'standard', name: 'S', segments: [], steps: [{ level: 1, name: 'One', channel: 'email', template: 'first-reminder', approval: 'automatic', trigger: { anchor: 'due-date', days: 1 } }] }],
  }), // prettier-ignore
  'PUT /administrations/{id}/templates': () => ({
    items: [{ ...defaultTemplate('first-reminder', 'en'), subject: 'Mine' }],
  }),
  'POST /administrations/{id}/dunning-runs': () => ({ dryRun: true }),
  'PATCH /debtors/{id}': () => ({ accountManager: 'Me' }),
  'POST /debtors/{id}/blocks': () => ({ kind: 'hold', reason: 'mine', until: '2099-01-01' }),
  'POST /receivables/{id}/blocks': () => ({ kind: 'dispute', reason: 'mine' }),
  'POST /tasks/{id}/done': () => ({ note: 'mine' }),
  'PATCH /dunning-runs/{id}/lines/{receivableId}': () => ({ held: true }),
  'POST /dunning-runs/{id}/approve': () => ({}),
  'POST /dunning-runs/{id}/apply': () => ({}),
  'POST /messages/{id}/settle': () => ({ outcome: 'not-sent', note: 'mine' }),
  'POST /writebacks/{id}/retry': () => ({}),
  'POST /writebacks/{id}/settle': () => ({ outcome: 'abandoned', note: 'not needed' }),
  'POST /writebacks/{id}/resolve': () => ({ choice: 'theirs' }),
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

function thingOf(path: string): Thing {
  const thing = THINGS.find((start) => path.startsWith(`${start}/`));
  if (thing === undefined) throw new Error(`${path}: say in THINGS what its id is`);
  return thing;
}

/** Tables whose rows move while nobody asks: who signed in, when a key was last used, how a subscription to webhooks fares. */
const CLOCKWORK = ['session', 'api_key', 'source_hint'];

describe('two firms with books', () => {
  let product: Product;
  let ours: Caller;
  let theirs: Caller;
  let ids: Ids;
  let routes: Route[];

  beforeAll(async () => {
    product = await startProduct({ size: 60, debtors: 6 });
    for (const debtor of product.book.debtors.slice(0, 3)) await addOverdue(product, debtor);
    routes = await routesOf(product.baseUrl);
    ours = await signIn(product.baseUrl);
    theirs = await addOtherFirm(product);
    // The other firm first: the stand-in ends an earlier consent of the same user.
    await fillBooks(theirs);
    ids = await fillOurs();
  }, 120_000);
  afterAll(() => product.close());

  async function fillBooks(caller: Caller): Promise<{ connectionId: string; administrationId: string }> {
    const found = await connectExact(product, asClient(caller));
    const sync = await syncOnce(asClient(caller), found.administrationId);
    if (sync.state !== 'complete') throw new Error(`pull: ${JSON.stringify(sync)}`);
    return found;
  }

  /** One of everything, so that every route has an id of ours to be tried with. */
  async function fillOurs(): Promise<Ids> {
    const api = asClient(ours);
    const { connectionId, administrationId } = await fillBooks(ours);
    const run = await planRunOnce(api, administrationId);
    await applyRunOnce(api, run.id);
    const where = `/administrations/${administrationId}`;
    const writebacks = await eventually(
      () => allItems<{ id: string; state: string }>(api, `${where}/writebacks`),
      (items) => items.length > 0 && items.every(({ state }) => state === 'applied'),
    );
    const [debtor] = await allItems<{ id: string }>(api, `${where}/debtors`);
    const [message] = await allItems<{ id: string; runId: string }>(api, `${where}/messages`);
    const lines = await allItems<{ receivable: { id: string } }>(api, `/dunning-runs/${run.id}/lines`);
    const [sync] = await allItems<{ id: string }>(api, `${where}/syncs`);
    const block = await ours.ok<{ id: string }>('POST', `/debtors/${debtor!.id}/blocks`, {
      kind: 'hold',
      reason: 'on holiday',
      until: '2099-01-01',
    });
    const key = await ours.ok<{ id: string }>('POST', '/auth/api-keys', { name: 'Ours', role: 'viewer' });
    return {
      '/auth/api-keys': key.id,
      '/administrations': administrationId,
      '/connections': connectionId,
      '/debtors': debtor!.id,
      '/receivables': lines[0]!.receivable.id,
      '/blocks': block.id,
      '/tasks': await addTask(administrationId, debtor!.id),
      '/syncs': sync!.id,
      '/dunning-runs': run.id,
      '/messages': message!.id,
      '/writebacks': writebacks[0]!.id,
      '/files': await bringFile(),
      '/sweeps': await addQuestion(administrationId, sync!.id),
    };
  }

  /** A file that waits, of books that come from files. */
  async function bringFile(): Promise<string> {
    const settings = { name: 'Uit bestanden', currency: 'EUR', country: 'NL' };
    const connection = await ours.ok<{ id: string }>('POST', '/connections', { connector: 'files', settings });
    const wanted = { connectionId: connection.id, sourceId: 'books' };
    const administration = await ours.ok<{ id: string }>('POST', '/administrations', wanted);
    const form = formOf('open items.csv', LIST);
    return (await ours.ok<{ id: string }>('POST', `/administrations/${administration.id}/files`, form)).id;
  }

  /** A full pull that asks whether what it did not see is gone. */
  async function addQuestion(administrationId: string, syncId: string): Promise<string> {
    const [sweep] = await product.database.sql<{ id: string }>(
      `insert into sweep (id, firm_id, administration_id, sync_id, object, live, record_ids, record_versions, state)
       select gen_random_uuid(), firm_id, id, $2, 'receivables', 60, array[gen_random_uuid()], array[1], 'asked' from administration where id = $1 returning id`,
      [administrationId, syncId],
    );
    return sweep!.id;
  }

  async function addTask(administrationId: string, debtorId: string): Promise<string> {
    const [task] = await product.database.sql<{ id: string }>(
      `insert into task (id, firm_id, administration_id, debtor_id, kind, title, dedupe_key)
       select gen_random_uuid(), firm_id, id, $2, 'call', 'Call', 'test' from administration where id = $1 returning id`,
      [administrationId, debtorId],
    );
    return task!.id;
  }

  const withOurIds = (path: string): string =>
    path
      .replace('{id}', () => ids[thingOf(path)])
      .replace('{receivableId}', () => ids['/receivables'])
      .replace('{debtorId}', () => ids['/debtors']);

  const send = (caller: Caller, route: Route): Promise<Answer> => {
    const isWrite = !['GET', 'DELETE'].includes(route.method);
    const body = BODIES[nameOf(route)];
    if (isWrite && body === undefined && !PUBLIC.includes(nameOf(route)))
      throw new Error(`${nameOf(route)}: give it a plausible body in BODIES`);
    return caller.call(route.method, withOurIds(route.path), isWrite ? (body?.(ids) ?? {}) : undefined);
  };

  /** Everything of ours in every table, without what the clockwork moves by itself. */
  async function ourRows(): Promise<Record<string, string>> {
    const tables = await product.database.sql<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'firm_id'`,
    );
    const found: Record<string, string> = {};
    for (const { name } of tables.filter((table) => !CLOCKWORK.includes(table.name))) {
      const [row] = await product.database.sql<{ digest: string }>(
        `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest
           from ${name} t where firm_id = (select firm_id from administration where id = $1)`,
        [ids['/administrations']],
      );
      found[name] = row!.digest;
    }
    return found;
  }

  it('has a route for everything that is tried here, and knows every route', () => {
    expect(routes.length).toBeGreaterThan(50);
    for (const name of Object.keys(BODIES)) expect(routes.map(nameOf)).toContain(name);
    for (const { path } of routes.filter((route) => route.path.includes('{') && !PUBLIC.includes(nameOf(route))))
      expect(() => thingOf(path)).not.toThrow();
  });

  it('answers us: the ids that are tried below are real', async () => {
    for (const route of routes.filter(
      ({ method, path }) => method === 'GET' && path.includes('{') && !path.endsWith('/events'),
    ))
      // prettier-ignore
      expect([nameOf(route), (await send(ours, route)).status]).toEqual([nameOf(route), 200]);
  });

  it('answers 404 to the other firm on every route with an id of ours, reading and writing, and changes nothing', async () => {
    const before = await ourRows();
    const tried = routes.filter((route) => route.path.includes('{') && !PUBLIC.includes(nameOf(route)));
    for (const route of tried) {
      const answer = await send(theirs, route);
      expect([nameOf(route), answer.status, answer.text]).toEqual([nameOf(route), 404, expect.anything()]);
      expect(problemOf(answer).code).toBe('NOT_FOUND');
    }
    expect(tried.length).toBeGreaterThan(40);
    expect(await ourRows()).toEqual(before);
  });

  it('refuses ids of ours in bodies and parameters too', async () => {
    const before = await ourRows();
    const enabled = await theirs.call('POST', '/administrations', { connectionId: ids['/connections'], sourceId: '1' });
    expect(enabled.status).toBe(404);
    const { items } = await theirs.ok<{ items: { id: string }[] }>('GET', '/administrations');
    const mine = items[0]!.id;
    for (const query of [`debtor=${ids['/debtors']}`, `run=${ids['/dunning-runs']}`])
      expect((await theirs.call('GET', `/administrations/${mine}/messages?${query}`)).json).toMatchObject({
        items: [],
      });
    expect((await theirs.call('GET', `/administrations/${mine}/receivables?debtor=${ids['/debtors']}`)).json).toMatchObject({ items: [] }); // prettier-ignore
    const overview = await theirs.call('GET', `/overview?administration=${ids['/administrations']}`);
    if (overview.status < 300)
      expect(overview.json).toMatchObject({ debtorCount: 0, openCount: 0, administrations: [] });
    else expect(overview.status).toBe(404);
    const run = await theirs.ok<{ id: string }>('POST', `/administrations/${mine}/dunning-runs`, { dryRun: true });
    for (const path of [`/lines/${ids['/receivables']}`, `/preview/${ids['/debtors']}`]) {
      const method = path.startsWith('/lines') ? 'PATCH' : 'GET';
      const answer = await theirs.call(method, `/dunning-runs/${run.id}${path}`, method === 'GET' ? undefined : { held: true }); // prettier-ignore
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
    }
    expect(await ourRows()).toEqual(before);
  });

  it('never names anything of ours in a list of the other firm', async () => {
    const { items } = await theirs.ok<{ items: { id: string }[] }>('GET', '/administrations');
    const [debtor] = await allItems<{ id: string }>(asClient(theirs), `/administrations/${items[0]!.id}/debtors`);
    const lists = routes.filter(
      ({ method, path }) =>
        method === 'GET' && /^(\/administrations\/\{id\}|\/debtors\/\{id\})?(\/[^{}]+)*$/.test(path),
    );
    expect(lists.length).toBeGreaterThan(20);
    const firm = await product.database.sql<{ id: string }>(`select id from firm where name = 'Kantoor De Vries'`);
    const forbidden = [...Object.values(ids), firm[0]!.id, 'noor@kantoor.example'];
    for (const { path } of lists.filter((route) => !PUBLIC.includes(nameOf(route)))) {
      const mine = path.startsWith('/debtors') ? debtor!.id : items[0]!.id;
      const answer = await theirs.call('GET', path.replace('{id}', mine));
      expect([path, answer.status]).toEqual([path, 200]);
      for (const id of forbidden) expect([path, answer.text.includes(id)]).toEqual([path, false]);
    }
  });

  it('answers 401 without a session on every route that is not public', async () => {
    const nobody = new Caller(product.baseUrl);
    for (const route of routes.filter((each) => !PUBLIC.includes(nameOf(each)))) {
      const answer = await send(nobody, route);
      expect([nameOf(route), answer.status]).toEqual([nameOf(route), 401]);
      expect(problemOf(answer).code).toBe('NOT_SIGNED_IN');
    }
    for (const name of PUBLIC) expect(routes.map(nameOf)).toContain(name);
  });

  it('lets each role do what the documentation says, and no more', async () => {
    const needed = documentedRoles();
    const callers: Readonly<Record<Role, Caller>> = {
      viewer: await keyOf(theirs, 'viewer'),
      collector: await keyOf(theirs, 'collector'),
      admin: await keyOf(theirs, 'admin'),
    };
    for (const route of routes.filter((each) => !PUBLIC.includes(nameOf(each)) && each.path.includes('{')))
      for (const role of ROLES) {
        const least = needed.get(nameOf(route));
        if (least === undefined) throw new Error(`${nameOf(route)} has no documented role`);
        const answer = await send(callers[role], route);
        const expected = ROLES.indexOf(role) >= ROLES.indexOf(least) ? 404 : 403;
        expect([nameOf(route), role, answer.status]).toEqual([nameOf(route), role, expected]);
        if (expected === 403) expect(problemOf(answer).code).toBe('ROLE_TOO_LOW');
      }
    for (const [name, path, body] of [
      ['viewer', '/auth/api-keys', { name: 'x', role: 'admin' }],
      ['collector', '/auth/api-keys', { name: 'x', role: 'admin' }],
      ['collector', '/connections', { connector: 'exact-online' }],
      ['collector', '/administrations', { connectionId: ids['/connections'], sourceId: '1' }],
    ] as const)
      expect([name, path, (await callers[name].call('POST', path, body)).status]).toEqual([name, path, 403]);
    for (const path of ['/auth/api-keys', '/audit'])
      expect((await callers.collector.call('GET', path)).status).toBe(403);
  });

  it('lets a viewer write nothing and a collector configure nothing, whatever the documentation says', () => {
    const needed = documentedRoles();
    for (const route of routes.filter((each) => each.method !== 'GET' && !PUBLIC.includes(nameOf(each)))) {
      const configures =
        route.method === 'PUT' ||
        /^\/(auth\/api-keys|connections|sweeps|administrations(\/\{id\}(\/hints)?)?$)/.test(route.path);
      const least = nameOf(route) === 'POST /auth/logout' ? 'viewer' : configures ? 'admin' : 'collector';
      expect([nameOf(route), needed.get(nameOf(route))]).toEqual([nameOf(route), least]);
    }
  });
});

/** The least role of each route as docs/api.md says. */
function documentedRoles(): ReadonlyMap<string, Role> {
  return new Map(
    tableRows('docs/api.md', '## Resources').flatMap(([route, role]) => {
      const name = codeOf(route)?.replaceAll(/:(\w+)/g, '{$1}');
      return name === undefined ? [] : [[name, role as Role] as const];
    }),
  );
}
