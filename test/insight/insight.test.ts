import { newId } from '../../src/kernel/index.js';
import { AGEING_COLUMNS, ageingColumnOf } from '../../src/insight/domain/index.js';
import { InsightModule, type Overview } from '../../src/insight/index.js';
import type { BusinessDate } from '../../src/kernel/index.js';
import { createTestApi, type TestApi } from '../support/api.js';
import { authorBooks, type Books } from '../support/books.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';

const euro = (amount: string) => ({ amount, currency: 'EUR' });
const TODAY = '2026-11-22' as BusinessDate;

/** It is 22 November 2026. Amounts in cents. */
describe('where a firm stands', () => {
  let database: TestDatabase;
  let api: TestApi;
  let firm: string;
  let books: Books;
  let bakker: string;
  let vos: string;
  let debtor: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await createTestApi(database, { modules: [InsightModule] });
    firm = await addFirm(database);
    books = authorBooks(database, firm);
    bakker = await books.administration({ source_id: '1', name: 'Bakker BV' });
    vos = await books.administration({ source_id: '2', name: 'Vos BV' });
    debtor = await books.debtor(bakker, { code: 'A', name: '=HYPERLINK("x")' });
    const other = await books.debtor(bakker, { code: 'B', name: 'Café "Noir", Gent' });
    await books.debtor(bakker, { code: 'C', name: 'Gone', deleted_at: '2026-01-01' });
    const customer = await books.debtor(vos, { code: 'V', name: 'Customer' });
    const at = (due: string, amount: number, row: Record<string, unknown> = {}) =>
      books.receivable({ administration: bakker, debtor }, { due_date: due, amount, ...row });
    await at('2026-11-22', 100, { invoice_date: '2026-11-08' });
    await at('2026-11-21', 200, { invoice_date: '2026-10-10' });
    await at('2026-10-23', 300, { invoice_date: '2026-10-09' });
    await at('2026-10-22', 400);
    await at('2026-09-23', 500);
    await at('2026-09-22', 600);
    await at('2026-08-24', 700);
    await at('2026-08-23', 800);
    await at('2026-10-01', -50, { kind: 'payment', invoice_date: '2026-10-01' });
    await at('2026-10-01', 9_999, { deleted_at: '2026-10-02' });
    await at('2026-05-01', 1_000, { open_amount: 0, settled_on: '2026-05-01', invoice_date: '2025-01-01' });
    await at('2026-05-01', 1_000, { open_amount: 0, settled_on: '2026-05-02', invoice_date: '2025-01-01' });
    await at('2026-05-01', -1_000, {
      kind: 'credit-note',
      open_amount: 0,
      settled_on: '2026-06-02',
      invoice_date: '2025-01-01',
    });
    await books.receivable(
      { administration: bakker, debtor: other },
      { due_date: '2026-11-01', amount: 7_000, currency: 'USD' },
    );
    await books.receivable(
      { administration: vos, debtor: customer },
      { due_date: '2026-12-01', amount: 1_000, open_amount: 900 },
    );
    await books.receivable(
      { administration: vos, debtor: customer },
      { due_date: '2026-05-01', amount: 10, open_amount: 0, settled_on: '2026-05-02' },
    );
    await books.step({ administration: bakker, debtor }, { level: 1, receivables: [], state: 'released' });
    await books.insert('task', {
      id: newId(),
      administration_id: bakker,
      kind: 'call',
      title: 'Call',
      dedupe_key: 'a',
    });
    await books.insert('task', {
      id: newId(),
      administration_id: bakker,
      kind: 'call',
      title: 'Call',
      dedupe_key: 'b',
      state: 'done',
    });
    await books.insert('dunning_run', {
      id: newId(),
      administration_id: vos,
      as_of: TODAY,
      trigger: 'manual',
      state: 'awaiting_approval',
      created_by: 'x',
    });
    await database.sql(
      `update connection set state = 'needs_reconnect' where id = (select connection_id from administration where id = $1)`,
      [vos],
    );
    const sync = newId();
    await books.insert('sync', {
      id: sync, administration_id: bakker, kind: 'full', trigger: 'first', state: 'complete', created_at: '2026-11-22T08:00:00Z',
      finished_at: '2026-11-22T08:01:00Z', objects: JSON.stringify([{ object: 'debtors', read: 3 }, { object: 'receivables', read: 14 }]),
    }); // prettier-ignore
    await books.insert('tie_out', {
      id: newId(), administration_id: bakker, sync_id: newId(), currency: 'EUR', source_count: 9, our_count: 9, source_open: 1, our_open: 5, checked_at: '2026-11-01',
    }); // prettier-ignore
    await books.insert('tie_out', {
      id: newId(), administration_id: bakker, sync_id: sync, currency: 'EUR', source_count: 9, our_count: 9, source_open: 3551, our_open: 3550, checked_at: '2026-11-22',
    }); // prettier-ignore
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const overview = async (query = ''): Promise<Overview> =>
    (await api.as(firm, 'viewer').get(`/overview${query}`).expect(200)).body as Overview;

  it('sums what is open in the main currency; credits lower it and stand beside the buckets', async () => {
    const all = await overview();
    expect(all).toMatchObject({
      open: euro('44.50'),
      openCount: 10,
      overdue: euro('35.00'),
      overdueCount: 7,
      debtorCount: 3,
      receivableCount: 15,
      credits: { amount: euro('-0.50'), count: 1 },
      ageing: [
        { bucket: 'not-due', amount: euro('10.00'), count: 2 },
        { bucket: '1-30', amount: euro('5.00'), count: 2 },
        { bucket: '31-60', amount: euro('9.00'), count: 2 },
        { bucket: '61-90', amount: euro('13.00'), count: 2 },
        { bucket: '90+', amount: euro('8.00'), count: 1 },
      ],
    });
  });

  it('never adds currencies up: the others have figures of their own', async () => {
    const { byCurrency } = await overview();
    expect(byCurrency.map(({ open, overdue, openCount }) => ({ open, overdue, openCount }))).toEqual([
      { open: euro('44.50'), overdue: euro('35.00'), openCount: 10 },
      { open: { amount: '70.00', currency: 'USD' }, overdue: { amount: '70.00', currency: 'USD' }, openCount: 1 },
    ]);
  });

  it('counts as late what was settled after its due date, out of the invoices that were settled', async () => {
    expect((await overview()).lateShare).toBeCloseTo(2 / 3, 10);
    expect((await overview(`?administration=${bakker}`)).lateShare).toBe(0.5);
    const empty = await addFirm(database, 'Empty');
    const { body } = await api.as(empty).get('/overview').expect(200);
    expect(body).toMatchObject({
      lateShare: null,
      open: euro('0.00'),
      openCount: 0,
      administrations: [],
      byCurrency: [{ open: euro('0.00') }],
    });
  });

  it('narrows to one administration', async () => {
    const one = await overview(`?administration=${vos}`);
    expect(one).toMatchObject({
      open: euro('9.00'),
      overdue: euro('0.00'),
      openCount: 1,
      debtorCount: 1,
      lateShare: 1,
    });
    expect(one.administrations.map(({ id }) => id)).toEqual([vos]);
    expect(one.waiting).toEqual({
      runsAwaitingApproval: 1, uncertainMessages: 0, failedMessages: 0, rejectedWritebacks: 0, unknownWritebacks: 0, openTasks: 0, connectionsToReconnect: 1,
    }); // prettier-ignore
  });

  it('says what waits for a person', async () => {
    expect((await overview()).waiting).toEqual({
      runsAwaitingApproval: 1, uncertainMessages: 0, failedMessages: 1, rejectedWritebacks: 0, unknownWritebacks: 0, openTasks: 1, connectionsToReconnect: 1,
    }); // prettier-ignore
  });

  it('sums up each administration, with its last pull and whether it ties out', async () => {
    const { administrations } = await overview();
    expect(administrations).toMatchObject([
      {
        id: bakker,
        connector: 'exact-online',
        name: 'Bakker BV',
        openAmount: euro('35.50'),
        overdueAmount: euro('35.00'),
        debtorCount: 2,
        receivableCount: 13,
        quarantined: 0,
        lastSync: {
          kind: 'full',
          state: 'complete',
          finishedAt: '2026-11-22T08:01:00.000Z',
          progress: { done: 17, total: 17 },
          error: null,
        },
        tieOut: { state: 'differs', difference: euro('-0.01'), checkedAt: '2026-11-22T00:00:00.000Z' },
      },
      {
        id: vos,
        openAmount: euro('9.00'),
        lastSync: null,
        tieOut: { state: 'unchecked', difference: null, checkedAt: null },
      },
    ]);
  });

  describe('the ageing', () => {
    it('shows each debtor and currency, the largest debt first, with totals', async () => {
      const { body } = await api.as(firm, 'viewer').get(`/administrations/${bakker}/reports/ageing`).expect(200);
      expect(body).toMatchObject({
        asOf: TODAY,
        basis: 'due-date',
        totals: [{ currency: 'EUR', total: euro('35.50') }, { currency: 'USD', total: { amount: '70.00' } }],
        rows: [
          {
            debtor: { id: debtor, code: 'A' },
            buckets: {
              'not-due': euro('1.00'), '1-30': euro('5.00'), '31-60': euro('9.00'), '61-90': euro('13.00'), '90+': euro('8.00'), credits: euro('-0.50'),
            },
            total: euro('35.50'),
          },
          { debtor: { code: 'B' }, currency: 'USD' },
        ],
      }); // prettier-ignore
    });

    it('comes as CSV that no spreadsheet runs', async () => {
      const answer = await api
        .as(firm)
        .get(`/administrations/${bakker}/reports/ageing`)
        .set('accept', 'text/csv')
        .expect(200);
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(answer.text.split('\r\n')).toEqual([
        'as of,debtor code,debtor,currency,not-due,1-30,31-60,61-90,90+,credits,total',
        `2026-11-22,A,"'=HYPERLINK(""x"")",EUR,1.00,5.00,9.00,13.00,8.00,-0.50,35.50`,
        `2026-11-22,B,"Café ""Noir"", Gent",USD,0.00,70.00,0.00,0.00,0.00,0.00,70.00`,
        '',
      ]);
    });

    it('puts every item where the pure rule puts it', async () => {
      const rows = await database.sql<{ open: string; due: BusinessDate }>(
        `select open_amount::text as open, due_date as due from receivable
          where administration_id = $1 and currency = 'EUR' and open_amount <> 0 and deleted_at is null`,
        [bakker],
      );
      const sums = new Map(AGEING_COLUMNS.map((column) => [column, 0n]));
      for (const { open, due } of rows) {
        const column = ageingColumnOf(BigInt(open), due, TODAY);
        sums.set(column, (sums.get(column) ?? 0n) + BigInt(open));
      }
      const { ageing, credits } = await overview(`?administration=${bakker}`);
      const shown = [
        ...ageing.map(({ bucket, amount }) => [bucket, amount.amount]),
        ['credits', credits.amount.amount],
      ];
      expect(shown).toEqual([...sums].map(([column, sum]) => [column, (Number(sum) / 100).toFixed(2)]));
    });
  });

  it('reckons days sales outstanding over a year, over 90 days, and by counting back', async () => {
    const { body } = await api.as(firm).get(`/administrations/${bakker}/reports/dso`).expect(200);
    // Sold in the year: 36.00 (the invoices of 2025 are older); within 90 days: 1.00 in November and 5.00 in October.
    expect((body as { rows: unknown[] }).rows[0]).toMatchObject({
      currency: 'EUR',
      receivables: euro('35.50'),
      periods: [
        { days: 365, sales: euro('36.00'), dso: 359.93, bestPossible: 10.14, averageDaysDelinquent: 349.79 },
        { days: 90, sales: euro('6.00'), dso: 532.5, bestPossible: 15, averageDaysDelinquent: 517.5 },
      ],
      // 22 days of November take 1.00, October 5.00, nothing until January, of whose 30.00 the last 29.50 count.
      countback: { days: 22 + 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31 + 28 + 30.48, exceeds: false },
    });
  });

  it('says 404 to another firm, whose own overview shows nothing of it', async () => {
    const stranger = api.as(await addFirm(database, 'Other'));
    await stranger.get(`/overview?administration=${bakker}`).expect(404);
    await stranger.get(`/administrations/${bakker}/reports/ageing`).expect(404);
    await stranger.get(`/administrations/${bakker}/reports/dso`).expect(404);
    const { body } = await stranger.get('/overview').expect(200);
    expect(body).toMatchObject({
      openCount: 0,
      debtorCount: 0,
      waiting: { failedMessages: 0, openTasks: 0, connectionsToReconnect: 0 },
    });
    await stranger.get('/overview?administration=7').expect(400);
    await stranger.get('/administrations/7/reports/dso').expect(400);
  });
});
