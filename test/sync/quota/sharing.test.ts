import type { Connector, SourceResponse } from '../../../src/connectors/contract/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { createTwinfield } from '../../../src/connectors/twinfield/index.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { book, connect, start } from '../../sandbox/exact-online/support.js';
import { TurningClock, TurningSleeper } from '../support/turning-clock.js';
import { addConnection, callerOf, FastClock, FastSleeper, startProcess, type Process } from './support.js';

const MINUTES = 3;
/** Allowed to the whole app, on top of Exact's own sixty per administration. */
const APP_WIDE = 90;

function withAppBudget(connector: Connector): Connector {
  const { declaration } = connector;
  const app = { label: 'Calls of the app', count: APP_WIDE, perSeconds: 60, scope: 'app' as const };
  return { ...connector, declaration: { ...declaration, budgets: [...declaration.budgets, app] } };
}

const OK: SourceResponse = { status: 200, headers: {}, body: null };

describe('quota shared by several processes', () => {
  let database: TestDatabase;
  let firmId: string;
  const processes: Process[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    firmId = await addFirm(database);
  });
  afterEach(async () => {
    for (const process of processes.splice(0)) await process.end();
    await database.sql('truncate quota_window, quota_error, quota_slot');
  });
  afterAll(async () => database.close());

  const processOn = async (clock: TurningClock): Promise<Process> => {
    const process = await startProcess(database, clock, new TurningSleeper(clock));
    processes.push(process);
    return process;
  };

  it('uses at least 95 % of what is allowed, with no call too many: three workers, two administrations, one app', async () => {
    const clock = new FastClock('2026-11-18T09:00:00.500Z', 10);
    const books = [
      await book(20, { debtors: 2, seed: 1 }),
      { ...(await book(20, { debtors: 2, seed: 2 })), code: 7_777 },
    ];
    const standIn = await start({ books, clock, quota: true });
    const { access_token: token } = await connect(standIn);
    const connector = withAppBudget(createExactOnline(clock));
    const end = clock.now().getTime() - 500 + MINUTES * 60_000;
    const work = async (division: number): Promise<void> => {
      const process = await startProcess(database, clock, new FastSleeper(clock));
      processes.push(process);
      const caller = callerOf(connector, await addConnection(database, firmId, 'exact-online'));
      const url = `/api/v1/${division}/crm/Accounts?$select=ID&$top=1&$filter=ID eq guid'00000000-0000-0000-0000-000000000000'`;
      while (clock.now().getTime() < end) {
        const pass = await process.gate.enter(caller, { method: 'GET', url });
        if (clock.now().getTime() >= end) break;
        const answer = await fetch(standIn.baseUrl + encodeURI(url), {
          headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        });
        await answer.text();
        const headers = Object.fromEntries(answer.headers) as Record<string, string>;
        await pass.close({ status: answer.status, headers, body: null });
      }
    };
    standIn.log.clear();
    await Promise.all([work(books[0]!.code), work(books[0]!.code), work(7_777)]);
    const calls = standIn.requests.filter(({ path }) => path.startsWith('/api/v1/'));
    await standIn.close();
    expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
    const perMinute = new Map<string, number>();
    for (const { time } of calls) perMinute.set(time.slice(0, 16), (perMinute.get(time.slice(0, 16)) ?? 0) + 1);
    const full = [...perMinute.values()].slice(0, MINUTES);
    expect(Math.max(...full)).toBeLessThanOrEqual(APP_WIDE);
    expect(Math.min(...full)).toBeGreaterThanOrEqual(APP_WIDE * 0.95);
  }, 60_000);

  it('asks the database a handful of times for forty calls', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const { gate, rows } = await processOn(clock);
    const caller = callerOf(createExactOnline(clock), await addConnection(database, firmId, 'exact-online'));
    for (let call = 0; call < 40; call += 1)
      await (await gate.enter(caller, { method: 'GET', url: '/api/v1/1/crm/Accounts' })).close(OK);
    expect(rows.claims).toBeLessThanOrEqual(6);
    const [minute] = await database.sql<{ used: number }>(`select used from quota_window where per_seconds = 60`);
    expect(minute!.used).toBeGreaterThanOrEqual(40);
    expect(minute!.used).toBeLessThanOrEqual(58);
  });

  it('serves a person and a write-back from the reserve while a backfill has used up its part', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const [backfill, other] = [await processOn(clock), await processOn(clock)];
    const connectionId = await addConnection(database, firmId, 'exact-online');
    const request = { method: 'GET' as const, url: '/api/v1/1/crm/Accounts' };
    const background = callerOf(createExactOnline(clock), connectionId);
    for (let call = 0; call < 58; call += 1) await (await backfill.gate.enter(background, request)).close(OK);
    expect(clock.now().toISOString()).toBe('2026-11-18T09:00:05.000Z');
    for (const purpose of ['urgent', 'write'] as const)
      await (await other.gate.enter({ ...background, purpose }, request)).close(OK);
    expect(clock.now().toISOString()).toBe('2026-11-18T09:00:05.000Z');
    await (await backfill.gate.enter(background, request)).close(OK);
    expect(clock.now().toISOString()).toBe('2026-11-18T09:01:01.000Z');
  });

  it('tells a person who would have to wait long, and when it goes on', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const { gate } = await processOn(clock);
    const caller = callerOf(createExactOnline(clock), await addConnection(database, firmId, 'exact-online'));
    const request = { method: 'GET' as const, url: '/api/v1/1/crm/Accounts' };
    const full = {
      status: 429,
      headers: {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Date.parse('2026-11-19T00:00:00Z')),
      },
      body: '',
    };
    await (await gate.enter(caller, request)).close(full);
    await expect(gate.enter({ ...caller, purpose: 'person' }, request)).rejects.toMatchObject({
      kind: 'quota_exhausted',
      message: 'Exact Online: the calls of today are used up.',
      until: new Date('2026-11-19T00:00:01Z'),
    });
  });

  it('counts for nothing what the source does not count', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const { gate, rows } = await processOn(clock);
    const caller = callerOf(createExactOnline(clock), await addConnection(database, firmId, 'exact-online'));
    for (let call = 0; call < 100; call += 1)
      await (await gate.enter(caller, { method: 'GET', url: '/api/v1/current/Me' })).close(OK);
    expect(rows.claims).toBe(0);
  });

  it('counts a write of Twinfield three times', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const { gate } = await processOn(clock);
    const caller = callerOf(createTwinfield(clock), await addConnection(database, firmId, 'twinfield'), 'write');
    const post = (isRead: boolean) => ({
      method: 'POST' as const,
      url: 'https://c/webservices/processxml.asmx',
      isRead,
    });
    for (let call = 0; call < 8; call += 1) await (await gate.enter(caller, post(false))).close(OK);
    await (await gate.enter(caller, post(true))).close(OK);
    expect(clock.now().toISOString()).toBe('2026-11-18T09:00:05.000Z');
    await (await gate.enter(caller, post(true))).close(OK);
    expect(clock.now().toISOString()).toBe('2026-11-18T09:01:01.000Z');
  });

  it('lets one call of a Twinfield organisation run at a time, over all processes', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const caller = callerOf(createTwinfield(clock), await addConnection(database, firmId, 'twinfield'), 'write');
    const other = callerOf(createTwinfield(clock), await addConnection(database, firmId, 'twinfield'), 'write');
    const seen = { running: 0, most: 0 };
    const call = async ({ gate }: Process): Promise<void> => {
      const pass = await gate.enter(caller, { method: 'GET', url: 'https://c/webservices/finder.asmx' });
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
      await new Promise((proceed) => setTimeout(proceed, 3));
      seen.running -= 1;
      await pass.close(OK);
    };
    const both = [await processOn(clock), await processOn(clock)];
    const held = await both[0]!.gate.enter(other, { method: 'GET', url: 'https://c/webservices/finder.asmx' });
    await Promise.all([0, 1, 0, 1, 0, 1, 0, 1].map((index) => call(both[index]!)));
    expect(seen.most).toBe(1);
    await held.close(OK);
    expect(await database.sql('select * from quota_slot')).toEqual([]);
  });

  it('does not wait for ever for a process that died in a call', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const caller = callerOf(createTwinfield(clock), await addConnection(database, firmId, 'twinfield'));
    const [dead, living] = [await processOn(clock), await processOn(clock)];
    await dead.gate.enter(caller, { method: 'GET', url: 'https://c/webservices/finder.asmx' });
    await database.sql(`update quota_slot set lease_until = now() - interval '1 s'`);
    await (await living.gate.enter(caller, { method: 'GET', url: 'https://c/webservices/finder.asmx' })).close(OK);
  });

  it('says that nothing was sent when the ledger itself cannot be read, and keeps an answer that it cannot note', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const broken = await startProcess(database, clock, new TurningSleeper(clock));
    const connectionId = await addConnection(database, firmId, 'twinfield');
    const caller = callerOf(createTwinfield(clock), connectionId);
    const request = { method: 'GET' as const, url: 'https://c/webservices/finder.asmx' };
    const pass = await broken.gate.enter(caller, request);
    await broken.end();
    await expect(pass.close(OK)).resolves.toBeNull();
    await expect(broken.gate.enter(caller, request)).rejects.toMatchObject({ kind: 'source_down' });
  });

  it('shows a firm the budgets of its own books, and nobody else’s', async () => {
    const clock = new TurningClock('2026-11-18T09:00:05Z');
    const { gate } = await processOn(clock);
    const connectionId = await addConnection(database, firmId, 'twinfield');
    await (
      await gate.enter(callerOf(createTwinfield(clock), connectionId), { method: 'GET', url: 'https://c/x' })
    ).close(OK);
    const seenBy = (firm: string): Promise<{ holder: string }[]> =>
      database.unitOfWork.inFirm(firm, (transaction) => transaction.query('select holder from quota_window'));
    expect(await seenBy(firmId)).toEqual([{ holder: `connection:${connectionId}` }]);
    expect(await seenBy(await addFirm(database, 'Theirs'))).toEqual([]);
  });
});
