import { systemClock } from '../../../src/kernel/index.js';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { book, caller, connect, start, wall, type Caller, type Json } from './support.js';

describe('the OData of the stand-in', () => {
  let sandbox: ExactOnlineSandbox;
  let api: Caller;
  let base: string;
  beforeAll(async () => {
    sandbox = await start({ quota: false, books: [await book(400, { debtors: 150 })] });
    api = caller(sandbox, (await connect(sandbox)).access_token);
    const me = await api.json('/api/v1/current/Me');
    base = `/api/v1/${String(me.d.results[0]!['CurrentDivision'])}`;
  });
  afterAll(() => sandbox.close());

  const refusal = async (path: string): Promise<[number, string]> => {
    const response = await api.get(base + path);
    return [response.status, await response.text()];
  };
  const message = async (path: string): Promise<[number, string]> => {
    const [status, text] = await refusal(path);
    return [status, (JSON.parse(text) as { error: { message: { value: string } } }).error.message.value];
  };
  const C18 = "Status eq 'C'";

  it('sends errors with CRLF and an empty code', async () => {
    expect(await refusal("/crm/Accounts?$filter=ID eq guid'dsadsds'")).toEqual([
      400,
      '{\r\n"error": {\r\n"code": "", "message": {\r\n"lang": "", "value": "Unrecognized \'Edm.Guid\' literal \'guid\'dsadsds\'\' in \'6\'."\r\n}\r\n}\r\n}',
    ]);
  });

  it.each([
    ['/cashflow/Receivables', 400, 'Please add a $select or a $top=1 statement to the query string.'],
    ['/bulk/Cashflow/Receivables?$filter=Status eq 20', 400, 'Please add a $select or a $top=1 statement to the query string.'],
    ['/bulk/Cashflow/Receivables?$select=ID&$filter=IsFullyPaid eq true', 400, 'Filtering on these fields is not supported: IsFullyPaid'],
    ['/sync/Cashflow/PaymentTerms?$select=ID&$filter=LineType eq 20', 400, 'Filtering on these fields is not supported: LineType'],
    ['/sync/Cashflow/PaymentTerms?$select=ID&$orderby=DueDate', 400, 'Ordering on this field is not supported: DueDate'],
    ["/crm/Accounts?$select=ID,name&$filter=Status eq 'C'", 400, "Type 'Exact.Web.Api.Models.CRM.Account' does not have a property named 'name' or there is no type with 'name' name."],
    ["/crm/Accounts?$filter=Nam eq 'x'", 400, "No property 'Nam' exists in type 'Exact.Web.Api.Models.CRM.Account' at position 0."],
    ["/crm/Accounts?$filter=ID eq 'x'", 400, "Operator 'eq' incompatible with operand types 'Edm.Guid' and 'Edm.String' at position 3."],
    ["/crm/Accounts?$filter=Created gt datetime'2026-01-01T00:00:00Z'", 400, "Unrecognized 'Edm.DateTime' literal 'datetime'2026-01-01T00:00:00Z'' in '11'."],
    ['/crm/Nothing', 404, "Resource not found for the segment 'Nothing'."],
    ["/crm/Accounts(guid'00000000-0000-0000-0000-000000000000')", 404, "Resource not found for the segment 'Accounts'."],
  ])('refuses %s', async (path, status, text) => {
    expect(await message(path)).toEqual([status, text]);
  }); // prettier-ignore

  it('wants a filter where there is a sync twin', async () => {
    const [status, text] = await message('/crm/Accounts?$select=ID');
    expect(status).toBe(400);
    expect(text).toMatch(
      /^This endpoint has mandatory filtering applied\. A GET request for this endpoint must have a \$filter parameter with one of the following fields in the url:Accountant,AccountManager,/,
    );
  });

  it('pages by sixty with the key as token, and lowers $top', async () => {
    const first = await api.json(`${base}/crm/Accounts?$select=ID,Code&$filter=${C18}&$top=100`);
    expect(first.d.results).toHaveLength(60);
    const last = String(first.d.results.at(-1)!['ID']);
    expect(first.d.__next).toBe(
      `${sandbox.baseUrl}${base}/crm/Accounts?$select=ID,Code&$filter=Status%20eq%20'C'&$top=40&$skiptoken=guid'${last}'`,
    );
    const second = (await api.json<{ d: Json[] }>(first.d.__next!)).d;
    expect(second).toHaveLength(40);
    expect(new Set([...first.d.results, ...second].map((row) => row['ID'])).size).toBe(100);
  });

  it('puts the order before the key in the token and encodes its colons', async () => {
    let next: string | undefined = `${base}/crm/Accounts?$select=Name,Modified&$filter=${C18}&$orderby=Modified asc`;
    const names: unknown[] = [];
    const times: string[] = [];
    while (next !== undefined) {
      const page: { d: { results: Json[]; __next?: string } } = await api.json(next);
      names.push(...page.d.results.map((row) => row['Name']));
      times.push(...page.d.results.map((row) => wall(row['Modified'])));
      next = page.d.__next;
      if (next !== undefined)
        expect(next).toMatch(
          /\$orderby=Modified%20asc&\$skiptoken=datetime'\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d(\.\d+)?',guid'[0-9a-f-]{36}'$/,
        );
    }
    expect(names).toHaveLength(150);
    expect(times).toEqual([...times].sort());
  });

  it('answers a bare array for a $top within one page, an object for one entity, and counts', async () => {
    const few = await api.json<{ d: Json[] }>(`${base}/crm/Accounts?$select=ID&$filter=${C18}&$top=5`);
    expect(Array.isArray(few.d)).toBe(true);
    expect(few.d).toHaveLength(5);
    const id = String(few.d[0]!['ID']);
    const one = await api.json<{ d: Json }>(`${base}/crm/Accounts(guid'${id}')?$select=ID,Country,BankAccounts`);
    const uri = `${sandbox.baseUrl}${base}/crm/Accounts(guid'${id}')`;
    expect(one.d).toEqual({
      __metadata: { uri, type: 'Exact.Web.Api.Models.CRM.Account' },
      ID: id,
      Country: expect.stringMatching(/^(NL|BE) $/),
      BankAccounts: { __deferred: { uri: `${uri}/BankAccounts` } },
    });
    const counted = await api.json<{ d: { __count: string } }>(
      `${base}/crm/Accounts?$select=ID&$filter=${C18}&$inlinecount=allpages`,
    );
    expect(counted.d.__count).toBe('150');
    const bare = await api.get(`${base}/crm/Accounts/$count?$filter=${C18}`, { accept: '' });
    expect(await bare.text()).toBe('150');
    expect((await api.get(`${base}/crm/Accounts/$count?$filter=${C18}`)).status).toBe(415);
  });

  it('filters as the service does', async () => {
    const count = async (path: string, filter: string): Promise<number> => {
      const rows = await api.json(`${base}/${path}&$filter=${encodeURIComponent(filter)}&$inlinecount=allpages`);
      return Number((rows.d as unknown as { __count: string }).__count);
    };
    const accounts = 'crm/Accounts?$select=ID,Code,Name';
    const all = await api.json(`${base}/${accounts}&$filter=${C18}`);
    const { Code, Name } = all.d.results[0] as { Code: string; Name: string };
    expect(Code).toHaveLength(18);
    expect(await count(accounts, `Code eq '${Code}'`)).toBe(1);
    expect(await count(accounts, `Code eq '${Code.trim()}'`)).toBe(0);
    expect(await count(accounts, `trim(Code) eq '${Code.trim()}'`)).toBe(1);
    const quoted = Name.replaceAll("'", "''");
    expect(await count(accounts, `substringof('${quoted}',Name) eq true`)).toBeGreaterThanOrEqual(1);
    expect(await count(accounts, `startswith(Name,'${quoted}') and Blocked eq false`)).toBeGreaterThanOrEqual(1);
    const receivables = 'bulk/Cashflow/Receivables?$select=ID';
    const open = await count(receivables, 'Status eq 20');
    const matched = await count(receivables, 'Status eq 50');
    const before = await count(receivables, "InvoiceDate lt datetime'2999-01-01'");
    expect(open + matched).toBe(before);
    expect(await count(receivables, 'not (Status eq 20) or InvoiceNumber eq 0')).toBe(matched);
    expect(await count(receivables, 'Status ne 20 and (InvoiceNumber ge 1 and InvoiceNumber le 2)')).toBe(0);
  });

  it('lists contacts, and refuses every field of them at once on the sync', async () => {
    const path = '/sync/CRM/Contacts?$filter=Timestamp gt 1L&$select=';
    expect(await message(`${path}*`)).toEqual([400, '$select=* is not supported for this resource.']);
    const rows = (await api.json(`${base}${path}ID,Account,FullName`)).d.results;
    expect(rows.length).toBeGreaterThan(0);
    const one = rows[0]!;
    const found = await api.json<{ d: Json }>(
      `${base}/crm/Contacts(guid'${String(one['ID'])}')?$select=FullName,Account`,
    );
    expect(found.d).toMatchObject({ FullName: one['FullName'], Account: one['Account'] });
    const account = await api.json<{ d: Json }>(
      `${base}/crm/Accounts(guid'${String(one['Account'])}')?$select=MainContact`,
    );
    expect(account.d['MainContact']).toBe(one['ID']);
  });

  it('can turn the two signs that sources contradict each other on', async () => {
    const other = await start({ quota: false, receivablesListSign: 'negative', settledAmount: 'zero' });
    const turned = caller(other, (await connect(other)).access_token);
    const { CurrentDivision: code } = (await turned.json('/api/v1/current/Me')).d.results[0]!;
    const list = await turned.json(`/api/v1/${String(code)}/read/financial/ReceivablesList?$select=Amount`);
    const sum = list.d.results.reduce((total, row) => total + Number(row['Amount']), 0);
    expect(sum).toBeLessThan(0);
    const settled = await turned.json(
      `/api/v1/${String(code)}/bulk/Cashflow/Receivables?$select=AmountDC&$filter=Status eq 50`,
    );
    expect(new Set(settled.d.results.map((row) => row['AmountDC']))).toEqual(new Set([0]));
    await other.close();
  });

  it('answers Atom to a client that does not ask for JSON', async () => {
    const response = await api.get(`${base}/system/Divisions?$select=Code`, { accept: '*/*' });
    expect(response.headers.get('content-type')).toContain('application/atom+xml');
    expect(await response.text()).toContain('<m:properties><d:Code>');
  });

  it('lists what is open with the signs of the reference', async () => {
    const list = await api.json(`${base}/read/financial/ReceivablesList?$select=HID,Amount,InvoiceNumber,AccountCode`);
    const row = list.d.results.find((each) => Number(each['Amount']) > 0)!;
    expect(row['HID']).toMatch(/^\d+$/);
    const one = await api.json(
      `${base}/cashflow/Receivables?$select=AmountDC,TransactionAmountDC,TransactionType,Status,AccountCode&$filter=InvoiceNumber eq ${String(row['InvoiceNumber'])}`,
    );
    expect(one.d.results[0]).toMatchObject({ TransactionType: 20, Status: 20, AmountDC: -Number(row['Amount']) });
    expect(Number(one.d.results[0]!['TransactionAmountDC'])).toBeGreaterThanOrEqual(Number(row['Amount']));
  });

  it('says what the user may, gives a start point by date, and hides what he may not', async () => {
    const rights = await api.json<{ d: Json }>(`${base}/users/UserHasRights?endpoint='crm/Accounts'&action='GET'`);
    expect(rights.d['UserHasRights']).toBe(true);
    const stamp = await api.json<{ d: Json }>(
      `${base}/read/sync/Sync/SyncTimestamp?modified=datetime'2999-01-01T00:00:00'&endPoint='PaymentTerms'`,
    );
    const after = await api.json(
      `${base}/sync/Cashflow/PaymentTerms?$select=ID&$filter=Timestamp gt ${String(stamp.d['TimeStampAsBigInt'])}L`,
    );
    expect(after.d.results).toEqual([]);
    const user = { userName: 'clerk', password: 'x', missingRights: ['read/financial/ReceivablesList'] };
    const limited = await createExactOnlineSandbox({
      clock: systemClock,
      books: [await book(30, { debtors: 3 })],
      users: [user],
      missingScopes: ['organization.administration'],
    });
    const clerk = caller(limited, (await connect(limited)).access_token);
    const { CurrentDivision: code } = (await clerk.json('/api/v1/current/Me')).d.results[0]!;
    const list = await clerk.json(`/api/v1/${String(code)}/read/financial/ReceivablesList`);
    expect(list.d.results).toEqual([]);
    const divisions = await clerk.get(`/api/v1/${String(code)}/system/Divisions`);
    expect(divisions.status).toBe(403);
    expect(await divisions.text()).toContain(
      "Forbidden - Application Scope Violated. Cannot read 'organization.administration' scope.",
    );
    expect((await clerk.get('/api/v1/1/crm/Accounts')).status).toBe(403);
    await limited.close();
  });
});
