import nock from 'nock';
import type { Position, PullRequest } from '../../../src/connectors/contract/index.js';
import { twinfield } from '../../../src/connectors/twinfield/index.js';
import { slicesFrom } from '../../../src/connectors/twinfield/periods.js';
import { traceOf } from '../../../src/connectors/twinfield/recent.js';
import type { LedgerObject } from '../../../src/ledger/domain/index.js';
import { failureOf } from '../../contract/stage.js';
import {
  absentXml,
  answersOnly,
  asks,
  browseAnswer,
  CLUSTER,
  contextOf,
  dimensionXml,
  envelope,
  ESCAPED_TOKEN,
  fault,
  OFFICE,
  readRequest,
  rowOf,
  searches,
  SIGNPOST,
  validates,
  wireRowOf,
} from './support.js';

const pull = (object: LedgerObject, position: Position = twinfield.firstPosition(object)) => {
  const request: PullRequest = { object, administration: OFFICE, position, limit: 10 };
  return twinfield.pull(contextOf(), request);
};

const NAMES = ['head.yearperiod', 'head.code', 'head.number', 'head.status', 'head.date', 'head.curcode', 'line.dim2', 'line.valuesigned', 'line.basevaluesigned', 'line.openvaluesigned', 'line.openbasevaluesigned', 'line.invnumber', 'line.datedue', 'line.matchstatus', 'line.matchnumber', 'line.matchdate', 'line.modified']; // prettier-ignore

/** A browse of the debtors' card with these filters and no others, every column visible. */
function columns(filters: Record<string, readonly [string, string?]>): string {
  const one = (name: string): string => {
    const [from, to] = filters[name] ?? [];
    const asked =
      from === undefined
        ? '<ask>false</ask><operator>none</operator>'
        : `<ask>true</ask><operator>${to === undefined ? 'equal' : 'between'}</operator><from>${from}</from><to>${to ?? ''}</to>`;
    return `<column><field>fin.trs.${name}</field><label>${name}</label><visible>true</visible>${asked}</column>`;
  };
  return `<columns code="100">${NAMES.map(one).join('')}</columns>`;
}

const lines = (changes: Record<string, unknown>): Position => ({ version: 1, family: 'lines', after: SIGNPOST, anchor: null, slice: null, recent: [], ...changes }); // prettier-ignore
const debtors = (changes: Record<string, unknown>): Position => ({ version: 1, family: 'dimensions', after: '20261119000000', until: null, todo: [], ...changes }); // prettier-ignore

