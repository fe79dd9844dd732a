import { newId } from '../../src/kernel/index.js';
import { LedgerModule } from '../../src/ledger/index.js';
import { createTestApi, type TestApi } from '../support/api.js';
import { authorBooks } from '../support/books.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';

interface Item {
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string | null;
  readonly link: string | null;
}

describe('the timeline of a debtor', () => {
  let database: TestDatabase;
  let api: TestApi;
  let firm: string;
  let debtor: string;
  let message: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await createTestApi(database, { modules: [LedgerModule] });
    firm = await addFirm(database);
    const books = authorBooks(database, firm);
    const administration = await books.administration();
    debtor = await books.debtor(administration, { created_at: '2026-01-01T08:00:00Z' });
    const neighbour = await books.debtor(administration, { name: 'Neighbour' });
    const of = { administration, debtor };
    const invoice = await books.receivable(of, {
      invoice_number: 'F-1',
      due_date: '2026-10-01',
      amount: 10_000,
      created_at: '2026-01-02T08:00:00Z',
    });
    const second = await books.receivable(of, {
      invoice_number: 'F-2',
      due_date: '2026-10-02',
      amount: 10_000,
      created_at: '2026-01-03T08:00:00Z',
    });
    await books.receivable({ administration, debtor: neighbour }, { due_date: '2026-10-01', amount: 1 });
    const change = (record: string, at: string, row: Record<string, unknown>) =>
      books.insert('change_event', {
        administration_id: administration,
        sync_id: newId(),
        object: 'receivables',
        record_id: record,
        at,
        ...row,
      });
    const before = { openBefore: '10000', dueBefore: '2026-10-01', due: '2026-10-01' };
    await change(invoice, '2026-10-20T08:00:00Z', { change: 'changed', detail: { ...before, open: '4000' } });
    await change(invoice, '2026-10-21T08:00:00Z', {
      change: 'changed',
      detail: { ...before, openBefore: '4000', open: '0' },
    });
    await change(second, '2026-10-22T08:00:00Z', {
      change: 'changed',
      detail: { ...before, open: '10000', due: '2026-10-31' },
    });
    message = await books.step(of, { level: 1, receivables: [invoice, second], at: '2026-11-01T09:00:00Z' });
    await books.block(of, {
      until: '2026-12-01',
      created_at: '2026-11-02T09:00:00Z',
      ended_at: '2026-11-03T09:00:00Z',
      ended_by: 'Anna',
    });
    await books.insert('writeback', {
      id: newId(),
      administration_id: administration,
      debtor_id: debtor,
      kind: 'note',
      intent_key: 'k',
      intent: {},
      summary: 'Reminder sent',
      state: 'rejected',
      last_error: 'Account is blocked',
      created_at: '2026-11-04T09:00:00Z',
    });
    await books.insert('audit_entry', {
      id: newId(),
      at: '2026-11-05T09:00:00Z',
      actor: 'Anna',
      action: 'debtor-segment-changed',
      subject_type: 'debtor',
      subject_id: debtor,
      detail: { from: null, to: 'special' },
    });
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const read = async (query = ''): Promise<{ items: Item[]; nextCursor: string | null }> =>
    (await api.as(firm, 'viewer').get(`/debtors/${debtor}/timeline${query}`).expect(200)).body as never;

  it('tells everything that happened to it and its receivables, newest first', async () => {
    const { items, nextCursor } = await read();
    expect(items.map(({ kind, title, detail }) => [kind, title, detail])).toEqual([
      ['audit', 'Debtor segment changed', 'by the rules → special, by Anna'],
      ['writeback', 'Note for the ledger: rejected', 'Reminder sent: Account is blocked'],
      ['block-end', 'Block released: dispute', 'by Anna'],
      ['block', 'Block: dispute', 'Wrong goods, through 2026-12-01 (Anna)'],
      ['step', 'Step 1 taken', 'F-1, F-2'],
      ['message', 'Herinnering 1', 'email to inkoop@jansen.example: sent'],
      ['invoice', 'F-2 changed in the ledger', 'due 2026-10-01 → 2026-10-31'],
      ['settled', 'F-1 settled', 'open EUR 40.00 → EUR 0.00'],
      ['payment', 'F-1 paid in part', 'open EUR 100.00 → EUR 40.00'],
      ['invoice', 'F-2 new in the ledger', null],
      ['invoice', 'F-1 new in the ledger', null],
      ['debtor', 'Debtor new in the ledger', null],
    ]);
    expect(items.find(({ kind }) => kind === 'message')).toMatchObject({
      at: '2026-11-01T09:00:00.000Z',
      link: `/messages/${message}`,
    });
    expect(nextCursor).toBeNull();
  });

  it('pages, also between two things of one instant', async () => {
    const seen: Item[] = [];
    let cursor: string | null = '';
    do {
      const page: { items: Item[]; nextCursor: string | null } = await read(`?limit=1&cursor=${cursor}`);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual((await read()).items);
  });

  it.each([
    '["2026-01-01","step","x"]',
    '["2026-13-01 00:00:00+00","step","x"]',
    '["2026-01-01 00:00:00+00"]',
    '["2026-01-01 00:00:00+00","a\\u0000","x"]',
  ])('refuses the cursor %s', async (cursor) => {
    await api
      .as(firm)
      .get(`/debtors/${debtor}/timeline?cursor=${Buffer.from(cursor).toString('base64url')}`)
      .expect(400);
  });
});
