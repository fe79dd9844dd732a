import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExactOnlineSandbox, LedgerCommand } from '../../../sandbox/exact-online/index.js';
import { book, caller, connect, door, start, wall, type Caller, type Json } from './support.js';

const FIELDS = 'Timestamp,ID,Account,AmountDC,TransactionAmountDC,Status,IsFullyPaid,LastPaymentDate,EndDate,DueDate,InvoiceNumber,TransactionID,TransactionType,LineType'; // prettier-ignore

interface Ledger {
  sandbox: ExactOnlineSandbox;
  api: Caller;
  base: string;
  accessToken: string;
}

async function open(options: Parameters<typeof start>[0] = {}): Promise<Ledger> {
  const sandbox = await start({ quota: false, ...options });
  const accessToken = (await connect(sandbox)).access_token;
  const api = caller(sandbox, accessToken);
  const me = await api.json('/api/v1/current/Me');
  return { sandbox, api, accessToken, base: `/api/v1/${String(me.d.results[0]!['CurrentDivision'])}` };
}

async function since(
  { api, base }: Ledger,
  stamp: string,
  path = 'sync/Cashflow/PaymentTerms',
  select = FIELDS,
): Promise<Json[]> {
  return (await api.json(`${base}/${path}?$select=${select}&$filter=Timestamp gt ${stamp}L`)).d.results;
}

const last = (rows: readonly Json[]): string => String(rows.at(-1)!['Timestamp']);

/** The port is the one thing a restart may change. */
function withoutAddress({ __metadata, ...row }: Json): Json {
  return row;
}

async function command(ledger: Ledger, body: LedgerCommand): Promise<Json> {
  const response = await door(ledger.sandbox, 'POST', 'books', body);
  const json = (await response.json()) as Json;
  expect({ status: response.status, json }).toMatchObject({ status: 200 });
  return json;
}

