import { newId } from '../../src/kernel/index.js';
import { LedgerModule } from '../../src/ledger/index.js';
import { createTestApi, type TestApi } from '../support/api.js';
import { authorBooks, type Books } from '../support/books.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';

/** It is 22 November 2026. Amounts in cents. Each receivable is called after what it shows. */
describe('receivables', () => {
  let database: TestDatabase;
  let api: TestApi;
  let firm: string;
  let books: Books;
  let administration: string;
  let jansen: string;
  let vos: string;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await createTestApi(database, { modules: [LedgerModule] });
    firm = await addFirm(database);
    books = authorBooks(database, firm);
    administration = await books.administration();
    jansen = await books.debtor(administration, { code: 'J-1', name: 'Jansen BV' });
    vos = await books.debtor(administration, { code: 'V-1', name: 'Vos & Zn' });
    const add = async (
      name: string,
      debtor: string,
      row: { due_date: string; amount: number; open_amount?: number } & Record<string, unknown>,
    ) => ids.set(name, await books.receivable({ administration, debtor }, { invoice_number: name, ...row }));
    await add('due-today', jansen, { due_date: '2026-11-22', amount: 1_000 });
    await add('late-1', jansen, { due_date: '2026-11-21', amount: 1_000, your_ref: 'PO 77' });
    await add('late-30', jansen, { due_date: '2026-10-23', amount: 1_000 });
    await add('late-31', jansen, { due_date: '2026-10-22', amount: 1_000, open_amount: 250 });
    await add('late-90', vos, { due_date: '2026-08-24', amount: 1_000 });
    await add('late-91', vos, { due_date: '2026-08-23', amount: 1_000, currency: 'USD' });
    await add('credit', vos, { due_date: '2026-08-01', amount: -500, kind: 'credit-note' });
    await add('settled', vos, { due_date: '2026-05-01', amount: 1_000, open_amount: 0, settled_on: '2026-05-03' });
    await add('deleted', vos, { due_date: '2026-04-01', amount: 1_000, deleted_at: '2026-06-01' });
    await books.step(
      { administration, debtor: jansen },
      { level: 1, receivables: [ids.get('late-30')!, ids.get('late-31')!], takenOn: '2026-10-29' },
    );
    await books.step(
      { administration, debtor: jansen },
      { level: 2, receivables: [ids.get('late-31')!], state: 'reserved', takenOn: '2026-11-22' },
    );
    await books.step(
      { administration, debtor: jansen },
      { level: 1, receivables: [ids.get('late-1')!], state: 'released' },
    );
    await books.block(
      { administration, debtor: jansen, receivable: ids.get('late-30')! },
      { until: '2026-11-22', amount: 400, currency: 'EUR' },
    );
    await books.block({ administration, debtor: jansen, receivable: ids.get('late-31')! }, { until: '2026-11-21' });
    await books.block({ administration, debtor: jansen, receivable: ids.get('late-1')! }, { ended_at: '2026-11-01' });
    await books.block({ administration, debtor: vos }, { kind: 'insolvency', reason: 'Bankrupt' });
    await books.insert('debtor_profile', {
      debtor_id: vos,
      administration_id: administration,
      as_of: '2026-11-22',
      profile: {},
      segment_id: 'normal',
      segment_name: 'Normal',
      reason: '',
      reason_code: 'DEFAULT_SEGMENT',
      ruleset_version: 1,
    });
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const numbers = async (query = ''): Promise<string[]> => {
    const { body } = await api
      .as(firm, 'viewer')
      .get(`/administrations/${administration}/receivables${query}`)
      .expect(200);
    return (body as { items: { invoiceNumber: string }[] }).items.map(({ invoiceNumber }) => invoiceNumber);
  };

  const OPEN = ['credit', 'late-91', 'late-90', 'late-31', 'late-30', 'late-1', 'due-today'];
  it.each([
    ['', ['settled', ...OPEN]],
    ['?status=open', OPEN],
    ['?status=part-paid', ['late-31']],
    ['?status=settled', ['settled']],
    ['?status=deleted', ['deleted']],
    ['?overdue=true', ['late-91', 'late-90', 'late-31', 'late-30', 'late-1']],
    ['?overdue=false', ['settled', 'credit', 'due-today']],
    ['?bucket=not-due', ['due-today']],
    ['?bucket=1-30', ['late-30', 'late-1']],
    ['?bucket=31-60', ['late-31']],
    ['?bucket=61-90', ['late-90']],
    ['?bucket=90%2B', ['late-91']],
    ['?bucket=credits', ['credit']],
    ['?level=2', ['late-31']],
    ['?level=1', ['late-30']],
    ['?level=0&status=open', ['credit', 'late-91', 'late-90', 'late-1', 'due-today']],
    ['?segment=normal&status=settled', ['settled']],
    ['?segment=high-risk', []],
    ['?search=po%2077', ['late-1']],
    ['?search=jansen', ['late-31', 'late-30', 'late-1', 'due-today']],
  ])('lists %s in order of due date', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  it('holds through the last day of a block, and all receivables of a blocked debtor', async () => {
    expect(await numbers('?status=open&blocked=true')).toEqual(['credit', 'late-91', 'late-90', 'late-30']);
    expect(await numbers('?status=open&blocked=false')).toEqual(['late-31', 'late-1', 'due-today']);
  });

  it('filters by debtor', async () => {
    expect(await numbers(`?status=open&debtor=${vos}`)).toEqual(['credit', 'late-91', 'late-90']);
  });

  it('shows what is open, how late, how far it has come and what holds it', async () => {
    const { body } = await api
      .as(firm)
      .get(`/receivables/${ids.get('late-30')}`)
      .expect(200);
    expect(body).toMatchObject({
      administrationId: administration,
      debtor: { id: jansen, name: 'Jansen BV' },
      dueDate: '2026-10-23',
      daysOverdue: 30,
      amount: { amount: '10.00', currency: 'EUR' },
      open: { amount: '10.00', currency: 'EUR' },
      status: 'open',
      level: 1,
      lastStepOn: '2026-10-29',
      blocked: {
        kind: 'dispute',
        reason: 'Wrong goods',
        until: '2026-11-22',
        amount: { amount: '4.00', currency: 'EUR' },
        owner: 'Anna',
        endedAt: null,
      },
    });
  });

  it.each([
    ['late-31', { status: 'part-paid', level: 2, lastStepOn: '2026-11-22', daysOverdue: 31, blocked: null }],
    ['late-1', { status: 'open', level: 0, lastStepOn: null, blocked: null }],
    ['late-91', { open: { amount: '10.00', currency: 'USD' }, blocked: { kind: 'insolvency', receivableId: null } }],
    ['credit', { status: 'open', daysOverdue: 0, open: { amount: '-5.00', currency: 'EUR' } }],
    ['settled', { status: 'settled', daysOverdue: 0, settledOn: '2026-05-03' }],
    ['deleted', { status: 'deleted', daysOverdue: 0 }],
  ])('shows %s', async (name, expected) => {
    const { body } = await api
      .as(firm)
      .get(`/receivables/${ids.get(name)}`)
      .expect(200);
    expect(body).toMatchObject(expected);
  });

  it('pages through all of them, none twice', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const { body } = await api
        .as(firm)
        .get(`/administrations/${administration}/receivables?status=open&limit=2&cursor=${cursor}`);
      const page = body as { items: { invoiceNumber: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ invoiceNumber }) => invoiceNumber));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(OPEN);
  });

  it.each([
    ['?status=late', 'status'],
    ['?level=x', 'level'],
    ['?level=-1', 'level'],
    ['?bucket=1', 'bucket'],
    ['?debtor=7', 'debtor'],
    ['?blocked=1', 'blocked'],
    [`?cursor=${Buffer.from(`["due","2026-02-30","${newId()}"]`).toString('base64url')}`, 'cursor'],
  ])('refuses %s and names %s', async (query, field) => {
    const { body } = await api.as(firm).get(`/administrations/${administration}/receivables${query}`).expect(400);
    expect((body as { errors: { path: string }[] }).errors.map(({ path }) => path)).toContain(field);
  });

  it('says 404 to another firm, and finds nothing for its debtor', async () => {
    const stranger = await addFirm(database, 'Other');
    await api
      .as(stranger)
      .get(`/receivables/${ids.get('credit')}`)
      .expect(404);
    await api.as(stranger).get(`/administrations/${administration}/receivables`).expect(404);
    await api.as(firm).get(`/receivables/${newId()}`).expect(404);
    const own = await authorBooks(database, stranger).administration();
    const { body } = await api.as(stranger).get(`/administrations/${own}/receivables?debtor=${vos}`).expect(200);
    expect(body).toEqual({ items: [], nextCursor: null });
  });
});
