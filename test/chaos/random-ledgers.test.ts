import { createRandom } from '../../sandbox/books/random.js';
import { eventually } from '../support/product.js';
import { buildOnce } from './support/build-once.js';
import { Collector } from './support/collector.js';
import { FourLedgers } from './support/four-ledgers.js';
import { outcomeOf } from './support/outcome.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const KILLS = Number(process.env['OPENPOST_CHAOS_KILLS'] ?? (FULL ? 1_000 : 8));
/** A main job has only so many moments; after so many kills another one begins, from another seed. */
const KILLS_A_JOB = 20;
const SEED = Number(process.env['OPENPOST_CHAOS_SEED'] ?? 20_261_122);
const QUIET_MS = 4_000;
const JOB_MS = 400_000;

beforeAll(buildOnce, 180_000);

async function mainJob(ledgers: FourLedgers, disturb: (end: AbortSignal) => Promise<void>): Promise<void> {
  const { world } = ledgers;
  await ledgers.start();
  const files = { administrationId: await ledgers.connect(), book: ledgers.filed };
  const ended = new AbortController();
  const work = new Collector(world, files).work(Date.now() + JOB_MS).finally(() => ended.abort());
  // Both end before the test does, whoever fails.
  for (const part of await Promise.allSettled([work, disturb(ended.signal)]))
    if (part.status === 'rejected') throw part.reason;
}

/** Kills again and again, after some signs of work or some moments later, until the job is done; answers how often. */
async function killAtRandom(ledgers: FourLedgers, limits: { seed: number; kills: number }, end: AbortSignal): Promise<number> {
  const random = createRandom(`ledgers ${limits.seed}`);
  const { world } = ledgers;
  let kills = 0;
  while (kills < limits.kills && !end.aborted) {
    const [wanted, afterMs] = [random.between(0, 12), random.between(0, 300)];
    const before = ledgers.met();
    const met = async (): Promise<number> => (end.aborted ? Infinity : ledgers.met());
    // With nothing going on, an idle process dies too.
    await eventually(met, (now) => now >= before + wanted, QUIET_MS).catch(() => undefined);
    await new Promise((proceed) => setTimeout(proceed, afterMs));
    await world.killLatest();
    kills += 1;
    await world.letLeasesExpire();
    await world.letPausesEnd();
    await ledgers.start();
  }
  return kills;
} // prettier-ignore

describe(`the books of four ledgers and ${KILLS} kills (seed ${SEED})`, () => {
  it(
    'end as they do undisturbed: the same books, changes, messages and writings, nothing lost and nothing doubled',
    async () => {
      const undisturbed = await FourLedgers.create();
      try {
        await mainJob(undisturbed, async () => undefined);
        const expected = await outcomeOf(undisturbed);
        await undisturbed.world.killLatest();
        expect((expected['changes'] as { events: number }[]).filter(({ events }) => events > 1)).toEqual([]);
        for (let [done, job] = [0, 0]; done < KILLS; job += 1) {
          const limits = { seed: SEED + job, kills: Math.min(KILLS_A_JOB, KILLS - done) };
          done += await disturbedJob(limits, expected);
          if (FULL) process.stderr.write(`${done} of ${KILLS} kills, ${job + 1} jobs\n`);
        }
      } finally {
        await undisturbed.close();
      }
    },
    300_000 + KILLS * 30_000,
  );
});

/** One main job under fire, and its end compared; answers how many kills it took. */
async function disturbedJob(limits: { seed: number; kills: number }, expected: object): Promise<number> {
  const ledgers = await FourLedgers.create();
  let kills = 0;
  try {
    await ledgers.slowDown();
    await mainJob(ledgers, async (end) => void (kills = await killAtRandom(ledgers, limits, end)));
    const outcome = await outcomeOf(ledgers);
    for (const [part, facts] of Object.entries(expected)) expect([part, outcome[part]]).toEqual([part, facts]);
    return kills;
  } finally {
    await ledgers.close();
  }
}
