import { newId } from '../../src/kernel/index.js';
import { LedgerModule } from '../../src/ledger/index.js';
import { createTestApi, type TestApi } from '../support/api.js';
import { authorBooks, type Books } from '../support/books.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';

/** It is 22 November 2026. Amounts in cents. */
describe('debtors', () => {
  let database: TestDatabase;
  let api: TestApi;
  let firm: string;
  let books: Books;
  let administration: string;
  let late: string;
  let worse: string;
  let paid: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await createTestApi(database, { modules: [LedgerModule] });
    firm = await addFirm(database);
    books = authorBooks(database, firm);
    administration = await books.administration();
    late = await books.debtor(administration, { code: '1', name: 'Azur SARL', email: 'compta@azur.example' });
    worse = await books.debtor(administration, { code: '2', name: 'bakkerij De Korrel' });
    paid = await books.debtor(administration, { code: '3', name: 'Zonnig 100% BV' });
    await books.debtor(administration, { code: '4', name: 'Gone BV', deleted_at: '2026-10-01' });
    const of = (debtor: string) => ({ administration, debtor });
    await books.receivable(of(late), { due_date: '2026-11-21', amount: 10_000 });
    await books.receivable(of(late), { due_date: '2026-11-22', amount: 5_000 });
    await books.receivable(of(late), { due_date: '2026-10-01', amount: -2_000, kind: 'credit-note' });
    await books.receivable(of(late), { due_date: '2026-10-23', amount: 30_000, currency: 'USD' });
    const half = await books.receivable(of(worse), { due_date: '2026-08-24', amount: 90_000, open_amount: 45_050 });
    const settled = await books.receivable(of(worse), { due_date: '2026-05-01', amount: 70_000, open_amount: 0 });
    await books.receivable(of(worse), { due_date: '2026-01-01', amount: 99_900, deleted_at: '2026-10-01' });
    await books.receivable(of(paid), { due_date: '2026-05-01', amount: 70_000, open_amount: 0 });
    await books.step(of(worse), { level: 1, receivables: [half] });
    await books.step(of(worse), { level: 2, receivables: [half], state: 'reserved' });
    await books.step(of(worse), { level: 3, receivables: [half], state: 'released' });
    await books.step(of(worse), { level: 4, receivables: [settled] });
    await books.insert('debtor_profile', {
      debtor_id: worse,
      administration_id: administration,
      as_of: '2026-11-22',
      profile: { paidCount: 1 },
      segment_id: 'high-risk',
      segment_name: 'High risk',
      reason: 'High risk: late.',
      reason_code: 'CONDITIONS_MET',
      ruleset_version: 1,
    });
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const list = async (
    query = '',
  ): Promise<{ items: { [key: string]: unknown; name: string }[]; nextCursor: string | null }> => {
    const { body } = await api.as(firm, 'viewer').get(`/administrations/${administration}/debtors${query}`).expect(200);
    return body as never;
  };
  const names = async (query: string): Promise<string[]> => (await list(query)).items.map(({ name }) => name);

  it('sums what is open and overdue in the administration’s currency; credits lower what is open, not what is overdue', async () => {
    const [, azur] = (await list()).items;
    expect(azur).toMatchObject({
      name: 'Azur SARL',
      open: { amount: '130.00', currency: 'EUR' },
      overdue: { amount: '100.00', currency: 'EUR' },
      otherCurrencies: [
        { open: { amount: '300.00', currency: 'USD' }, overdue: { amount: '300.00', currency: 'USD' } },
      ],
      oldestOverdueDays: 30,
      level: 0,
      segment: null,
      profile: null,
    });
  });

  it('takes the level from reserved and taken steps of what is still open', async () => {
    const { body } = await api.as(firm).get(`/debtors/${worse}`).expect(200);
    expect(body).toMatchObject({
      level: 2,
      open: { amount: '450.50', currency: 'EUR' },
      oldestOverdueDays: 90,
      segment: {
        id: 'high-risk',
        name: 'High risk',
        reason: 'High risk: late.',
        reasonCode: 'CONDITIONS_MET',
        override: false,
      },
      profile: { paidCount: 1 },
    });
  });

  it('reckons the day in the administration’s own time zone', async () => {
    const auckland = await books.administration({ source_id: '1002', time_zone: 'Pacific/Auckland' });
    const debtor = await books.debtor(auckland);
    // 10:00 UTC is 23:00 in Auckland: still the 22nd; a zone further east is a day ahead.
    const kiritimati = await books.administration({ source_id: '1003', time_zone: 'Pacific/Kiritimati' });
    const other = await books.debtor(kiritimati);
    for (const each of [
      { administration: auckland, debtor },
      { administration: kiritimati, debtor: other },
    ])
      await books.receivable(each, { due_date: '2026-11-22', amount: 100 });
    expect((await api.as(firm).get(`/debtors/${debtor}`)).body).toMatchObject({ oldestOverdueDays: 0 });
    expect((await api.as(firm).get(`/debtors/${other}`)).body).toMatchObject({ oldestOverdueDays: 1 });
  });

  it('puts the largest overdue amount first, or the oldest, or goes by name whatever the case', async () => {
    expect(await names('')).toEqual(['bakkerij De Korrel', 'Azur SARL', 'Zonnig 100% BV']);
    expect(await names('?sort=oldest')).toEqual(['bakkerij De Korrel', 'Azur SARL', 'Zonnig 100% BV']);
    expect(await names('?sort=open')).toEqual(['bakkerij De Korrel', 'Azur SARL', 'Zonnig 100% BV']);
    expect(await names('?sort=name')).toEqual(['Azur SARL', 'bakkerij De Korrel', 'Zonnig 100% BV']);
  });

  it.each(['overdue', 'oldest', 'open', 'name'])('pages through all of them by %s, none twice', async (sort) => {
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const page: { items: { name: string }[]; nextCursor: string | null } = await list(
        `?sort=${sort}&limit=1&cursor=${cursor}`,
      );
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(await names(`?sort=${sort}`));
  });

  it('searches name, code and address literally', async () => {
    expect(await names('?search=KORREL')).toEqual(['bakkerij De Korrel']);
    expect(await names('?search=azur.example')).toEqual(['Azur SARL']);
    expect(await names('?search=100%25')).toEqual(['Zonnig 100% BV']);
    expect(await names('?search=0_')).toEqual([]);
  });

  it('filters by segment and by what is overdue', async () => {
    expect(await names('?segment=high-risk')).toEqual(['bakkerij De Korrel']);
    expect(await names('?overdue=false')).toEqual(['Zonnig 100% BV']);
    expect(await names('?overdue=true&sort=name')).toEqual(['Azur SARL', 'bakkerij De Korrel']);
  });

  it('hides deleted debtors unless asked', async () => {
    expect(await names('?search=Gone')).toEqual([]);
    expect(await names('?search=Gone&deleted=true')).toEqual(['Gone BV']);
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=x', 'limit'],
    ['?cursor=x', 'cursor'],
    [`?cursor=${Buffer.from('["overdue","1"]').toString('base64url')}`, 'cursor'],
    [`?cursor=${Buffer.from(`["overdue","${'9'.repeat(30)}","${newId()}"]`).toString('base64url')}`, 'cursor'],
    [`?sort=name&cursor=${Buffer.from(`["overdue","1","${newId()}"]`).toString('base64url')}`, 'cursor'],
    ['?sort=size', 'sort'],
    ['?overdue=maybe', 'overdue'],
    ['?search=%00', 'search'],
    ['?colour=red', 'colour'],
  ])('refuses %s and names %s', async (query, field) => {
    const { body } = await api.as(firm).get(`/administrations/${administration}/debtors${query}`).expect(400);
    expect((body as { errors: { path: string }[] }).errors.map(({ path }) => path)).toContain(field);
  });

  it('says 404 for what does not exist and for what belongs to another firm, 400 for what is no id', async () => {
    const stranger = await addFirm(database, 'Other');
    const { body } = await api.as(firm).get('/debtors/42').expect(400);
    expect(body).toMatchObject({ code: 'INVALID_INPUT', errors: [{ path: 'id', expected: 'a UUID' }] });
    await api.as(firm).get(`/debtors/${newId()}`).expect(404);
    await api.as(firm).get(`/administrations/${newId()}/debtors`).expect(404);
    await api.as(stranger).get(`/debtors/${late}`).expect(404);
    await api.as(stranger).get(`/debtors/${late}/timeline`).expect(404);
    await api.as(stranger).get(`/administrations/${administration}/debtors`).expect(404);
  });
});
