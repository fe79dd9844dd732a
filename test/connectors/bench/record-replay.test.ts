import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBook, type Book } from '../../../sandbox/books/index.js';
import { createClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import type { ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { createTwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { systemClock, todayIn } from '../../../src/kernel/index.js';
import { appOf, connector, folder, logInTo, startExact } from './support.js';

describe('a conversation on the bench', () => {
  let standIn: ExactOnlineSandbox;
  let book: Book;
  let tokens: string;
  let file: string;
  beforeAll(async () => {
    ({ standIn, book } = await startExact());
    tokens = await logInTo('exact-online', standIn);
    file = join(await folder(), 'exact.jsonl');
  });
  afterAll(() => standIn.close());

  const record = (...more: string[]) => connector(['record', 'exact-online', ...appOf(standIn), '--token-file', tokens, ...more]); // prettier-ignore

  it('keeps tokens in a file of one person', async () => {
    expect((await stat(tokens)).mode & 0o077).toBe(0);
    expect(JSON.parse(await readFile(tokens, 'utf8'))).toMatchObject({ accessToken: expect.any(String), expiresInSeconds: 600 }); // prettier-ignore
  });

  it('is recorded: who, what may be done, every object, a note and its finding again', async () => {
    const ran = await record('--write', 'note', '--out', file);
    expect(ran).toMatchObject({ code: 0, err: expect.stringMatching(/\d+ calls are in .*, and replay\.\n$/) });
    expect(ran.out).toMatch(/^check {4}\S+.*administrations: \d+ \(Lindeboom Groothandel BV\)\n/);
    expect(ran.out).toContain('pull     debtors: 40 debtor');
    expect(ran.out).toMatch(/pull {5}receivables: 1300 receivable.* on 2 pages\n/);
    expect(ran.out).toContain('write    note: applied, asked afterwards: applied\n');
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('holds no secret', async () => {
    const { accessToken, refreshToken } = JSON.parse(await readFile(tokens, 'utf8')) as Record<string, string>;
    const text = await readFile(file, 'utf8');
    for (const secret of [accessToken!, refreshToken!, standIn.clientSecret, 'Bearer'])
      expect(text).not.toContain(secret);
  });

  it('is replayed without the source, with the same records and the same words', async () => {
    const before = standIn.requests.length;
    const ran = await connector(['replay', file]);
    expect(ran.code).toBe(0);
    const records = ran.out.trim().split('\n').map((line) => JSON.parse(line) as { object: string; outcome: string }); // prettier-ignore
    expect(records.filter(({ outcome }) => outcome === 'debtor')).toHaveLength(40);
    expect(records.filter(({ outcome }) => outcome === 'receivable')).toHaveLength(1_300);
    expect(await connector(['replay', file, '--summary'])).toEqual({ code: 0, out: ran.err, err: '' });
    expect(standIn.requests.length).toBe(before);
  });

  const changed = async (change: (line: string) => string): Promise<string> => {
    const other = join(await folder(), 'changed.jsonl');
    await writeFile(other, (await readFile(file, 'utf8')).split('\n').map(change).join('\n'));
    return other;
  };

  it('names the first byte at which a call is another than the recorded one', async () => {
    const other = await changed((line) =>
      line.includes('"step":"pull receivables"') ? line.replace('/PaymentTerms?', '/PaymentTermz?') : line,
    );
    const ran = await connector(['replay', other]);
    expect(ran.code).toBe(1);
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(/^Call \d+ \(pull receivables\) differs in its address, at byte \d+\n {2}recorded {2}.*PaymentTermz.*\n {2}now {7}.*PaymentTerms/); // prettier-ignore
  });

  it('names a difference inside a body', async () => {
    const other = await changed((line) => line.replace('Written by the bench', 'Written by the bunch'));
    expect((await connector(['replay', other])).err).toMatch(/^Call \d+ \(write note\) differs in its body, at byte \d+\n.*bunch.*\n.*bench/); // prettier-ignore
  });

  it('names a call that is asked no more', async () => {
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const [call, end] = [lines.at(-2)!, JSON.parse(lines.at(-1)!) as { calls: number }];
    const longer = join(await folder(), 'longer.jsonl');
    await writeFile(longer, [...lines.slice(0, -1), call, JSON.stringify({ calls: end.calls + 1 }), ''].join('\n'));
    expect(await connector(['replay', longer])).toMatchObject({ code: 1, err: expect.stringMatching(/was recorded and is asked no more: GET/) }); // prettier-ignore
    const shorter = join(await folder(), 'shorter.jsonl');
    await writeFile(shorter, [...lines.slice(0, -2), JSON.stringify({ calls: end.calls - 1 }), ''].join('\n'));
    expect(await connector(['replay', shorter])).toMatchObject({ code: 1, err: expect.stringMatching(/^Call \d+ was not recorded: GET/) }); // prettier-ignore
  });

  it('shows a record that the mapping refuses, and why', async () => {
    const other = await changed((line) =>
      line.includes('"step":"pull receivables"') ? line.replace(/"DueDate":"[^"]*"/, '"DueDate":"soon"') : line,
    );
    const { code, out } = await connector(['replay', other, '--summary']);
    expect(code).toBe(0);
    expect(out).toMatch(/\nrejected [0-9a-f-]{36}: [A-Z_]+, .*DueDate/);
  });

  it('refuses half a file, and one that is none', async () => {
    const half = join(await folder(), 'half.jsonl');
    const text = await readFile(file, 'utf8');
    await writeFile(half, text.slice(0, text.lastIndexOf('{"calls"')));
    expect(await connector(['replay', half])).toMatchObject({ code: 2, err: expect.stringContaining('not whole') });
    await writeFile(half, text.slice(0, text.length / 2));
    expect(await connector(['replay', half])).toMatchObject({ code: 2, err: expect.stringMatching(/line \d+: expected JSON/) }); // prettier-ignore
    expect(await connector(['replay', join(half, 'none')])).toMatchObject({ code: 2 });
  });

  it('keeps an answer that failed, and fails alike at the replay', async () => {
    const failing = join(await folder(), 'failing.jsonl');
    // The rights are asked with the first, the pull with the second.
    const twice = { match: 'sync/Cashflow/PaymentTerms', count: 2 };
    standIn.arm({ kind: '429-minute', ...twice });
    const ran = await record('--object', 'receivables', '--out', failing);
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('FAILED   rate_limited, pull receivables: ') });
    expect((await connector(['replay', failing, '--summary'])).out).toBe(ran.out);
    standIn.arm({ kind: 'reset-mid-body', ...twice });
    const lost = await record('--object', 'receivables', '--out', failing);
    expect(lost.out).toContain('FAILED   source_down, pull receivables: ');
    expect((await connector(['replay', failing, '--summary'])).out).toBe(lost.out);
  });

  it('makes other people of those in it, and still replays', async () => {
    const other = join(await folder(), 'others.jsonl');
    expect(await record('--anonymise', '--write', 'note', '--out', other)).toMatchObject({ code: 0 });
    const text = await readFile(other, 'utf8');
    const real = book.debtors;
    expect(real.filter(({ email }) => email !== null && text.includes(email))).toEqual([]);
    expect(real.filter(({ name }) => text.includes(name))).toEqual([]);
    const { out } = await connector(['replay', other]);
    expect(out.match(/"outcome":"debtor"/g)).toHaveLength(real.length);
  });

  it.each([
    [['record', 'exact-online', '--base-url', 'http://localhost:1', '--out', 'x'], /--token/],
    [['record', 'nobody', '--base-url', 'http://localhost:1', '--token', 'x', '--out', 'x'], /one of exact-online, .*got "nobody"/],
    [['record', 'exact-online', '--token', 'x', '--out', 'x'], /--base-url/],
    [['record', 'exact-online', '--base-url', 'nowhere', '--token', 'x', '--out', 'x'], /an address, got "nowhere"/],
    [['record', 'exact-online', '--base-url', 'http://localhost:1', '--object', 'cats', '--out', 'x'], /debtors, receivables/],
    [['check', 'nobody'], /got "nobody"/],
    [['dance'], /unknown command/],
  ])('refuses %j', async (argv, words) => {
    expect(await connector(argv)).toMatchObject({ code: 2, err: expect.stringMatching(words) });
  }); // prettier-ignore
});

describe('a conversation in another tongue', () => {
  const today = todayIn(systemClock, 'Europe/Amsterdam');

  it('in SOAP, with the token inside the message', async () => {
    const books = [await createBook({ size: 60, debtors: 8, seed: 5, today, code: 7 })];
    const standIn = await createTwinfieldSandbox({ books, clock: systemClock, quota: false });
    const tokens = await logInTo('twinfield', standIn);
    const file = join(await folder(), 'twinfield.jsonl');
    const argv = ['record', 'twinfield', ...appOf(standIn), '--token-file', tokens, '--pages', '300', '--out', file];
    const ran = await connector([...argv, '--write', 'note']);
    await standIn.close();
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('8 debtor') });
    expect(await readFile(file, 'utf8')).not.toContain((JSON.parse(await readFile(tokens, 'utf8')) as { accessToken: string }).accessToken); // prettier-ignore
    expect((await connector(['replay', file, '--summary'])).out).toBe(ran.out);
  });

  it('in GraphQL, with a file whose boundary is drawn by lot', async () => {
    const books = [await createBook({ size: 60, debtors: 8, seed: 5, today, country: 'BE' })];
    const standIn = await createClearFactsSandbox({ books, clock: systemClock, profile: 'extended' });
    standIn.applyBookCommand({ kind: 'archive-category', name: 'Openpost' });
    const set = ['--set', `apiUrl=${standIn.apiUrl}`, '--set', 'profile=extended'];
    const tokens = await logInTo('clearfacts', standIn, set);
    const file = join(await folder(), 'clearfacts.jsonl');
    const argv = ['record', 'clearfacts', ...appOf(standIn), ...set, '--token-file', tokens, '--out', file];
    const ran = await connector([...argv, '--write', 'note', 'document']);
    await standIn.close();
    expect(ran.out).toContain('pull     receivables: 60 receivable on 1 page\n');
    // ClearFacts cannot be asked what its archive holds: that is said, and kept.
    expect(ran.out).toContain('write    document: failed');
    expect(ran.err).toMatch(/and replay\.\n$/);
    expect((await connector(['replay', file, '--summary'])).out).toBe(ran.out);
  });
});
