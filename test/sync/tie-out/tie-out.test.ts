import { TieOutClock } from '../../../src/sync/tie-out/index.js';
import { newId } from '../../../src/kernel/index.js';
import { addFirm } from '../../support/database.js';
import { enable, pull, startEngine, type Engine } from '../support/engine.js';

interface Side {
  readonly count: number;
  readonly open: { amount: string; currency: string };
}

interface TieOutBody {
  readonly possible: boolean;
  readonly state: string;
  readonly running: boolean;
  readonly checkId: string;
  readonly nextCheckAt: string;
  readonly differingDebtors: number;
  readonly currencies: readonly { currency: string; ours: Side; theirs: Side; difference: { amount: string } }[];
  readonly items: readonly {
    debtor: { id: string | null; sourceId: string; name: string | null };
    differs: boolean;
    ours: Side;
    theirs: Side;
    difference: { amount: string; currency: string };
    lineCount: number;
    lines: readonly { kind: string; invoiceNumber: string | null; receivableId: string | null; ours: unknown; theirs: unknown }[]; // prettier-ignore
  }[];
  readonly nextCursor: string | null;
  readonly history: readonly { id: string; state: string }[];
}

describe('the tie-out with the source’s own list', () => {
  let engine: Engine;
  let administrationId: string;

  beforeEach(async () => {
    engine = await startEngine({ size: 400, debtors: 40 });
    administrationId = await enable(engine);
    await pull(engine, administrationId);
  });
  afterEach(async () => engine.close());

  const show = async (query = ''): Promise<TieOutBody> =>
    (await engine.as.get(`/administrations/${administrationId}/tie-out${query}`).expect(200)).body as TieOutBody;
  const tasks = async (): Promise<{ state: string; owner: string | null; detail: string; note: string | null }[]> =>
    engine.database.sql(
      `select state, owner, detail, note from task where kind = 'tie-out-differs' order by created_at`,
    );
  const plant = async (cents: number): Promise<{ id: string; debtor: string; number: string }> => {
    const [row] = await engine.database.sql<{ id: string; debtor: string; number: string }>(
      `update receivable set open_amount = open_amount + $1
       where id = (select id from receivable where kind = 'invoice' and open_amount > 0 and deleted_at is null order by id limit 1)
       returning id, debtor_id as debtor, invoice_number as number`,
      [cents],
    );
    return row!;
  };
  /** What the clock has asked for, carried out. */
  const runJobs = async (): Promise<number> => {
    const jobs = engine.queue.jobs.splice(0).filter(({ name }) => name === 'sync');
    for (const { payload } of jobs) await engine.runner.run(payload as { firmId: string; syncId: string });
    return jobs.length;
  };

  it('lists every debtor on request, and none as differing while the books tie out', async () => {
    const body = await show();
    expect(body).toMatchObject({ possible: true, state: 'ties-out', differingDebtors: 0, items: [] });
    expect(body.currencies).toMatchObject([{ currency: 'EUR', difference: { amount: '0.00' } }]);
    const all = await show('?all=true');
    expect(all.items.length).toBeGreaterThan(3);
    expect(all.items.every(({ differs, ours, theirs }) => !differs && ours.count === theirs.count)).toBe(true);
    const sum = all.items.reduce((total, { ours }) => total + ours.count, 0);
    expect(sum).toBe(all.currencies[0]!.ours.count);
    const first = await show('?all=true&limit=2');
    const second = await show(`?all=true&limit=500&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(await tasks()).toEqual([]);
  });

  it('finds a planted cent in the right debtor and line', async () => {
    const planted = await plant(1);
    await pull(engine, administrationId, true);
    const body = await show();
    expect(body).toMatchObject({ state: 'differs', differingDebtors: 1 });
    expect(body.items).toMatchObject([
      {
        debtor: { id: planted.debtor },
        difference: { amount: '0.01', currency: 'EUR' },
        lineCount: 1,
        lines: [{ kind: 'amount-differs', invoiceNumber: planted.number, receivableId: planted.id }],
      },
    ]);
    expect(body.items[0]!.ours.count).toBe(body.items[0]!.theirs.count);
  });

  it('sees two debtors that make up for each other in the total', async () => {
    await plant(100);
    await engine.database.sql(
      `update receivable set open_amount = open_amount - 100 where id = (
         select id from receivable r where kind = 'invoice' and open_amount > 100 and deleted_at is null
         and debtor_id <> (select debtor_id from receivable where kind = 'invoice' and open_amount > 0 and deleted_at is null order by id limit 1)
         order by id limit 1)`,
    );
    await pull(engine, administrationId, true);
    expect(await show()).toMatchObject({
      state: 'differs',
      differingDebtors: 2,
      currencies: [{ difference: { amount: '0.00' } }],
    });
    const { body } = await engine.as.get(`/administrations/${administrationId}`).expect(200);
    expect(body.tieOut).toMatchObject({ state: 'differs', difference: { amount: '0.00' } });
  });

  it('tells which line is missing on which side', async () => {
    const [gone] = await engine.database.sql<{ id: string; number: string }>(
      `update receivable set deleted_at = now() where id = (
         select id from receivable where kind = 'invoice' and open_amount > 0 and deleted_at is null order by id limit 1)
       returning id, invoice_number as number`,
    );
    await engine.database.sql(
      `insert into receivable (firm_id, administration_id, debtor_id, source_id, source_hash, invoice_number, kind, invoice_date, due_date, currency, amount, open_amount)
       select firm_id, administration_id, debtor_id, 'made-up', '\\x00', 'M-1', 'invoice', invoice_date, due_date, 'EUR', 12345, 12345 from receivable where id = $1`,
      [gone!.id],
    );
    // Not a full pull: that would bring back what is missing.
    await engine.as.post(`/administrations/${administrationId}/tie-out`).expect(202);
    await runJobs();
    const lines = (await show()).items.flatMap((item) => item.lines);
    expect(lines).toHaveLength(2);
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'missing-here', invoiceNumber: gone!.number, ours: null })); // prettier-ignore
    expect(lines).toContainEqual(
      expect.objectContaining({ kind: 'missing-there', invoiceNumber: 'M-1', ours: { amount: '123.45', currency: 'EUR' } }), // prettier-ignore
    );
  });

  it('opens one task with an owner, and closes it by itself at the next check that ties out', async () => {
    await engine.database.sql(
      `insert into app_user (id, firm_id, email, name, password_hash, role) values ($1, $2, 'noor@kantoor.example', 'Noor', 'x', 'admin')`,
      [newId(), engine.firmId],
    );
    await plant(1);
    await pull(engine, administrationId, true);
    await pull(engine, administrationId, true);
    expect(await tasks()).toMatchObject([
      { state: 'open', owner: 'Noor', detail: expect.stringContaining('0.01 EUR') },
    ]);
    await engine.database.sql(`update receivable set source_hash = '\\x00'`);
    await pull(engine, administrationId, true);
    expect(await tasks()).toMatchObject([{ state: 'done', note: 'the books tie out again' }]);
    expect((await show()).history.map(({ state }) => state)).toEqual(['ties-out', 'differs', 'differs', 'ties-out']);
  });

  it('compares once a day after a pull, and a second time soon after news', async () => {
    const clock = engine.api.app.get(TieOutClock, { strict: false });
    engine.queue.jobs.length = 0;
    await clock.tick();
    expect(await runJobs()).toBe(0);
    await plant(1);
    engine.clock.advance(86_400);
    await Promise.all([clock.tick(), clock.tick()]);
    expect((await show()).running).toBe(true);
    expect(await runJobs()).toBe(1);
    expect(await show()).toMatchObject({ state: 'differs', running: false });
    const [seen] = await engine.database.sql<{ rights: number; at: Date }>(`select jsonb_array_length(source_rights) as rights, rights_checked_at as at from administration`); // prettier-ignore
    expect(seen).toEqual({ rights: expect.any(Number), at: engine.clock.now() });
    expect(seen!.rights).toBeGreaterThan(3);
    engine.clock.advance(14 * 60);
    await clock.tick();
    expect(await runJobs()).toBe(0);
    await engine.database.sql(
      `update receivable set open_amount = open_amount - 1 where id = (select receivable_id from tie_out_line)`,
    );
    engine.clock.advance(61);
    await clock.tick();
    expect(await runJobs()).toBe(1);
    expect(await show()).toMatchObject({ state: 'ties-out' });
    await clock.tick();
    expect(await runJobs()).toBe(0);
  });

  it('keeps the last comparison when the list cannot be read, and compares after the next good pull', async () => {
    await plant(1);
    const before = await show();
    await engine.as.post(`/administrations/${administrationId}/tie-out`).expect(202);
    engine.exact.arm({ kind: '503', match: 'ReceivablesList', count: 4 });
    await runJobs();
    expect(await show()).toMatchObject({ state: 'ties-out', checkId: before.checkId, running: true });
    await pull(engine, administrationId);
    expect(await show()).toMatchObject({ state: 'differs', running: false });
  });

  it('keeps thirty checks, and lines for a check of the history', async () => {
    await plant(1);
    for (let round = 0; round < 31; round += 1) await pull(engine, administrationId, true);
    const { history } = await show();
    expect(history).toHaveLength(30);
    const oldest = await show(`?check=${history.at(-1)!.id}`);
    expect(oldest).toMatchObject({ checkId: history.at(-1)!.id, items: [{ lines: [{ kind: 'amount-differs' }] }] });
    const rows = await engine.database.sql(`select 1 from tie_out_item`);
    expect(rows).toEqual([]);
    await engine.as.get(`/administrations/${administrationId}/tie-out?check=${newId()}`).expect(404);
  }, 60_000);

  it('refuses a made-up cursor and another firm', async () => {
    const made = Buffer.from(JSON.stringify(['x', 'y', 'z'])).toString('base64url');
    await engine.as.get(`/administrations/${administrationId}/tie-out?cursor=${made}`).expect(400);
    const other = engine.api.as(await addFirm(engine.database));
    await other.get(`/administrations/${administrationId}/tie-out`).expect(404);
    await other.post(`/administrations/${administrationId}/tie-out`).expect(404);
  });
});