describe('the books behind the stand-in', () => {
  let ledger: Ledger;
  let rows: Json[];
  let invoice: Json;
  beforeEach(async () => {
    ledger = await open();
    rows = await since(ledger, '1');
    invoice = rows.find((row) => row['LineType'] === 20 && row['TransactionType'] === 20 && row['Status'] === 20)!;
  });
  afterEach(() => ledger.sandbox.close());

  it('shows a part payment, a payment and its undoing as new versions of the same term', async () => {
    const id = String(invoice['ID']);
    const whole = Number(invoice['TransactionAmountDC']);
    await command(ledger, { kind: 'part-pay', receivable: id, amount: '1.25', on: '2026-11-20' });
    const part = await since(ledger, last(rows));
    expect(part).toHaveLength(1);
    expect(part[0]).toMatchObject({
      ID: id,
      Status: 20,
      IsFullyPaid: false,
      EndDate: null,
      TransactionAmountDC: whole,
    });
    expect(Number(part[0]!['AmountDC'])).toBeCloseTo(Number(invoice['AmountDC']) + 1.25, 2);
    expect(wall(part[0]!['LastPaymentDate'])).toBe('2026-11-20T00:00:00.000Z');

    await command(ledger, { kind: 'pay', receivable: id, on: '2026-11-21' });
    const paid = await since(ledger, last(part));
    expect(paid).toHaveLength(1);
    expect(paid[0]).toMatchObject({ Status: 50, IsFullyPaid: true, AmountDC: -whole });
    expect(wall(paid[0]!['EndDate'])).toBe('2026-11-21T00:00:00.000Z');

    await command(ledger, { kind: 'unmatch', receivable: id });
    const again = await since(ledger, last(paid));
    expect(again).toMatchObject([{ ID: id, Status: 20, IsFullyPaid: false, AmountDC: -whole, EndDate: null }]);
    expect(await since(ledger, last(again))).toEqual([]);
  });

  it('logs deletions for two months', async () => {
    const id = String(invoice['ID']);
    await command(ledger, { kind: 'delete', receivable: id });
    await command(ledger, { kind: 'delete-debtor', debtor: String(rows.at(0)!['Account']) });
    const log = await since(ledger, '1', 'sync/Deleted', 'Timestamp,EntityType,EntityKey,DeletedDate');
    expect(log[0]).toMatchObject({ EntityType: 10, EntityKey: id });
    expect(log.filter((row) => row['EntityType'] === 2)).toMatchObject([{ EntityKey: rows.at(0)!['Account'] }]);
    expect((await since(ledger, '1')).some((row) => row['ID'] === id)).toBe(false);
    const only = await ledger.api.json(`${ledger.base}/sync/Deleted?$filter=Timestamp gt 1L and EntityType eq 2`);
    expect(only.d.results).toHaveLength(1);
    const later = new Date();
    later.setUTCMonth(later.getUTCMonth() + 2, later.getUTCDate() + 2);
    ledger.sandbox.setClock(later.toISOString());
    const { access_token } = await connect(ledger.sandbox);
    expect(await since({ ...ledger, api: caller(ledger.sandbox, access_token) }, '1', 'sync/Deleted', 'ID')).toEqual(
      [],
    );
  });

  it('keeps receipts out of Receivables but in the open list, and gives a regenerated term a new ID', async () => {
    await command(ledger, { kind: 'receipt', debtor: String(invoice['Account']), amount: '50.00' });
    const [receipt] = await since(ledger, last(rows));
    expect(receipt).toMatchObject({ TransactionType: 40, TransactionAmountDC: -50, AmountDC: 50, InvoiceNumber: null });
    const list = await ledger.api.json(`${ledger.base}/read/financial/ReceivablesList?$filter=Amount eq -50`);
    expect(list.d.results).toMatchObject([{ YourRef: null, JournalCode: '20' }]);
    const found = await ledger.api.json(
      `${ledger.base}/cashflow/Receivables?$select=ID&$filter=ID eq guid'${String(receipt!['ID'])}'`,
    );
    expect(found.d.results).toEqual([]);
    await command(ledger, { kind: 'regenerate', receivable: String(invoice['ID']) });
    const [again] = await since(ledger, last([receipt!]));
    expect(again).toMatchObject({ TransactionID: invoice['TransactionID'], Status: 20 });
    expect(again!['ID']).not.toBe(invoice['ID']);
  });

  it('gives every row a new version when the division moves', async () => {
    await command(ledger, { kind: 'move-division' });
    expect(await since(ledger, last(rows))).toHaveLength(rows.length);
    const divisions = await ledger.api.json(`${ledger.base}/system/Divisions?$select=DivisionMoveDate`);
    expect(divisions.d.results[0]!['DivisionMoveDate']).toMatch(/^\/Date\(\d+\)\/$/);
  });

  it('changes an account by PUT and shows the change to the sync', async () => {
    const accounts = await since(ledger, '1', 'sync/CRM/Accounts', 'Timestamp,ID,Name,Status');
    expect(accounts.filter((row) => row['Status'] === null)).toHaveLength(1);
    const { ID: id } = accounts[0]!;
    const put = await ledger.api.send('PUT', `${ledger.base}/crm/Accounts(guid'${String(id)}')`, {
      Name: 'Nieuwe naam',
      Remarks: 'belt terug',
    });
    expect([put.status, await put.text()]).toEqual([204, '']);
    const changed = await since(ledger, last(accounts), 'sync/CRM/Accounts', 'ID,Name,Remarks,Email');
    expect(changed).toMatchObject([{ ID: id, Name: 'Nieuwe naam', Remarks: 'belt terug' }]);
  });

  it('writes a moment as Amsterdam wall time, as the recording has it', async () => {
    ledger.sandbox.setClock('2026-06-25T14:16:40.637Z', true);
    const api = caller(ledger.sandbox, (await connect(ledger.sandbox)).access_token);
    const note = await api.post(
      `${ledger.base}/activities/CommunicationNotes`,
      { Subject: 'x', Account: invoice['Account'] },
      { prefer: 'return=representation' },
    );
    expect(((await note.json()) as { d: Json }).d).toMatchObject({ Created: '/Date(1782404200637)/' });
    const me = await api.json('/api/v1/current/Me?$select=ServerTime,ServerUtcOffset');
    expect(me.d.results[0]).toMatchObject({ ServerTime: '2026-06-25T16:16:40', ServerUtcOffset: 7200 });
  });

  it('refuses what a ledger refuses, and only deletes what can be deleted', async () => {
    const { api, base } = ledger;
    const notes = `${base}/activities/CommunicationNotes`;
    const post = async (path: string, body: unknown): Promise<[number, string]> => {
      const response = await api.post(path, body);
      return [response.status, await response.text()];
    };
    const nobody = '00000000-0000-0000-0000-000000000000';
    expect(await post(notes, { Subject: 'x', Account: nobody })).toEqual([
      400,
      expect.stringContaining('Ongeldige verwijzing: Relatie'),
    ]);
    expect(await post(notes, { Subject: 'x'.repeat(256) })).toEqual([400, expect.stringContaining('Maximum lengte')]);
    expect(await post(notes, { Subject: 'x', Acount: nobody })).toEqual([
      400,
      expect.stringContaining("The property name 'Acount'"),
    ]);
    expect(await post(notes, { Subject: 'x', Account: 'no guid' })).toEqual([
      400,
      expect.stringContaining("'Edm.Guid'"),
    ]);
    expect(await post(`${base}/documents/Documents`, { Subject: 'x' })).toEqual([
      400,
      expect.stringContaining('Verplicht: Type'),
    ]);
    const wrongEntry = { Subject: 'x', Type: 55, FinancialTransactionEntryID: invoice['ID'] };
    expect((await post(`${base}/documents/Documents`, wrongEntry))[0]).toBe(400);
    const form = await fetch(ledger.sandbox.baseUrl + notes, { method: 'POST', body: 'Subject=x' });
    expect(form.status).toBe(401);
    const made = (await (await api.post(notes, { Subject: 'x' })).json()) as { d: Json };
    expect((await api.send('PUT', `${notes}(guid'${String(made.d['ID'])}')`, { Notes: 'y' })).status).toBe(405);
    await command(ledger, { kind: 'edit-note', note: String(made.d['ID']), text: 'by hand' });
    const edited = await api.json(`${notes}?$select=Notes&$filter=startswith(Subject,'x')`);
    expect(edited.d.results).toMatchObject([{ Notes: 'by hand' }]);
    const document = (await (await api.post(`${base}/documents/Documents`, { Subject: 'x', Type: 55 })).json()) as {
      d: Json;
    };
    const address = `${base}/documents/Documents(guid'${String(document.d['ID'])}')`;
    expect((await api.send('PUT', address, { Subject: 'y' })).status).toBe(204);
    expect((await api.json<{ d: Json }>(`${address}?$select=Subject,Type`)).d).toMatchObject({
      Subject: 'y',
      Type: 55,
    });
    expect((await api.send('DELETE', address)).status).toBe(204);
    expect((await api.get(address)).status).toBe(404);
  });

  it('refuses a command that cannot be played and changes nothing', async () => {
    const bad = await door(ledger.sandbox, 'POST', 'books', { kind: 'pay', receivable: 'nothing' });
    expect(bad.status).toBe(400);
    expect(await since(ledger, last(rows))).toEqual([]);
  });
});

