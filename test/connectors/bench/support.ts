import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBook, type Book } from '../../../sandbox/books/index.js';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { runConnectorCommand } from '../../../src/connectors/bench/index.js';
import { installedConnectors } from '../../../src/connectors/index.js';
import { systemClock, todayIn } from '../../../src/kernel/index.js';
import { signIn } from '../../contract/sign-in.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `openpost connector …` in this process. `onErr` sees what it tells while it runs. */
export async function connector(argv: readonly string[], onErr?: (text: string) => void): Promise<Ran> {
  const said = { out: '', err: '' };
  const code = await runConnectorCommand(argv, {
    connectors: installedConnectors,
    readFile: (path) => readFile(path, 'utf8'),
    out: async (text) => void (said.out += text),
    err: async (text) => {
      said.err += text;
      onErr?.(text);
    },
  });
  return { code, ...said };
}

export const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'connector-bench-'));

export async function startExact(): Promise<{ standIn: ExactOnlineSandbox; book: Book }> {
  const book = await createBook({ size: 1_300, debtors: 40, seed: 5, today: todayIn(systemClock, 'Europe/Amsterdam') });
  return { book, standIn: await createExactOnlineSandbox({ books: [book], clock: systemClock }) };
}

/** What names a stand-in's app on the command line. */
export const appOf = ({ baseUrl, clientId, clientSecret }: { baseUrl: string; clientId: string; clientSecret: string }): string[] =>
  ['--base-url', baseUrl, '--client-id', clientId, '--client-secret', clientSecret]; // prettier-ignore

/** Logs in as a person would whom the command shows an address; answers the file with the tokens. */
export async function logInTo(
  name: string,
  standIn: {
    baseUrl: string;
    clientId: string;
    clientSecret: string;
    users: readonly { userName: string; password: string }[];
  },
  set: readonly string[] = [],
): Promise<string> {
  const out = join(await folder(), 'tokens.json');
  const visits: Promise<unknown>[] = [];
  const ran = await connector(['login', name, ...appOf(standIn), ...set, '--port', '0', '--out', out], (text) => {
    const address = /https?:\S+/.exec(text)?.[0];
    if (address !== undefined) visits.push(signIn(address, standIn.users[0]!).then((back) => fetch(back)));
  }); // prettier-ignore
  await Promise.all(visits);
  if (ran.code !== 0) throw new Error(ran.err);
  return out;
}
