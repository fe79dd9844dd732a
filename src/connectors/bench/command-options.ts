import { Command, Option } from 'commander';
import { InputError } from '../../kernel/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import type { WriteIntent } from '../contract/index.js';

const OBJECTS = ['debtors', 'receivables', 'deletions', 'open-items'] as const satisfies readonly LedgerObject[];
const WRITES = ['note', 'document', 'task'] as const satisfies readonly WriteIntent['kind'][];

/** Where the source is and which app we are to it. */
export interface SourceOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly set: Readonly<Record<string, string>>;
}

export interface LoginOptions extends SourceOptions {
  readonly port: number;
  readonly out: string;
}

export interface RecordOptions extends SourceOptions {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly administration?: string;
  readonly object: readonly LedgerObject[];
  readonly pages: number;
  readonly limit: number;
  readonly write: readonly WriteIntent['kind'][];
  readonly debtor?: string;
  readonly anonymise?: true;
  readonly out: string;
}

export interface Actions {
  check(names: readonly string[]): Promise<number>;
  login(name: string, options: LoginOptions): Promise<number>;
  record(name: string, options: RecordOptions): Promise<number>;
  replay(file: string, options: { readonly summary?: true }): Promise<number>;
}

/** `openpost connector …`, with every option of it. `ended` gets the exit code. */
export function connectorCommand(actions: Actions, ended: (code: number) => void): Command {
  const program = new Command('openpost connector').description('the bench for authors of connectors');
  program
    .command('check')
    .description('whether a declaration agrees with itself; without a name, all of them')
    .argument('[names...]')
    .action(async (names: string[]) => ended(await actions.check(names)));
  atSource(program.command('login'))
    .description('log in at the source with a browser, and keep the tokens in a file')
    .option(
      '--port <number>',
      'the source sends you back to http://localhost:PORT/oauth/callback',
      wholeNumber('--port'),
      4999,
    )
    .requiredOption('--out <file>', 'where the tokens go (readable for you alone)')
    .action(async (name: string, options: LoginOptions) => ended(await actions.login(name, options)));
  atSource(program.command('record'))
    .description('talk with the source and write down what was said')
    .option('--token <token>', 'an access token')
    .option('--token-file <file>', 'a file with one, or what `login` wrote')
    .option('--administration <id>', 'absent: the first that the token reaches')
    .addOption(
      new Option('--object <names...>', 'what to pull; absent: what a pull reads').choices(OBJECTS).default([]),
    )
    .option('--pages <number>', 'pages per object, at most', wholeNumber('--pages'), 3)
    .option('--limit <number>', 'records per page, at most', wholeNumber('--limit'), 1_000)
    .addOption(new Option('--write <kinds...>', 'what to write, and then to look for').choices(WRITES).default([]))
    .option('--debtor <id>', 'whom to write about; absent: the first debtor that comes')
    .option('--anonymise', 'make other people of the people in it')
    .requiredOption('--out <file>', 'where the conversation goes')
    .action(async (name: string, options: RecordOptions) => ended(await actions.record(name, options)));
  program
    .command('replay')
    .description('the same conversation without any network: prints the records, or the first difference')
    .argument('<file>')
    .option('--summary', 'counts and refusals only')
    .action(async (file: string, options: { summary?: true }) => ended(await actions.replay(file, options)));
  return program;
}

function atSource(command: Command): Command {
  return command
    .argument('<name>', 'the connector')
    .requiredOption('--base-url <url>', 'where the source is')
    .option('--client-id <id>', 'of the app', '')
    .option('--client-secret <secret>', 'of the app', '')
    .option('--set <key=value>', 'a setting of the connector, such as apiUrl=…; may be repeated', readSetting, {});
}

function readSetting(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError('--set', `key=value, got "${text}"`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,6}$/.test(text)) return Number(text);
    throw new InputError(option, `a whole number, got "${text}"`);
  };
}
