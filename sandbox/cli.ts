import { Command, CommanderError, Option } from 'commander';
import { InputError, systemClock, todayIn } from '../src/kernel/index.js';
import { createBook, type BookOptions } from './books/index.js';
import { createClearFactsSandbox, type ClearFactsSandboxOptions } from './clearfacts/index.js';
import { createExactOnlineSandbox } from './exact-online/index.js';
import { createSmtpSandbox } from './smtp/index.js';
import { createTwinfieldSandbox } from './twinfield/index.js';

/** What every stand-in takes, read from the command line. */
interface SandboxOptions {
  port: number;
  dataset?: string;
  shift: boolean;
  size?: number;
  debtors?: number;
  seed?: number;
  quota: boolean;
  profile: NonNullable<ClearFactsSandboxOptions['profile']>;
  state?: string;
  json: boolean;
}

/** A stand-in that runs: what to tell about it, and how to end it. */
interface Running {
  facts: Record<string, unknown>;
  close(): Promise<void>;
}

type Start = (options: SandboxOptions) => Promise<Running>;

const SANDBOXES = {
  'exact-online': startExactOnline,
  twinfield: startTwinfield,
  clearfacts: startClearFacts,
  smtp: startSmtpAlone,
  all: startAll,
} as const satisfies Record<string, Start>;

/** Where the command writes, and what it waits for before it stops. */
export interface SandboxIo {
  out(line: string): void;
  err(line: string): void;
  /** Resolves when the stand-ins shall stop. */
  until(): Promise<unknown>;
}

const processIo: SandboxIo = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  until: () =>
    new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    }),
};

/**
 * `openpost sandbox NAME …`, `argv` being what follows "sandbox". Prints one JSON line on stdout (base URLs, client id
 * and secret, users), runs until SIGINT or SIGTERM, and answers the exit code: 0 stopped cleanly, 1 could not start,
 * 2 wrong usage or input.
 */
export async function runSandboxCommand(argv: readonly string[], io: SandboxIo = processIo): Promise<number> {
  try {
    const { name, options } = parseArguments(argv, io);
    const running = await SANDBOXES[name](options);
    // Waiting begins before the line goes out: whoever reads it may send the signal at once.
    const stopped = io.until();
    io.out(JSON.stringify(running.facts));
    if (!options.json) io.err(`${name} sandbox runs; Ctrl-C stops it.`);
    await stopped;
    await running.close();
    return 0;
  } catch (error) {
    return exitCodeFor(error as Error, io);
  }
}

function exitCodeFor(error: Error, io: SandboxIo): number {
  // Commander has told it already, and asking for help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  io.err(`openpost sandbox: ${error.message}`);
  return error instanceof InputError ? 2 : 1;
}

function parseArguments(
  argv: readonly string[],
  io: SandboxIo,
): { name: keyof typeof SANDBOXES; options: SandboxOptions } {
  const command = new Command('openpost sandbox')
    .description('Run a stand-in of an accounting package or of the mail server, with the real limits.')
    .argument('<name>', Object.keys(SANDBOXES).join(', '))
    .option(
      '--port <number>',
      'its port; smtp: mail, inbox on the next; all: Exact Online, inbox, mail, ClearFacts, Twinfield; 0: free ones',
      wholeNumber('--port', 65_535),
      0,
    )
    .option('--dataset <file>', 'CSV file with the columns of the late-payment histories')
    .option('--no-shift', 'keep the dates of the file (else the newest invoice is of today)')
    .option('--size <number>', 'receivables to generate', wholeNumber('--size', 1_000_000))
    .option('--debtors <number>', 'debtors to generate', wholeNumber('--debtors', 1_000_000))
    .option('--seed <number>', 'same seed, same books', wholeNumber('--seed', Number.MAX_SAFE_INTEGER))
    .option('--no-quota', 'switch the rate limits off')
    .addOption(
      new Option('--profile <name>', 'clearfacts: the API as it is, or with the proposed receivables')
        .choices(['public', 'extended'])
        .default('public'),
    )
    .option(
      '--state <file>',
      'keep the state in this file over a restart ("all": FILE.mail, FILE.clearfacts, FILE.twinfield beside it)',
    )
    .option('--json', 'nothing but the JSON line', false)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .parse([...argv], { from: 'user' });
  const name = command.args[0]!;
  if (!isSandbox(name)) throw new InputError('name', `one of ${Object.keys(SANDBOXES).join(', ')}, got "${name}"`);
  const options = command.opts<SandboxOptions>();
  if (options.dataset !== undefined && (options.size !== undefined || options.debtors !== undefined))
    throw new InputError('--dataset', 'either a file, or --size and --debtors to generate');
  if (!options.shift && options.dataset === undefined) throw new InputError('--no-shift', '--dataset beside it');
  return { name, options };
}

