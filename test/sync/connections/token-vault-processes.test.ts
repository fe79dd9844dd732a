import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../../sandbox/books/random.js';
import type { ConnectionRef } from '../../../src/sync/connections/index.js';
import { connect, consentAt, startEngine, type Engine } from '../support/engine.js';
import { VaultProcess } from './token-vault-fleet.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const PROCESSES = FULL ? 8 : 2;
const EXPIRIES = FULL ? 10_000 : 8;
const KILLS = FULL ? 500 : 3;
const SEED = 2_617;
/** The source takes up to 25 s to answer; a hundred times less here, against a waiter's pauses that are five times less. */
const SLOWEST_MS = 250;
/** How long a process stays between two steps, so that a kill at random falls in any of them. */
const LINGER_MS = 40;
const STEPS = ['answered', 'kept', 'stored'] as const;
const TOKEN = /^[0-9a-f]{64}$/;

describe('token vaults in processes of their own', () => {
  let engine: Engine;
  let dataDir: string;
  let ref: ConnectionRef;
  const started: VaultProcess[] = [];
  beforeAll(async () => {
    engine = await startEngine({ size: 10, debtors: 2 });
    dataDir = await mkdtemp(join(tmpdir(), 'openpost-vaults-'));
    for (let count = 0; count < PROCESSES; count += 1) start();
    ref = { firmId: engine.firmId, connectionId: await connect(engine) };
  }, 120_000);
  afterAll(async () => {
    for (const each of started) await each.kill();
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = (): VaultProcess => {
    const made = VaultProcess.start(engine, dataDir);
    started.push(made);
    return made;
  };
  const tokenCalls = (): number[] =>
    engine.exact.requests.filter(({ path }) => path === '/api/oauth2/token').map(({ status }) => status);
  const row = async (): Promise<unknown> =>
    (
      await engine.database.sql(
        `select lineage, state, state_reason as reason, lease_until as lease from connection where id = $1`,
        [ref.connectionId],
      )
    )[0];

  it(
    `single-use token storm: ${PROCESSES} processes and ${EXPIRIES} expiries make ${EXPIRIES} calls, none early, and lose no consent (seed ${SEED})`,
    async () => {
      const random = createRandom(`token storm ${SEED}`);
      const before = await row();
      const all = async (): Promise<readonly string[]> =>
        (await Promise.all(started.map((each) => each.ask(ref, engine.clock.now(), { times: 2 })))).flat();
      const seen = new Set<string>();
      for (let expiry = 0; expiry < EXPIRIES; expiry += 1) {
        engine.exact.log.clear();
        engine.exact.faults.clear();
        engine.exact.arm({ kind: 'token-slow', match: 'oauth2/token', delayMs: random.between(0, SLOWEST_MS) });
        engine.clock.advance(571);
        const old = await all();
        // Young tokens are used as they are.
        engine.clock.advance(random.between(0, 568));
        const tokens = new Set([...old, ...(await all())]);
        expect({ expiry, tokens: [...tokens], calls: tokenCalls() }).toEqual({ expiry, tokens: [expect.stringMatching(TOKEN)], calls: [200] }); // prettier-ignore
        for (const token of tokens) seen.add(token);
      }
      expect(seen.size).toBe(EXPIRIES);
      expect(await row()).toEqual(before);
    },
    FULL ? 3 * 3_600_000 : 60_000,
  );

  const reconnect = async (): Promise<void> => {
    const { body } = await engine.as.post(`/connections/${ref.connectionId}/reconnect`).expect(200);
    const answer = await engine.callback(await consentAt(engine, String(body.authorizeUrl)));
    expect(answer.headers['location']).toContain('result=connected');
  };

  /** Who asks after a lost renewal is told so, always the same, and the source hears nothing more until a person consents. */
  const expectPersonCalled = async (next: VaultProcess): Promise<void> => {
    const now = engine.clock.now();
    expect(tokenCalls()).toEqual([200, 401]);
    expect(await row()).toMatchObject({ state: 'needs_reconnect', reason: 'refresh_outcome_unknown' });
    expect(await next.ask(ref, now, { times: 3 })).toEqual(Array(3).fill('!auth_revoked'));
    expect(tokenCalls()).toHaveLength(2);
    await reconnect();
    expect(await next.ask(ref, now)).toEqual([expect.stringMatching(TOKEN)]);
  };

  it(
    `killed ${KILLS} times between the source's answer and the commit, a connection works or asks a person once; what was kept is never lost (seed ${SEED})`,
    async () => {
      engine.exact.faults.clear();
      const random = createRandom(`token kills ${SEED}`);
      const outcomes: string[] = [];
      let [victim, next] = [started[0]!, started[1]!];
      for (let kill = 0; kill < KILLS; kill += 1) {
        // The one after the next starts meanwhile: starting takes the longest.
        const after = kill + 2 < PROCESSES ? started[kill + 2]! : start();
        engine.clock.advance(1_200);
        engine.exact.log.clear();
        // The first kills fall into each window in turn, all others anywhere.
        const reached = victim.reaches(STEPS[kill] ?? 'answered');
        void victim.ask(ref, engine.clock.now(), { lingerMs: LINGER_MS, holdAt: STEPS[kill] ?? null });
        await reached;
        const waitMs = kill < STEPS.length ? LINGER_MS / 4 : random.between(0, 3 * LINGER_MS);
        await new Promise((proceed) => setTimeout(proceed, waitMs));
        await victim.kill();
        await engine.database.sql(`update connection set lease_until = now() - interval '1 s' where lease_until is not null`); // prettier-ignore

        const [token = ''] = await next.ask(ref, engine.clock.now());
        outcomes.push(`${victim.step}: ${TOKEN.test(token) ? 'works' : token}`);
        if (token === '!auth_revoked') await expectPersonCalled(next);
        else expect({ token, calls: tokenCalls(), row: await row() }).toMatchObject({ token: expect.stringMatching(TOKEN), calls: [200], row: { state: 'active', reason: null } }); // prettier-ignore
        [victim, next] = [next, after];
      }
      // Only an answer that died before it was kept may be lost; now and then the kill came while it was being kept.
      const lost = outcomes.filter((outcome) => !outcome.startsWith('answered: ') && !outcome.endsWith(': works'));
      expect(lost).toEqual([]);
      expect(outcomes.slice(0, 3)).toEqual(['answered: !auth_revoked', 'kept: works', 'stored: works']);
    },
    FULL ? 2 * 3_600_000 : 60_000,
  );
});
