import {
  buildASTSchema,
  buildClientSchema,
  getIntrospectionQuery,
  isEnumType,
  isObjectType,
  parse,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { ClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { ALL_SCOPES, book, connect, consent, EXTENDED_SCOPES, REDIRECT, start } from '../clearfacts/support.js';
import { bytes, form, say, type Heard } from './wire.js';

const PDF = Buffer.from('%PDF-1.4\n<</Type /Page>>\n<</Type /Page>>\n<</Type /Page>>\n%%EOF');

/** The extension as it was proposed, word for word. */
const PROPOSAL = `
enum PaymentState { UNPAID PARTIALLY_PAID PAID }
enum OpenItemKind { INVOICE CREDIT_NOTE PAYMENT OTHER }
scalar Date  scalar DateTime  scalar Decimal
type Address { streetAddress: String }
type Customer { id: ID! name: String! companyNumber: String vatNumber: String kind: String language: String emails: [String!]!
  phone: String address: Address paymentTermDays: Int accountManager: String blocked: Boolean modifiedAt: DateTime! }
type SalesInvoice { id: ID! number: String! kind: OpenItemKind! journal: String customerId: ID! date: Date! dueDate: Date!
  currency: String! amount: Decimal! vatAmount: Decimal openAmount: Decimal! paymentState: PaymentState!
  structuredReference: String documentId: ID disputed: Boolean modifiedAt: DateTime! deleted: Boolean! }
type Payment { id: ID! customerId: ID! date: Date! amount: Decimal! allocations: [Allocation!]! modifiedAt: DateTime! }
type Allocation { invoiceId: ID! amount: Decimal! }
type Note { id: ID! invoiceId: ID customerId: ID text: String! createdAt: DateTime! externalKey: String! }
type Query {
  salesInvoices(companyNumber: String!, paymentState: [PaymentState!], modifiedSince: DateTime, offset: Int = 0, first: Int = 100): [SalesInvoice!]!
  customerDetails(companyNumber: String!, modifiedSince: DateTime, offset: Int = 0, first: Int = 100): [Customer!]!
  payments(companyNumber: String!, modifiedSince: DateTime, offset: Int = 0, first: Int = 100): [Payment!]! }
type Mutation {
  addNote(companyNumber: String!, invoiceId: ID, customerId: ID, text: String!, externalKey: String!): Note!
  setDunningStatus(companyNumber: String!, invoiceId: ID!, level: Int!, status: String!, at: DateTime!, externalKey: String!): SalesInvoice! }
`;

describe('what is published of ClearFacts, asked of the stand-in', () => {
  let sandbox: ClearFactsSandbox;
  let bearer: string;
  let number: string;
  beforeAll(async () => {
    sandbox = await start({ books: [await book(300, 130)] });
    bearer = (await connect(sandbox)).access_token;
    number = sandbox.administrations[0]!.companyNumber;
  });
  afterAll(() => sandbox.close());

  const post = (type: string, body: string | Buffer): Promise<Heard> =>
    say('POST', sandbox.apiUrl, { headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': type }, body });
  const ask = (query: string, variables?: object): Promise<Heard> => post('application/json', JSON.stringify({ query, variables })); // prettier-ignore
  const parts = (fields: Readonly<Record<string, string>>, file?: Buffer): Promise<Heard> => {
    const head = (name: string, more = ''): string => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`; // prettier-ignore
    const texts = Object.entries(fields).map(([name, value]) => `${head(name)}${value}\r\n`);
    const chunks: Buffer[] = [Buffer.from(texts.join(''))];
    if (file !== undefined) chunks.push(Buffer.from(head('file', '; filename="f.pdf"\r\nContent-Type: application/octet-stream')), file, Buffer.from('\r\n')); // prettier-ignore
    return post('multipart/form-data; boundary=b', Buffer.concat([...chunks, Buffer.from('--b--\r\n')]));
  };
  /** Every error is one of these: status 200, the messages, and the field that failed empty. */
  const refused = (field: string, message: string): unknown =>
    expect.objectContaining({ status: 200, body: `{"errors":[{"message":"${message}"}],"data":{"${field}":null}}` });

  describe('login', () => {
    const token = (fields: Record<string, string>): Promise<Heard> =>
      say('POST', `${sandbox.loginUrl}/oauth2-server/token`, form({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret, redirect_uri: REDIRECT, ...fields })); // prettier-ignore

    it('has no other flow than the code, and takes its state back', async () => {
      const back = await consent(sandbox, { state: 'a b&c=1', scope: ALL_SCOPES });
      expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([REDIRECT.split('?')[0], 'a b&c=1']); // prettier-ignore
      const granted = await token({ grant_type: 'authorization_code', code: back.searchParams.get('code')! });
      expect(JSON.parse(granted.body)).toMatchObject({ token_type: expect.stringMatching(/^bearer$/i), access_token: expect.stringMatching(/^[\x21-\x7e]{80}$/) }); // prettier-ignore
      for (const grant of ['password', 'client_credentials', 'implicit'])
        expect((await token({ grant_type: grant, username: 'a', password: 'b' })).status).toBe(400);
    });

    it('lets nobody in without a token, nor with one that is not its own', async () => {
      const body = '{"query":"{ administrations { name } }"}';
      const headers = { 'Content-Type': 'application/json' };
      expect((await say('POST', sandbox.apiUrl, { headers, body })).status).toBe(401);
      expect((await say('POST', sandbox.apiUrl, { headers: { ...headers, Authorization: 'Bearer x' }, body })).status).toBe(401); // prettier-ignore
    });
  });

  describe('queries', () => {
    it('are these ten, and what else there might be is refused', async () => {
      const year = 'type: "AIR", startPeriod: "2026-01-01", endPeriod: "2026-12-31"';
      const known = {
        administrations: 'administrations(offset: 0, first: 1) { name companyNumber companyType accountManager emails { type emailAddress } address { streetAddress country { iso2 name } } }',
        administration: `administration(companyNumber: "${number}") { name }`,
        accountant: 'accountant { name companyNumber email address { streetAddress } }',
        associates: 'associates { id email }',
        associateGroups: 'associateGroups { id name }',
        archiveCategories: `archiveCategories(vatnumber: "BE${number}") { various { id name } permanent { id name } }`,
        journals: `journals(companyNumber: "${number}") { id name creditNote }`,
        customers: `customers(companyNumber: "${number}", offset: 100) { id name }`,
        companyStatistics: `companyStatistics(${year}, companyNumber: "${number}", invoicetype: SALE, worklist: false, offset: 0) { companyNumber items { period value } }`,
        getCompanyStatistics: `getCompanyStatistics(${year}) { companyNumber items { period value } }`,
      }; // prettier-ignore
      for (const [name, query] of Object.entries(known)) {
        const { status, body } = await ask(`{ ${query} }`);
        const { data, errors } = JSON.parse(body) as { data: Record<string, unknown>; errors?: unknown };
        expect([name, status, errors, typeof data[name]]).toEqual([name, 200, undefined, 'object']);
      }
      for (const name of ['invoices', 'salesInvoices', 'payments', 'openItems', 'suppliers', 'webhooks'])
        expect((await ask(`{ ${name} { id } }`)).body).toContain(
          `Cannot query field \\"${name}\\" on type \\"Query\\".`,
        );
      for (const name of ['addNote', 'updateDocument', 'deleteDocument', 'setDunningStatus'])
        expect((await ask(`mutation { ${name} { id } }`)).body).toContain(`Cannot query field \\"${name}\\" on type \\"Mutation\\".`); // prettier-ignore
    });

    it('give customers a hundred at a time by offset, with an id and a name and nothing else', async () => {
      const query = 'query ($n: String, $o: Int) { customers(companyNumber: $n, offset: $o) { id name } }';
      const page = async (o: number): Promise<{ id: string; name: string }[]> =>
        (JSON.parse((await ask(query, { n: number, o })).body) as { data: { customers: { id: string; name: string }[] } }).data.customers; // prettier-ignore
      const pages = [await page(0), await page(100), await page(200)];
      expect(pages.map((each) => each.length)).toEqual([100, 30, 0]);
      expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(130);
      for (const field of ['email', 'vatNumber', 'companyNumber', 'phone'])
        expect((await ask(`{ customers(companyNumber: "${number}") { ${field} } }`)).body).toContain(`Cannot query field \\"${field}\\" on type \\"BusinessPartner\\".`); // prettier-ignore
      expect((await ask(`{ customers(companyNumber: "${number}", first: 5) { id } }`)).body).toContain('Unknown argument \\"first\\"'); // prettier-ignore
    });

    it('come in three shapes, and say the same', async () => {
      const query = `{ administration(companyNumber: "${number}") { companyNumber } }`;
      const expected = { status: 200, body: `{"data":{"administration":{"companyNumber":"${number}"}}}` };
      expect(await ask(query)).toMatchObject(expected);
      expect(await post('application/graphql', query)).toMatchObject(expected);
      expect(await parts({ query })).toMatchObject(expected);
      const withVariables = 'query ($n: String!) { administration(companyNumber: $n) { companyNumber } }';
      expect(await parts({ query: withVariables, variables: JSON.stringify({ n: `BE${number}` }) })).toMatchObject(expected); // prettier-ignore
    });

    it('tell nothing of the schema', async () => {
      for (const query of ['{ __schema { queryType { name } } }', '{ __type(name: "Query") { name } }']) {
        const { status, body } = await ask(query);
        expect([status, JSON.parse(body)]).toEqual([200, { errors: expect.any(Array) }]);
      }
    });

    it('refuse in the words of the live service', async () => {
      const statistics = (name: string) => ask(`{ ${name}(type: "turnover", startPeriod: "2026-01-01", endPeriod: "2026-12-31") { companyNumber } }`); // prettier-ignore
      for (const name of ['getCompanyStatistics', 'companyStatistics'])
        expect(await statistics(name)).toEqual(refused(name, 'Invalid type for getCompanyStatistics query.'));
    });
  });

  describe('uploads', () => {
    const mutation = 'mutation ($n: String, $f: String!, $t: [String], $type: InvoiceTypeArgument) { uploadFile(NUMBER: $n, filename: $f, comment: "Één", tags: $t, invoicetype: $type) { uuid name amountOfPages comment } }'; // prettier-ignore
    const upload = (more: object, { by = 'companyNumber', data = PDF as Buffer } = {}): Promise<Heard> =>
      parts(
        {
          query: mutation.replace('NUMBER', by),
          variables: JSON.stringify({ n: number, f: 'f.pdf', type: 'SALE', ...more }),
        },
        data,
      );

    it('answer in these bytes, for the number under either of its names', async () => {
      const expected = bytes(
        '{"data":{"uploadFile":{"uuid":"«guid»","name":"f.pdf","amountOfPages":3,"comment":"Één"}}}',
      );
      expect((await upload({})).body).toMatch(expected);
      expect((await upload({ n: `BE${number}` }, { by: 'vatnumber' })).body).toMatch(expected);
    });

    it('take PDF, JPEG and XML of every kind of invoice, twice if need be', async () => {
      const photo = Buffer.from('ffd8ffe000104a464946', 'hex');
      for (const data of [PDF, photo, Buffer.from('<?xml version="1.0"?><Invoice/>'), PDF])
        for (const type of ['SALE', 'PURCHASE', 'VARIOUS'])
          expect(JSON.parse((await upload({ type }, { data })).body)).toMatchObject({ data: { uploadFile: { name: 'f.pdf' } } }); // prettier-ignore
      expect(await upload({}, { data: Buffer.from('PK a spreadsheet') })).toEqual(
        refused('uploadFile', 'Invalid file.'),
      );
    });

    it('break on tags, and nothing is kept', async () => {
      const count = async (): Promise<unknown> => (JSON.parse((await say('GET', `${sandbox.baseUrl}/__sandbox/state?rows=0`)).body) as { administrations: { counts: unknown }[] }).administrations[0]!.counts; // prettier-ignore
      const before = await count();
      expect(await upload({ t: ['openpost'] })).toEqual(refused('uploadFile', 'Internal server error'));
      expect(await count()).toEqual(before);
    });

    it('are not those of the general multipart specification', async () => {
      const operations = JSON.stringify({ query: mutation.replace('NUMBER', 'companyNumber'), variables: { n: number, f: 'f.pdf', file: null } }); // prettier-ignore
      const { status, body } = await parts({ operations, map: '{"0":["variables.file"]}' }, PDF); // prettier-ignore
      expect([status, Object.keys(JSON.parse(body) as object)]).toEqual([400, ['errors']]);
    });

    it('can be asked for by their id alone, and only for their state', async () => {
      const { data } = JSON.parse((await upload({})).body) as { data: { uploadFile: { uuid: string } } };
      const { uuid } = data.uploadFile;
      const { body } = await ask(`{ document(id: "${uuid}") { date comment ... on InvoiceDocument { type paymentState } } }`); // prettier-ignore
      expect(body).toMatch(bytes('{"data":{"document":{"date":"2026-11-20","comment":"Één","type":"SALE","paymentState":"UNPAID"}}}')); // prettier-ignore
      for (const field of ['amount', 'dueDate', 'number'])
        expect((await ask(`{ document(id: "${uuid}") { ... on InvoiceDocument { ${field} } } }`)).body).toContain(`Cannot query field \\"${field}\\" on type \\"InvoiceDocument\\".`); // prettier-ignore
      expect(JSON.parse((await ask('{ document(id: "6f0d") { comment } }')).body)).toEqual({ errors: [{ message: expect.any(String) }], data: { document: null } }); // prettier-ignore
    });
  });

  it('makes an associate with a password that is shown once, and keeps the tile of an app', async () => {
    const associate = { firstName: 'Jan', lastName: 'Peeters', email: 'jan@example.be', type: 'ADMIN', associateGroups: [{ id: '1' }], active: true, language: 'nl_BE', sendActivationMail: false }; // prettier-ignore
    const query = 'mutation ($a: AssociateInput!) { addAssociate(associate: $a) { id email plainPassword } }';
    expect((await ask(query, { a: associate })).body).toMatch(bytes('{"data":{"addAssociate":{"id":"«text»","email":"jan@example.be","plainPassword":"«text»"}}}')); // prettier-ignore
    const tile = `mutation { updateAppInfo(vatnumber: "BE${number}", imageUrl: "https://x.example/a.png", badge: { text: "5", textColor: "#fff", color: "#b00" }, icon: { type: "bell", color: "#b00" }) { imageUrl badge { text } icon { type } } }`;
    expect((await ask(tile)).body).toBe('{"data":{"updateAppInfo":{"imageUrl":"https://x.example/a.png","badge":{"text":"5"},"icon":{"type":"bell"}}}}'); // prettier-ignore
  });
});

describe('the extension that was proposed, asked of the stand-in', () => {
  it('has every type, field, argument and choice of the proposal', async () => {
    const sandbox = await start({ profile: 'extended', books: [await book(5, 2)] });
    const { access_token: bearer } = await connect(sandbox, EXTENDED_SCOPES);
    const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' };
    const { body } = await say('POST', sandbox.apiUrl, { headers, body: JSON.stringify({ query: getIntrospectionQuery() }) }); // prettier-ignore
    await sandbox.close();
    const offered = linesOf(buildClientSchema((JSON.parse(body) as { data: IntrospectionQuery }).data));
    expect(linesOf(buildASTSchema(parse(PROPOSAL))).filter((line) => !offered.includes(line))).toEqual([]);
  });
});

/** `Type.field(arguments): Type` and `Enum: values` of a schema. */
function linesOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    if (isEnumType(type)) return [`${type.name}: ${type.getValues().map(({ name }) => name).join(' ')}`]; // prettier-ignore
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).map(({ name, args, type: of }) => {
      const given = args.map((each) => `${each.name}: ${String(each.type)} = ${String(each.defaultValue)}`);
      return `${type.name}.${name}(${given.join(', ')}): ${String(of)}`;
    });
  });
}
