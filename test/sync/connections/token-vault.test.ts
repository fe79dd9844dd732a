import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { SourceError, type Connector } from '../../../src/connectors/contract/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { appDataSource, UnitOfWork } from '../../../src/persistence/index.js';
import { ConnectorRegistry, Sleeper } from '../../../src/sync/index.js';
import {
  GrantSpool,
  TokenRepository,
  TokenVault,
  type ConnectionRef,
  type SealedGrant,
} from '../../../src/sync/connections/index.js';
import { connect, consentAt, startEngine, type Engine } from '../support/engine.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
/** How often only the database is down. */
const OUTAGES = FULL ? 500 : 5;

/** Really waits, but not long: the clock is turned by the tests alone. */
class ShortSleeper extends Sleeper {
  async sleep(milliseconds: number): Promise<void> {
    await new Promise((proceed) => setTimeout(proceed, Math.min(milliseconds, 20)));
  }
}

/** A database that takes no grants, as in an outage between the source's answer and our commit. */
class DeafTokens extends TokenRepository {
  override async storeGrant(_ref: ConnectionRef, _replaces: unknown, _grant: SealedGrant): Promise<boolean> {
    throw new Error('the database went away');
  }
}

describe('token vault', () => {
  let engine: Engine;
  let ref: ConnectionRef;
  const opened: DataSource[] = [];
  const folders: string[] = [];

  beforeAll(async () => {
    engine = await startEngine({ size: 10, debtors: 2 });
  });
  afterAll(async () => {
    for (const dataSource of opened) await dataSource.destroy();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    await engine.close();
  });
  beforeEach(async () => {
    engine.exact.faults.clear();
    ref = { firmId: engine.firmId, connectionId: await connect(engine) };
    engine.exact.log.clear();
  });

  const folder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), 'openpost-vault-'));
    folders.push(made);
    return made;
  };

  /** A vault as another process would have it: its own pool, and its own folder unless told otherwise. */
  const vault = async (
    options: { deaf?: boolean; dataDir?: string; wrap?: (connector: Connector) => Connector } = {},
  ): Promise<TokenVault> => {
    const dataSource = await appDataSource({ url: engine.database.url, poolSize: 2 }).initialize();
    opened.push(dataSource);
    const unitOfWork = new UnitOfWork(dataSource);
    const tokens = options.deaf === true ? new DeafTokens(unitOfWork) : new TokenRepository(unitOfWork);
    const connector = (options.wrap ?? ((same) => same))(createExactOnline(engine.clock));
    const registry = new ConnectorRegistry([connector], engine.settings);
    const spool = new GrantSpool(options.dataDir ?? (await folder()));
    return new TokenVault(tokens, spool, engine.secrets, registry, engine.clock, new ShortSleeper());
  };

  const tokenCalls = (): { status: number }[] =>
    engine.exact.requests.filter(({ path }) => path === '/api/oauth2/token').map(({ status }) => ({ status }));

  const row = async (): Promise<{ state: string; state_reason: string | null; lease_until: Date | null }> =>
    (
      await engine.database.sql<{ state: string; state_reason: string | null; lease_until: Date | null }>(
        `select state, state_reason, lease_until from connection where id = $1`,
        [ref.connectionId],
      )
    )[0]!;

  const expireLease = async (): Promise<void> => {
    await engine.database.sql(
      `update connection set lease_until = now() - interval '1 s' where lease_until is not null`,
    );
  };

  it('asks once per expiry, whoever and however many want a token, and never early', async () => {
    const vaults = await Promise.all(Array.from({ length: 8 }, () => vault()));
    engine.exact.arm({ kind: 'token-slow', match: 'oauth2/token', count: null, delayMs: 60 });
    const expiries = 25;
    const seen = new Set<string>();
    for (let expiry = 0; expiry < expiries; expiry += 1) {
      engine.clock.advance(571);
      const tokens = await Promise.all(vaults.flatMap((each) => [each.bearer(ref), each.bearer(ref)]));
      expect(new Set(tokens).size).toBe(1);
      seen.add(tokens[0]!);
      // Young tokens are used as they are.
      engine.clock.advance(569);
      expect(new Set(await Promise.all(vaults.map((each) => each.bearer(ref))))).toEqual(new Set(tokens));
    }
    expect(seen.size).toBe(expiries);
    expect(tokenCalls()).toEqual(Array.from({ length: expiries }, () => ({ status: 200 })));
    expect(await row()).toMatchObject({ state: 'active', lease_until: null });
  });

  it('asks for no more tokens in a day than the source allows, and again the next day', async () => {
    const counted = async (): Promise<number> =>
      (
        await engine.database.sql<{ token_calls: number }>(`select token_calls from connection where id = $1`, [
          ref.connectionId,
        ])
      )[0]!.token_calls;
    // The consent was one.
    expect(await counted()).toBe(1);
    const only = await vault();
    engine.clock.advance(571);
    await only.bearer(ref);
    expect(await counted()).toBe(2);
    await engine.database.sql(`update connection set token_calls = 200 where id = $1`, [ref.connectionId]);
    engine.clock.advance(571);
    const today = engine.clock.now().toISOString().slice(0, 10);
    const until = new Date(Date.parse(today) + 86_400_000);
    engine.exact.log.clear();
    await expect(only.bearer(ref)).rejects.toMatchObject({ kind: 'quota_exhausted', until });
    expect(tokenCalls()).toEqual([]);
    engine.clock.advance((until.getTime() - engine.clock.now().getTime()) / 1_000 + 1);
    await only.bearer(ref);
    expect(await counted()).toBe(1);
  });

  it(
    `finds the answer again when the database was gone between answer and commit, ${OUTAGES} times of ${OUTAGES}`,
    async () => {
      const dataDir = await folder();
      const [deaf, hearing] = [await vault({ deaf: true, dataDir }), await vault({ dataDir })];
      for (let outage = 1; outage <= OUTAGES; outage += 1) {
        engine.exact.log.clear();
        engine.clock.advance(571);
        await expect(deaf.bearer(ref)).rejects.toMatchObject({ kind: 'source_down' });
        expect(await readdir(join(dataDir, 'grant-spool'))).toHaveLength(1);
        await expireLease();
        await expect(hearing.bearer(ref)).resolves.toEqual(expect.any(String));
        expect(tokenCalls()).toEqual([{ status: 200 }]);
        expect(await readdir(join(dataDir, 'grant-spool'))).toEqual([]);
      }
    },
    FULL ? 600_000 : 30_000,
  );

  it('stores a kept answer when a process starts', async () => {
    const dataDir = await folder();
    engine.clock.advance(571);
    await expect((await vault({ deaf: true, dataDir })).bearer(ref)).rejects.toThrow();
    await expect((await vault({ dataDir })).recoverSpool()).resolves.toBe(1);
    await expect((await vault()).bearer(ref)).resolves.toEqual(expect.any(String));
    expect(tokenCalls()).toHaveLength(1);
  });

  it('says what happened when the answer is lost for good, after trying the stored token once', async () => {
    engine.clock.advance(571);
    await expect((await vault({ deaf: true })).bearer(ref)).rejects.toThrow();
    await expireLease();
    const elsewhere = await vault();
    await expect(elsewhere.bearer(ref)).rejects.toMatchObject({ kind: 'auth_revoked' });
    expect(await row()).toMatchObject({ state: 'needs_reconnect', state_reason: 'refresh_outcome_unknown' });
    await expect(elsewhere.bearer(ref)).rejects.toMatchObject({ kind: 'auth_revoked' });
    expect(tokenCalls()).toEqual([{ status: 200 }, { status: 401 }]);
  });

  it('goes on when the process died before the call was made', async () => {
    engine.clock.advance(571);
    const dying = await vault({
      wrap: (connector) => ({
        ...connector,
        auth: (settings) => ({ ...connector.auth(settings), refresh: () => new Promise(() => undefined) }),
      }),
    });
    void dying.bearer(ref).catch(() => undefined);
    while ((await row()).lease_until === null) await new Promise((proceed) => setTimeout(proceed, 10));
    await expireLease();
    await expect((await vault()).bearer(ref)).resolves.toEqual(expect.any(String));
    expect(await row()).toMatchObject({ state: 'active', state_reason: null });
  });

  it('lets a new consent win over a refresh under way', async () => {
    engine.clock.advance(571);
    engine.exact.arm({ kind: 'token-slow', match: 'oauth2/token', delayMs: 400 });
    const slow = (await vault()).bearer(ref);
    while ((await row()).lease_until === null) await new Promise((proceed) => setTimeout(proceed, 10));
    const { body } = await engine.as.post(`/connections/${ref.connectionId}/reconnect`).expect(200);
    const answer = await engine.callback(await consentAt(engine, String(body.authorizeUrl)));
    expect(answer.headers['location']).toContain('result=connected');
    const fresh = await (await vault()).bearer(ref);
    await expect(slow).resolves.toBe(fresh);
    expect(await row()).toMatchObject({ state: 'active', state_reason: null, lease_until: null });
  });

  it('keeps a refresh token that comes with a refusal', async () => {
    engine.clock.advance(571);
    const used: string[] = [];
    const odd = await vault({
      wrap: (connector) => ({
        ...connector,
        auth: (settings) => ({
          ...connector.auth(settings),
          refresh: async ({ refreshToken }) => {
            used.push(refreshToken);
            throw new SourceError('rate_limited', 'too early', { grantedRefreshToken: 'the-next-one' });
          },
        }),
      }),
    });
    await expect(odd.bearer(ref)).rejects.toMatchObject({ kind: 'rate_limited' });
    await expect(odd.bearer(ref)).rejects.toMatchObject({ kind: 'rate_limited' });
    expect(used[1]).toBe('the-next-one');
  });

  it('does not renew a token that the source says is too young', async () => {
    const some = await vault();
    const token = await some.bearer(ref);
    await expect(some.renew(ref, token)).rejects.toMatchObject({ kind: 'auth_expired', until: expect.any(Date) });
    expect(tokenCalls()).toEqual([]);
    await expect(some.renew(ref, 'an older one')).resolves.toBe(token);
  });

  it('keeps no token in the clear', async () => {
    const token = await (await vault()).bearer(ref);
    const [stored] = await engine.database.sql<{ text: string }>(
      `select connection::text || coalesce((select string_agg(a::text, '') from authorization_request a), '') as text from connection where id = $1`,
      [ref.connectionId],
    );
    expect(stored!.text).not.toContain(token);
    // A sealed token copied to another connection does not open there.
    const other = await connect(engine);
    await engine.database.sql(
      `update connection set access_token = (select access_token from connection where id = $1) where id = $2`,
      [ref.connectionId, other],
    );
    await expect((await vault()).bearer({ ...ref, connectionId: other })).rejects.toThrow();
  });
});
