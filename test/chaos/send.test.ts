import { allItems, eventually } from '../support/product.js';
import { BlackHole } from './support/black-hole.js';
import { buildOnce } from './support/build-once.js';
import { expectEverythingOnce, expectMailsOnce, messagesOf } from './support/facts.js';
import { planned, settled, type Planned } from './support/story.js';
import type { World } from './support/world.js';

interface MessageView {
  readonly id: string;
  readonly state: string;
  readonly error: string | null;
}

beforeAll(buildOnce, 180_000);

describe('sending, when the process is killed', () => {
  let story: Planned;
  let world: World;
  const approve = () => story.api.post(`/dunning-runs/${story.run.id}/approve`);

  beforeEach(async () => {
    story = await planned();
    world = story.world;
  }, 120_000);
  afterEach(() => world.close());

  /** Mails the ledger of the mail server knows, by message. */
  const arrived = (id: string): boolean =>
    world.product.smtp.messages().some(({ messageId }) => messageId?.includes(id));

  /** Another process goes on; what the dead one had in its hands is shown as uncertain and sent by nobody. */
  async function goOn(inItsHands: readonly string[]): Promise<MessageView[]> {
    await world.start();
    await settled(world);
    const api = await world.api();
    const shown = await allItems<MessageView>(api, `/administrations/${story.administrationId}/messages`);
    expect(shown).toHaveLength(story.run.summary.messages);
    const uncertain = shown.filter(({ state }) => state === 'uncertain');
    expect(uncertain.map(({ id }) => id).sort()).toEqual([...inItsHands].sort());
    for (const { error } of uncertain) expect(error).toMatch(/may have been sent/);
    expect(shown.filter(({ state }) => state === 'sent')).toHaveLength(shown.length - uncertain.length);
    expectMailsOnce(world, await messagesOf(world));
    return uncertain;
  }

  /** A person looks at the mail server and says what became of each; then everything follows, once. */
  async function settle(uncertain: readonly MessageView[]): Promise<void> {
    const api = await world.api();
    for (const { id } of uncertain)
      await api.post(`/messages/${id}/settle`, {
        outcome: arrived(id) ? 'sent' : 'not-sent',
        note: 'looked at the mail server',
      });
    await settled(world);
    await expectEverythingOnce(world);
  }

  const inState = async (state: string): Promise<string[]> =>
    (await messagesOf(world)).filter((message) => message.state === state).map(({ id }) => id);

  it('with messages claimed, before the mail server heard of them: uncertain, and never sent behind a person’s back', async () => {
    const hole = await BlackHole.open();
    try {
      await story.worker.kill();
      const worker = await world.start({ SMTP_URL: hole.smtpUrl });
      await (await world.api()).post(`/dunning-runs/${story.run.id}/approve`);
      const claimed = await eventually(
        () => inState('sending'),
        (ids) => ids.length > 0 && hole.calls >= ids.length,
      );
      await worker.kill();
      await world.letLeasesExpire();
      const uncertain = await goOn(await inState('sending').then((ids) => [...new Set([...ids, ...claimed])]));
      expect(uncertain.some(({ id }) => arrived(id))).toBe(false);
      await settle(uncertain);
      expect(await inState('cancelled')).toHaveLength(uncertain.length);
    } finally {
      await hole.close();
    }
  }, 120_000);

  it('while the mail server, which has the message, is about to answer: one mail, and a question', async () => {
    const slow = { kind: 'slow', count: 100, delayMs: 60_000 };
    await fetch(`${world.product.smtp.baseUrl}/__sandbox/faults`, { method: 'POST', body: JSON.stringify(slow) });
    await approve();
    await eventually(
      async () => world.product.smtp.messages().length,
      (mails) => mails > 0,
    );
    await story.worker.kill();
    await fetch(`${world.product.smtp.baseUrl}/__sandbox/faults`, { method: 'DELETE' });
    await world.letLeasesExpire();
    const uncertain = await goOn(await inState('sending'));
    expect(uncertain.some(({ id }) => arrived(id))).toBe(true);
    await settle(uncertain);
  }, 120_000);

  it('after the mail server accepted, before that is stored: one mail, and a question; settled as sent, the ledger is told', async () => {
    await world.killAt(story.worker, { table: 'message', on: 'update', when: `new.state = 'sent'` }, approve);
    const uncertain = await goOn(await inState('sending'));
    expect(uncertain.length).toBeGreaterThan(0);
    expect(uncertain.every(({ id }) => arrived(id))).toBe(true);
    await settle(uncertain);
    expect(await inState('sent')).toHaveLength(story.run.summary.messages);
  }, 120_000);
});
