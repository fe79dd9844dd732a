import { pullKindFor } from '../../../src/sync/pull/pull-kind.js';
import { connect, countsOf, enable, pull, startEngine, type Engine, type SyncBody } from '../support/engine.js';

const DAY = 86_400;
const NOW = new Date('2026-11-22T10:00:00Z');
const daysAgo = (days: number, seconds = 0): Date => new Date(NOW.getTime() - (days * DAY + seconds) * 1_000);

describe('what a pull has to read', () => {
  const delta = { kind: 'delta', fullReason: null, trigger: 'schedule', deletionsKeptDays: 55 } as const;

  it.each([
    ['an hour ago', daysAgo(0, 3_600), 'delta', null],
    ['54 days ago', daysAgo(54), 'delta', null],
    ['55 days ago, to the second', daysAgo(55), 'delta', null],
    ['55 days and a second ago', daysAgo(55, 1), 'full', 'deletions-expired'],
    ['56 days ago', daysAgo(56), 'full', 'deletions-expired'],
  ])('last good pull %s', (_name, lastGoodPullAt, kind, reason) => {
    expect(pullKindFor({ ...delta, lastGoodPullAt }, NOW)).toEqual({ kind, reason });
  });

  it('is changes only, however old, where deletions do not age', () => {
    const facts = { ...delta, deletionsKeptDays: null, lastGoodPullAt: daysAgo(900) };
    expect(pullKindFor(facts, NOW)).toEqual({ kind: 'delta', reason: null });
  });

  it('keeps the reason of a full pull that goes on, and names that of a new one', () => {
    const full = { ...delta, kind: 'full', lastGoodPullAt: daysAgo(1) } as const;
    expect(pullKindFor({ ...full, fullReason: 'renumbered' }, NOW).reason).toBe('renumbered');
    expect(pullKindFor({ ...full, trigger: 'first' }, NOW).reason).toBe('first-load');
    expect(pullKindFor({ ...full, trigger: 'manual' }, NOW).reason).toBe('asked');
  });
});

type Shown = SyncBody & { readonly kind: string; readonly fullReason: { code: string; message: string } | null };

describe('books that were left alone', () => {
  let engine: Engine;
  let connectionId: string;
  let administrationId: string;
  beforeEach(async () => {
    engine = await startEngine({ size: 40, debtors: 5 });
    connectionId = await connect(engine);
    administrationId = await enable(engine, connectionId);
    const first = (await pull(engine, administrationId)) as Shown;
    expect([first.state, first.kind, first.fullReason?.code]).toEqual(['complete', 'full', 'first-load']);
  });
  afterEach(() => engine.close());

  /** A refresh token lives thirty days without use, so it is used meanwhile; the books are not. */
  const leave = async (days: number): Promise<void> => {
    for (let left = days; left > 0; left -= 20) {
      engine.clock.advance(Math.min(left, 20) * DAY);
      await engine.as.get(`/connections/${connectionId}/administrations`).expect(200);
    }
  };
  const deleteOne = (): string => {
    const { id } = engine.book.receivables.find(({ openMinor }) => openMinor !== 0)!;
    engine.exact.applyBookCommand({ kind: 'delete', receivable: id });
    return id;
  };
  const pullNow = async (): Promise<Shown> => (await pull(engine, administrationId)) as Shown;

  it('for 54 days: the log of deletions still tells all, and changes are enough', async () => {
    const id = deleteOne();
    await leave(54);
    const sync = await pullNow();
    expect([sync.state, sync.kind, sync.fullReason]).toEqual(['complete', 'delta', null]);
    expect([countsOf(sync, 'receivables').read, countsOf(sync, 'deletions').deleted]).toEqual([0, 1]);
    const [row] = await engine.database.sql<{ gone: boolean }>(`select deleted_at is not null as gone from receivable where source_id = '${id}'`); // prettier-ignore
    expect(row).toEqual({ gone: true });
  });

  it('for 56 days: everything is read again, and the pull says why, wherever it is shown', async () => {
    await leave(56);
    const sync = await pullNow();
    expect(sync).toMatchObject({ state: 'complete', kind: 'full', fullReason: { code: 'deletions-expired' } });
    expect(sync.fullReason!.message).toContain('deleted');
    expect(countsOf(sync, 'receivables').read).toBeGreaterThanOrEqual(engine.book.receivables.length);
    expect(countsOf(sync, 'receivables').new + countsOf(sync, 'receivables').changed).toBe(0);
    const { body } = await engine.as.get(`/administrations/${administrationId}`).expect(200);
    expect(body.lastSync).toMatchObject({ kind: 'full', fullReason: { code: 'deletions-expired' } });
    const again = await pullNow();
    expect([again.kind, again.fullReason]).toEqual(['delta', null]);
  });

  it('for 70 days: what was deleted and forgotten meanwhile is taken out, because a full pull does not see it', async () => {
    const id = deleteOne();
    await leave(70);
    const sync = await pullNow();
    expect(sync).toMatchObject({ state: 'complete', kind: 'full', fullReason: { code: 'deletions-expired' } });
    expect(countsOf(sync, 'deletions').read).toBe(0);
    expect(countsOf(sync, 'receivables').deleted).toBe(1);
    const [row] = await engine.database.sql<{ gone: boolean }>(
      `select deleted_at is not null as gone from receivable where source_id = '${id}'`,
    );
    expect(row).toEqual({ gone: true });
    const { body } = await engine.as.get(`/administrations/${administrationId}/sweeps`).expect(200);
    expect(body.items[0]).toMatchObject({ object: 'receivables', missing: 1, state: 'swept' });
    const shown = await engine.as.get(`/administrations/${administrationId}`).expect(200);
    expect(shown.body.tieOut.state).toBe('ties-out');
  });

  it('while the division moved: every version is new, so everything is read again under the new ones', async () => {
    engine.exact.applyBookCommand({ kind: 'move-division' });
    const { id, openMinor } = engine.book.receivables.find((each) => each.kind === 'invoice' && each.openMinor > 0)!;
    engine.exact.applyBookCommand({ kind: 'pay', receivable: id, on: '2026-11-18' });
    engine.clock.advance(DAY);
    const sync = await pullNow();
    expect(sync).toMatchObject({ state: 'complete', kind: 'full', fullReason: { code: 'renumbered' } });
    expect(openMinor).toBeGreaterThan(0);
    const [row] = await engine.database.sql<{ open: string }>(`select open_amount::text as open from receivable where source_id = '${id}'`); // prettier-ignore
    expect(row).toEqual({ open: '0' });
    expect(countsOf(sync, 'receivables').changed).toBe(1);
    const again = await pullNow();
    expect([again.kind, countsOf(again, 'receivables').read]).toEqual(['delta', 0]);
  });

  it('while the division moved, noticed at once by whoever is about to remind of something', async () => {
    engine.exact.applyBookCommand({ kind: 'move-division' });
    const { id } = engine.book.receivables.find((each) => each.kind === 'invoice' && each.openMinor > 0)!;
    engine.exact.applyBookCommand({ kind: 'pay', receivable: id, on: '2026-11-18' });
    engine.clock.advance(16 * 60);
    expect((await engine.syncs.pullNow(engine.firmId, administrationId, 'before-apply')).state).toBe('complete');
    const [row] = await engine.database.sql<{ open: string }>(`select open_amount::text as open from receivable where source_id = '${id}'`); // prettier-ignore
    expect(row).toEqual({ open: '0' });
  });

  it('and asked for by a person: said as such', async () => {
    const sync = (await pull(engine, administrationId, true)) as Shown;
    expect(sync.fullReason?.code).toBe('asked');
  });
});
