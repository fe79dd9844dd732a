import { addFirm } from '../../support/database.js';
import { eventually } from '../../support/product.js';
import { enable, pull, startEngine, type Engine } from '../support/engine.js';

interface Answer {
  readonly items: readonly { id: string; object: string; recordId: string; change: string; detail: object }[];
  readonly after: string;
  readonly more: boolean;
}

describe('changes for a reader outside', () => {
  let engine: Engine;
  let administrationId: string;
  let path: string;

  beforeAll(async () => {
    engine = await startEngine();
    administrationId = await enable(engine);
    path = `/administrations/${administrationId}/changes`;
    await pull(engine, administrationId);
  });
  afterAll(async () => engine.close());

  const ask = async (query: string): Promise<Answer> =>
    (await engine.as.get(`${path}?${query}`).expect(200)).body as Answer;

  it('name every record of the books once, page by page, and then what the bookkeeper does', async () => {
    const books = await engine.database.sql<{ id: string }>(
      `select id from debtor union all select id from receivable`,
    );
    // A transaction of any other database of the server holds the newest changes back while it runs.
    await eventually(
      () => ask('limit=5000'),
      ({ items }) => items.length >= books.length,
    );
    const seen: string[] = [];
    let answer = await ask('limit=40');
    for (;;) {
      seen.push(...answer.items.map(({ recordId }) => recordId));
      if (!answer.more) break;
      answer = await ask(`limit=40&after=${answer.after}`);
    }
    expect(seen.toSorted()).toEqual(books.map(({ id }) => id).toSorted());

    const none = await ask(`after=${answer.after}`);
    expect(none).toEqual({ items: [], after: answer.after, more: false });
    const latest = await ask('after=latest');
    expect(latest.items).toEqual([]);

    const open = engine.book.receivables.find(({ openMinor, kind }) => openMinor > 0 && kind === 'invoice')!;
    engine.exact.applyBookCommand({ kind: 'pay', receivable: open.id });
    await pull(engine, administrationId);
    for (const after of [answer.after, latest.after]) {
      const { items } = await eventually(
        () => ask(`after=${after}`),
        (found) => found.items.some(({ change }) => change === 'changed'),
      );
      const changed = items.filter(({ change }) => change === 'changed');
      expect(changed).toMatchObject([{ object: 'receivables', detail: { open: '0' } }]);
    }
  });

  it('refuse places that are none, and places in a database that has not come to them', async () => {
    for (const query of ['after=1', 'after=-1.2', `after=${'9'.repeat(19)}.1`, 'limit=0', 'limit=5001', 'limit=x'])
      await engine.as.get(`${path}?${query}`).expect(400);
    const { body } = await engine.as.get(`${path}?after=${2n ** 62n}.1`).expect(409);
    expect(body.code).toBe('FEED_RESTORED');
  });

  it('belong to one firm, and a viewer may read them', async () => {
    await engine.api.as(engine.firmId, 'viewer').get(path).expect(200);
    const other = await addFirm(engine.database, 'Another');
    await engine.api.as(other).get(path).expect(404);
  });
});