describe('a stand-in with a state file', () => {
  it('still has its tokens, notes, versions and deletions after it was killed', async () => {
    const stateFile = join(await mkdtemp(join(tmpdir(), 'sandbox-')), 'exact.jsonl');
    const books = [await book(60, { debtors: 5 })];
    const before = await open({ stateFile, books });
    const rows = await since(before, '1');
    const invoice = rows.find((row) => row['Status'] === 20 && row['LineType'] === 20)!;
    await before.api.post(`${before.base}/activities/CommunicationNotes`, {
      Subject: 'kept',
      Account: invoice['Account'],
    });
    await command(before, { kind: 'pay', receivable: String(invoice['ID']) });
    await command(before, { kind: 'delete', receivable: String(rows[0]!['ID']) });
    const expected = await since(before, '1');

    // Nothing was closed: what follows reads what a kill -9 leaves behind, and other books handed in are not taken.
    const after = await start({ stateFile, books: [await book(10, { debtors: 2, seed: 5 })], quota: false });
    const ledger = { ...before, sandbox: after, api: caller(after, before.accessToken) };
    expect((await since(ledger, '1')).map(withoutAddress)).toEqual(expected.map(withoutAddress));
    const notes = await ledger.api.json(`${before.base}/activities/CommunicationNotes?$select=Subject`);
    expect(notes.d.results).toMatchObject([{ Subject: 'kept' }]);
    expect(await since(ledger, '1', 'sync/Deleted', 'EntityKey')).toMatchObject([{ EntityKey: rows[0]!['ID'] }]);
    await command(ledger, { kind: 'unmatch', receivable: String(invoice['ID']) });
    expect(await since(ledger, last(expected))).toMatchObject([{ ID: invoice['ID'], Status: 20 }]);
    await Promise.all([after.close(), before.sandbox.close()]);
  });
});
