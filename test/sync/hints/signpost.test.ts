import { SourceError, type Connector } from '../../../src/connectors/contract/index.js';
import { countsOf, enable, pull, startEngine, type Engine } from '../support/engine.js';

const DAY = 86_400;

describe('a first load', () => {
  let engine: Engine;
  let breakAt: string | null = null;
  const breaking = (connector: Connector): Connector => ({
    ...connector,
    pull: async (context, request) => {
      if (request.object !== breakAt) return connector.pull(context, request);
      breakAt = null;
      throw new SourceError('contract_changed', 'a field is gone');
    },
  });
  beforeEach(async () => {
    breakAt = null;
    engine = await startEngine({ size: 40, debtors: 5, wrap: breaking });
    deleteOne();
    engine.clock.advance(5 * DAY);
  });
  afterEach(() => engine.close());

  const deleteOne = (): string => {
    const { id } = engine.book.receivables.find(({ openMinor }) => openMinor !== 0)!;
    engine.exact.applyBookCommand({ kind: 'delete', receivable: id });
    return id;
  };
  const isGone = async (id: string): Promise<boolean | undefined> =>
    (await engine.database.sql<{ gone: boolean }>(`select deleted_at is not null as gone from receivable where source_id = '${id}'`))[0]?.gone; // prettier-ignore

  it('has no use for what was deleted before it, and misses nothing that is deleted after', async () => {
    const id = await enable(engine);
    const first = await pull(engine, id);
    expect([first.state, countsOf(first, 'deletions').read]).toEqual(['complete', 0]);
    const gone = deleteOne();
    expect(countsOf(await pull(engine, id), 'deletions')).toMatchObject({ read: 1, deleted: 1 });
    expect(await isGone(gone)).toBe(true);
  });

  it('that broke off and went on days later has not lost what was deleted meanwhile', async () => {
    const id = await enable(engine);
    breakAt = 'deletions';
    expect((await pull(engine, id)).state).toBe('partial');
    const gone = deleteOne();
    engine.clock.advance(4 * DAY);
    const second = await pull(engine, id);
    expect(second.state).toBe('complete');
    expect(await isGone(gone)).toBe(true);
  });

  it('that is begun again as a whole does not skip what happened since it was begun first', async () => {
    const id = await enable(engine);
    breakAt = 'deletions';
    await pull(engine, id);
    const gone = deleteOne();
    engine.clock.advance(4 * DAY);
    expect((await pull(engine, id, true)).state).toBe('complete');
    expect(await isGone(gone)).toBe(true);
  });

  it('reads the whole log where the source does not answer', async () => {
    engine.exact.arm({ kind: '403', match: 'SyncTimestamp' });
    const id = await enable(engine);
    const first = await pull(engine, id);
    expect([first.state, countsOf(first, 'deletions').read]).toEqual(['complete', 1]);
  });
});
