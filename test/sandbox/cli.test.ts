import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { runSandboxCommand } from '../../sandbox/cli.js';

interface Facts {
  baseUrl: string;
  smtpUrl: string;
  clientId: string;
  clientSecret: string;
  users: { userName: string; password: string }[];
  divisions: { code: number; name: string }[];
}

interface Session<F> {
  facts: F;
  stop(): Promise<number>;
}

/** Runs the command in this process until the test stops it. */
async function start<F = Facts>(...argv: string[]): Promise<Session<F>> {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => void (stop = resolve));
  let tell = (_line: string): void => undefined;
  const line = new Promise<string>((resolve) => void (tell = resolve));
  const errors: string[] = [];
  const exit = runSandboxCommand(argv, { out: tell, err: (text) => errors.push(text), until: () => stopped });
  const first = await Promise.race([line, exit.then((code) => Promise.reject(new Error(`exit ${code}: ${errors}`)))]);
  return { facts: JSON.parse(first) as F, stop: () => (stop(), exit) };
}

/** Runs the command to an end that comes by itself. */
async function fail(...argv: string[]): Promise<{ code: number; out: string[]; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    until: async () => undefined,
  };
  return { code: await runSandboxCommand(argv, io), out, err: err.join('\n') };
}

/**
 * The first of five ports in a row that are free now. Below the range from which the system hands out ports by itself
 * (32768 and up), so that a test beside this one is not given one of them in between.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const first = 12_000 + Math.floor(Math.random() * 18_000);
    const row = await Promise.all([0, 1, 2, 3, 4].map((offset) => isFree(first + offset)));
    if (row.every((free) => free)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((proceed) => {
    const probe = createServer().once('error', () => proceed(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => proceed(true)));
  });
}

const small = ['--size', '40', '--debtors', '5'];

describe('openpost sandbox', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'sandbox-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('runs Exact Online with generated books and tells how to log in', async () => {
    const { facts, stop } = await start('exact-online', '--port', '0', '--seed', '3', '--json', ...small);
    expect(facts.clientId).toMatch(/^[0-9a-f-]{36}$/);
    expect(facts.clientSecret).not.toBe('');
    expect(facts.users[0]).toMatchObject({ userName: expect.stringContaining('@'), password: expect.any(String) });
    expect(facts.divisions).toHaveLength(1);
    const login = await fetch(
      `${facts.baseUrl}/api/oauth2/auth?client_id=${facts.clientId}&redirect_uri=${encodeURIComponent('http://localhost/back')}&response_type=code&state=s`,
    );
    expect(login.status).toBe(200);
    expect(await login.text()).toContain('type="password"');
    expect(await stop()).toBe(0);
    await expect(fetch(facts.baseUrl)).rejects.toThrow();
  });

  it('runs ClearFacts with Belgian books, as it is or as proposed, and tells how to log in', async () => {
    interface ClearFacts {
      loginUrl: string;
      apiUrl: string;
      profile: string;
      administrations: { companyNumber: string }[];
    }
    const asItIs = await start<ClearFacts>('clearfacts', '--json', ...small);
    expect(asItIs.facts).toMatchObject({ profile: 'public', apiUrl: `${asItIs.facts.loginUrl}/graphql` });
    expect(asItIs.facts.administrations[0]!.companyNumber).toMatch(/^0\d{9}$/);
    const discovery = await fetch(`${asItIs.facts.loginUrl}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ issuer: asItIs.facts.loginUrl });
    expect(await asItIs.stop()).toBe(0);
    const proposed = await start<ClearFacts>('clearfacts', '--profile', 'extended', '--json', ...small);
    expect(proposed.facts.profile).toBe('extended');
    expect(await proposed.stop()).toBe(0);
    expect((await fail('clearfacts', '--profile', 'private')).code).toBe(2);
  });

  it('runs Twinfield with an office whose code has zeros in front', async () => {
    interface Twinfield {
      baseUrl: string;
      loginUrl: string;
      clientId: string;
      offices: { code: string; name: string }[];
    }
    const { facts, stop } = await start<Twinfield>('twinfield', '--json', '--no-quota', ...small);
    expect(facts.offices).toEqual([{ code: '001', name: 'Lindeboom Groothandel BV' }]);
    const query = `client_id=${facts.clientId}&redirect_uri=http%3A%2F%2Flocalhost%2Fback&response_type=code&state=s&nonce=n&scope=openid+twf.organisationUser`;
    const login = await fetch(`${facts.loginUrl}/auth/authentication/connect/authorize?${query}`);
    expect(await login.text()).toContain('type="password"');
    expect((await fetch(`${facts.baseUrl}/webservices/processxml.asmx?wsdl`)).status).toBe(200);
    expect(await stop()).toBe(0);
  });

  it('takes mail on the port asked for, the inbox on the next', async () => {
    const port = await freePort();
    const { facts, stop } = await start('smtp', '--port', String(port), '--json');
    expect(facts).toEqual({
      sandbox: 'smtp',
      smtpUrl: `smtp://127.0.0.1:${port}`,
      baseUrl: `http://127.0.0.1:${port + 1}`,
    });
    const transport = createTransport(facts.smtpUrl);
    await transport.sendMail({ from: 'a@a.example', to: 'b@b.example', subject: 'hello', text: 'world' });
    transport.close();
    const messages = (await (await fetch(`${facts.baseUrl}/__sandbox/messages`)).json()) as { subject: string }[];
    expect(messages.map(({ subject }) => subject)).toEqual(['hello']);
    expect(await stop()).toBe(0);
  });

  it('runs all of them side by side on ports of their own, with state of their own', async () => {
    const port = await freePort();
    const state = join(folder, 'state');
    const argv = ['all', '--port', String(port), '--state', state, '--json', ...small];
    const { facts, stop } = await start<Record<'exact-online' | 'smtp', Facts>>(...argv);
    expect(new URL(facts['exact-online'].baseUrl).port).toBe(String(port));
    expect(facts.smtp.baseUrl).toBe(`http://127.0.0.1:${port + 1}`);
    expect(facts.smtp.smtpUrl).toBe(`smtp://127.0.0.1:${port + 2}`);
    const transport = createTransport(facts.smtp.smtpUrl);
    await transport.sendMail({ from: 'a@a.example', to: 'b@b.example', subject: 'kept', text: 'x' });
    transport.close();
    expect(await stop()).toBe(0);
    const files = [state, ...['mail', 'clearfacts', 'twinfield'].map((name) => `${state}.${name}`)];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const again = await start<Record<'smtp', Facts>>(...argv);
    expect(await (await fetch(`${again.facts.smtp.baseUrl}/__sandbox/messages`)).json()).toHaveLength(1);
    expect(await again.stop()).toBe(0);
  });

  it('serves the books of a file', async () => {
    const dataset = join(folder, 'two.csv');
    const header = 'countryCode,customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate';
    await writeFile(dataset, `${header}\n391,A,1,1/1/2013,1/31/2013,10.00,No,\n391,B,2,1/2/2013,2/1/2013,5.00,No,\n`);
    const { facts, stop } = await start('exact-online', '--dataset', dataset, '--json');
    const state = JSON.stringify(await (await fetch(`${facts.baseUrl}/__sandbox/state`)).json());
    expect(state.match(/"invoiceNumber":2000000\d/g)).toHaveLength(2);
    expect(await stop()).toBe(0);
    await writeFile(dataset, `${header}\n391,A,1,1/1/2013,31/1/2013,10.00,No,\n`);
    const bad = await fail('exact-online', '--dataset', dataset);
    expect(bad).toMatchObject({ code: 2, out: [] });
    expect(bad.err).toContain('row 2, column DueDate');
  });

  it('names what exists when the name is unknown', async () => {
    const { code, out, err } = await fail('moneybird');
    expect([code, out]).toEqual([2, []]);
    expect(err).toMatch(/one of exact-online, .*clearfacts, .*smtp, all, got "moneybird"/);
  });

  it.each([
    [[], 'name'],
    [['smtp', 'again'], 'too many arguments'],
    [['smtp', '--colour', 'blue'], '--colour'],
    [['smtp', '--port', 'http'], '--port: expected a whole number'],
    [['smtp', '--port', '70000'], '--port: expected a whole number'],
    [['exact-online', '--size', '-5'], '--size'],
    [['exact-online', '--size', '0'], 'size'],
    [['exact-online', '--size', '5', '--debtors', '6'], 'debtors'],
    [['exact-online', '--dataset', 'x.csv', '--size', '5'], '--dataset'],
    [['exact-online', '--dataset', '/nowhere.csv'], '/nowhere.csv'],
    [['exact-online', '--no-shift'], '--no-shift'],
  ])('refuses %j and says why', async (argv, words) => {
    const { code, out, err } = await fail(...argv);
    expect([code, out]).toEqual([2, []]);
    expect(err).toContain(words);
  });

  it('explains itself', async () => {
    const { code, out } = await fail('--help');
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('--no-quota');
  });

  it('cannot start on a port that is taken, and leaves none of the others running', async () => {
    const port = await freePort();
    const blocker = await start('smtp', '--port', String(port));
    const failed = await fail('all', '--port', String(port - 1), ...small);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain('EADDRINUSE');
    await expect(fetch(`http://127.0.0.1:${port - 1}`)).rejects.toThrow();
    await blocker.stop();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('runs as a process until %s and ends cleanly', async (signal) => {
    const script = `import { runSandboxCommand } from './sandbox/cli.ts';
      process.exitCode = await runSandboxCommand(process.argv.slice(1));`;
    const loader = ['--import', './test/sandbox/typescript-loader.mjs', '--input-type=module', '-e', script];
    const child = spawn(process.execPath, [...loader, 'all', ...small], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    const ready = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => void ((out += chunk), out.includes('\n') && resolve()));
    });
    const ended = new Promise<unknown[]>((resolve) => child.once('exit', (...how) => resolve(how)));
    await Promise.race([ready, ended]);
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(
      expect.arrayContaining(['exact-online', 'smtp', 'clearfacts', 'twinfield']),
    );
  });
});
