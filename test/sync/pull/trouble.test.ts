import { SourceError, type Connector } from '../../../src/connectors/contract/index.js';
import { countsOf, enable, pull, startEngine, type Engine, type SyncBody } from '../support/engine.js';

/** Two thousand receivables are two pages and a bit: enough to stop in between. */
const BOOKS = { size: 2_300, debtors: 40 };

describe('a pull in trouble', () => {
  let engine: Engine;
  let administrationId: string;
  const trouble: { onPull: ((object: string, call: number) => Promise<void> | void) | null; calls: number } = {
    onPull: null,
    calls: 0,
  };

  const troubled = (connector: Connector): Connector => ({
    ...connector,
    pull: async (context, request) => {
      trouble.calls += 1;
      await trouble.onPull?.(request.object, trouble.calls);
      return connector.pull(context, request);
    },
  });

  const failOnce = (object: string, onCall: number, error: () => Error): void => {
    let seen = 0;
    trouble.onPull = (asked) => {
      if (asked !== object) return;
      seen += 1;
      if (seen === onCall) throw error();
    };
  };

  beforeEach(async () => {
    trouble.onPull = null;
    engine = await startEngine({ ...BOOKS, wrap: troubled });
    administrationId = await enable(engine);
  });
  afterEach(async () => engine.close());

  const stored = async (): Promise<number> =>
    (await engine.database.sql<{ number: number }>(`select count(*)::int as number from receivable`))[0]!.number;

  const complete = async (): Promise<SyncBody> => {
    trouble.onPull = null;
    const sync = await pull(engine, administrationId);
    expect(sync.state).toBe('complete');
    expect(await stored()).toBe(engine.book.receivables.length);
    const [events] = await engine.database.sql<{ number: number }>(
      `select sum(cardinality(record_ids))::int as number from change_event where object = 'receivables' and change = 'new'`,
    );
    expect(events!.number).toBe(engine.book.receivables.length);
    return sync;
  };

  it('ends as partial when the source fails for good, and goes on from the last stored page', async () => {
    failOnce('receivables', 2, () => new SourceError('contract_changed', 'a field is gone'));
    const broken = await pull(engine, administrationId);
    expect(broken).toMatchObject({ state: 'partial', error: { kind: 'contract_changed', message: 'a field is gone' } });
    expect(await stored()).toBe(1_000);
    engine.exact.log.clear();
    await complete();
    expect(engine.exact.requests.filter(({ path }) => path.includes('PaymentTerms'))).toHaveLength(2);
  });

  it('fails with nothing stored when the first call fails for good', async () => {
    failOnce('debtors', 1, () => new SourceError('scope_missing', 'Forbidden'));
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'failed', error: { kind: 'scope_missing' } });
    await complete();
  });

  it('repeats a read that got no answer', async () => {
    failOnce('receivables', 2, () => new SourceError('timeout_read', 'no answer in time'));
    await complete();
  });

  it('waits out a minute limit in place', async () => {
    engine.exact.arm({ kind: '429-minute', match: 'PaymentTerms' });
    const sync = await pull(engine, administrationId);
    expect(sync.state).toBe('complete');
    expect(Math.max(...engine.sleeper.slept)).toBeGreaterThan(100);
    expect(Math.max(...engine.sleeper.slept)).toBeLessThanOrEqual(60_100);
  });

  it('goes back to the queue until tomorrow when the day is used up, with the reason in sight', async () => {
    engine.exact.arm({ kind: '429-day', match: 'PaymentTerms' });
    const sync = await pull(engine, administrationId);
    expect(sync).toMatchObject({
      state: 'queued',
      error: { kind: 'quota_exhausted' },
      notBefore: '2026-11-19T00:00:00.000Z',
    });
    engine.queue.jobs.length = 0;
    await engine.ticker.tick();
    expect(engine.queue.named('sync')).toEqual([]);
    engine.clock.advance(16 * 3600);
    await engine.ticker.tick();
    const jobs = engine.queue.named('sync');
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) expect(job).toEqual({ firmId: engine.firmId, syncId: sync.id });
    await engine.runner.run({ firmId: engine.firmId, syncId: sync.id });
    expect(await stored()).toBe(engine.book.receivables.length);
  });

  it('is taken over when its worker dies, by exactly one other, from the last stored page', async () => {
    const { body } = await engine.as.post(`/administrations/${administrationId}/syncs`).send({});
    const ref = { firmId: engine.firmId, syncId: String(body.id) };
    const seen = { receivables: 0 };
    trouble.onPull = (object) => {
      seen.receivables += object === 'receivables' ? 1 : 0;
      // The worker dies here: this promise never ends, as if the process were gone.
      return seen.receivables === 2 ? new Promise<void>(() => undefined) : undefined;
    };
    void engine.runner.run(ref);
    while (seen.receivables < 2 || (await stored()) < 1_000) await new Promise((proceed) => setTimeout(proceed, 20));
    trouble.onPull = null;
    await engine.runner.run(ref);
    expect(await stored()).toBe(1_000);
    // As after 20 s of silence; a dead process sends no heartbeat, so one last beat is all this one may have sent.
    await engine.database.sql(`update sync set lease_owner = gen_random_uuid(), lease_until = now() - interval '1 s'`);
    await Promise.all([engine.runner.run(ref), engine.runner.run(ref), engine.runner.run(ref)]);
    const sync = (await engine.as.get(`/syncs/${ref.syncId}`)).body as SyncBody;
    expect(sync.state).toBe('complete');
    expect(countsOf(sync, 'receivables')).toMatchObject({ new: engine.book.receivables.length, pages: 3 });
    await complete();
  });

  it('stores nothing of a page when its worker has lost the lease', async () => {
    failOnce('nothing', 0, () => new Error());
    trouble.onPull = async (object) => {
      if (object === 'receivables')
        await engine.database.sql(`update sync set lease_owner = gen_random_uuid() where state = 'running'`);
    };
    await pull(engine, administrationId);
    expect(await stored()).toBe(0);
    await engine.database.sql(`update sync set lease_until = now() - interval '1 s' where state = 'running'`);
    const [{ id }] = (await engine.database.sql(`select id from sync where state = 'running'`)) as [{ id: string }];
    trouble.onPull = null;
    await engine.runner.run({ firmId: engine.firmId, syncId: id });
    await complete();
  });

  it('reads everything again when the position is no longer known', async () => {
    await complete();
    failOnce('receivables', 1, () => new SourceError('position_invalid', 'The skip token is unknown.'));
    const sync = await pull(engine, administrationId);
    expect(sync).toMatchObject({ state: 'complete', kind: 'full' });
    expect(countsOf(sync, 'receivables')).toMatchObject({ new: 0, changed: 0, pages: 3 });
  });

  it('keeps receivables of an unknown debtor aside and takes them when the debtor comes', async () => {
    const [debtor] = engine.book.debtors;
    engine.exact.arm({ kind: 'poison-record', match: 'CRM/Accounts', record: debtor!.id });
    const first = await pull(engine, administrationId);
    expect(first.state).toBe('complete_with_quarantine');
    const theirs = engine.book.receivables.filter(({ debtorId }) => debtorId === debtor!.id).length;
    expect(await stored()).toBe(engine.book.receivables.length - theirs);
    const reasons = await engine.database.sql(
      `select reason, count(*)::int as number from rejected_record where resolved_at is null group by 1 order by 2`,
    );
    expect(reasons).toContainEqual({ reason: 'DEBTOR_UNKNOWN', number: theirs });
    engine.exact.applyBookCommand({ kind: 'edit-debtor', debtor: debtor!.id, changes: { name: 'Hersteld BV' } });
    engine.exact.log.clear();
    const second = await complete();
    expect(second.state).toBe('complete');
    expect(engine.exact.requests).toHaveLength(3);
  });

  it('sets an unknown currency aside', async () => {
    await complete();
    const [debtor] = engine.book.debtors;
    engine.exact.applyBookCommand({
      kind: 'add-invoice',
      debtor: debtor!.id,
      amount: '10.00',
      invoiceDate: '2026-11-01',
      dueDate: '2026-12-01',
      currency: 'CZK',
    });
    // The stand-in only takes currencies that exist; the ledger of the story does not.
    engine.book.receivables.at(-1)!.currency = 'XBT';
    const sync = await pull(engine, administrationId);
    expect(sync.state).toBe('complete_with_quarantine');
    const { body } = await engine.as.get(`/administrations/${administrationId}/quarantine`);
    expect(body.items).toMatchObject([{ object: 'receivables', reason: 'UNKNOWN_CURRENCY' }]);
    expect(body.items[0].message).toContain('XBT');
  });

  it('joins the pull that waits, and upgrades it to a full one', async () => {
    const ask = async (full: boolean): Promise<string> =>
      (await engine.as.post(`/administrations/${administrationId}/syncs`).send({ full })).body.id as string;
    const ids = new Set([await ask(false), await ask(true), await ask(false)]);
    expect(ids.size).toBe(1);
    const [row] = await engine.database.sql(`select kind from sync where state = 'queued'`);
    expect(row).toEqual({ kind: 'full' });
  });

  it('brings the books up to date while somebody waits, behind a pull that runs', async () => {
    await complete();
    const target = engine.book.receivables.find(({ kind, openMinor }) => kind === 'invoice' && openMinor > 0)!;
    const running = pull(engine, administrationId, true);
    engine.exact.applyBookCommand({ kind: 'pay', receivable: target.id });
    const outcome = await engine.syncs.pullNow(engine.firmId, administrationId, 'before-apply');
    await running;
    expect(outcome).toEqual({ state: 'complete', errorKind: null, errorMessage: null });
    const [row] = await engine.database.sql(`select open_amount from receivable where source_id = $1`, [target.id]);
    expect(row).toEqual({ open_amount: '0' });
  });

  it('says why when the books cannot be brought up to date', async () => {
    await complete();
    engine.exact.arm({ kind: '429-day', match: 'Accounts' });
    const outcome = await engine.syncs.pullNow(engine.firmId, administrationId, 'before-apply');
    expect(outcome).toMatchObject({ state: 'queued', errorKind: 'quota_exhausted' });
  });
});
