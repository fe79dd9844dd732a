import { inspect } from 'node:util';
import nock from 'nock';
import { twinfield } from '../../../src/connectors/twinfield/index.js';
import { failureOf } from '../../contract/stage.js';
import { answersOnly, asks, browseAnswer, CLUSTER, contextOf, envelope, fault, LOGIN, OFFICE, TOKEN, VALIDATION, validates } from './support.js'; // prettier-ignore

const request = { object: 'receivables' as const, administration: OFFICE, position: twinfield.firstPosition('receivables'), limit: 10 }; // prettier-ignore
const answers = (host: string) =>
  nock(host).post('/webservices/processxml.asmx').reply(200, envelope(`<ProcessXmlStringResponse><ProcessXmlStringResult><![CDATA[${browseAnswer([])}]]></ProcessXmlStringResult></ProcessXmlStringResponse>`)); // prettier-ignore

describe('where the books are', () => {
  answersOnly();

  it('is asked once for a connection', async () => {
    const context = contextOf();
    validates();
    answers(CLUSTER);
    await twinfield.pull(context, request);
    answers(CLUSTER);
    await twinfield.pull(context, request);
  });

  it('is asked anew by another connection, which may be on another cluster', async () => {
    validates();
    answers(CLUSTER);
    await twinfield.pull(contextOf(), request);
    validates({ ...VALIDATION, 'twf.clusterUrl': 'https://api.accounting.twinfield.com/' });
    answers('https://api.accounting.twinfield.com');
    await twinfield.pull(contextOf(), request);
  });

  it('is asked again after Twinfield said that it is another cluster', async () => {
    const context = contextOf();
    validates();
    nock(CLUSTER).post('/webservices/processxml.asmx').reply(500, fault(108, 'Ander cluster.'));
    expect((await failureOf(() => twinfield.pull(context, request))).kind).toBe('source_down');
    validates({ ...VALIDATION, 'twf.clusterUrl': 'https://api.accounting.twinfield.com' });
    answers('https://api.accounting.twinfield.com');
    await twinfield.pull(context, request);
  });

  it.each([
    'https://evil.example',
    'https://twinfield.com.evil.example',
    'https://eviltwinfield.com',
    'http://api.accounting.twinfield.com',
    'https://user@api.accounting.twinfield.com',
    'http://localhost:4020',
    'not an address',
  ])('is never believed when it is %s', async (cluster) => {
    validates({ ...VALIDATION, 'twf.clusterUrl': cluster });
    const error = await failureOf(() => twinfield.pull(contextOf(), request));
    expect(error.kind).toBe('contract_changed');
  });

  it('says which scope is missing when it is not told', async () => {
    const { 'twf.clusterUrl': _left, ...rest } = VALIDATION;
    validates(rest);
    const error = await failureOf(() => twinfield.pull(contextOf(), request));
    expect([error.kind, error.message]).toEqual(['scope_missing', expect.stringContaining('twf.organisation')]);
  });

  it.each<[number, unknown, string]>([
    [400, { Message: 'Token is invalid.' }, 'auth_expired'],
    [401, '', 'auth_expired'],
    [500, '', 'source_down'],
    [429, '', 'rate_limited'],
  ])('an answer of %d with %j is %j, and shows no token', async (status, body, kind) => {
    validates(body, status);
    const error = await failureOf(() => twinfield.pull(contextOf(), request));
    expect(error.kind).toBe(kind);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/canary/);
  });

  it('a silence of the login host names no token', async () => {
    nock(LOGIN).get('/auth/authentication/connect/accesstokenvalidation').query({ token: TOKEN }).delay(3_000).reply(200, VALIDATION); // prettier-ignore
    const error = await failureOf(() => twinfield.pull(contextOf(), request));
    expect(error.kind).toBe('timeout_read');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/canary/);
  });
});

describe('who is connected', () => {
  answersOnly();

  const offices =
    '<offices result="1"><office name="Lindeboom &amp; Co" shortname="LB">001</office><office name="" shortname="Kort">02</office><office name="Zonder land">3</office></offices>';

  it('is told with the offices that the user reaches, their codes as they are', async () => {
    validates();
    asks({ request: '<list><type>offices</type></list>', office: null, answer: offices });
    const rows = [
      ['001', 'Lindeboom', 'NL'],
      ['02', 'Kort', 'be'],
      ['3', 'Zonder land', ''],
    ];
    const items = rows.map((row) => `<ArrayOfString>${row.map((each) => `<string>${each}</string>`).join('')}</ArrayOfString>`); // prettier-ignore
    nock(CLUSTER)
      .post('/webservices/finder.asmx', /<CompanyCode>001<\/CompanyCode>[\s\S]*<type>OFF<\/type>/)
      .reply(200, envelope(`<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult/><data><TotalRows>3</TotalRows><Items>${items.join('')}</Items></data></SearchResponse>`)); // prettier-ignore
    const rebaseMarkers = { organisation: VALIDATION['twf.organisationId'] };
    expect(await twinfield.check(contextOf())).toEqual({
      user: 'SANNE',
      administrations: [
        { sourceId: '001', name: 'Lindeboom & Co', country: 'NL', currency: 'EUR', rebaseMarkers },
        { sourceId: '02', name: 'Kort', country: 'BE', currency: 'EUR', rebaseMarkers },
        { sourceId: '3', name: 'Zonder land', country: null, currency: null, rebaseMarkers },
      ],
    });
  });

  it('is told without countries when the user may not search offices', async () => {
    validates();
    asks({ request: '<list><type>offices</type></list>', office: null, answer: offices });
    nock(CLUSTER).post('/webservices/finder.asmx').reply(403, fault(102, 'Toegang geweigerd.'));
    const { administrations } = await twinfield.check(contextOf());
    expect(administrations.map(({ sourceId, country }) => [sourceId, country])).toEqual([['001', null], ['02', null], ['3', null]]); // prettier-ignore
  });

  it('names the rights that are missing, in Twinfield’s own words', async () => {
    const context = contextOf();
    validates();
    nock(CLUSTER).post('/webservices/processxml.asmx', /&lt;type&gt;browse&lt;\/type&gt;/).reply(403, fault(102, 'Toegang geweigerd.')); // prettier-ignore
    nock(CLUSTER).post('/webservices/finder.asmx').reply(200, envelope('<SearchResponse><SearchResult/><data><TotalRows>0</TotalRows></data></SearchResponse>')); // prettier-ignore
    nock(CLUSTER).post('/webservices/DeletedTransactionsService.svc', /<b:DateFrom>2026-11-20T00:00:00<\/b:DateFrom>/).reply(200, envelope('<Result/>')); // prettier-ignore
    expect(
      (await twinfield.rights(context, OFFICE)).map(({ object, allowed, message }) => [object, allowed, message]),
    ).toEqual([
      // prettier-ignore
      ['debtors', true, null],
      ['receivables', false, 'Twinfield: Toegang geweigerd.'],
      ['deletions', true, null],
      ['open-items', false, 'Twinfield: Toegang geweigerd.'],
      ['notes', true, expect.stringContaining('first write')],
    ]);
  });
});
