import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { Quota } from '../../../sandbox/exact-online/quota.js';
import { SourceError, type SourceResponse } from '../../../src/connectors/contract/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { appDataSource, UnitOfWork } from '../../../src/persistence/index.js';
import { ConnectorRegistry } from '../../../src/sync/index.js';
import { GrantSpool, TokenRepository, TokenVault } from '../../../src/sync/connections/index.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { addConnection, callerOf, startProcess, type Process } from '../quota/support.js';
import { connect, startEngine } from '../support/engine.js';
import { Timeline } from '../support/timeline.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const DAYS = FULL ? 7 : 1;
const START = '2026-11-16T00:00:00.500Z';
const DAY_MS = 86_400_000;
/** How long a call takes. */
const CALL_MS = 450;
const DIVISION = 1001;
/** An endpoint that refuses every call, as one without rights does. */
const BROKEN = '/api/v1/1001/crm/Contacts';
const WORKING = '/api/v1/1001/crm/Accounts';
const PURPOSES = ['background', 'background', 'background', 'urgent'] as const;

interface Tally {
  /** Calls that the source refused because they were too many. */
  violations: number;
  readonly used: Map<string, number>;
  errors: number;
  urgent: number;
  unserved: number;
}

describe(`${DAYS} simulated day(s) of four processes against the limits of Exact Online`, () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  it('never goes over 60 a minute, 5,000 a day or 10 errors an hour, uses 95 % of what is allowed, and always serves a person', async () => {
    const timeline = new Timeline(START, PURPOSES.length);
    const quota = new Quota(timeline, true);
    const end = Date.parse(START) - 500 + DAYS * DAY_MS;
    const tally: Tally = { violations: 0, used: new Map(), errors: 0, urgent: 0, unserved: 0 };
    const connector = createExactOnline(timeline);
    const connectionId = await addConnection(database, await addFirm(database), 'exact-online');

    /** The source: its own counting, and a refusal that is no matter of numbers. */
    const answer = (url: string): SourceResponse => {
      const verdict = quota.take('our-app', DIVISION);
      const headers = Object.fromEntries(Object.entries(verdict.headers).map(([name, value]) => [name.toLowerCase(), value])); // prettier-ignore
      if (!verdict.allowed || quota.isBlocked(url)) tally.violations += 1;
      const status = url === BROKEN ? 403 : 200;
      quota.recordStatus(url, status);
      if (status === 403) tally.errors += 1;
      const day = timeline.now().toISOString().slice(0, 10);
      tally.used.set(day, (tally.used.get(day) ?? 0) + 1);
      return { status, headers, body: null };
    };

    const call = async ({ gate }: Process, purpose: (typeof PURPOSES)[number], url: string): Promise<void> => {
      for (;;) {
        const pass = await gate.enter(callerOf(connector, connectionId, purpose), { method: 'GET', url });
        const isFresh = pass.isFresh();
        const response = isFresh ? answer(url) : null;
        if (response !== null) await timeline.sleep(CALL_MS);
        await pass.close(response);
        if (isFresh) return;
      }
    };

    const work = async (purpose: (typeof PURPOSES)[number], index: number): Promise<void> => {
      const process = await startProcess(database, timeline, timeline);
      for (let turn = index; timeline.now().getTime() < end; turn += 1) {
        const url = purpose === 'background' && turn % 50 === 0 ? BROKEN : WORKING;
        if (purpose === 'urgent') tally.urgent += 1;
        try {
          await call(process, purpose, url);
        } catch (error) {
          if (!(error instanceof SourceError) || error.until === null) throw error;
          if (purpose === 'urgent') tally.unserved += 1;
          // A pull is queued again for that moment; an endpoint that rests does not stop the others.
          else if (url !== BROKEN) await timeline.sleep(Math.min(error.until.getTime(), end) - timeline.now().getTime());
        }
        // Somebody presses "sync now" every twenty minutes or so.
        if (purpose === 'urgent') await timeline.sleep(20 * 60_000);
      }
      await process.end();
      timeline.leave();
    };

    await Promise.all(PURPOSES.map(work));
    expect(tally).toMatchObject({ violations: 0, unserved: 0 });
    expect(tally.urgent).toBeGreaterThan(DAYS * 60);
    expect(tally.errors).toBeGreaterThan(0);
    const days = [...tally.used.values()].slice(0, DAYS);
    expect(days).toHaveLength(DAYS);
    // A twentieth is kept for people and write-backs.
    for (const used of days) expect(used).toBeGreaterThanOrEqual(5_000 * 0.95 - 60);
    for (const used of days) expect(used).toBeLessThanOrEqual(5_000);
  }, 900_000); // prettier-ignore

  it('asks for no more than 200 tokens a day, though all four want one all the time', async () => {
    const engine = await startEngine({ size: 10, debtors: 2 });
    const folder = await mkdtemp(join(tmpdir(), 'openpost-week-'));
    const opened: DataSource[] = [];
    try {
      const ref = { firmId: engine.firmId, connectionId: await connect(engine) };
      const vault = async (name: string): Promise<TokenVault> => {
        const dataSource = await appDataSource({ url: engine.database.url, poolSize: 2 }).initialize();
        opened.push(dataSource);
        const registry = new ConnectorRegistry([createExactOnline(engine.clock)], engine.settings);
        const tokens = new TokenRepository(new UnitOfWork(dataSource));
        return new TokenVault(tokens, new GrantSpool(join(folder, name)), engine.secrets, registry, engine.clock, engine.sleeper); // prettier-ignore
      };
      const vaults = await Promise.all(['a', 'b', 'c', 'd'].map(vault));
      const end = engine.clock.now().getTime() + DAYS * DAY_MS;
      engine.exact.log.clear();
      const calls: Record<string, number> = {};
      const failed: number[] = [];
      while (engine.clock.now().getTime() < end) {
        engine.clock.advance(FULL ? 120 : 290);
        const tokens = await Promise.all(vaults.map((each) => each.bearer(ref)));
        expect(new Set(tokens).size).toBe(1);
        for (const { time, status } of engine.exact.requests.filter((each) => each.path === '/api/oauth2/token')) {
          calls[time.slice(0, 10)] = (calls[time.slice(0, 10)] ?? 0) + 1;
          if (status !== 200) failed.push(status);
        } // prettier-ignore
        engine.exact.log.clear();
      }
      expect(failed).toEqual([]);
      expect(Object.keys(calls).length).toBe(DAYS + 1);
      for (const number of Object.values(calls)) expect(number).toBeLessThanOrEqual(200);
    } finally {
      for (const dataSource of opened) await dataSource.destroy();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  }, 600_000);
});
