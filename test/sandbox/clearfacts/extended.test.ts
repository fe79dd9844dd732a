import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClientSchema, getIntrospectionQuery, validate, parse, type IntrospectionQuery } from 'graphql';
import type { ClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { ask, book, connect, door, EXTENDED_SCOPES, start, type Json } from './support.js';

const INVOICES = `query ($n: String!, $since: DateTime, $offset: Int, $first: Int) {
  salesInvoices(companyNumber: $n, modifiedSince: $since, offset: $offset, first: $first) {
    id number kind customerId amount openAmount paymentState modifiedAt deleted
  }
}`;
const ADD_NOTE = `mutation ($n: String!, $c: ID, $t: String!, $k: String!) {
  addNote(companyNumber: $n, customerId: $c, text: $t, externalKey: $k) { id text externalKey }
}`;
const SET_STATUS = `mutation ($n: String!, $i: ID!, $k: String!) {
  setDunningStatus(companyNumber: $n, invoiceId: $i, level: 2, status: "formal-notice", at: "2026-11-20T09:00:00Z", externalKey: $k) { id }
}`;

interface Invoice {
  id: string;
  openAmount: string;
  modifiedAt: string;
  deleted: boolean;
  paymentState: string;
}

describe('the proposed extension of ClearFacts', () => {
  let sandbox: ClearFactsSandbox;
  let bearer: string;
  let n: string;
  beforeEach(async () => {
    sandbox = await start({ profile: 'extended', books: [await book(250, 12)] });
    bearer = (await connect(sandbox, EXTENDED_SCOPES)).access_token;
    n = sandbox.administrations[0]!.companyNumber;
  });
  afterEach(() => sandbox.close());

  const list = async (variables: Json = {}): Promise<Invoice[]> => {
    const { data } = await ask<{ salesInvoices: Invoice[] }>(sandbox, bearer, INVOICES, { n, ...variables });
    return data!.salesInvoices;
  };

  it('tells its schema to a client that asks, and that client can write its own queries', async () => {
    const { data } = await ask(sandbox, bearer, getIntrospectionQuery());
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);
    expect(validate(schema, parse(INVOICES))).toEqual([]);
    expect(Object.keys(schema.getQueryType()!.getFields())).toHaveLength(15);
    const { data: typed } = await ask(sandbox, bearer, '{ __typename administrations { __typename companyNumber } }');
    expect(typed).toEqual({
      __typename: 'Query',
      administrations: [{ __typename: 'Administration', companyNumber: n }],
    });
  });

  it('pages in the order of change, a hundred at most, and from a moment on', async () => {
    const pages = [await list({ first: 500 }), await list({ offset: 100 }), await list({ offset: 200 })];
    expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
    const all = pages.flat();
    expect(new Set(all.map(({ id }) => id)).size).toBe(250);
    expect(all.map(({ modifiedAt }) => modifiedAt)).toEqual(all.map(({ modifiedAt }) => modifiedAt).sort());
    const last = all.at(-1)!;
    expect((await list({ since: last.modifiedAt })).at(-1)).toEqual(last);
  });

  it('shows a payment, a part payment and a deletion as later changes, never at one moment', async () => {
    const all = (await Promise.all([0, 100, 200].map((offset) => list({ offset })))).flat();
    const open = all.filter(({ openAmount }) => Number(openAmount) > 20);
    const since = '2026-11-20T09:00:30.000Z';
    await door(sandbox, 'POST', 'books', { kind: 'pay', receivable: open[0]!.id });
    await door(sandbox, 'POST', 'books', { kind: 'part-pay', receivable: open[1]!.id, amount: '12.50' });
    await door(sandbox, 'POST', 'books', { kind: 'delete', receivable: open[2]!.id });
    const changed = await list({ since });
    expect(changed.map(({ id, paymentState, deleted }) => [id, paymentState, deleted])).toEqual([
      [open[0]!.id, 'PAID', false],
      [open[1]!.id, 'PARTIALLY_PAID', false],
      [open[2]!.id, 'UNPAID', true],
    ]);
    expect(Number(changed[1]!.openAmount)).toBeCloseTo(Number(open[1]!.openAmount) - 12.5, 2);
    expect(new Set(changed.map(({ modifiedAt }) => modifiedAt)).size).toBe(3);
    const query = 'query ($n: String!, $s: DateTime) { payments(companyNumber: $n, modifiedSince: $s) { amount allocations { invoiceId amount } } }'; // prettier-ignore
    const { data } = await ask(sandbox, bearer, query, { n, s: since });
    expect(data).toMatchObject({ payments: [{ allocations: [{ invoiceId: open[0]!.id }] }, { amount: '12.50' }] });
  });

  it('takes a note once, however often it is sent with one key', async () => {
    const { data } = await ask<{ customerDetails: { id: string }[] }>(sandbox, bearer, 'query ($n: String!) { customerDetails(companyNumber: $n, first: 1) { id } }', { n }); // prettier-ignore
    const note = { n, c: data!.customerDetails[0]!.id, t: 'Herinnering 1', k: 'key-1' };
    const once = await ask(sandbox, bearer, ADD_NOTE, note);
    expect(once).toMatchObject({ data: { addNote: { text: 'Herinnering 1', externalKey: 'key-1' } } });
    expect(await ask(sandbox, bearer, ADD_NOTE, { ...note, t: 'something else' })).toEqual(once);
    expect(await ask(sandbox, bearer, ADD_NOTE, { ...note, c: 'nobody', k: 'key-2' })).toEqual({
      errors: [{ message: 'Customer not found.' }],
      data: null,
    });
    expect(sandbox.state()).toMatchObject({ administrations: [{ counts: { notes: 1 } }] });
  });

  it('refuses what the consent does not cover, field by field', async () => {
    const few = (await connect(sandbox, 'openid read_administrations')).access_token;
    const { errors } = await ask(sandbox, few, INVOICES, { n });
    expect(errors).toEqual([{ message: 'Access denied: scope invoice_read is missing.' }]);
    expect((await ask(sandbox, few, '{ administrations { name } }')).errors).toBeUndefined();
  });

  it('can be without a part of it', async () => {
    const less = await start({ profile: 'extended', missingFields: ['payments', 'addNote'] });
    const own = (await connect(less, EXTENDED_SCOPES)).access_token;
    expect((await ask(less, own, '{ payments(companyNumber: "1") { id } }')).errors).toEqual([{ message: 'Cannot query field "payments" on type "Query".' }]); // prettier-ignore
    expect((await ask(less, own, ADD_NOTE, {})).errors![0]!.message).toMatch(/^Cannot query field "addNote"/);
    await less.close();
  });

  it('is the same after a restart: tokens, books, notes and statuses, and no token in the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clearfacts-'));
    const options = {
      profile: 'extended',
      stateFile: join(folder, 'state', 'file'),
      books: [await book(30, 4)],
    } as const;
    const first = await start(options);
    const own = await connect(first, EXTENDED_SCOPES);
    const [invoice] = options.books[0]!.receivables.filter(({ openMinor }) => openMinor > 0);
    const ids = { n: first.administrations[0]!.companyNumber, i: invoice!.id, c: invoice!.debtorId };
    await ask(first, own.access_token, SET_STATUS, { ...ids, k: 'status-1' });
    await ask(first, own.access_token, ADD_NOTE, { ...ids, t: 'x', k: 'note-1' });
    first.applyBookCommand({ kind: 'pay', receivable: invoice!.id });
    const before = first.state();
    await first.close();
    const second = await start({ ...options, books: [await book(30, 4)] });
    expect(second.state()).toEqual(before);
    expect(before).toMatchObject({ administrations: [{ dunning: [{ level: 2, externalKey: 'status-1' }], counts: { notes: 1 } }] }); // prettier-ignore
    expect((await ask(second, own.access_token, '{ administrations { name } }')).errors).toBeUndefined();
    const file = await readFile(options.stateFile, 'utf8');
    for (const secret of [own.access_token, own.id_token, own.refresh_token!]) expect(file).not.toContain(secret);
    await second.close();
    await rm(folder, { recursive: true });
  });
});

describe('the doors of ClearFacts', () => {
  it('logs fields behind the path, never a body or a token, and plays a fault on one of them', async () => {
    const sandbox = await start();
    const { access_token: bearer } = await connect(sandbox);
    const n = sandbox.administrations[0]!.companyNumber;
    await door(sandbox, 'POST', 'faults', { kind: 'reject', match: '#customers', message: 'Even niet.' });
    const query = 'query ($companyNumber: String) { customers(companyNumber: $companyNumber) { id } }';
    expect((await ask(sandbox, bearer, '{ administrations { name } }')).errors).toBeUndefined();
    expect(await ask(sandbox, bearer, query, { companyNumber: n })).toEqual({
      errors: [{ message: 'Even niet.' }],
      data: { customers: null },
    });
    const log = await (await door(sandbox, 'GET', 'requests')).text();
    expect(JSON.parse(log)).toMatchObject({ requests: expect.arrayContaining([expect.objectContaining({ path: '/graphql#customers', tenant: n, fault: 'reject' })]) }); // prettier-ignore
    expect(log).not.toContain(bearer);
    await sandbox.close();
  });
});