describe('the lines of the debtors’ ledger', () => {
  answersOnly();

  it('begins with the running month and what is booked ahead, and remembers when it began', async () => {
    validates();
    const request = columns({ 'head.yearperiod': ['2026/11', '2099/55'], 'head.status': ['normal'] });
    asks({ request, answer: browseAnswer([wireRowOf()]), headers: { 'X-RateLimit-Limit': '25', 'X-RateLimit-Remaining': '24' } }); // prettier-ignore
    expect(await pull('receivables')).toEqual({
      records: [rowOf()],
      next: lines({ anchor: '2026/11', slice: 1 }),
      more: true,
      total: null,
      budgets: [{ scope: 'minute', limit: 25, remaining: 24, resetsAt: new Date('2026-11-20T09:01:30.000Z') }],
    });
  });

  it('reads of years long ago only what is open, and then what changed since it began', async () => {
    const last = slicesFrom('2026/11').length - 1;
    validates();
    asks({
      request: columns({
        'head.yearperiod': ['1980/00', '2016/55'],
        'head.status': ['normal'],
        'line.matchstatus': ['available'],
      }),
      answer: browseAnswer([]),
    });
    const page = await pull('receivables', lines({ after: '20261120080000', anchor: '2026/11', slice: last }));
    expect(page).toMatchObject({ records: [], more: true, next: lines({ after: '20261120080000' }) });
    validates();
    asks({
      request: columns({
        'head.yearperiod': ['1980/00', '2099/55'],
        'head.status': ['normal'],
        'line.modified': ['20261120080000', '20261121085030'],
      }),
      answer: browseAnswer([wireRowOf()]),
    });
    const changed = await pull('receivables', page.next);
    expect(changed).toMatchObject({ records: [rowOf()], more: false, next: lines({}) });
  });

  it('hands on a row of the overlap once, and again when anything in it has changed, even in the same second', async () => {
    const seen = rowOf({ cells: { 'line.modified': '20261120085500' } });
    const position = lines({ recent: [traceOf(seen)] });
    const ask = async (cells: Record<string, string>) => {
      validates();
      nock(CLUSTER).post('/webservices/processxml.asmx', /line\.modified/).reply(200, processedBrowse([wireRowOf({ cells })])); // prettier-ignore
      return pull('receivables', position);
    };
    expect((await ask({ 'line.modified': '20261120085500' })).records).toEqual([]);
    const again = await ask({ 'line.modified': '20261120085500', 'line.openvaluesigned': '0.00' });
    expect(again.records).toHaveLength(1);
    expect((again.next as { recent: string[] }).recent).toEqual([traceOf(again.records[0] as typeof seen)]);
  });

  it('never moves its place back when a clock was set back', async () => {
    validates();
    nock(CLUSTER).post('/webservices/processxml.asmx').reply(200, processedBrowse([]));
    const ahead = lines({ after: '20270101000000' });
    expect((await pull('receivables', ahead)).next).toEqual(ahead);
  });

  it.each<[string, Position]>([
    ['nothing', {}],
    ['another version', lines({ version: 2 })],
    ['another family', lines({ family: 'row-version' })],
    ['a time that is a number', lines({ after: 20261120085030 })],
    ['something to inject', lines({ after: '2026112008503<' })],
    ['a slice without its anchor', lines({ slice: 3 })],
    ['a slice that is none', lines({ slice: -1, anchor: '2026/11' })],
    ['a memory that is none', lines({ recent: [1] })],
    ['no time at all', lines({ after: null })],
  ])('refuses a position with %s before it calls', async (_name, position) => {
    expect((await failureOf(() => pull('receivables', position))).kind).toBe('position_invalid');
  });

  it('lists what is open and then what stands in a payment proposal', async () => {
    validates();
    asks({ request: columns({ 'head.yearperiod': ['1980/00', '2099/55'], 'head.status': ['normal'], 'line.matchstatus': ['available'] }), answer: browseAnswer([wireRowOf()]) }); // prettier-ignore
    const first = await pull('open-items');
    expect(first).toMatchObject({ records: [rowOf()], more: true });
    validates();
    asks({ request: columns({ 'head.yearperiod': ['1980/00', '2099/55'], 'head.status': ['normal'], 'line.matchstatus': ['proposed'] }), answer: browseAnswer([]) }); // prettier-ignore
    expect(await pull('open-items', first.next)).toMatchObject({ records: [], more: false, next: twinfield.firstPosition('open-items') }); // prettier-ignore
  });
});

const processedBrowse = (rows: readonly string[]): string =>
  envelope(`<ProcessXmlStringResponse xmlns="http://www.twinfield.com/"><ProcessXmlStringResult><![CDATA[${browseAnswer(rows)}]]></ProcessXmlStringResult></ProcessXmlStringResponse>`); // prettier-ignore

describe('debtors', () => {
  answersOnly();

  it('come all at once at first, the template of new ones included', async () => {
    validates();
    const template =
      '<dimension status="active" result="1"><code>DEB</code><name/><behaviour>template</behaviour></dimension>';
    asks({
      request: `<read><type>dimensions</type><office>${OFFICE}</office><dimtype>DEB</dimtype></read>`,
      answer: `<dimensions result="1">${dimensionXml()}${template}</dimensions>`,
    });
    const page = await pull('debtors');
    expect(page.records).toHaveLength(2);
    expect(page).toMatchObject({ more: false, next: debtors({ after: SIGNPOST }) });
  });

  it('come one by one when the Finder names a few that changed', async () => {
    validates();
    searches('DIM', { dimtype: 'DEB', office: OFFICE, modifiedsince: '20261119000000' }, [['001000', 'Waardedijk'], ['002000', 'Weg']]); // prettier-ignore
    const named = await pull('debtors', debtors({}));
    expect(named).toMatchObject({ records: [], more: true, next: debtors({ until: SIGNPOST, todo: ['001000', '002000'] }) }); // prettier-ignore
    validates();
    asks({ request: readRequest('001000'), answer: dimensionXml() });
    const first = await pull('debtors', named.next);
    expect(first).toMatchObject({ more: true, next: debtors({ until: SIGNPOST, todo: ['002000'] }) });
    expect(first.records).toHaveLength(1);
    validates();
    asks({ request: readRequest('002000'), answer: absentXml('002000') });
    expect(await pull('debtors', first.next)).toMatchObject({ records: [], more: false, next: debtors({ after: SIGNPOST }) }); // prettier-ignore
  });

  it('cost one call when none changed', async () => {
    validates();
    searches('DIM', { dimtype: 'DEB', office: OFFICE, modifiedsince: '20261119000000' }, []);
    expect(await pull('debtors', debtors({}))).toMatchObject({ records: [], more: false, next: debtors({ after: SIGNPOST }) }); // prettier-ignore
  });

  it('come all at once again when many changed', async () => {
    validates();
    const rows = Array.from({ length: 21 }, (_, index) => [String(index).padStart(6, '0'), 'x']);
    searches('DIM', { dimtype: 'DEB', office: OFFICE, modifiedsince: '20261119000000' }, rows, 4_000);
    expect(await pull('debtors', debtors({}))).toMatchObject({ more: true, next: twinfield.firstPosition('debtors') });
  });

  it.each([
    ['NoAccessToOffice', 'scope_missing'],
    ['AccessDenied', 'scope_missing'],
    ['OptionNotAllowed', 'contract_changed'],
  ])('take the Finder’s %s for %s', async (code, kind) => {
    validates();
    const message = `<MessageOfErrorCodes><Type>Error</Type><Text>Nee: ${code}</Text><Code>${code}</Code></MessageOfErrorCodes>`;
    nock(CLUSTER).post('/webservices/finder.asmx').reply(200, envelope(`<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult>${message}</SearchResult><data><TotalRows>0</TotalRows></data></SearchResponse>`)); // prettier-ignore
    const error = await failureOf(() => pull('debtors', debtors({})));
    expect([error.kind, error.message]).toEqual([kind, `Twinfield: Nee: ${code}`]);
  });
});

