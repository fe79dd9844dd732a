import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Book } from '../../../sandbox/books/index.js';
import { createExactOnlineSandbox, type ExactOnlineSandboxOptions } from '../../../sandbox/exact-online/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import { newBook } from '../../contract/reading.js';
import { failureOf, NOW, Stage } from '../../contract/stage.js';

const clock = fixedClock(NOW);
const connector = createExactOnline(clock);
const calls = { token: '', receivables: '', note: '', document: '', file: '' };
const { topics } = connector.declaration.hints!;

async function open(options: Partial<ExactOnlineSandboxOptions> = {}): Promise<Stage> {
  const start = (book: Book) => createExactOnlineSandbox({ books: [book], clock, quota: false, ...options });
  return Stage.open({ connector, start, calls }, await newBook(5));
}

describe('subscriptions at Exact', () => {
  let server: Server;
  let origin: string;
  let status = 200;
  const heard: string[] = [];
  let stage: Stage;
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        heard.push(`${request.method} ${request.url}`);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    status = 200;
    heard.splice(0);
  });
  afterEach(() => stage.standIn.close());
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const at = (path: string) => ({ administration: stage.administration, callbackUrl: `${origin}${path}` });
  const subscribe = (path: string) => connector.subscribe!(stage.context, at(path));
  const unsubscribe = (path: string) => connector.unsubscribe!(stage.context, at(path));
  const standing = (): { topic: string; callbackUrl: string }[] =>
    (stage.standIn as unknown as { state(): { divisions: { subscriptions: never[] }[] } }).state().divisions[0]!.subscriptions; // prettier-ignore
  const asked = (from: number) => stage.standIn.requests.slice(from).map(({ method, status: code }) => `${method} ${code}`); // prettier-ignore

  it('are made once, one per topic, and cost one call when they stand', async () => {
    stage = await open();
    expect(await subscribe('/a')).toEqual({ topics, added: topics });
    expect(heard).toEqual(topics.map(() => 'POST /a'));
    const before = stage.standIn.requests.length;
    expect(await subscribe('/a')).toEqual({ topics, added: [] });
    expect(asked(before)).toEqual(['GET 200']);
    expect(standing()).toHaveLength(topics.length);
  });

  it('that were forgotten are made again, and said to be new', async () => {
    stage = await open();
    await subscribe('/a');
    stage.standIn.applyBookCommand({ kind: 'forget-subscriptions' });
    expect(standing()).toEqual([]);
    expect((await subscribe('/a')).added).toEqual(topics);
  });

  it('of others are left alone', async () => {
    stage = await open();
    await subscribe('/a');
    await subscribe('/b');
    await unsubscribe('/a');
    expect(new Set(standing().map(({ callbackUrl }) => callbackUrl))).toEqual(new Set([`${origin}/b`]));
    await unsubscribe('/a');
    expect(standing()).toHaveLength(topics.length);
  });

  it('are refused in words when the address does not answer, and only the first is tried', async () => {
    stage = await open();
    status = 503;
    const error = await failureOf(() => subscribe('/a'));
    expect([error.kind, error.message]).toEqual(['rejected', expect.stringContaining('callback URL endpoint returns 503')]); // prettier-ignore
    expect(heard).toHaveLength(1);
  });

  it('that Exact says it has already, though it did not list them, count as standing', async () => {
    stage = await open();
    stage.standIn.arm({ kind: 'reject', match: 'POST .*/WebhookSubscriptions', message: 'Gegeven bestaat reeds.', status: 500 }); // prettier-ignore
    const { topics: stand, added } = await subscribe('/a');
    expect([stand, added]).toEqual([topics, topics.slice(1)]);
  });

  it('need the scope, and one refusal is enough to know', async () => {
    stage = await open();
    stage.standIn.arm({ kind: '403', match: 'POST .*/WebhookSubscriptions', count: 0 });
    const before = stage.standIn.requests.length;
    const error = await failureOf(() => subscribe('/a'));
    expect([error.kind, error.message]).toEqual(['scope_missing', expect.stringContaining("'organization.administration' scope")]); // prettier-ignore
    expect(asked(before)).toEqual(['GET 200', 'POST 403']);
  });

  it('an outage is an outage', async () => {
    stage = await open();
    stage.standIn.arm({ kind: '503', match: 'POST .*/WebhookSubscriptions' });
    expect((await failureOf(() => subscribe('/a'))).kind).toBe('source_down');
  });
});
