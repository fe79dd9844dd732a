import { eventually, planRunOnce } from '../support/product.js';
import { buildOnce } from './support/build-once.js';
import { expectEverythingOnce, messagesOf } from './support/facts.js';
import { planned, pulled, settled, type Planned } from './support/story.js';
import type { World } from './support/world.js';

beforeAll(buildOnce, 180_000);

describe('planning, when the process is killed', () => {
  let world: World;
  afterEach(() => world.close());

  it('while decisions are stored: plans again, one line per receivable, the same as undisturbed', async () => {
    const { worker, api, administrationId, ...rest } = await pulled();
    world = rest.world;
    const plan = () => api.post(`/administrations/${administrationId}/dunning-runs`);
    await world.killAt(worker, { table: 'dunning_run_line', on: 'insert', nth: 5 }, plan);
    expect(await world.sql(`select receivable_id from dunning_run_line`)).toEqual([]);

    await world.start();
    const waiting = (rows: { state: string }[]): boolean => rows.every(({ state }) => state === 'awaiting_approval');
    const [run, ...more] = await eventually(
      () =>
        world.sql<{ id: string; state: string; hash: string }>(`select id, state, plan_hash as hash from dunning_run`),
      waiting,
    );
    expect(more).toEqual([]);
    const undisturbed = await planRunOnce(await world.api(), administrationId);
    expect(run!.hash).toBe(undisturbed.planHash);
    const lines = (id: string) =>
      world.sql(
        `select receivable_id, decision, level, channel, reason, facts, open_amount from dunning_run_line where run_id = $1 order by 1`,
        [id],
      );
    expect(await lines(run!.id)).toEqual(await lines(undisturbed.id));
    expect(await world.sql(`select dedupe_key from task group by 1 having count(*) > 1`)).toEqual([]);
  }, 120_000);
});

describe('applying a run, when the process is killed', () => {
  let story: Planned;
  let world: World;
  const approve = () => story.api.post(`/dunning-runs/${story.run.id}/approve`);

  beforeEach(async () => {
    story = await planned();
    world = story.world;
  }, 120_000);
  afterEach(() => world.close());

  /** Another process ends it: one message per debtor, everything that follows from a message once. */
  async function finish(): Promise<void> {
    await world.start();
    await settled(world);
    const [run] = await world.sql<{ state: string; applied: { messages: number } }>(
      `select state, applied from dunning_run where id = $1`,
      [story.run.id],
    );
    expect(run).toMatchObject({ state: 'applied', applied: { messages: story.run.summary.messages } });
    const messages = await messagesOf(world);
    expect(messages.map(({ state }) => state)).toEqual(messages.map(() => 'sent'));
    expect(messages).toHaveLength(story.run.summary.messages);
    expect(new Set(messages.map(({ debtor }) => debtor)).size).toBe(messages.length);
    await expectEverythingOnce(world);
  }

  it('during the pull before it: nothing was sent, it pulls again and applies', async () => {
    await world.killDuring(story.worker, { kind: 'slow', match: 'PaymentTerms', delayMs: 5_000 }, approve);
    expect(await messagesOf(world)).toEqual([]);
    await finish();
  }, 120_000);

  it('before the first message', async () => {
    await world.killAt(story.worker, { table: 'message', on: 'insert' }, approve);
    expect(await messagesOf(world)).toEqual([]);
    await finish();
  }, 120_000);

  it('between two messages: goes on with the next debtor', async () => {
    await world.killAt(story.worker, { table: 'message', on: 'insert', nth: 3 }, approve);
    expect(await messagesOf(world)).toHaveLength(2);
    await finish();
  }, 120_000);

  it('between a message and its write-backs: both or neither', async () => {
    await world.killAt(story.worker, { table: 'writeback', on: 'insert', nth: 4 }, approve);
    expect(await messagesOf(world)).toHaveLength(1);
    expect(await world.sql(`select id from writeback`)).toHaveLength(2);
    await finish();
  }, 120_000);

  it('after the last message, before the run is marked applied', async () => {
    await world.killAt(story.worker, { table: 'dunning_run', on: 'update', when: `new.state = 'applied'` }, approve);
    expect(await messagesOf(world)).toHaveLength(story.run.summary.messages);
    expect(await world.sql(`select state from dunning_run`)).toEqual([{ state: 'applying' }]);
    await finish();
  }, 120_000);
});
