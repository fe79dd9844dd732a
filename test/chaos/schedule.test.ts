import { eventually } from '../support/product.js';
import { buildOnce } from './support/build-once.js';
import { Gate } from './support/gate.js';
import { pulled, syncsEnded, type Planned } from './support/story.js';
import type { Worker } from './support/worker.js';
import type { World } from './support/world.js';

/** The claim of a due schedule and the pull it queues are one transaction; this is its first write. */
const FIRING = { table: 'schedule', on: 'update', when: 'new.next_at > now()' } as const;

beforeAll(buildOnce, 180_000);

describe('two processes and one schedule that is due', () => {
  let story: Omit<Planned, 'run'>;
  let world: World;
  let workers: Worker[];

  beforeEach(async () => {
    story = await pulled();
    world = story.world;
    workers = [story.worker, await world.startBeside()];
  }, 120_000);
  afterEach(() => world.close());

  const makeDue = () => world.sql(`update schedule set next_at = now() - interval '1 min'`);
  const fired = () => world.sql<{ state: string }>(`select state from sync where trigger = 'schedule'`);

  async function firing(gate: Gate): Promise<{ first: Worker; other: Worker }> {
    const pid = await gate.reached();
    for (const [index, worker] of workers.entries())
      if ((await worker.backends()).some((backend) => backend.pid === pid))
        return { first: worker, other: workers[1 - index]! };
    throw new Error('nobody of ours is at the gate');
  }

  /** The clock's next look at what is due: an idle process asks the database nothing else. */
  async function nextLook(worker: Worker): Promise<void> {
    const latest = async (): Promise<number> =>
      Math.max(0, ...(await worker.backends()).map(({ lastQueryAt }) => lastQueryAt.getTime()));
    const before = await latest();
    await eventually(latest, (at) => at > before + 1_000);
  }

  async function expectFiredOnce(): Promise<void> {
    await eventually(fired, (rows) => rows.length > 0 && rows.every(({ state }) => state === 'complete'));
    await syncsEnded(world);
    await Promise.all(workers.filter(({ isAlive }) => isAlive).map(nextLook));
    expect(await fired()).toEqual([{ state: 'complete' }]);
    expect(await world.sql(`select next_at > now() as later from schedule`)).toEqual([{ later: true }]);
  }

  it('while one fires it the other passes by: it fires once', async () => {
    const gate = await Gate.shut(world.product.database, FIRING);
    await makeDue();
    const { other } = await firing(gate);
    await nextLook(other);
    expect((await other.backends()).filter(({ waits }) => waits)).toEqual([]);
    expect(await fired()).toEqual([]);
    await gate.open();
    await expectFiredOnce();
  }, 120_000);

  it('the one that fires it is killed before it commits: the other fires it, once', async () => {
    const gate = await Gate.shut(world.product.database, FIRING);
    await makeDue();
    const { first } = await firing(gate);
    await first.kill();
    await gate.open();
    await expectFiredOnce();
  }, 120_000);
});
