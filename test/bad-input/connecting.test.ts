import { FormBrowser } from '../../sandbox/demo/form-browser.js';
import { arm, asClient, Caller, problemOf, signIn } from '../api/support.js';
import { connectExact, consent, eventually, startProduct, syncOnce, type Product } from '../support/product.js';

interface Connection {
  readonly id: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly stateMessage: string | null;
}

describe('connecting when something is not right', () => {
  let product: Product;
  let admin: Caller;
  let connectionId: string;
  let administrationId: string;

  beforeAll(async () => {
    product = await startProduct({ size: 40, debtors: 4 });
    admin = await signIn(product.baseUrl);
    ({ connectionId, administrationId } = await connectExact(product, asClient(admin)));
    await syncOnce(asClient(admin), administrationId);
  }, 60_000);
  afterAll(() => product.close());

  const create = (): Promise<{ id: string; authorizeUrl: string }> =>
    admin.ok('POST', '/connections', { connector: 'exact-online' });
  const connection = (id: string): Promise<Connection> => admin.ok('GET', `/connections/${id}`);
  const callback = async (query: Record<string, string>): Promise<string> => {
    const answer = await fetch(`${product.baseUrl}/oauth/callback?${new URLSearchParams(query)}`, {
      redirect: 'manual',
    });
    expect(answer.status).toBe(302);
    return answer.headers.get('location')!;
  };
  const stateOf = (authorizeUrl: string): string => new URL(authorizeUrl).searchParams.get('state')!;
  const firstStillWorks = async (): Promise<void> => {
    expect(await connection(connectionId)).toMatchObject({ state: 'active', stateReason: null });
    expect((await syncOnce(asClient(admin), administrationId)).state).toBe('complete');
  };

  it('a consent that is denied: the connection says so, another try connects it, and the others go on', async () => {
    const { id, authorizeUrl } = await create();
    expect(await connection(id)).toMatchObject({ state: 'needs_reconnect', stateReason: 'awaiting_consent' });
    expect(await deny(authorizeUrl)).toBe(`${product.baseUrl}/connections/${id}?result=denied`);
    expect(await connection(id)).toMatchObject({
      state: 'error',
      stateReason: 'consent_denied',
      stateMessage: 'The person who was asked did not give access.',
    });
    await firstStillWorks();
    const again = await admin.ok<{ authorizeUrl: string }>('POST', `/connections/${id}/reconnect`);
    expect(stateOf(again.authorizeUrl)).not.toBe(stateOf(authorizeUrl));
    expect(await deny(again.authorizeUrl)).toMatch(/result=denied$/);
  });

  it('a denied renewal of a connection that works leaves it working', async () => {
    const { authorizeUrl } = await admin.ok<{ authorizeUrl: string }>('POST', `/connections/${connectionId}/reconnect`);
    expect(await deny(authorizeUrl)).toMatch(/result=denied$/);
    await firstStillWorks();
  });

  it('a state that nobody gave out changes nothing', async () => {
    const { id, authorizeUrl } = await create();
    for (const query of [
      { code: 'any', state: 'made-up' },
      { code: 'any' },
      { code: 'any', state: '' },
      { error: 'access_denied', state: 'made-up' },
      { code: 'any', state: `${stateOf(authorizeUrl)}x` },
    ] as Record<string, string>[])
      expect(await callback(query)).toBe(`${product.baseUrl}/connections?result=invalid-state`);
    expect(await connection(id)).toMatchObject({ state: 'needs_reconnect', stateReason: 'awaiting_consent' });
    await firstStillWorks();
  });

  it('a state that is too old is refused, and names the connection to try again with', async () => {
    const { id, authorizeUrl } = await create();
    await product.database.sql(
      `update authorization_request set expires_at = now() - interval '1 second' where connection_id = $1`,
      [id],
    );
    expect(await callback({ code: 'any', state: stateOf(authorizeUrl) })).toMatch(/result=invalid-state$/);
    expect((await connection(id)).state).toBe('needs_reconnect');
  });

  it('a code that was used before: refused by name, and the connection that it made goes on', async () => {
    const { id, authorizeUrl } = await admin.ok<{ id: string; authorizeUrl: string }>('POST', '/connections', {
      connector: 'exact-online',
    });
    const page = await answerAtExact(authorizeUrl, 'allow');
    const used = new URL(page);
    expect(await callback(Object.fromEntries(used.searchParams))).toMatch(/result=connected$/);
    // The whole address again, as the back button would: the state is spent.
    expect(await callback(Object.fromEntries(used.searchParams))).toBe(`${product.baseUrl}/connections/${id}?result=invalid-state`); // prettier-ignore
    // The old code with a fresh state.
    const other = await create();
    const reused = await callback({ code: used.searchParams.get('code')!, state: stateOf(other.authorizeUrl) });
    expect(reused).toBe(`${product.baseUrl}/connections/${other.id}?result=code-refused`);
    expect(await connection(other.id)).toMatchObject({ state: 'error', stateReason: 'code_refused' });
    expect((await connection(other.id)).stateMessage).toMatch(/Bad Request/);
    expect(await connection(id)).toMatchObject({ state: 'active' });
    // The stand-in ended the first consent, because the same person gave a new one; that one is for the last test.
    await reconnect(connectionId);
    await firstStillWorks();
  });

  it('malformed callbacks end on a page of ours or in a problem, never in an error', async () => {
    for (const query of ['code=a&code=b&state=c', 'code[x]=a&state=b', 'colour=blue', `state=${'x'.repeat(600)}`, '']) {
      const answer = await new Caller(product.baseUrl).call('GET', `/api/v1/oauth/callback?${query}`);
      expect([query, answer.status]).toEqual([query, query === '' ? 302 : 400]);
      if (answer.status === 400) expect(problemOf(answer)).toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('an app whose access was withdrawn: pulls stop by name, a person is asked, and reconnecting loses nothing', async () => {
    const shown = await admin.ok<Record<string, unknown>>('GET', `/administrations/${administrationId}`);
    const { receivableCount, debtorCount, openAmount, lastGoodPullAt } = shown;
    const books = { receivableCount, debtorCount, openAmount };
    await arm(product, 'exact', { kind: 'revoke' });
    // A refused token only turns out to be withdrawn when it is renewed, which Exact allows from 570 s on.
    await product.database.sql(`update connection set access_issued_at = access_issued_at - interval '700 s'`);
    const sync = await syncOnce(asClient(admin), administrationId);
    expect(sync).toMatchObject({ state: 'failed', error: { kind: 'auth_revoked' } });
    const revoked = await connection(connectionId);
    expect(revoked).toMatchObject({ state: 'needs_reconnect' });
    expect(['access_revoked', 'refresh_refused']).toContain(revoked.stateReason);
    expect(revoked.stateMessage!.length).toBeGreaterThan(10);
    const overview = await admin.ok<{ waiting: { connectionsToReconnect: number } }>('GET', '/overview');
    expect(overview.waiting.connectionsToReconnect).toBeGreaterThanOrEqual(1);
    const asked = await admin.call('GET', `/connections/${connectionId}/administrations`);
    expect([asked.status, problemOf(asked).code]).toEqual([409, 'CONNECTION_NEEDS_RECONNECT']);
    expect(await admin.ok('GET', `/administrations/${administrationId}`)).toMatchObject({
      ...books,
      lastGoodPullAt,
      lastSync: { state: 'failed' },
    });
    await reconnect(connectionId);
    await firstStillWorks();
    expect(await admin.ok('GET', `/administrations/${administrationId}`)).toMatchObject(books);
  });

  async function reconnect(id: string): Promise<void> {
    const { authorizeUrl } = await admin.ok<{ authorizeUrl: string }>('POST', `/connections/${id}/reconnect`);
    expect((await consent(product, authorizeUrl)).url).toMatch(/result=connected$/);
    await eventually(
      () => connection(id),
      ({ state }) => state === 'active',
    );
  }

  async function deny(authorizeUrl: string): Promise<string> {
    const page = new URL(await answerAtExact(authorizeUrl, 'deny'));
    return callback(Object.fromEntries(page.searchParams));
  }

  /** Logs in and presses a button of the consent page; the address that the browser is then sent to, not yet opened. */
  async function answerAtExact(authorizeUrl: string, action: 'allow' | 'deny'): Promise<string> {
    const [user] = product.exact.users;
    const browser = new FormBrowser();
    const form = await browser.open(authorizeUrl);
    const page = await browser.submitFirstForm(form, { user: user!.userName, password: user!.password });
    const fields = new URLSearchParams({ step: 'consent', action });
    for (const [, value] of page.body.matchAll(/name="division"[^>]*value="(\d+)"/g)) fields.append('division', value!);
    const cookies = Reflect.get(browser, 'cookies') as Map<string, Map<string, string>>;
    const cookie = [...(cookies.get(new URL(authorizeUrl).host) ?? [])].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(page.url, { method: 'POST', body: fields, headers: { cookie }, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`no redirect: ${await answer.text()}`);
    return location;
  }
});
