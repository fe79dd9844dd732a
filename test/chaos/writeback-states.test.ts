import { eventually, planRunOnce } from '../support/product.js';
import { buildOnce } from './support/build-once.js';
import { messagesOf } from './support/facts.js';
import { pulled, settled, type Planned } from './support/story.js';
import type { World } from './support/world.js';

beforeAll(buildOnce, 180_000);

interface Books {
  readonly accounts: readonly { id: string; written: { Remarks?: string | null } }[];
  readonly tasks: readonly { account: string; description: string }[];
}

interface Scenario {
  readonly definition: { steps: { level: number; channel: string }[] };
}

const HEAD = /--- Openpost ---/g;

describe('showing states and making tasks, when the process is killed', () => {
  let story: Omit<Planned, 'run'>;
  let world: World;
  let runId: string;
  const approve = () => story.api.post(`/dunning-runs/${runId}/approve`);

  /** Every first step is a call where `calls` says so. */
  async function begin({ calls }: { calls: boolean }): Promise<void> {
    const path = `/administrations/${story.administrationId}`;
    await story.api.patch(path, { writebackChoices: { standing: true, task: true, document: false, note: false } });
    if (calls) {
      const { items } = await story.api.get<{ items: Scenario[] }>(`${path}/scenarios`);
      const scenarios = items.map(({ definition }) => ({
        ...definition,
        steps: definition.steps.map((step) =>
          step.channel === 'email' ? { ...step, channel: 'task', template: 'call' } : step,
        ),
      }));
      await story.api.put(`${path}/scenarios`, { scenarios });
    }
    runId = (await planRunOnce(story.api, story.administrationId)).id;
  }

  beforeEach(async () => {
    story = await pulled();
    world = story.world;
  }, 120_000);
  afterEach(() => world.close());

  const books = async (): Promise<Books> => {
    const answer = await fetch(`${world.product.exact.baseUrl}/__sandbox/state?rows=0`);
    return ((await answer.json()) as { divisions: Books[] }).divisions[0]!;
  };
  const shown = async (): Promise<string[]> =>
    (await books()).accounts.map(({ written }) => written.Remarks ?? '').filter((text) => text !== '');
  const rows = () => world.sql<{ kind: string; state: string; why: string | null }>(`select kind, state, last_error_kind as why from writeback order by sequence`); // prettier-ignore

  /** Another process ends with one line per reminded debtor, and nobody is asked about our own work. */
  async function finish(kind: 'standing' | 'task'): Promise<void> {
    await world.start();
    await settled(world);
    const debtors = new Set((await messagesOf(world)).map(({ debtor }) => debtor));
    expect(debtors.size).toBeGreaterThan(4);
    await eventually(
      async () => {
        await world.letPausesEnd();
        return rows();
      },
      (all) => all.filter((row) => row.kind === 'standing' && row.state === 'applied').length === debtors.size,
      90_000,
    );
    expect((await rows()).filter(({ state }) => state !== 'applied')).toEqual([]);
    const remarks = await shown();
    expect(remarks).toHaveLength(debtors.size);
    for (const text of remarks) expect(text.match(HEAD)).toHaveLength(1);
    if (kind !== 'task') return;
    const { tasks } = await books();
    expect(tasks.map(({ account }) => account).sort()).toEqual([...debtors].sort());
  }

  it('with a state claimed, before the ledger heard of it', async () => {
    await begin({ calls: false });
    await world.killAt(
      story.worker,
      { table: 'writeback', on: 'update', when: `new.state = 'sending' and new.kind = 'standing'` },
      approve,
    );
    expect(await shown()).toEqual([]);
    await finish('standing');
  }, 180_000);

  it('with the change of the account under way, which the ledger then never does', async () => {
    await begin({ calls: false });
    await world.killDuring(story.worker, { kind: 'timeout-before-commit', match: 'PUT .*crm/Accounts' }, approve);
    expect(await shown()).toEqual([]);
    await finish('standing');
  }, 180_000);

  it('with the account changed and its answer lost, which is our own text and no conflict', async () => {
    await begin({ calls: false });
    await world.killDuring(story.worker, { kind: 'timeout-after-commit', match: 'PUT .*crm/Accounts' }, approve);
    expect(await shown()).toHaveLength(1);
    await finish('standing');
  }, 180_000);

  it('with a task made and its answer lost', async () => {
    await begin({ calls: true });
    await world.killDuring(story.worker, { kind: 'timeout-after-commit', match: 'POST .*activities/Tasks' }, approve);
    expect((await books()).tasks).toHaveLength(1);
    await finish('task');
  }, 180_000);
});
