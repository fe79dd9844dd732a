import { createRandom } from '../../sandbox/books/random.js';
import { connectExact, eventually } from '../support/product.js';
import { buildOnce } from './support/build-once.js';
import { booksOf, expectBooksPulledOnce, expectEverythingOnce, messagesOf, writingsOf } from './support/facts.js';
import { Person } from './support/person.js';
import { addOverdueInvoices, SMALL } from './support/story.js';
import { World } from './support/world.js';

const KILLS = 8;
const SEED = Number(process.env['OPENPOST_CHAOS_SEED'] ?? 20_261_139);
/** Every call takes a while, so that a moment chosen at random lies in the middle of something. */
const LATENCY_MS = 120;
const QUIET_MS = 8_000;

beforeAll(buildOnce, 180_000);

/** What a main job leaves behind, in the ledger's ids: everything but our own ids and the moments. */
async function outcomeOf(world: World): Promise<object> {
  const withoutKey = (subject: string): string => subject.replace(/ \[op:[^\]]*\]$/, '');
  const { notes, documents, attachments } = await writingsOf(world);
  const told = (written: typeof notes): string[] =>
    written.map(({ account, subject, financialTransactionEntryID: entry = null }) => [account, withoutKey(subject), entry].join(' ')).sort(); // prettier-ignore
  return {
    books: await booksOf(world),
    messages: (await messagesOf(world))
      .filter(({ state }) => state === 'sent')
      .map(({ debtor, level, total, receivables }) => ({ debtor, level, total, receivables })),
    notes: told(notes),
    documents: told(documents),
    files: attachments.length,
    mails: world.product.smtp.messages().map(({ to, subject }) => `${JSON.stringify(to)} ${subject}`).sort(), // prettier-ignore
  };
}

async function mainJob(world: World, disturb: (end: AbortSignal) => Promise<void>): Promise<object> {
  addOverdueInvoices(world);
  await world.start();
  const { administrationId } = await connectExact(world.product, await world.api());
  const person = new Person(world, administrationId);
  const gaveUp = new AbortController();
  const work = person.work(Date.now() + 400_000).catch((error: unknown) => {
    gaveUp.abort();
    throw error;
  });
  // Both end before the test does, whoever fails.
  for (const part of await Promise.allSettled([work, disturb(gaveUp.signal)]))
    if (part.status === 'rejected') throw part.reason;
  await expectBooksPulledOnce(world);
  await expectEverythingOnce(world);
  return outcomeOf(world);
}

/** Slow in everything, and killed again and again: after some calls, or some moments after the first sign of work. */
async function disturb(world: World, end: AbortSignal): Promise<void> {
  const random = createRandom(`chaos ${SEED}`);
  const { exact, smtp } = world.product;
  const signs = async (): Promise<number> => {
    const [{ rows } = { rows: 0 }] = await world.sql<{ rows: number }>(
      `select ((select count(*) from dunning_run where state <> 'planning') + (select count(*) from message) + (select count(*) from writeback_attempt))::int as rows`,
    );
    return rows + exact.requests.length + smtp.messages().length;
  };
  for (let kill = 1; kill <= KILLS && !end.aborted; kill += 1) {
    const [wanted, afterMs] = [random.between(1, 10), random.between(0, 200)];
    const before = await signs();
    // With nothing going on, an idle process dies too.
    await eventually(signs, (now) => now >= before + wanted, QUIET_MS).catch(() => undefined);
    await new Promise((proceed) => setTimeout(proceed, afterMs));
    await world.killLatest();
    await world.letLeasesExpire();
    await world.letPausesEnd();
    await world.start();
  }
  exact.faults.clear();
}

describe(`a whole main job whose process is killed ${KILLS} times (seed ${SEED})`, () => {
  it('ends with the same books, messages, mails, notes and documents as an undisturbed one, nothing doubled', async () => {
    const undisturbed = await World.create(SMALL);
    const world = await World.create(SMALL);
    try {
      const expected = await mainJob(undisturbed, async () => undefined);
      world.product.exact.arm({ kind: 'slow', match: '/api/v1/', count: 0, delayMs: LATENCY_MS });
      const slow = { kind: 'slow', count: 1_000, delayMs: LATENCY_MS };
      await fetch(`${world.product.smtp.baseUrl}/__sandbox/faults`, { method: 'POST', body: JSON.stringify(slow) });
      expect(await mainJob(world, (end) => disturb(world, end))).toEqual(expected);
    } finally {
      await undisturbed.close();
      await world.close();
    }
  }, 480_000);
});
