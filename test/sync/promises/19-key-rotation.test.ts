import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { SourceError, type Connector } from '../../../src/connectors/contract/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { newId } from '../../../src/kernel/index.js';
import { appDataSource, SecretBox, UnitOfWork, type SealedSecret } from '../../../src/persistence/index.js';
import { ConnectorRegistry, KeyRotation } from '../../../src/sync/index.js';
import { GrantSpool, TokenRepository, TokenVault, type ConnectionRef } from '../../../src/sync/connections/index.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { settingsOf } from '../support/settings.js';
import { TurningClock, TurningSleeper } from '../support/turning-clock.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const CREDENTIALS = FULL ? 10_000 : 200;
const AT_ONCE = 8;
const NOW = '2026-11-20T09:00:00Z';

/** A source whose refresh tokens work once: `r:<connection>:<generation>`. */
class SingleUse {
  private readonly generations = new Map<string, number>();
  refreshed = 0;
  readonly refused: string[] = [];

  refresh(token: string): { accessToken: string; refreshToken: string; expiresInSeconds: number } {
    const [, connection = '', generation] = token.split(':');
    const current = this.generations.get(connection) ?? 0;
    if (Number(generation) !== current) {
      this.refused.push(token);
      throw new SourceError('auth_revoked', 'Old refresh token used');
    }
    this.generations.set(connection, current + 1);
    this.refreshed += 1;
    return { accessToken: `a:${connection}:${current + 1}`, refreshToken: `r:${connection}:${current + 1}`, expiresInSeconds: 600 }; // prettier-ignore
  }
}

describe(`a new master key under ${CREDENTIALS} credentials in use`, () => {
  const old = ['old', randomBytes(32)] as const;
  const young = ['young', randomBytes(32)] as const;
  const both = new SecretBox(new Map([young, old]));
  const clock = new TurningClock(NOW);
  const source = new SingleUse();
  const ids = Array.from({ length: CREDENTIALS }, () => newId());
  let database: TestDatabase;
  let firmId: string;
  let folder: string;
  const opened: DataSource[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    firmId = await addFirm(database);
    folder = await mkdtemp(join(tmpdir(), 'openpost-rotation-'));
    await addCredentials(new SecretBox(new Map([old])));
  }, 120_000);
  afterAll(async () => {
    for (const dataSource of opened) await dataSource.destroy();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const placeOf = (id: string, field: string): string => `connection:${id}:${field}`;
  const refOf = (connectionId: string): ConnectionRef => ({ firmId, connectionId });

  /** Each with a token that has run out. */
  async function addCredentials(box: SecretBox): Promise<void> {
    const sealed = (field: string, letter: string): string[] => ids.map((id) => JSON.stringify(box.seal(`${letter}:${id}:0`, placeOf(id, field)))); // prettier-ignore
    await database.sql(
      `insert into connection (id, firm_id, connector, name, state, lineage, access_token, refresh_token, access_issued_at, access_expires_at)
       select id, $2, 'exact-online', 'c', 'active', id, access::jsonb, refresh::jsonb, $3::timestamptz - interval '1 h', $3::timestamptz - interval '50 min'
       from unnest($1::uuid[], $4::text[], $5::text[]) as given(id, access, refresh)`,
      [ids, firmId, NOW, sealed('access_token', 'a'), sealed('refresh_token', 'r')],
    );
  }

  const unitOfWork = async (): Promise<UnitOfWork> => {
    const dataSource = await appDataSource({ url: database.url, poolSize: AT_ONCE }).initialize();
    opened.push(dataSource);
    return new UnitOfWork(dataSource);
  };

  /** A process of its own, with its own folder for what it could not store. */
  async function vault(name: string, box = both): Promise<TokenVault> {
    const exact = createExactOnline(clock);
    const connector: Connector = {
      ...exact,
      auth: (settings) => ({ ...exact.auth(settings), refresh: async ({ refreshToken }) => source.refresh(refreshToken) }), // prettier-ignore
    };
    const registry = new ConnectorRegistry([connector], settingsOf({ 'exact-online': { baseUrl: 'https://start.exactonline.nl', clientId: 'a', clientSecret: 'b', extra: {} } })); // prettier-ignore
    const tokens = new TokenRepository(await unitOfWork());
    return new TokenVault(tokens, new GrantSpool(join(folder, name)), box, registry, clock, new TurningSleeper(clock));
  }

  /** Every credential asked for, in each vault's own order, a few at a time. */
  async function useAll(vaults: readonly TokenVault[]): Promise<string[]> {
    const failures: string[] = [];
    const walk = async (each: TokenVault, queue: string[]): Promise<void> => {
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        const token = await each.bearer(refOf(id)).catch((error: unknown) => `! ${String(error)}`);
        if (!token.startsWith(`a:${id}:`)) failures.push(token);
      }
    };
    const orders = vaults.map((_, index) => (index % 2 === 0 ? [...ids] : ids.toReversed()));
    await Promise.all(vaults.flatMap((each, index) => Array.from({ length: AT_ONCE / 2 }, () => walk(each, orders[index]!)))); // prettier-ignore
    return failures;
  }

  const underOldKey = async (): Promise<number> =>
    (
      await database.sql<{ n: number }>(
        `select count(*)::int as n from connection where access_token ->> 'keyId' <> 'young' or refresh_token ->> 'keyId' <> 'young'`,
      )
    )[0]!.n;

  it('moves all of them while they are renewed: no renewal fails, no token is lost, everything stands under the new key', async () => {
    const vaults = [await vault('one'), await vault('two')];
    const rotation = new KeyRotation(await unitOfWork(), both);
    const [failures, first] = await Promise.all([useAll(vaults), rotation.rotate()]);
    expect(failures).toEqual([]);
    expect(source.refused).toEqual([]);
    expect(source.refreshed).toBe(CREDENTIALS);
    expect(first.rewrapped).toBeGreaterThan(0);
    // What was renewed under its hands was sealed with the new key by who renewed it.
    expect((await rotation.rotate()).left).toBe(0);
    expect(await underOldKey()).toBe(0);
    expect(await useAll([await vault('three', new SecretBox(new Map([young])))])).toEqual([]);
    expect(source.refreshed).toBe(CREDENTIALS);
  }, 600_000);

  it('finds a credential that was moved from one row to another, and uses it for nobody', async () => {
    const [mine = '', theirs = ''] = ids;
    const [stolen] = await database.sql<{ access_token: SealedSecret; refresh_token: SealedSecret }>(
      'select access_token, refresh_token from connection where id = $1',
      [theirs],
    );
    await database.sql('update connection set access_token = $2, refresh_token = $3 where id = $1', [
      mine,
      JSON.stringify(stolen!.access_token),
      JSON.stringify(stolen!.refresh_token),
    ]);
    const before = source.refreshed;
    const only = await vault('four');
    await expect(only.bearer(refOf(mine))).rejects.toThrow(/unable to authenticate|auth/i);
    clock.advance(3_600);
    await expect(only.bearer(refOf(mine))).rejects.toThrow(/unable to authenticate|auth/i);
    expect([source.refreshed, source.refused]).toEqual([before, []]);
    expect(await only.bearer(refOf(theirs))).toBe(`a:${theirs}:2`);
  }, 60_000);
});
