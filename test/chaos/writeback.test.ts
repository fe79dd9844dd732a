import { buildOnce } from './support/build-once.js';
import { expectEverythingOnce, messagesOf, writingsOf } from './support/facts.js';
import { planned, settled, type Planned } from './support/story.js';
import type { World } from './support/world.js';

beforeAll(buildOnce, 180_000);

describe('writing back, when the process is killed', () => {
  let story: Planned;
  let world: World;
  const approve = () => story.api.post(`/dunning-runs/${story.run.id}/approve`);

  beforeEach(async () => {
    story = await planned();
    world = story.world;
  }, 120_000);
  afterEach(() => world.close());

  const counts = async (): Promise<number[]> => {
    const { notes, documents, attachments } = await writingsOf(world);
    return [notes.length, documents.length, attachments.length];
  };

  /** Another process asks the ledger first, and ends with one note and one document with its file per message. */
  async function finish(): Promise<void> {
    await world.start();
    await settled(world);
    const messages = await messagesOf(world);
    expect(messages.map(({ state }) => state)).toEqual(messages.map(() => 'sent'));
    expect(messages).toHaveLength(story.run.summary.messages);
    await expectEverythingOnce(world);
  }

  it('with a write claimed, before the ledger heard of it', async () => {
    await world.killAt(
      story.worker,
      { table: 'writeback', on: 'update', when: `new.state = 'sending' and new.kind = 'note'` },
      approve,
    );
    expect(await counts()).toEqual([0, 1, 1]);
    await finish();
  }, 120_000);

  it('with the document’s call under way, which the ledger then never does', async () => {
    const fault = { kind: 'timeout-before-commit', match: 'POST .*documents/Documents$' } as const;
    await world.killDuring(story.worker, fault, approve);
    expect(await counts()).toEqual([0, 0, 0]);
    expect(await world.sql(`select kind from writeback where state = 'sending'`)).toEqual([{ kind: 'document' }]);
    await finish();
  }, 120_000);

  it('with the document written and its answer lost', async () => {
    const fault = { kind: 'timeout-after-commit', match: 'POST .*documents/Documents$' } as const;
    await world.killDuring(story.worker, fault, approve);
    expect(await counts()).toEqual([0, 1, 0]);
    await finish();
  }, 120_000);

  it('with the document written and its file not yet', async () => {
    const fault = { kind: 'timeout-before-commit', match: 'POST .*DocumentAttachments' } as const;
    await world.killDuring(story.worker, fault, approve);
    expect(await counts()).toEqual([0, 1, 0]);
    await finish();
  }, 120_000);

  it('with the note written and its answer lost', async () => {
    const fault = { kind: 'timeout-after-commit', match: 'POST .*CommunicationNotes' } as const;
    await world.killDuring(story.worker, fault, approve);
    expect(await counts()).toEqual([1, 1, 1]);
    await finish();
  }, 120_000);

  it('with the answer received, before it is stored', async () => {
    await world.killAt(
      story.worker,
      { table: 'writeback', on: 'update', when: `new.state = 'applied'`, nth: 3 },
      approve,
    );
    expect(await counts()).toEqual([1, 2, 2]);
    expect(await world.sql(`select kind from writeback where state = 'applied' order by 1`)).toHaveLength(2);
    await finish();
  }, 120_000);
});
