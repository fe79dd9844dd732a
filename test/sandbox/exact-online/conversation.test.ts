import type { ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { book, caller, connect, door, start, wall, type Json } from './support.js';

const PDF = Buffer.from('%PDF-1.4 reminder of the sandbox test');

describe('a conversation with the stand-in of Exact Online', () => {
  let sandbox: ExactOnlineSandbox;
  beforeAll(async () => {
    sandbox = await start({ books: [await book(2_466), await book(20, { debtors: 3, seed: 9 }).then(second)] });
  });
  afterAll(() => sandbox.close());

  it('goes from login to a note, a document and a file in the books', async () => {
    const tokens = await connect(sandbox);
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: '600' });
    const api = caller(sandbox, tokens.access_token);

    const me = await api.json('/api/v1/current/Me?$select=CurrentDivision,Legislation,ServerUtcOffset');
    expect(me.d.results).toHaveLength(1);
    const code = me.d.results[0]!['CurrentDivision'];
    expect(me.d.results[0]).toMatchObject({ Legislation: '128', __metadata: { type: 'Exact.Web.Api.System.Me' } });

    const divisions = await api.json(`/api/v1/${String(code)}/system/Divisions?$select=Code,Description,Country,Hid`);
    expect(divisions.d.results.map((row) => row['Code'])).toEqual([code, Number(code) + 1]);
    expect(divisions.d.results[0]).toMatchObject({ Country: 'NL ', Hid: '1' });

    const terms = await followTerms(api, Number(code));
    expect(terms.pages).toBe(3);
    const sales = terms.rows.filter((row) => row['LineType'] === 20);
    expect(sales).toHaveLength(2_466);
    const open = sales.filter((row) => row['Status'] === 20);
    const total = open.reduce((sum, row) => sum - Math.round(Number(row['AmountDC']) * 100), 0);
    const state = (await (await door(sandbox, 'GET', `state?division=${String(code)}`)).json()) as State;
    expect({ open: open.length, total }).toEqual({
      open: state.divisions[0]!.counts['open'],
      total: state.divisions[0]!.openMinor['EUR'],
    });

    await writeReminder(api, `/api/v1/${String(code)}`, open[0]!);
    const after = (await (await door(sandbox, 'GET', 'state?rows=0')).json()) as State;
    expect(after.tokens).toBe(1);
    expect(after.divisions[0]).toMatchObject({
      notes: [{ account: open[0]!['Account'], subject: 'Herinnering 1', notes: 'Gestuurd "per" e-mail' }],
      documents: [{ financialTransactionEntryID: open[0]!['TransactionEntryID'], type: 55 }],
      attachments: [{ fileName: 'herinnering.pdf', bytes: PDF.length, base64Length: PDF.toString('base64').length }],
    });
    const log = (await (await door(sandbox, 'GET', 'requests')).json()) as { requests: Json[] };
    expect(log.requests.at(-1)).toMatchObject({ method: 'GET', status: 200 });
    expect(JSON.stringify(log)).not.toContain(tokens.access_token);
  });
});

interface State {
  tokens: number;
  divisions: { counts: Record<string, number>; openMinor: Record<string, number> }[];
}

function second<T extends { code: number }>(each: T): T {
  return { ...each, code: each.code + 1 };
}

async function followTerms(api: ReturnType<typeof caller>, division: number): Promise<{ rows: Json[]; pages: number }> {
  const fields =
    'Timestamp,ID,Account,AmountDC,TransactionAmountDC,Status,LineType,DueDate,TransactionEntryID,InvoiceDate';
  let next: string | undefined =
    `/api/v1/${division}/sync/Cashflow/PaymentTerms?$select=${fields}&$filter=Timestamp gt 1L`;
  const rows: Json[] = [];
  let pages = 0;
  while (next !== undefined) {
    const body: { d: { results: Json[]; __next?: string } } = await api.json(next);
    rows.push(...body.d.results);
    pages += 1;
    next = body.d.__next;
    if (next !== undefined) {
      const last = String(body.d.results.at(-1)!['Timestamp']);
      expect(body.d.results).toHaveLength(1_000);
      expect(next).toMatch(new RegExp(`\\$select=${fields}&\\$filter=Timestamp%20gt%201L&\\$skiptoken=${last}L$`));
    }
  }
  const stamps = rows.map((row) => BigInt(String(row['Timestamp'])));
  expect(stamps.every((stamp, index) => index === 0 || stamp > stamps[index - 1]!)).toBe(true);
  expect(typeof rows[0]!['Timestamp']).toBe('string');
  expect(rows.every((row) => wall(row['DueDate']).endsWith('T00:00:00.000Z'))).toBe(true);
  return { rows, pages };
}

async function writeReminder(api: ReturnType<typeof caller>, base: string, term: Json): Promise<void> {
  const note = await api.post(
    `${base}/activities/CommunicationNotes`,
    { Account: term['Account'], Subject: 'Herinnering 1', Notes: 'Gestuurd "per" e-mail' },
    { prefer: 'return=representation' },
  );
  expect(note.status).toBe(201);
  expect(((await note.json()) as { d: Json }).d).toMatchObject({
    Subject: 'Herinnering 1',
    Status: 20,
    Opportunity: null,
  });
  const types = await api.json(`${base}/documents/DocumentTypes?$select=ID,Description,DocumentIsCreatable`);
  const type = types.d.results.find((row) => row['Description'] === 'Diversen')!['ID'];
  const made = await api.post(`${base}/documents/Documents`, {
    Subject: 'Herinnering 1',
    Type: type,
    Account: term['Account'],
    FinancialTransactionEntryID: term['TransactionEntryID'],
    DocumentDate: '2026-06-25',
  });
  const document = ((await made.json()) as { d: Json }).d;
  // Without Prefer every property but the key comes back empty.
  expect({ subject: document['Subject'], type: document['Type'] }).toEqual({ subject: null, type: null });
  const file = await api.post(
    `${base}/documents/DocumentAttachments`,
    { Document: document['ID'], FileName: 'herinnering.pdf', Attachment: PDF.toString('base64') },
    { prefer: 'return=representation' },
  );
  const attachment = ((await file.json()) as { d: Json }).d;
  expect(attachment).toMatchObject({ Attachment: null, FileSize: PDF.length });
  const download = await api.get(`${String(attachment['Url'])}&Download=1`);
  expect(Buffer.from(await download.arrayBuffer())).toEqual(PDF);
  const back = await api.json<{ d: Json }>(`${base}/documents/Documents(guid'${String(document['ID'])}')`);
  expect(wall(back.d['DocumentDate'])).toBe('2026-06-25T00:00:00.000Z');
}