function isSandbox(name: string): name is keyof typeof SANDBOXES {
  return Object.hasOwn(SANDBOXES, name);
}

function wholeNumber(option: string, most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,16}$/.test(text) && Number(text) <= most) return Number(text);
    throw new InputError(option, `a whole number up to ${most}, got "${text}"`);
  };
}

async function startExactOnline(options: SandboxOptions): Promise<Running> {
  const books = [await createBook(toBookOptions(options))];
  const { quota, port, state } = options;
  const stateFile = state === undefined ? {} : { stateFile: state };
  const sandbox = await createExactOnlineSandbox({ port, books, clock: systemClock, quota, ...stateFile });
  const { baseUrl, clientId, clientSecret, webhookSecret, users } = sandbox;
  const divisions = books.map(({ code, name }) => ({ code, name }));
  return {
    facts: { sandbox: 'exact-online', baseUrl, clientId, clientSecret, webhookSecret, users, divisions },
    close: () => sandbox.close(),
  };
}

async function startTwinfield(options: SandboxOptions): Promise<Running> {
  const books = [await createBook({ ...toBookOptions(options), code: TWINFIELD_OFFICE })];
  const { quota, port, state } = options;
  const stateFile = state === undefined ? {} : { stateFile: state };
  const sandbox = await createTwinfieldSandbox({ port, books, clock: systemClock, quota, ...stateFile });
  const { baseUrl, loginUrl, clientId, clientSecret, users } = sandbox;
  const offices = sandbox.state(new URLSearchParams('rows=0')).offices.map(({ code, name }) => ({ code, name }));
  return {
    facts: { sandbox: 'twinfield', baseUrl, loginUrl, clientId, clientSecret, users, offices },
    close: () => sandbox.close(),
  };
}

/** Office 001: its code has zeros in front, as most have. */
const TWINFIELD_OFFICE = 1;

/** Belgian books, and an administration is known by its enterprise number. */
async function startClearFacts(options: SandboxOptions): Promise<Running> {
  const books = [await createBook({ ...toBookOptions(options), country: 'BE' })];
  const { port, profile, state } = options;
  const stateFile = state === undefined ? {} : { stateFile: state };
  const sandbox = await createClearFactsSandbox({ port, books, clock: systemClock, profile, ...stateFile });
  const { loginUrl, apiUrl, clientId, clientSecret, users, administrations } = sandbox;
  return {
    facts: { sandbox: 'clearfacts', profile, loginUrl, apiUrl, clientId, clientSecret, users, administrations },
    close: () => sandbox.close(),
  };
}

function toBookOptions({ dataset, shift, size, debtors, seed }: SandboxOptions): BookOptions {
  return {
    today: todayIn(systemClock, 'Europe/Amsterdam'),
    shift,
    ...(dataset === undefined ? {} : { dataset }),
    ...(size === undefined ? {} : { size }),
    ...(debtors === undefined ? {} : { debtors }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** Alone, mail comes in on the port asked for and the inbox is on the next. */
function startSmtpAlone({ port, state }: SandboxOptions): Promise<Running> {
  return startSmtp({ port, httpPort: after(port, 1), state });
}

async function startSmtp(options: { port: number; httpPort: number; state: string | undefined }): Promise<Running> {
  const { state, ...ports } = options;
  const sandbox = await createSmtpSandbox({ ...ports, ...(state === undefined ? {} : { stateFile: state }) });
  const { smtpUrl, baseUrl } = sandbox;
  return { facts: { sandbox: 'smtp', baseUrl, smtpUrl }, close: () => sandbox.close() };
}

/** All or none: when one cannot start, those that did are stopped again. */
async function startAll(options: SandboxOptions): Promise<Running> {
  const { port } = options;
  const beside = (name: string): { state?: string } =>
    options.state === undefined ? {} : { state: `${options.state}.${name}` };
  const starting = [
    startExactOnline(options),
    startSmtp({ httpPort: after(port, 1), port: after(port, 2), state: beside('mail').state }),
    startClearFacts({ ...options, port: after(port, 3), ...beside('clearfacts') }),
    startTwinfield({ ...options, port: after(port, 4), ...beside('twinfield') }),
  ];
  const settled = await Promise.allSettled(starting);
  const running = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const closeAll = async (): Promise<void> => void (await Promise.all(running.map((one) => one.close())));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await closeAll();
    throw failed.reason;
  }
  const facts = Object.fromEntries(running.map((one) => [String(one.facts['sandbox']), one.facts]));
  return { facts, close: closeAll };
}

/** Free ports stay free ports. */
function after(port: number, steps: number): number {
  return port === 0 ? 0 : port + steps;
}
