import { AuthService } from '../../src/auth/index.js';
import { ADMIN, startProduct, type Product } from '../support/product.js';
import { addOtherFirm, Caller, keyOf, problemOf, sessionCookieOf, signIn, type Answer } from './support.js';

describe('signing in', () => {
  let product: Product;
  let nobody: Caller;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct({ size: 20, debtors: 2 });
    nobody = new Caller(product.baseUrl);
    admin = await signIn(product.baseUrl);
  }, 60_000);
  afterAll(() => product.close());

  const login = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
    nobody.call('POST', '/auth/login', body, headers);
  const rows = (table: string): Promise<{ count: string }[]> =>
    product.database.sql(`select count(*) as count from ${table}`);

  it('makes one firm of two processes that start with the same first admin at the same moment', async () => {
    const auth = product.running!.app.get(AuthService);
    const first = {
      firmName: 'Tweelingkantoor',
      name: 'Noor',
      email: 'noor@tweeling.example',
      password: 'long-enough-1',
    };
    const ids = await Promise.all(Array.from({ length: 8 }, () => auth.ensureFirm(first)));
    expect(new Set(ids).size).toBe(1);
    expect(await product.database.sql(`select name from firm where name = 'Tweelingkantoor'`)).toHaveLength(1);
  });

  describe('with a password', () => {
    it('answers who signed in, and sets a cookie that scripts and other sites cannot use', async () => {
      const answer = await login({ ...ADMIN, email: ADMIN.email.toUpperCase() });
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({
        user: { email: ADMIN.email, name: 'Noor', role: 'admin' },
        firm: { name: 'Kantoor De Vries' },
      });
      const [cookie] = answer.headers.getSetCookie();
      expect(cookie).toMatch(/^openpost_session=[\w-]{43};/);
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Lax/i);
      expect(cookie).toMatch(/; Path=\//i);
      expect(cookie).toMatch(/; Max-Age=1209600/i);
      expect(answer.text).not.toMatch(/hash|argon/i);
    });

    it('answers the same, and takes as long, for a wrong password and for an unknown address', async () => {
      const wrong = { email: ADMIN.email, password: 'not-the-password' };
      const unknown = { email: 'nobody@kantoor.example', password: ADMIN.password };
      const times: Record<string, number[]> = { wrong: [], unknown: [] };
      const answers: Record<string, unknown> = {};
      for (let round = 0; round < 3; round += 1)
        for (const [name, body] of Object.entries({ wrong, unknown })) {
          const started = performance.now();
          const answer = await login(body);
          times[name]!.push(performance.now() - started);
          expect(answer.headers.getSetCookie()).toEqual([]);
          expect(answer.status).toBe(401);
          answers[name] = problemOf(answer);
        }
      expect(answers['wrong']).toEqual(answers['unknown']);
      expect(answers['wrong']).toMatchObject({ code: 'INVALID_CREDENTIALS' });
      const least = (name: string): number => Math.min(...times[name]!);
      // Without the hash for nobody, an unknown address would be answered many times faster.
      expect(least('unknown')).toBeGreaterThan(least('wrong') / 3);
      expect(least('wrong')).toBeGreaterThan(least('unknown') / 3);
    });

    it('names the field that is missing or not an address', async () => {
      const answer = await login({ email: 'noor' });
      expect(answer.status).toBe(400);
      expect(problemOf(answer).errors!.map(({ path }) => path)).toEqual(expect.arrayContaining(['email', 'password']));
    });

    it('is refused when another site sends it', async () => {
      const answer = await login(ADMIN, { origin: 'https://evil.example' });
      expect(answer.status).toBe(403);
      expect(problemOf(answer)).toMatchObject({ code: 'FOREIGN_ORIGIN' });
      expect(answer.headers.getSetCookie()).toEqual([]);
    });
  });

  describe('a session', () => {
    it('ends on the server when it is signed out', async () => {
      const mine = await signIn(product.baseUrl);
      expect((await mine.call('GET', '/auth/me')).json).toMatchObject({ user: { email: ADMIN.email } });
      const out = await mine.call('POST', '/auth/logout');
      expect(out.status).toBe(204);
      expect(out.headers.getSetCookie()[0]).toMatch(/^openpost_session=;.*Expires=Thu, 01 Jan 1970/i);
      const again = await mine.call('GET', '/auth/me');
      expect(again.status).toBe(401);
      expect(problemOf(again)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    });

    it('ends after its time, whatever the cookie says', async () => {
      const mine = await signIn(product.baseUrl);
      await product.database.sql(
        `update session set expires_at = now() - interval '1 second' where token_hash = sha256($1::bytea)`,
        [Buffer.from(mine.headers['cookie']!.split('=')[1]!)],
      );
      expect((await mine.call('GET', '/overview')).status).toBe(401);
      expect((await admin.call('GET', '/overview')).status).toBe(200);
    });

    it('lasts fourteen days', async () => {
      const [row] = await product.database.sql<{ days: number }>(
        `select extract(epoch from max(expires_at) - now()) / 86400 as days from session`,
      );
      expect(Number(row!.days)).toBeGreaterThan(13.9);
      expect(Number(row!.days)).toBeLessThanOrEqual(14);
    });

    it.each(['', 'openpost_session=', 'openpost_session=made-up', 'openpost_session[]=x', 'openpost_session=%00'])(
      'is not there with the cookie "%s"',
      async (cookie) => {
        const answer = await nobody.call('GET', '/overview', undefined, { cookie });
        expect(answer.status).toBe(401);
      },
    );

    it('does not write what a page of another site asks', async () => {
      for (const origin of ['https://evil.example', 'null', 'http://localhost:1', `${product.baseUrl}.evil.example`]) {
        const answer = await admin.call('POST', '/auth/api-keys', { name: 'stolen', role: 'admin' }, { origin });
        expect(answer.status).toBe(403);
        expect(problemOf(answer)).toMatchObject({ code: 'FOREIGN_ORIGIN' });
      }
      const own = await admin.call('POST', '/connections/x/reconnect', {}, { origin: product.baseUrl });
      expect(own.status).toBe(400);
      expect(await product.database.sql(`select 1 from api_key where name = 'stolen'`)).toEqual([]);
    });
  });

  describe('an API key', () => {
    it('is shown once, stored as a hash, and acts with its role', async () => {
      const made = await admin.call('POST', '/auth/api-keys', { name: 'Report', role: 'viewer' });
      expect(made.status).toBe(201);
      const { id, key } = made.json as { id: string; key: string };
      expect(key).toMatch(/^opk_[\w-]{43}$/);
      const list = await admin.call('GET', '/auth/api-keys');
      expect(list.text).not.toContain(key);
      expect(list.json).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id })]) });
      const stored = await product.database.sql('select api_key::text as text from api_key');
      expect(JSON.stringify(stored)).not.toContain(key);
      const program = new Caller(product.baseUrl, { authorization: `Bearer ${key}` });
      expect((await program.call('GET', '/overview')).status).toBe(200);
      const refused = await program.call('POST', '/auth/api-keys', { name: 'more', role: 'admin' });
      expect(refused.status).toBe(403);
      expect(problemOf(refused)).toMatchObject({ code: 'ROLE_TOO_LOW' });
    });

    it('stops working at once when it is revoked', async () => {
      const { id, key } = await admin.ok<{ id: string; key: string }>('POST', '/auth/api-keys', {
        name: 'Old',
        role: 'admin',
      });
      const program = new Caller(product.baseUrl, { authorization: `Bearer ${key}` });
      expect((await program.call('GET', '/overview')).status).toBe(200);
      expect((await admin.call('DELETE', `/auth/api-keys/${id}`)).status).toBe(204);
      expect((await program.call('GET', '/overview')).status).toBe(401);
      expect((await admin.call('DELETE', `/auth/api-keys/${id}`)).status).toBe(404);
    });

    it('leaves a trail of who added and revoked it', async () => {
      const { items } = await admin.ok<{ items: object[] }>('GET', '/audit');
      expect(items).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ action: 'api-key-added', actor: ADMIN.email }),
          expect.objectContaining({ action: 'api-key-revoked', actor: ADMIN.email }),
        ]),
      );
    });

    it('is only taken whole, from the Authorization header', async () => {
      const key = (await keyOf(admin, 'admin')).headers['authorization']!;
      for (const authorization of [
        key.slice(0, -1),
        `${key}x`,
        key.replace('Bearer ', 'Basic '),
        'Bearer opk_',
        'Bearer',
      ])
        expect((await nobody.call('GET', '/overview', undefined, { authorization })).status).toBe(401);
      expect((await nobody.call('GET', `/overview?access_token=${key.slice(7)}`)).status).toBe(401);
    });

    it('of one firm cannot be revoked by another', async () => {
      const other = await addOtherFirm(product);
      const { id } = await admin.ok<{ id: string }>('POST', '/auth/api-keys', { name: 'Ours', role: 'viewer' });
      expect((await other.call('DELETE', `/auth/api-keys/${id}`)).status).toBe(404);
      expect((await other.call('GET', '/auth/api-keys')).json).toEqual({ items: [], nextCursor: null });
    });
  });

  describe('Idempotency-Key', () => {
    const make = (key: string, body: object): Promise<Answer> =>
      admin.call('POST', '/connections', body, { 'idempotency-key': key });
    const connect = { connector: 'exact-online' };

    it('gives the first answer again and does the work once', async () => {
      const before = await rows('connection');
      const first = await make('once', connect);
      const second = await make('once', connect);
      expect(first.status).toBe(201);
      expect([second.status, second.json]).toEqual([first.status, first.json]);
      expect(Number((await rows('connection'))[0]!.count)).toBe(Number(before[0]!.count) + 1);
    });

    it('runs the work once for ten calls at the same moment', async () => {
      const before = Number((await rows('connection'))[0]!.count);
      const answers = await Promise.all(Array.from({ length: 10 }, () => make('at-once', connect)));
      expect(Number((await rows('connection'))[0]!.count)).toBe(before + 1);
      for (const answer of answers)
        if (answer.status === 409) expect(problemOf(answer)).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
        else expect(answer.status).toBe(201);
      expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1);
    });

    it('is a conflict with another body, address or method', async () => {
      await make('conflict', connect);
      const body = await make('conflict', { ...connect, settings: {} });
      const address = await admin.call('POST', '/auth/api-keys', { name: 'x', role: 'viewer' }, { 'idempotency-key': 'conflict' }); // prettier-ignore
      for (const answer of [body, address]) {
        expect(answer.status).toBe(409);
        expect(problemOf(answer)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      }
    });

    it('is free again after a first call that failed', async () => {
      expect((await make('failed', { connector: 'no-such' })).status).toBeGreaterThanOrEqual(400);
      expect((await make('failed', connect)).status).toBe(201);
    });

    it('belongs to one firm', async () => {
      await make('shared-word', connect);
      const other = await signIn(product.baseUrl, {
        email: 'bram@ander-kantoor.example',
        password: 'another-long-password',
      });
      const theirs = await other.call('POST', '/connections', connect, { 'idempotency-key': 'shared-word' });
      expect(theirs.status).toBe(201);
      expect(theirs.json).not.toEqual((await make('shared-word', connect)).json);
    });

    it('does not keep a key of the API that is shown once', async () => {
      const body = { name: 'Retried', role: 'viewer' };
      const made = await admin.call('POST', '/auth/api-keys', body, { 'idempotency-key': 'new-api-key' });
      const { key } = made.json as { key: string };
      const kept = await product.database.sql('select idempotency_record::text as text from idempotency_record');
      expect(JSON.stringify(kept)).not.toContain(key);
      expect(await product.database.sql(`select 1 from api_key where name = 'Retried'`)).toHaveLength(1);
    });

    it.each(['', 'x'.repeat(201)])('is refused when it is not 1 to 200 characters', async (key) => {
      const answer = await make(key, connect);
      expect(answer.status).toBe(400);
      expect(problemOf(answer).errors![0]!.path).toBe('Idempotency-Key');
    });
  });

  it('is slowed down for who guesses, and for nobody else', async () => {
    let answer = await login({ email: ADMIN.email, password: 'guess' });
    for (let attempt = 0; attempt < 20 && answer.status !== 429; attempt += 1)
      answer = await login({ email: ADMIN.email, password: `guess ${attempt}` });
    expect(answer.status).toBe(429);
    expect(problemOf(answer)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await login(ADMIN)).status).toBe(429);
    expect((await admin.call('GET', '/overview')).status).toBe(200);
  });

  it('keeps the cookie for https where people come by https', async () => {
    const { cookieOptions } = await import('../../src/auth/session-cookie.js');
    expect(cookieOptions('https://openpost.example', 14)).toMatchObject({
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
    });
    expect(cookieOptions('http://localhost:3000', 14)).toMatchObject({ secure: false });
    expect(sessionCookieOf(await new Caller(product.baseUrl).call('GET', '/overview'))).toBe('');
  });
});