describe('deletions', () => {
  answersOnly();

  const deleted = (...rows: readonly (readonly [string, string, string])[]) => {
    const items = rows.map(
      ([daybook, number, at]) =>
        `<b:DeletedTransaction><b:Daybook>${daybook}</b:Daybook><b:DeletionDate>${at}</b:DeletionDate><b:ReasonForDeletion>x</b:ReasonForDeletion><b:TransactionDate>2026-01-01T00:00:00</b:TransactionDate><b:TransactionNumber>${number}</b:TransactionNumber><b:User>PIET</b:User></b:DeletedTransaction>`,
    );
    validates();
    nock(CLUSTER, { reqheaders: { soapaction: '"http://www.twinfield.com/DeletedTransactionsService/Query"' }, badheaders: ['authorization'] }) // prettier-ignore
      .post('/webservices/DeletedTransactionsService.svc', (body: string) =>
        body.includes(
          `<h:Authentication xmlns:h="http://www.twinfield.com/"><AccessToken xmlns="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared">${ESCAPED_TOKEN}</AccessToken><CompanyCode xmlns="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared">${OFFICE}</CompanyCode></h:Authentication>`,
        ) && /<b:CompanyCode>001<\/b:CompanyCode><\/Query>/.test(body),
      )
      .reply(200, envelope(`<tw:Result xmlns:tw="http://www.twinfield.com/" xmlns:b="u"><b:DeletedTransactions>${items.join('')}</b:DeletedTransactions></tw:Result>`)); // prettier-ignore
  };
  const place = (after: string, ...seen: string[]): Position => ({ version: 1, family: 'deletions', after, seen });

  it('name every line a recently deleted transaction can have had, and of an old one the first', async () => {
    deleted(['VRK', '201800017', '2019-01-01T10:00:00'], ['BNK', '202600004', '2026-11-19T12:34:56.789']);
    const page = await pull('deletions');
    expect(page.records).toHaveLength(101);
    expect(page.records[0]).toEqual({ daybook: 'VRK', number: '201800017', deletedAt: '20190101100000', line: 1 });
    expect(page.records.at(-1)).toEqual({
      daybook: 'BNK',
      number: '202600004',
      deletedAt: '20261119123456',
      line: 100,
    });
    expect(page).toMatchObject({ more: false, next: place('20261119123456', 'BNK/202600004') });
  });

  it('are handed on once, and not missed when two share a second', async () => {
    const at = '2026-11-19T12:34:56';
    deleted(['BNK', '1', at], ['BNK', '2', at], ['VRK', '9', '2026-11-18T00:00:00']);
    const page = await pull('deletions', place('20261119123456', 'BNK/1'));
    expect(new Set(page.records.map((row) => (row as { number: string }).number))).toEqual(new Set(['2']));
    expect(page.next).toEqual(place('20261119123456', 'BNK/1', 'BNK/2'));
  });

  it('with a date that cannot be read are put aside, not lost, and do not move the place', async () => {
    deleted(['VRK', '7', 'onbekend']);
    const page = await pull('deletions', place('20261119123456'));
    const [first] = page.records.map((raw) => twinfield.map(raw, { object: 'deletions', currency: 'EUR', country: 'NL' })); // prettier-ignore
    expect(first).toMatchObject({ outcome: 'rejected', sourceId: 'VRK/7', reason: 'BAD_VERSION' });
    expect(page.next).toEqual(place('20261119123456'));
  });

  it('that come as something else are an error, not an empty list', async () => {
    validates();
    nock(CLUSTER).post('/webservices/DeletedTransactionsService.svc').reply(200, envelope('<Other/>'));
    expect((await failureOf(() => pull('deletions'))).kind).toBe('source_down');
  });
});

