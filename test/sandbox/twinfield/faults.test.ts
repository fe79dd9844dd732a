import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../../../sandbox/http/index.js';
import type { TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { caller, columns, connect, door, refresh, resultOf, rowsOf, start, type Caller, type Soap } from './support.js';

const OFFICES = '<list><type>offices</type></list>';
const BULK = '<read><type>dimensions</type><office>001</office><dimtype>DEB</dimtype></read>';
const OPEN = columns({
  'head.yearperiod': ['between', '2000/00', '2040/55'],
  'line.openvaluesigned': null,
  'line.datedue': null,
});

describe('the faults of the stand-in of Twinfield', () => {
  let sandbox: TwinfieldSandbox;
  let accessToken: string;
  let api: Caller;
  beforeEach(async () => {
    sandbox = await start();
    accessToken = (await connect(sandbox)).access_token;
    api = caller(sandbox, accessToken);
  });
  afterEach(() => sandbox.close());

  it('answers a bad token with the recorded fault, byte for byte', async () => {
    const { status, reason, headers, text } = await caller(sandbox, 'bad').raw(OFFICES);
    expect({ status, reason, type: headers.get('content-type') }).toEqual({
      status: 401,
      reason: '354 : Access denied. Token invalid.',
      type: 'text/xml; charset=utf-8',
    });
    expect(text).toContain(
      '<soap:Fault><faultcode>soap:Client</faultcode><faultstring>Access denied. Token invalid.</faultstring>' +
        `<faultactor>${sandbox.baseUrl}/webservices/processxml.asmx?wsdl</faultactor>` +
        '<detail><message>Access denied. Token invalid.</message><code>354</code><source>ProcessXmlString</source></detail></soap:Fault>',
    );
  });

  it('wants a token, and a company it knows, in the header or in the message', async () => {
    const outcome = async (call: Promise<Soap>): Promise<[number, string | undefined]> => {
      const { status, text } = await call;
      return [status, /<code>(\d+)<\/code><source>/.exec(text)?.[1]];
    };
    expect(await outcome(caller(sandbox, '').raw(OFFICES))).toEqual([500, '101']);
    expect(await outcome(api.raw(BULK, '777'))).toEqual([500, '109']);
    expect(await outcome(api.raw(BULK, null))).toEqual([200, undefined]);
    expect(await outcome(api.raw(OPEN, null))).toEqual([500, '359']);
    expect(await outcome(api.raw('<list><type>offices</list>', null))).toEqual([500, '187']);
    expect(await outcome(api.raw('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', null))).toEqual([500, '187']);
  });

  it('shows each user their own offices, in their own language', async () => {
    const users = [
      { userName: 'a@x.example', password: 'a', offices: [], language: 'en' as const },
      { userName: 'b@x.example', password: 'b' },
    ];
    const other = await start({ users });
    const first = caller(other, (await connect(other, { user: 0 })).access_token);
    expect(await first.raw(OFFICES, null)).toMatchObject({
      text: expect.stringContaining('&lt;offices result="1"/&gt;'),
    });
    expect((await first.raw(BULK, null)).text).toContain('msg="The company does not exist."');
    const second = caller(other, (await connect(other, { user: 1 })).access_token);
    expect(await second.process(OFFICES)).toContain('>001</office>');
    await other.close();
  });

  it.each<[Fault['kind'], number, string | null, string]>([
    ['401', 401, null, '<code>354</code>'],
    ['403', 403, null, '<code>102</code>'],
    ['429-minute', 429, 'seconds', ''],
    ['429-day', 429, '3600', ''],
    ['429-bare', 429, null, ''],
    ['500', 500, null, '<code>100</code>'],
    ['503', 503, null, '<h1>Service Unavailable</h1>'],
  ])('plays %s once', async (kind, status, retryAfter, body) => {
    sandbox.arm({ kind });
    const answer = await api.raw(OFFICES);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(body);
    const wait = answer.headers.get('retry-after');
    if (retryAfter === 'seconds') expect(Number(wait)).toBeGreaterThanOrEqual(1);
    else expect(wait).toBe(retryAfter);
    expect((await api.raw(OFFICES)).status).toBe(200);
  });

  it('refuses in the ledger’s own words, or with a published code', async () => {
    await door(sandbox, 'POST', 'faults', {
      kind: 'reject',
      match: '#read.dimensions',
      message: 'Geblokkeerd & dicht.',
    });
    expect(await api.process(OFFICES)).toContain('result="1"');
    expect(await api.process(BULK)).toBe('<read result="0" msgtype="error" msg="Geblokkeerd &amp; dicht."/>');
    const broken = '<ns1:type>OFF</ns1:type>';
    sandbox.arm({ kind: 'reject', message: 'Te duur: € 5' });
    expect(await api.search(broken)).toMatchObject({ status: 500, text: expect.stringContaining('Te duur: € 5') });
    for (const [code, status] of [
      [103, 401],
      [108, 500],
      [351, 401],
      [352, 403],
      [353, 403],
    ] as const) {
      sandbox.arm({ kind: 'reject', message: String(code) });
      expect(await api.raw(OFFICES)).toMatchObject({ status, text: expect.stringContaining(`<code>${code}</code>`) });
    }
  });

  it('breaks answers on the way, before or after the books have changed', async () => {
    const code = /<code>(\d+)</.exec(await api.process(BULK))![1]!;
    const write = `<dimension><office>001</office><type>DEB</type><code>${code}</code><name>N</name><creditmanagement><comment>C</comment></creditmanagement></dimension>`;
    const touched = (): number => sandbox.state().offices[0]!.customers[0]?.touched ?? 0;
    sandbox.arm({ kind: 'timeout-before-commit', delayMs: 50 });
    await expect(api.raw(write)).rejects.toThrow();
    expect(touched()).toBe(0);
    sandbox.arm({ kind: 'timeout-after-commit', delayMs: 50 });
    await expect(api.raw(write)).rejects.toThrow();
    expect(touched()).toBe(1);
    sandbox.arm({ kind: 'reset-mid-body' });
    await expect(api.raw(BULK)).rejects.toThrow();
    sandbox.arm({ kind: 'truncated-body' });
    expect((await api.raw(BULK)).text).not.toContain('</soap:Envelope>');
    sandbox.arm({ kind: 'malformed-body' });
    expect((await api.raw(BULK)).text).toContain('Cloudflare');
    const faults = sandbox.requests.flatMap(({ fault }) => fault ?? []);
    expect(faults).toEqual([
      'timeout-before-commit',
      'timeout-after-commit',
      'reset-mid-body',
      'truncated-body',
      'malformed-body',
    ]);
  });

  it('spoils one record and keeps spoiling the same', async () => {
    sandbox.arm({ kind: 'poison-record', count: 0 });
    const [spoilt, again] = [rowsOf(await api.process(OPEN)), rowsOf(await api.process(OPEN))];
    const bad = spoilt.filter((row) => row['line.openvaluesigned'] === 'n/a');
    expect(bad).toHaveLength(1);
    expect(again.filter((row) => row['line.openvaluesigned'] === 'n/a')).toEqual(bad);
  });

  it('moves the pages of a search under the reader', async () => {
    const page = async (first: number): Promise<string[]> => {
      const { text } = await api.search(
        `<ns1:type>DIM</ns1:type><ns1:pattern>*</ns1:pattern><ns1:field>0</ns1:field><ns1:firstRow>${first}</ns1:firstRow><ns1:maxRows>5</ns1:maxRows>` +
          '<ns1:options><ns1:ArrayOfString><ns1:string>dimtype</ns1:string><ns1:string>DEB</ns1:string></ns1:ArrayOfString></ns1:options>',
      );
      return [...text.matchAll(/<ArrayOfString><string>(\w+)/g)].map((each) => each[1]!);
    };
    const calm = [...(await page(1)), ...(await page(6))];
    sandbox.arm({ kind: 'page-drift' });
    const moved = [...(await page(1)), ...(await page(6))];
    expect(moved.slice(0, 5)).toEqual(calm.slice(0, 5));
    expect(moved[5]).toBe(calm[6]);
  });

  it('makes the token endpoint slow', async () => {
    const { refresh_token } = await connect(sandbox);
    sandbox.arm({ kind: 'token-slow', delayMs: 300 });
    const from = performance.now();
    expect((await refresh(sandbox, refresh_token)).status).toBe(200);
    expect(performance.now() - from).toBeGreaterThanOrEqual(290);
  });
});

describe('the fair use policy of the stand-in of Twinfield', () => {
  it.each([
    ['certified', 500],
    ['uncertified', 25],
  ] as const)('gives a %s app %s credits a minute, a read costing one and a write three', async (quota, limit) => {
    const sandbox = await start({ quota });
    sandbox.setClock('2026-11-22T10:00:40.000Z', true);
    const api = caller(sandbox, (await connect(sandbox)).access_token);
    const seen = ({ headers }: Soap): (string | null)[] =>
      ['limit', 'remaining', 'credited'].map((name) => headers.get(`x-ratelimit-${name}`));
    expect(seen(await api.raw(OFFICES))).toEqual([String(limit), String(limit - 1), '1']);
    expect(seen(await api.raw('<dimensions/>'))).toEqual([String(limit), String(limit - 4), '3']);
    for (let left = limit - 4; left > 2; left -= 1) await api.raw(OFFICES);
    expect((await api.raw('<dimensions/>')).status).toBe(429);
    expect((await api.raw(OFFICES)).status).toBe(200);
    expect((await api.raw(OFFICES)).status).toBe(200);
    const refused = await api.raw(OFFICES);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20']);
    sandbox.setClock('2026-11-22T10:01:00.000Z', true);
    expect((await api.raw(OFFICES)).status).toBe(200);
    await sandbox.close();
  });

  it('refuses a call beside one that still runs, when only one may run at a time', async () => {
    const sandbox = await start({ concurrency: 1 });
    const api = caller(sandbox, (await connect(sandbox)).access_token);
    sandbox.arm({ kind: 'slow', delayMs: 600 });
    const slow = api.raw(OFFICES);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const beside = await api.raw(OFFICES);
    expect([beside.status, beside.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await slow).status).toBe(200);
    expect((await api.raw(OFFICES)).status).toBe(200);
    expect(sandbox.state().mostAtOnce).toEqual({ SANDBOX: 1 });
    await sandbox.close();
  });
});

describe('the state file of the stand-in of Twinfield', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'twinfield-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps consents, payments, comments and deletions over a kill', async () => {
    const stateFile = join(folder, 'state');
    const first = await start({ stateFile });
    const tokens = await connect(first);
    const open = first.state().offices[0]!.receivables.filter(({ openMinor }) => openMinor > 0);
    const [paid, gone] = open.map(({ invoiceNumber }) => String(invoiceNumber));
    first.applyBookCommand({ kind: 'pay', receivable: paid! });
    first.applyBookCommand({ kind: 'delete', receivable: gone! });
    const code = first.state().offices[0]!.debtors[0]!.code;
    const elements = { 'creditmanagement/comment': 'Belt altijd terug' };
    first.applyBookCommand({ kind: 'edit-customer', debtor: String(code), elements });
    const before = await caller(first, tokens.access_token).raw(OPEN);
    const { now: _now, ...books } = first.state();
    // No close: what the file holds now is what a killed process leaves.
    const text = await readFile(stateFile, 'utf8');
    for (const secret of [tokens.access_token, tokens.refresh_token]) expect(text).not.toContain(secret);
    const second = await start({ stateFile });
    const { now: _later, ...kept } = second.state();
    expect({ ...kept, mostAtOnce: null }).toEqual({ ...books, mostAtOnce: null });
    const after = await caller(second, tokens.access_token).raw(OPEN);
    expect(rowsOf(resultOf(after.text))).toEqual(rowsOf(resultOf(before.text)));
    expect((await refresh(second, tokens.refresh_token)).status).toBe(200);
    await Promise.all([first.close(), second.close()]);
  });
});
