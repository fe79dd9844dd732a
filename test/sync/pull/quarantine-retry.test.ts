import { addFirm } from '../../support/database.js';
import { enable, pull, startEngine, type Engine } from '../support/engine.js';

describe('records in quarantine, tried again', () => {
  let engine: Engine;
  let administrationId: string;
  let isMended: boolean;

  beforeEach(async () => {
    isMended = false;
    let left = 2;
    const refused = new Set<unknown>();
    engine = await startEngine({
      size: 30,
      debtors: 3,
      // A mapping that does not understand two receivables, until a later version of it does.
      wrap: (connector) => ({
        ...connector,
        map: (raw, context) => {
          const mapped = connector.map(raw, context);
          if (isMended || mapped.outcome !== 'receivable') return mapped;
          const { sourceId } = mapped.record;
          if (left > 0 && !refused.has(sourceId)) {
            left -= 1;
            refused.add(sourceId);
          }
          if (!refused.has(sourceId)) return mapped;
          return { outcome: 'rejected', sourceId, reason: 'ODD', message: 'The record is odd.' };
        },
      }),
    });
    administrationId = await enable(engine);
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete_with_quarantine' });
    engine.queue.jobs.length = 0;
  });
  afterEach(async () => engine.close());

  const list = async (): Promise<{ id: string; reason: string; raw: unknown }[]> =>
    (await engine.as.get(`/administrations/${administrationId}/quarantine`).expect(200)).body.items as never;
  const retry = async (body: object): Promise<object> =>
    (await engine.as.post(`/administrations/${administrationId}/quarantine/retry`).send(body).expect(200))
      .body as object;
  const inBooks = async (): Promise<number> => (await engine.database.sql(`select 1 from receivable`)).length;

  it('stay while they are not understood, with their reason', async () => {
    expect(await retry({})).toEqual({ tried: 2, resolved: 0, waiting: 2 });
    expect(await list()).toMatchObject([{ reason: 'ODD' }, { reason: 'ODD' }]);
    expect(engine.queue.named('ledger-changed')).toEqual([]);
  });

  it('come into the books without a call to the source, one or all', async () => {
    isMended = true;
    engine.exact.log.clear();
    const [one] = await list();
    expect(await retry({ ids: [one!.id] })).toEqual({ tried: 1, resolved: 1, waiting: 1 });
    expect(await retry({})).toEqual({ tried: 1, resolved: 1, waiting: 0 });
    expect(await list()).toEqual([]);
    expect(await inBooks()).toBe(engine.book.receivables.length);
    expect(engine.exact.requests).toEqual([]);
    expect(engine.queue.named('ledger-changed')).toEqual([
      { firmId: engine.firmId, administrationId },
      { firmId: engine.firmId, administrationId },
    ]);
    expect(await pull(engine, administrationId, true)).toMatchObject({ state: 'complete' });
    expect((await engine.as.get(`/administrations/${administrationId}`)).body.tieOut).toMatchObject({
      state: 'ties-out',
    });
  });

  it('are only a firm’s own, and nothing else is taken', async () => {
    const [one] = await list();
    const other = engine.api.as(await addFirm(engine.database));
    await other
      .post(`/administrations/${administrationId}/quarantine/retry`)
      .send({ ids: [one!.id] })
      .expect(404);
    await engine.as
      .post(`/administrations/${administrationId}/quarantine/retry`)
      .send({ ids: ['x'] })
      .expect(400);
    await engine.api
      .as(engine.firmId, 'viewer')
      .post(`/administrations/${administrationId}/quarantine/retry`)
      .send({})
      .expect(403);
  });
});
