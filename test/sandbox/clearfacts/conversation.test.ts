import { companyNumberOf, type ClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { ask, book, connect, door, start, upload, type Json } from './support.js';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type /Pages /Count 2>>\n<</Type /Page>>\n<</Type/Page>>\n%%EOF');
const UPLOAD = `mutation upload($number: String, $filename: String!, $comment: String, $tags: [String], $type: InvoiceTypeArgument) {
  uploadFile(companyNumber: $number, filename: $filename, comment: $comment, tags: $tags, invoicetype: $type) {
    uuid name amountOfPages comment tags
  }
}`;

describe('a conversation with the public API of ClearFacts', () => {
  let sandbox: ClearFactsSandbox;
  let bearer: string;
  let number: string;
  beforeAll(async () => {
    sandbox = await start();
    bearer = (await connect(sandbox)).access_token;
    number = sandbox.administrations[0]!.companyNumber;
  });
  afterAll(() => sandbox.close());

  it('numbers administrations as the Belgian register does', () => {
    expect(number).toMatch(/^0\d{9}$/);
    expect(97 - (Number(number.slice(0, 8)) % 97)).toBe(Number(number.slice(8)));
    // 0403.227.515 and 0417.497.106 are numbers of the register.
    expect(companyNumberOf({ code: 4_032_275 })).toBe('0403227515');
    expect(companyNumberOf({ code: 4_174_971 })).toBe('0417497106');
  });

  it('lists administrations, accountant, journals and archive categories', async () => {
    const { data, errors } = await ask(
      sandbox,
      bearer,
      `query ($n: String) {
        administrations(offset: 0, first: 5) { name companyNumber companyType accountManager emails { type emailAddress } address { streetAddress country { iso2 name } } }
        accountant { name companyNumber email }
        journals(companyNumber: $n) { id name creditNote }
        archiveCategories(vatnumber: $n) { various { id name } permanent { id name } }
        associates { id email }
      }`,
      { n: number },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      administrations: [{ name: 'Lindeboom BV', companyNumber: number, address: { country: { iso2: 'BE' } } }],
      journals: expect.arrayContaining([{ id: 'CFAK', name: 'ClearFacts Aankopen', creditNote: false }]),
      archiveCategories: { various: expect.arrayContaining([{ id: '12', name: 'Openpost' }]) },
    });
  });

  it('knows a number with and without its prefix, and no other', async () => {
    const query = 'query ($n: String!) { administration(companyNumber: $n) { companyNumber } }';
    for (const n of [number, `BE${number}`, `BE ${number.slice(0, 4)}.${number.slice(4, 7)}.${number.slice(7)}`])
      expect((await ask(sandbox, bearer, query, { n })).data).toEqual({ administration: { companyNumber: number } });
    expect(await ask(sandbox, bearer, query, { n: '0403227515' })).toEqual({
      errors: [{ message: 'Administration not found.' }],
      data: { administration: null },
    });
  });

  it('takes a file, counts its pages, keeps the comment, and tells its payment state by its id alone', async () => {
    const variables = { number, filename: 'factuur.pdf', comment: 'Voor april', type: 'SALE' };
    const first = JSON.parse(await upload(sandbox, bearer, { query: UPLOAD, variables, file: PDF })) as { data: { uploadFile: Json } }; // prettier-ignore
    const { uuid } = first.data.uploadFile as { uuid: string };
    expect(first.data.uploadFile).toEqual({ uuid, name: 'factuur.pdf', amountOfPages: 2, comment: 'Voor april', tags: [] }); // prettier-ignore
    const query = 'query ($id: ID!) { document(id: $id) { __typename date comment ... on InvoiceDocument { type paymentState } } }'; // prettier-ignore
    const document = { __typename: 'InvoiceDocument', date: '2026-11-20', comment: 'Voor april', type: 'SALE' };
    expect((await ask(sandbox, bearer, query, { id: uuid })).data).toEqual({ document: { ...document, paymentState: 'UNPAID' } }); // prettier-ignore
    await door(sandbox, 'POST', 'books', { kind: 'mark-document', document: uuid, paymentState: 'PAID' });
    expect((await ask(sandbox, bearer, query, { id: uuid })).data).toEqual({ document: { ...document, paymentState: 'PAID' } }); // prettier-ignore
    // The same file once more is a second document.
    await upload(sandbox, bearer, { query: UPLOAD, variables, file: PDF });
    const state = (await (await door(sandbox, 'GET', 'state?rows=0')).json()) as { administrations: { documents: Json[] }[] }; // prettier-ignore
    expect(state.administrations[0]!.documents.map((each) => each['name'])).toEqual(['factuur.pdf', 'factuur.pdf']);
  });

  it('breaks on tags, byte for byte as the live API, and the upload is lost', async () => {
    const before = await (await door(sandbox, 'GET', 'state?rows=0')).json();
    const variables = { number, filename: 'x.pdf', tags: ['april'] };
    expect(await upload(sandbox, bearer, { query: UPLOAD, variables, file: PDF })).toBe(
      '{"errors":[{"message":"Internal server error"}],"data":{"uploadFile":null}}',
    );
    expect(await (await door(sandbox, 'GET', 'state?rows=0')).json()).toEqual(before);
  });

  it('takes an archive file into a category that exists', async () => {
    const query = `mutation ($n: String, $c: String!) { uploadArchiveFile(vatnumber: $n, filename: "brief.pdf", type: VARIOUS, category: $c) { uuid name amountOfPages } }`;
    const taken = await upload(sandbox, bearer, { query, variables: { n: number, c: '12' }, file: PDF });
    expect(JSON.parse(taken)).toMatchObject({ data: { uploadArchiveFile: { name: 'brief.pdf', amountOfPages: 2 } } });
    const refused = await upload(sandbox, bearer, { query, variables: { n: number, c: '99' }, file: PDF });
    expect(refused).toBe('{"errors":[{"message":"Archive category not found."}],"data":{"uploadArchiveFile":null}}');
  });

  it('keeps the tile of an app', async () => {
    const query = 'mutation ($n: String!, $b: BadgeInput) { updateAppInfo(vatnumber: $n, badge: $b) { badge { text textColor color } } }'; // prettier-ignore
    const badge = { text: '5 overdue', textColor: '#fff', color: '#b00' };
    expect((await ask(sandbox, bearer, query, { n: number, b: badge })).data).toEqual({ updateAppInfo: { badge } });
  });

  it('refuses what it refuses, in its own words and with status 200', async () => {
    const statistics = 'query ($t: String!) { getCompanyStatistics(type: $t, startPeriod: "2026-01-01", endPeriod: "2026-12-31") { companyNumber items { period value } } }'; // prettier-ignore
    expect(await ask(sandbox, bearer, statistics, { t: 'sales' })).toEqual({
      errors: [{ message: 'Invalid type for getCompanyStatistics query.' }],
      data: { getCompanyStatistics: null },
    });
    const { data } = await ask(sandbox, bearer, statistics, { t: 'AIR' });
    expect(data).toMatchObject({ getCompanyStatistics: [{ companyNumber: `BE${number}`, items: expect.arrayContaining([{ period: expect.stringMatching(/^\d\d\/2026$/), value: expect.any(Number) }]) }] }); // prettier-ignore
    expect(await ask(sandbox, bearer, '{ document(id: "none") { date } }')).toEqual({
      errors: [{ message: 'Document not found.' }],
      data: { document: null },
    });
    expect((await ask(sandbox, bearer, '{ __schema { types { name } } }')).errors).toHaveLength(2);
    expect(await ask(sandbox, bearer, '{ salesInvoices { id } }')).toEqual({
      errors: [{ message: 'Cannot query field "salesInvoices" on type "Query".' }],
    });
  });

  it('takes a plain query too, and never more than a hundred customers', async () => {
    const big = await start({ books: [await book(400, 230)] });
    const own = (await connect(big)).access_token;
    const headers = { authorization: `Bearer ${own}`, 'content-type': 'application/graphql' };
    const companyNumber = big.administrations[0]!.companyNumber;
    const sizes: number[] = [];
    const ids = new Set<string>();
    for (let offset = 0; offset < 300; offset += 100) {
      const body = `{ customers(companyNumber: "${companyNumber}", offset: ${offset}) { id name } }`;
      const response = await fetch(big.apiUrl, { method: 'POST', headers, body });
      const { data } = (await response.json()) as { data: { customers: { id: string }[] } };
      sizes.push(data.customers.length);
      for (const { id } of data.customers) ids.add(id);
    }
    expect([sizes, ids.size]).toEqual([[100, 100, 30], 230]);
    await big.close();
  });
});
