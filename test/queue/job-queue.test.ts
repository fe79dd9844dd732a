import { BullQueue, InProcessQueue, type JobQueue } from '../../src/queue/index.js';
import { startTestRedis } from '../support/redis.js';

const available = await startTestRedis();
afterAll(() => available?.stop());

const drivers: [string, () => JobQueue][] = [['in this process', () => new InProcessQueue()]];
if (available === null) console.warn('Bull suite not run: no REDIS_URL and no redis-server on this machine');
else
  drivers.push([
    'Bull on Redis',
    () => new BullQueue({ redisUrl: available.url, prefix: `test-${process.pid}-${Date.now()}` }),
  ]);

const eventually = async (condition: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt < 400 && !condition(); attempt += 1)
    await new Promise((proceed) => setTimeout(proceed, 10));
  expect(condition()).toBe(true);
};
const sleep = (ms: number): Promise<void> => new Promise((proceed) => setTimeout(proceed, ms));

describe.each(drivers)('job queue: %s', (_name, create) => {
  let queue: JobQueue;
  beforeEach(() => {
    queue = create();
  });
  afterEach(() => queue.close());

  const job = (id: string) => ({ firmId: 'firm', syncId: id });

  it('hands each job to its handler', async () => {
    const seen: string[] = [];
    queue.process('sync', 2, async (payload) => void seen.push(payload.syncId));
    for (const id of ['a', 'b', 'c']) await queue.enqueue('sync', job(id));
    await eventually(() => seen.length === 3);
    expect(seen.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('goes on after a handler that throws', async () => {
    const seen: string[] = [];
    queue.process('sync', 1, async (payload) => {
      if (payload.syncId === 'bad') throw new Error('as planned');
      seen.push(payload.syncId);
    });
    await queue.enqueue('sync', job('bad'));
    await queue.enqueue('sync', job('good'));
    await eventually(() => seen.length === 1);
    expect(seen).toEqual(['good']);
  });

  it('never works on more than its concurrency at once', async () => {
    const load = { now: 0, most: 0, done: 0 };
    queue.process('sync', 2, async () => {
      load.now += 1;
      load.most = Math.max(load.most, load.now);
      await sleep(20);
      load.now -= 1;
      load.done += 1;
    });
    for (let index = 0; index < 8; index += 1) await queue.enqueue('sync', job(String(index)));
    await eventually(() => load.done === 8);
    expect(load.most).toBe(2);
  });

  it('joins waiting jobs of one key, and takes news that arrives during the work', async () => {
    const state = { runs: 0, release: (): void => {} };
    const held = new Promise<void>((proceed) => {
      state.release = proceed;
    });
    queue.process('sync', 1, async () => {
      state.runs += 1;
      if (state.runs === 1) await held;
    });
    await queue.enqueue('sync', job('x'), { key: 'x' });
    await eventually(() => state.runs === 1);
    await queue.enqueue('sync', job('x'), { key: 'x' });
    await queue.enqueue('sync', job('x'), { key: 'x' });
    state.release();
    await eventually(() => state.runs === 2);
    await sleep(80);
    expect(state.runs).toBe(2);
  });

  it('keeps a delayed job back for its time', async () => {
    const at: number[] = [];
    queue.process('sync', 1, async () => void at.push(Date.now()));
    const start = Date.now();
    await queue.enqueue('sync', job('later'), { delayMs: 150 });
    await eventually(() => at.length === 1);
    expect(at[0]! - start).toBeGreaterThanOrEqual(140);
  });

  it('refuses a second handler for one name', () => {
    queue.process('sync', 1, async () => {});
    expect(() => queue.process('sync', 1, async () => {})).toThrow(/one handler per job name/);
  });

  it('waits for running work when it closes', async () => {
    const state = { started: false, finished: false };
    queue.process('sync', 1, async () => {
      state.started = true;
      await sleep(100);
      state.finished = true;
    });
    await queue.enqueue('sync', job('slow'));
    await eventually(() => state.started);
    await queue.close();
    expect(state.finished).toBe(true);
  });
});
