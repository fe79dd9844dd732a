import { join } from 'node:path';
import { businessDateIn, systemClock } from '../../src/kernel/index.js';
import { createBook, type Book } from '../books/index.js';
import { createClearFactsSandbox, type ClearFactsSandbox } from '../clearfacts/index.js';
import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../exact-online/index.js';
import { createSmtpSandbox, type SmtpSandbox } from '../smtp/index.js';
import { createTwinfieldSandbox, type TwinfieldSandbox } from '../twinfield/index.js';
import { portOrFree } from './ports.js';

/** Everything outside the product that the demo needs: three accounting packages and a mail server. */
export interface StandIns {
  readonly exact: ExactOnlineSandbox;
  readonly twinfield: TwinfieldSandbox;
  readonly clearfacts: ClearFactsSandbox;
  readonly smtp: SmtpSandbox;
  close(): Promise<void>;
}

/** Ports follow the product's own: 10 higher Exact Online, then inbox, mail, Twinfield, ClearFacts; a taken one is replaced. */
export async function startStandIns(dataDir: string, port: number): Promise<StandIns> {
  const at = (offset: number): Promise<number> => portOrFree(port === 0 ? 0 : port + offset);
  const stateFile = (name: string): string => join(dataDir, 'sandbox', name);
  const clock = systemClock;
  const [dutch, office, belgian] = await demoBooks();
  const exact = await createExactOnlineSandbox({ port: await at(10), books: [dutch], clock, stateFile: stateFile('exact-online.json') }); // prettier-ignore
  const smtp = await createSmtpSandbox({ httpPort: await at(11), port: await at(12), stateFile: stateFile('mail.jsonl') }); // prettier-ignore
  const twinfield = await createTwinfieldSandbox({ port: await at(13), books: [office], clock, stateFile: stateFile('twinfield.json') }); // prettier-ignore
  const clearfacts = await createClearFactsSandbox({ port: await at(14), books: [belgian], clock, profile: 'extended', stateFile: stateFile('clearfacts.json') }); // prettier-ignore
  const running = [exact, smtp, twinfield, clearfacts];
  const close = async (): Promise<void> => void (await Promise.all(running.map((each) => each.close())));
  return { exact, smtp, twinfield, clearfacts, close };
}

/** The firm's main client at Exact Online (or the given file), and two small ones to connect by hand. */
async function demoBooks(): Promise<[Book, Book, Book]> {
  const today = businessDateIn(systemClock.now(), 'Europe/Amsterdam');
  const dataset = process.env['OPENPOST_DATASET'];
  const given = dataset === undefined || dataset === '' ? {} : { dataset };
  return Promise.all([
    createBook({ today, ...given }),
    createBook({ today, size: 600, debtors: 30, seed: 11, code: 1, name: 'Meubelmakerij De Linde BV' }),
    createBook({ today, size: 600, debtors: 30, seed: 12, country: 'BE', name: 'Drukkerij Peeters BV' }),
  ]);
}
