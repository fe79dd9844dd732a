import {
  companyNumberOf,
  createClearFactsSandbox,
  type ClearFactsSandboxOptions,
} from '../../../sandbox/clearfacts/index.js';
import type { Book } from '../../../sandbox/books/index.js';
import { createClearFacts, type ClearFactsProfile } from '../../../src/connectors/clearfacts/index.js';
import type { ConnectorContext } from '../../../src/connectors/contract/index.js';
import { createSourceHttp } from '../../../src/connectors/transport/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import { newBook } from '../../contract/reading.js';
import { NOW, Stage } from '../../contract/stage.js';

export const clock = fixedClock(NOW);

/** A connector signed in at a stand-in of which a test says what it lacks. */
export async function open(
  profile: ClearFactsProfile,
  options: Partial<ClearFactsSandboxOptions> = {},
  ...[size, debtors]: [number?, number?]
): Promise<Stage> {
  const start = (book: Book) => createClearFactsSandbox({ books: [book], clock, profile, ...options });
  const calls = { token: '', receivables: '' };
  const connector = createClearFacts(profile, clock);
  return Stage.open({ connector, start, calls, administration: companyNumberOf }, await newBook(size ?? 120, debtors));
}

export const HOST = 'https://login.clearfacts.be';
export const API = 'https://api.clearfacts.be';
export const TOKEN = 'canary-access-token';
export const settings = { baseUrl: HOST, clientId: 'app', clientSecret: 'canary-secret', extra: {} };

/** A context on the real hosts, where only answers that a test wrote down exist. */
export function contextOf(): ConnectorContext {
  const allowedHosts = ['api.clearfacts.be'];
  const http = createSourceHttp({ baseUrl: HOST, allowedHosts, bearer: async () => TOKEN, timeoutMs: 300 });
  return { http, clock, settings };
}

/** A context at a stand-in with a token made by hand. */
export function withToken(stage: Stage, token: string): ConnectorContext {
  const http = createSourceHttp({ baseUrl: stage.settings.baseUrl, bearer: async () => token, timeoutMs: 1_500 });
  return { ...stage.context, http };
}
