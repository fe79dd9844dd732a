import axios, { create, type AxiosInstance } from 'axios';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import { book } from '../exact-online/support.js';
import { authorise } from './authorise.js';

const NOW = '2026-11-20T09:00:00.000Z';
const PDF = Buffer.from('%PDF-1.4 a reminder');

type Row = Record<string, unknown>;
interface Page {
  readonly d: { readonly results: readonly Row[]; readonly __next?: string };
}

/** Follows `d.__next` until there is none, as every OData v2 client does. */
async function all(http: AxiosInstance, path: string, params: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = [];
  let { d } = (await http.get<Page>(path, { params })).data;
  for (;;) {
    rows.push(...d.results);
    if (d.__next === undefined) return rows;
    ({ d } = (await http.get<Page>(d.__next)).data);
  }
}

describe('an ordinary OData client at the stand-in of Exact Online', () => {
  let sandbox: ExactOnlineSandbox;
  beforeAll(async () => {
    sandbox = await createExactOnlineSandbox({ books: [await book(500, { debtors: 80 })], clock: fixedClock(NOW) });
  });
  afterAll(() => sandbox.close());

  const library = (authorizationMethod: 'header' | 'body') => ({
    client: { id: sandbox.clientId, secret: sandbox.clientSecret },
    auth: { tokenHost: sandbox.baseUrl, tokenPath: '/api/oauth2/token', authorizePath: '/api/oauth2/auth' },
    options: { authorizationMethod },
  });
  const client = (accessToken: string): AxiosInstance =>
    create({
      baseURL: sandbox.baseUrl,
      headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' },
    });
  const state = async (): Promise<{ divisions: { counts: Record<string, number>; notes: Row[]; documents: Row[]; attachments: Row[] }[] }> => (await axios.get(`${sandbox.baseUrl}/__sandbox/state`)).data; // prettier-ignore

  it('authorises, pages through everything, reads one of it, and writes a note, a document and its file', async () => {
    const granted = await authorise(library('body'), sandbox.users[0]!);
    expect(granted.expired()).toBe(false);
    const http = client(granted.token.access_token);
    const me = (await http.get<Page>('/api/v1/current/Me', { params: { $select: 'CurrentDivision' } })).data;
    const base = `/api/v1/${String(me.d.results[0]!['CurrentDivision'])}`;

    const $select = 'ID,Account,AccountName,InvoiceNumber,DueDate,AmountDC,TransactionEntryID';
    const open = await all(http, `${base}/cashflow/Receivables`, { $select, $filter: 'Status eq 20' });
    const [books] = (await state()).divisions;
    expect(open).toHaveLength(books!.counts['open']!);
    const accounts = await all(http, `${base}/crm/Accounts`, {
      $select: 'ID,Code,Name',
      $filter: "Status eq 'C'",
      $orderby: 'Name',
    });
    expect(new Set(accounts.map((row) => row['ID'])).size).toBe(80);
    const synced = await all(http, `${base}/sync/Cashflow/PaymentTerms`, {
      $select: 'ID,LineType,Timestamp',
      $filter: 'Timestamp gt 1L',
    });
    expect(synced.filter((row) => row['LineType'] === 20)).toHaveLength(500);

    const item = open[0]!;
    const one = await http.get<{ d: Row }>(`${base}/crm/Accounts(guid'${String(item['Account'])}')`, {
      params: { $select: 'Name,Email' },
    });
    expect(one.data.d['Name']).toBe(item['AccountName']);

    const prefer = { headers: { Prefer: 'return=representation' } };
    const about = { Account: item['Account'], Subject: 'Herinnering' };
    const note = await http.post<{ d: Row }>(`${base}/activities/CommunicationNotes`, { ...about, Notes: 'Één "€" & <b>' }, prefer); // prettier-ignore
    expect([note.status, note.data.d['Notes']]).toEqual([201, 'Één "€" & <b>']);
    const document = await http.post<{ d: Row }>(
      `${base}/documents/Documents`,
      { ...about, Type: 55, FinancialTransactionEntryID: item['TransactionEntryID'] },
      prefer,
    );
    const file = { Document: document.data.d['ID'], FileName: 'herinnering.pdf', Attachment: PDF.toString('base64') };
    const attachment = await http.post<{ d: Row }>(`${base}/documents/DocumentAttachments`, file, prefer);
    const downloaded = await http.get(`${String(attachment.data.d['Url'])}&Download=1`, {
      responseType: 'arraybuffer',
    });
    expect(Buffer.from(downloaded.data as ArrayBuffer)).toEqual(PDF);
    const changed = await http.put(`${base}/crm/Accounts(guid'${String(item['Account'])}')`, { Remarks: 'Gebeld.' });
    expect([changed.status, changed.data]).toEqual([204, '']);

    expect((await state()).divisions[0]).toMatchObject({
      accounts: [{ id: item['Account'], written: { Remarks: 'Gebeld.' } }],
      notes: [{ account: item['Account'], subject: 'Herinnering', notes: 'Één "€" & <b>' }],
      documents: [{ subject: 'Herinnering', financialTransactionEntryID: item['TransactionEntryID'] }],
      attachments: [{ fileName: 'herinnering.pdf', bytes: PDF.length }],
    });
  });

  it('renews its token in either way of showing who it is, and hears why not', async () => {
    for (const [index, method] of (['body', 'header'] as const).entries()) {
      const start = Date.parse(NOW) + (index + 1) * 3_600_000;
      sandbox.setClock(new Date(start).toISOString(), true);
      const first = await authorise(library(method), sandbox.users[0]!);
      await expect(first.refresh()).rejects.toMatchObject({ output: { statusCode: 400 }, data: { payload: { error: 'access_denied' } } }); // prettier-ignore
      sandbox.setClock(new Date(start + 570_000).toISOString(), true);
      const second = await first.refresh();
      expect(second.token.refresh_token).not.toBe(first.token.refresh_token);
      expect((await client(second.token.access_token).get('/api/v1/current/Me')).status).toBe(200);
      await expect(client(first.token.access_token).get('/api/v1/current/Me')).rejects.toMatchObject({ response: { status: 401 } }); // prettier-ignore
      await expect(first.refresh()).rejects.toMatchObject({ output: { statusCode: 401 }, data: { payload: { error: 'unauthorized_client' } } }); // prettier-ignore
    }
  });
});
