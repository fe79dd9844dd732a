import axios from 'axios';
import { createClientAsync, type Client } from 'soap';
import type { AccessToken } from 'simple-oauth2';
import type { TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { book, columns, escape, rowsOf, SCOPE, start, textIn } from '../twinfield/support.js';
import { authorise } from './authorise.js';

type Method = (input: object) => Promise<[Record<string, unknown>, string]>;

interface Found {
  readonly data: { readonly TotalRows: number; readonly Items?: { readonly ArrayOfString: readonly { string: string[] }[] } };
} // prettier-ignore

describe('an ordinary SOAP toolkit at the stand-in of Twinfield', () => {
  let sandbox: TwinfieldSandbox;
  let granted: AccessToken;
  let cluster: string;
  beforeAll(async () => {
    sandbox = await start({ books: [await book(400, { debtors: 60 })] });
    granted = await authorise(library(), sandbox.users[0]!, { scope: SCOPE, nonce: 'a-nonce' });
    const facts = await axios.get(`${sandbox.loginUrl}/auth/authentication/connect/accesstokenvalidation`, {
      params: { token: granted.token.access_token },
    });
    cluster = (facts.data as Record<string, string>)['twf.clusterUrl']!;
  });
  afterAll(() => sandbox.close());

  const library = () => ({
    client: { id: sandbox.clientId, secret: sandbox.clientSecret },
    auth: {
      tokenHost: sandbox.loginUrl,
      tokenPath: '/auth/authentication/connect/token',
      authorizePath: '/auth/authentication/connect/authorize',
    },
  });

  /** A client made from the service's own description; the token goes into the header of the envelope. */
  const service = async (name: string, token = granted.token.access_token, company?: string): Promise<Client> => {
    const client = await createClientAsync(`${cluster}/webservices/${name}.asmx?wsdl`);
    const codes = company === undefined ? {} : { CompanyCode: company };
    client.addSoapHeader({ 'tns:Header': { 'tns:AccessToken': token, ...prefixed(codes) } });
    return client;
  };
  const prefixed = (fields: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`tns:${name}`, value]));

  const processed = async (client: Client, xmlRequest: string): Promise<string> => {
    const [result] = await (client['ProcessXmlStringAsync'] as Method)({ xmlRequest });
    return String(result['ProcessXmlStringResult']);
  };

  it('finds the offices, pages through all customers, reads one, and writes its comment', async () => {
    const offices = await processed(await service('processxml'), '<list><type>offices</type></list>');
    expect(offices).toMatch(/^<offices result="1"><office name="[^"]+" shortname="[^"]*">001<\/office><\/offices>$/);

    const finder = await service('finder', granted.token.access_token, '001');
    const options = { ArrayOfString: [{ string: ['dimtype', 'DEB'] }] };
    const codes: string[] = [];
    for (let firstRow = 1, total = Infinity; firstRow <= total; firstRow += 25) {
      const input = { type: 'DIM', pattern: '*', field: 0, firstRow, maxRows: 25, options };
      const [found] = (await (finder['SearchAsync'] as Method)(input)) as unknown as [Found];
      total = found.data.TotalRows;
      codes.push(...[found.data.Items?.ArrayOfString ?? []].flat().map(({ string }) => string[0]!));
    }
    expect(new Set(codes).size).toBe(60);

    const api = await service('processxml', granted.token.access_token, '001');
    const code = codes[7]!;
    const read = `<read><type>dimensions</type><office>001</office><dimtype>DEB</dimtype><code>${code}</code></read>`;
    const customer = await processed(api, read);
    const name = textIn(customer, 'name')!;
    const text = 'Eén "€" & <b>'; // prettier-ignore
    const answer = await processed(
      api,
      `<dimensions><dimension><office>001</office><type>DEB</type><code>${code}</code><name>${escape(name)}</name>` +
        `<creditmanagement><comment>${escape(text)}</comment></creditmanagement></dimension></dimensions>`,
    );
    expect(answer).toMatch(/^<dimensions[^>]*><dimension[^>]* result="1">/);
    expect(textIn(await processed(api, read), 'comment')).toBe(text);
    const state = (await axios.get(`${sandbox.baseUrl}/__sandbox/state`, { params: { rows: 0 } })).data as unknown;
    expect(state).toMatchObject({
      offices: [{ customers: [{ code, touched: 1, written: { 'creditmanagement/comment': text } }] }],
    });
  });

  it('reads all open items, the transaction of one, and deletes a provisional booking', async () => {
    const api = await service('processxml', granted.token.access_token, '001');
    const screen = columns({
      'head.yearperiod': ['between', '2000/00', '2040/55'],
      'line.matchstatus': ['equal', 'available'],
      'line.openvaluesigned': null,
    });
    const rows = rowsOf(await processed(api, screen));
    expect(rows).toHaveLength(sandbox.state().offices[0]!.counts['open']!);
    const [office, daybook, number] = rows[0]!['key']!.split('/');
    const transaction = await processed(
      api,
      `<read><type>transaction</type><office>${office}</office><code>${daybook}</code><number>${number}</number></read>`,
    );
    expect([textIn(transaction, 'number'), textIn(transaction, 'valueopen') ?? textIn(transaction, 'basevalueopen')]).toEqual([number, expect.stringMatching(/^-?\d+\.\d\d$/)]); // prettier-ignore

    const [{ id: debtor } = { id: '' }] = sandbox.state().offices[0]!.debtors;
    const dates = { invoiceDate: '2026-11-01', dueDate: '2026-12-01' };
    sandbox.applyBookCommand({ kind: 'add-invoice', debtor, amount: '12.10', invoiceNumber: 78, provisional: true, ...dates }); // prettier-ignore
    const found = rowsOf(await processed(api, columns({ 'line.invnumber': ['equal', '78'] })));
    const booked = found[0]!['key']!.split('/')[2];
    const remove = `<transaction action="delete" reason="dubbel"><office>001</office><code>VRK</code><number>${booked}</number></transaction>`;
    expect(await processed(api, remove)).toMatch(/^<transaction [^>]*result="1"/);
    expect(sandbox.state().offices[0]!.deletions).toHaveLength(1);
  });

  it('is understood in SOAP 1.2 too', async () => {
    const client = await createClientAsync(`${cluster}/webservices/processxml.asmx?wsdl`, { forceSoap12Headers: true });
    client.addSoapHeader({ 'tns:Header': prefixed({ AccessToken: granted.token.access_token }) });
    expect(await processed(client, '<list><type>offices</type></list>')).toContain('>001</office>');
    expect(String(client.lastRequest)).toContain('http://www.w3.org/2003/05/soap-envelope');
  });

  it('hears a refusal as a fault with the code in its detail, and renews its token as often as it likes', async () => {
    const refused = processed(await service('processxml', 'not a token'), '<list><type>offices</type></list>');
    await expect(refused).rejects.toMatchObject({
      root: {
        Envelope: { Body: { Fault: { faultstring: 'Access denied. Token invalid.', detail: { code: '354' } } } },
      },
    });
    const again = await granted.refresh();
    const third = await again.refresh();
    for (const { token } of [granted, again, third])
      await expect(processed(await service('processxml', token.access_token), '<list><type>offices</type></list>')).resolves.toContain('>001<'); // prettier-ignore
  });
});
