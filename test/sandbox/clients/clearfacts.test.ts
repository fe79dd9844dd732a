import axios from 'axios';
import { GraphQLClient, gql } from 'graphql-request';
import type { AccessToken } from 'simple-oauth2';
import type { ClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { ALL_SCOPES, book, EXTENDED_SCOPES, start } from '../clearfacts/support.js';
import { authorise } from './authorise.js';

const PDF = new Blob([new Uint8Array(Buffer.from('%PDF-1.4\n<</Type /Page>>\n%%EOF'))], { type: 'application/pdf' });

describe('an ordinary GraphQL client at the stand-in of ClearFacts', () => {
  let sandbox: ClearFactsSandbox;
  afterEach(() => sandbox.close());

  const login = (scope: string): Promise<AccessToken> =>
    authorise(
      {
        client: { id: sandbox.clientId, secret: sandbox.clientSecret },
        auth: {
          tokenHost: sandbox.loginUrl,
          tokenPath: '/oauth2-server/token',
          authorizePath: '/oauth2-server/authorize',
        },
      },
      sandbox.users[0]!,
      { scope },
    );
  const client = (bearer: string): GraphQLClient =>
    new GraphQLClient(sandbox.apiUrl, { headers: { authorization: `Bearer ${bearer}` } });
  const state = async (): Promise<unknown> => (await axios.get(`${sandbox.baseUrl}/__sandbox/state?rows=0`)).data;

  /** Pages by offset until a page is not full, as the documentation tells to. */
  async function all<Row>(page: (offset: number) => Promise<readonly Row[]>): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const next = await page(rows.length);
      rows.push(...next);
      if (next.length < 100) return rows;
    }
  }

  it('authorises, pages through all customers, uploads a file and reads its payment state', async () => {
    sandbox = await start({ books: [await book(400, 230)] });
    const { token } = await login(ALL_SCOPES);
    const api = client(token.access_token);
    const { administrations } = await api.request<{ administrations: { name: string; companyNumber: string }[] }>(gql`
      {
        administrations {
          name
          companyNumber
        }
      }
    `);
    const { companyNumber } = administrations[0]!;
    const query = gql`
      query ($companyNumber: String, $offset: Int) {
        customers(companyNumber: $companyNumber, offset: $offset) {
          id
          name
        }
      }
    `;
    const customers = await all(async (offset) => (await api.request<{ customers: { id: string }[] }>(query, { companyNumber, offset })).customers); // prettier-ignore
    expect(new Set(customers.map(({ id }) => id)).size).toBe(230);

    // Uploads are a form with a file, which GraphQL libraries do not make.
    const form = new FormData();
    form.set('query', gql`
      mutation ($n: String, $f: String!) {
        uploadFile(companyNumber: $n, filename: $f, comment: "dank", invoicetype: SALE) {
          uuid
        }
      }
    `); // prettier-ignore
    form.set('variables', JSON.stringify({ n: companyNumber, f: 'factuur.pdf' }));
    form.set('file', PDF, 'factuur.pdf');
    const uploaded = await axios.post<{ data: { uploadFile: { uuid: string } } }>(sandbox.apiUrl, form, {
      headers: { authorization: `Bearer ${token.access_token}` },
    });
    const { uuid } = uploaded.data.data.uploadFile;
    const one = gql`
      query ($id: ID!) {
        document(id: $id) {
          comment
          ... on InvoiceDocument {
            paymentState
          }
        }
      }
    `;
    expect(await api.request(one, { id: uuid })).toEqual({ document: { comment: 'dank', paymentState: 'UNPAID' } });
    expect(await state()).toMatchObject({ administrations: [{ documents: [{ uuid, comment: 'dank' }] }] });
    await expect(api.request('{ salesInvoices(companyNumber: "1") { id } }')).rejects.toMatchObject({
      response: { status: 200, errors: [{ message: 'Cannot query field "salesInvoices" on type "Query".' }] },
    });
  });

  it('pages through the proposed open items, writes a note and a status, and renews its token', async () => {
    sandbox = await start({ profile: 'extended', books: [await book(250, 12)] });
    const granted = await login(EXTENDED_SCOPES);
    const renewed = await granted.refresh();
    const api = client(renewed.token.access_token);
    const n = sandbox.administrations[0]!.companyNumber;
    const query = gql`
      query ($n: String!, $offset: Int) {
        salesInvoices(companyNumber: $n, offset: $offset) {
          id
          customerId
          openAmount
        }
      }
    `;
    interface Invoice {
      id: string;
      customerId: string;
      openAmount: string;
    }
    const invoices = await all(async (offset) => (await api.request<{ salesInvoices: Invoice[] }>(query, { n, offset })).salesInvoices); // prettier-ignore
    expect(new Set(invoices.map(({ id }) => id)).size).toBe(250);
    const { id, customerId } = invoices.find(({ openAmount }) => Number(openAmount) > 0)!;
    const write = gql`
      mutation ($n: String!, $i: ID!, $c: ID!, $at: DateTime!) {
        addNote(companyNumber: $n, invoiceId: $i, customerId: $c, text: "Één & \\"€\\"", externalKey: "k1") {
          text
        }
        setDunningStatus(companyNumber: $n, invoiceId: $i, level: 1, status: "reminded", at: $at, externalKey: "k2") {
          id
        }
      }
    `;
    expect(await api.request(write, { n, i: id, c: customerId, at: '2026-11-20T09:00:00Z' })).toEqual({
      addNote: { text: 'Één & "€"' },
      setDunningStatus: { id },
    });
    expect(await state()).toMatchObject({
      administrations: [
        {
          notes: [{ invoiceId: id, text: 'Één & "€"', externalKey: 'k1' }],
          dunning: [{ invoiceId: id, level: 1, status: 'reminded', externalKey: 'k2' }],
        },
      ],
    });
  });
});
