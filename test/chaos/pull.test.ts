import type { ApiClient } from '../../sandbox/demo/api-client.js';
import { connectExact, eventually } from '../support/product.js';
import { buildOnce } from './support/build-once.js';
import { expectBooksPulledOnce } from './support/facts.js';
import { World } from './support/world.js';
import type { Worker } from './support/worker.js';

/** Three pages of receivables, and a list of open items that takes several. */
const BOOKS = { size: 2_466, debtors: 100 };

describe('a pull whose process is killed', () => {
  let world: World;
  let worker: Worker;
  let api: ApiClient;

  beforeAll(buildOnce, 180_000);
  beforeEach(async () => {
    world = await World.create(BOOKS);
    worker = await world.start();
    api = await world.api();
  }, 120_000);
  afterEach(() => world.close());

  /** Taking the administration into use queues its first pull. */
  const begin = () => connectExact(world.product, api);

  /** Another process finds the pull by itself and ends it. */
  async function finish(): Promise<void> {
    await world.start();
    const ended = await eventually(
      () => world.sql<{ state: string }>(`select state from sync`),
      (rows) => rows.every(({ state }) => state !== 'queued' && state !== 'running'),
      60_000,
    );
    expect(ended).toEqual([{ state: 'complete' }]);
    await expectBooksPulledOnce(world);
  }

  const stored = async (): Promise<number> =>
    (await world.sql<{ stored: number }>(`select count(*)::int as stored from receivable`))[0]!.stored;

  it('before the answer of a page: the page is read again, nothing is missing', async () => {
    await world.killDuring(worker, { kind: 'slow', match: 'PaymentTerms.*skiptoken', delayMs: 5_000 }, begin);
    expect(await stored()).toBeLessThanOrEqual(1_000);
    await finish();
  }, 120_000);

  it('after the answer, before it is stored: half a page leaves nothing behind', async () => {
    await world.killAt(worker, { table: 'receivable', on: 'insert', nth: 500 }, begin);
    expect(await stored()).toBe(0);
    await finish();
  }, 120_000);

  it('after a page committed, before the next: goes on behind it', async () => {
    await world.killAt(worker, { table: 'receivable', on: 'insert', nth: 1_001 }, begin);
    expect(await stored()).toBe(1_000);
    await finish();
  }, 120_000);

  it('while the open items are compared: the comparison is done again, once', async () => {
    await world.killDuring(worker, { kind: 'slow', match: 'ReceivablesList.*skiptoken', delayMs: 5_000 }, begin);
    expect(await stored()).toBe(BOOKS.size);
    await finish();
  }, 120_000);

  it('after the last page, before the run is marked complete: is marked complete, once', async () => {
    await world.killAt(worker, { table: 'sync', on: 'update', when: `new.state = 'complete'` }, begin);
    expect(await world.sql(`select state from sync`)).toEqual([{ state: 'running' }]);
    await finish();
  }, 120_000);
});
