import { InProcessQueue } from '../../../src/queue/index.js';
import { connectAt, enableAt, openHintStage, standingAt, type HintStage } from './support.js';

const until = async (what: () => Promise<boolean>): Promise<number> => {
  const started = Date.now();
  for (;;) {
    if (await what()) return Date.now() - started;
    if (Date.now() - started > 20_000) throw new Error('it did not come');
    await new Promise((proceed) => setTimeout(proceed, 50));
  }
};

describe('a payment booked in Exact', () => {
  let stage: HintStage;
  let administrationId: string;
  beforeAll(async () => {
    stage = await openHintStage({ queue: new InProcessQueue() });
    administrationId = await enableAt(stage, await connectAt(stage));
    await until(async () => (await books()).firstLoadedAt !== null);
    await stage.ticker.tick();
    await until(async () => (await hints()).state === 'active');
  });
  afterAll(() => stage.close());

  const books = async () => (await stage.as.get(`/administrations/${administrationId}`).expect(200)).body;
  const hints = async () => (await stage.as.get(`/administrations/${administrationId}/hints`).expect(200)).body;
  const openOf = async (id: string): Promise<string> =>
    (await stage.database.sql<{ open: string }>(`select open_amount::text as open from receivable where source_id = '${id}'`))[0]!.open; // prettier-ignore

  it('is heard of, pulled and in the books within ten seconds, by one pull of changes', async () => {
    expect(standingAt(stage).map(({ topic }) => topic)).toContain('BankEntries');
    const { id } = stage.book.receivables.find(({ kind, openMinor }) => kind === 'invoice' && openMinor > 0)!;
    expect(await openOf(id)).not.toBe('0');
    stage.exact.applyBookCommand({ kind: 'pay', receivable: id });
    const took = await until(async () => (await openOf(id)) === '0');
    expect(took).toBeLessThan(10_000);
    const { items } = (await stage.as.get(`/administrations/${administrationId}/syncs`).expect(200)).body;
    expect(items[0]).toMatchObject({ trigger: 'hint', kind: 'delta' });
    expect((await hints()).counts).toMatchObject({ heard: expect.any(Number), validation: 6 });
  });
});