describe('answers that are none', () => {
  answersOnly();

  it.each<[number, string, string]>([
    [401, fault(354, 'Access denied. Token invalid.'), 'auth_expired'],
    [401, '', 'auth_expired'],
    [401, fault(103, 'Niet meer geldig.'), 'auth_expired'],
    [401, fault(351, 'Claim ontbreekt.'), 'scope_missing'],
    [403, fault(102, 'Toegang geweigerd.'), 'scope_missing'],
    [403, fault(104, 'Verwijderd.'), 'auth_revoked'],
    [403, fault(352, 'Claim ontbreekt.'), 'scope_missing'],
    [403, '', 'scope_missing'],
    [500, fault(108, 'Ander cluster.'), 'source_down'],
    [500, fault(109, 'Geen toegang.'), 'scope_missing'],
    [500, fault(187, 'Ongeldige XML.'), 'contract_changed'],
    [500, fault(358, 'Kan niet valideren.'), 'source_down'],
    [500, fault(359, 'Company ontbreekt.'), 'scope_missing'],
    [500, envelope('<soap:Fault><faultcode>x</faultcode><faultstring>354 : Access denied.</faultstring></soap:Fault>'), 'auth_expired'], // prettier-ignore
    [200, fault(354, 'Access denied. Token invalid.'), 'auth_expired'],
    [500, 'An error', 'source_down'],
    [524, '<html>Cloudflare</html>', 'source_down'],
    [502, '<html>Bad gateway</html>', 'source_down'],
    [400, '', 'contract_changed'],
    [404, '', 'contract_changed'],
    [302, '', 'source_down'],
    [200, '', 'source_down'],
    [200, '<html>login</html>', 'source_down'],
    [200, envelope('').slice(0, -9), 'source_down'],
    [200, envelope('<Other/>'), 'source_down'],
  ])('%d with %s is %s', async (status, body, kind) => {
    validates();
    nock(CLUSTER).post('/webservices/processxml.asmx').reply(status, body);
    expect((await failureOf(() => pull('receivables'))).kind).toBe(kind);
  });

  it.each<[string, string, string]>([
    ['Veld bestaat niet', '<columns result="0"><column><field msgtype="error" msg="Veld bestaat niet" result="0">x</field></column></columns>', 'contract_changed'], // prettier-ignore
    ['De administratie bestaat niet.', '<columns result="0"><office msgtype="error" msg="De administratie bestaat niet." result="0">9</office></columns>', 'scope_missing'], // prettier-ignore
    ['another document', '<dimensions result="1"/>', 'contract_changed'],
  ])('a browse refused with "%s" is no empty browse', async (_text, answer, kind) => {
    validates();
    nock(CLUSTER).post('/webservices/processxml.asmx').reply(200, envelope(`<ProcessXmlStringResponse><ProcessXmlStringResult><![CDATA[${answer}]]></ProcessXmlStringResult></ProcessXmlStringResponse>`)); // prettier-ignore
    expect((await failureOf(() => pull('receivables'))).kind).toBe(kind);
  });

  it.each([
    ['30', 'rate_limited', '2026-11-20T09:01:00.000Z'],
    [undefined, 'rate_limited', '2026-11-20T09:01:30.000Z'],
    ['0', 'rate_limited', '2026-11-20T09:00:31.000Z'],
    ['soon', 'rate_limited', '2026-11-20T09:01:30.000Z'],
    ['Fri, 20 Nov 2026 09:02:00 GMT', 'rate_limited', '2026-11-20T09:02:00.000Z'],
    ['3600', 'quota_exhausted', '2026-11-20T10:00:30.000Z'],
  ])('too many calls, to be tried after %s, is %s until %s', async (after, kind, until) => {
    validates();
    nock(CLUSTER).post('/webservices/processxml.asmx').reply(429, '{"Message":"x"}', after === undefined ? {} : { 'Retry-After': after }); // prettier-ignore
    const error = await failureOf(() => pull('receivables'));
    expect([error.kind, error.until?.toISOString()]).toEqual([kind, until]);
  });
});
