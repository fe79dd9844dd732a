import { connect, countsOf, enable, pull, startEngine, type Engine } from '../support/engine.js';

describe('pulling the books', () => {
  let engine: Engine;
  let administrationId: string;

  beforeAll(async () => {
    engine = await startEngine();
    administrationId = await enable(engine, await connect(engine));
  });
  afterAll(async () => engine.close());

  const openOfBook = (): bigint => engine.book.receivables.reduce((sum, { openMinor }) => sum + BigInt(openMinor), 0n);

  it('brings in every debtor and receivable, and ties out to the cent', async () => {
    const sync = await pull(engine, administrationId);
    expect(sync).toMatchObject({ state: 'complete', error: null });
    expect(countsOf(sync, 'debtors')).toMatchObject({ new: engine.book.debtors.length, rejected: 0 });
    expect(countsOf(sync, 'receivables')).toMatchObject({ new: engine.book.receivables.length, rejected: 0 });
    const [sums] = await engine.database.sql<{ number: number; open: string }>(
      `select count(*)::int as number, sum(open_amount)::text as open from receivable`,
    );
    expect(sums).toEqual({ number: engine.book.receivables.length, open: String(openOfBook()) });
    const { body } = await engine.as.get(`/administrations/${administrationId}`).expect(200);
    expect(body).toMatchObject({
      tieOut: { state: 'ties-out', difference: null },
      debtorCount: engine.book.debtors.length,
      receivableCount: engine.book.receivables.length,
      quarantined: 0,
      lastSync: { state: 'complete' },
    });
    expect(body.firstLoadedAt).not.toBeNull();
    expect(engine.queue.named('ledger-changed')).toEqual([{ firmId: engine.firmId, administrationId }]);
  });

  it('costs one call per object and writes no row when nothing changed', async () => {
    const fingerprint = (): Promise<unknown[]> =>
      engine.database.sql(
        `select 'd', id, xmin::text, xmax::text, updated_at from debtor union all select 'r', id, xmin::text, xmax::text, updated_at from receivable
         union all select 'p', administration_id, xmin::text, xmax::text, updated_at from object_position order by 1, 2`,
      );
    const before = await fingerprint();
    engine.exact.log.clear();
    const events = await engine.database.sql(`select 1 from change_event`);
    const sync = await pull(engine, administrationId);
    expect(sync.state).toBe('complete');
    expect(engine.exact.requests.map(({ path }) => path.split('?')[0]!.replace(/.*\/\d+\//, ''))).toEqual([
      'sync/CRM/Accounts',
      'sync/Cashflow/PaymentTerms',
      'sync/Deleted',
    ]);
    expect(sync.calls).toBe(3);
    expect(await fingerprint()).toEqual(before);
    expect(await engine.database.sql(`select 1 from change_event`)).toHaveLength(events.length);
  });

  it('takes only what changed, and says what changed', async () => {
    const target = engine.book.receivables.find(({ kind, openMinor }) => kind === 'invoice' && openMinor > 0)!;
    engine.exact.applyBookCommand({ kind: 'pay', receivable: target.id });
    const sync = await pull(engine, administrationId);
    expect(countsOf(sync, 'receivables')).toMatchObject({ changed: 1, new: 0 });
    const [row] = await engine.database.sql<{ open_amount: string; change: string; detail: { open: string } }>(
      `select r.open_amount, e.change, e.detail from receivable r join change_event e on e.record_id = r.id where r.source_id = $1 order by e.id desc`,
      [target.id],
    );
    expect(row).toMatchObject({ open_amount: '0', change: 'changed', detail: { open: '0' } });
  });

  it('marks what the source deleted, and brings back what returns', async () => {
    const target = engine.book.receivables.find(({ kind, openMinor }) => kind === 'invoice' && openMinor > 0)!;
    engine.exact.applyBookCommand({ kind: 'delete', receivable: target.id });
    expect(countsOf(await pull(engine, administrationId), 'deletions')).toMatchObject({ deleted: 1 });
    const [gone] = await engine.database.sql<{ deleted_at: Date | null; id: string }>(
      `select id, deleted_at from receivable where source_id = $1`,
      [target.id],
    );
    expect(gone!.deleted_at).not.toBeNull();
    const events = await engine.database.sql(
      `select change from change_event where record_id = $1 or $1 = any(record_ids) order by id`,
      [gone!.id],
    );
    expect(events).toEqual([{ change: 'new' }, { change: 'deleted' }]);
    // A full read sees the old row nowhere and the tombstone again: nothing may change.
    expect(countsOf(await pull(engine, administrationId, true), 'deletions')).toMatchObject({ deleted: 0 });
    const { body } = await engine.as.get(`/administrations/${administrationId}`);
    expect(body.tieOut).toMatchObject({ state: 'ties-out' });
  });

  it('sets an unreadable record aside, says so, and takes it back when it is mended', async () => {
    engine.exact.arm({ kind: 'poison-record', match: 'PaymentTerms', count: 1 });
    const sync = await pull(engine, administrationId, true);
    expect(sync.state).toBe('complete_with_quarantine');
    expect(countsOf(sync, 'receivables').rejected).toBe(1);
    const { body } = await engine.as.get(`/administrations/${administrationId}/quarantine`).expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ object: 'receivables', reason: expect.any(String), raw: expect.any(Object) });
    const mended = await pull(engine, administrationId, true);
    expect(mended.state).toBe('complete');
    expect((await engine.as.get(`/administrations/${administrationId}/quarantine`)).body.items).toEqual([]);
  });

  it('sees a planted cent', async () => {
    await engine.database.sql(
      `update receivable set open_amount = open_amount + 1 where id = (select id from receivable where open_amount > 0 and deleted_at is null limit 1)`,
    );
    await pull(engine, administrationId, true);
    const { body } = await engine.as.get(`/administrations/${administrationId}`);
    expect(body.tieOut).toMatchObject({ state: 'differs', difference: { amount: '0.01', currency: 'EUR' } });
    await engine.database.sql(`update receivable set source_hash = '\\x00'`);
    await pull(engine, administrationId, true);
    expect((await engine.as.get(`/administrations/${administrationId}`)).body.tieOut).toMatchObject({
      state: 'ties-out',
    });
  });

  it('reads everything again when the source renumbered, without a single false change', async () => {
    engine.exact.applyBookCommand({ kind: 'move-division' });
    engine.clock.advance(13 * 3600);
    const before = await engine.database.sql(`select 1 from change_event`);
    const sync = await pull(engine, administrationId);
    expect(sync).toMatchObject({ state: 'complete', kind: 'full' });
    expect(await engine.database.sql(`select 1 from change_event`)).toHaveLength(before.length);
    const target = engine.book.receivables.find(({ kind, openMinor }) => kind === 'invoice' && openMinor > 0)!;
    engine.exact.applyBookCommand({ kind: 'pay', receivable: target.id });
    expect(countsOf(await pull(engine, administrationId), 'receivables')).toMatchObject({ changed: 1 });
  });
});
