import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { caller, connect, start, type Caller } from './support.js';

describe('the webhooks of the stand-in', () => {
  let sandbox: ExactOnlineSandbox;
  let api: Caller;
  let path: string;
  let server: Server;
  let callback: string;
  const heard: string[] = [];
  const statuses: number[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        heard.push(Buffer.concat(chunks).toString('utf8'));
        response.writeHead(statuses.shift() ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    sandbox = await start({ quota: false, webhookRetryUnitMs: 5 });
    api = caller(sandbox, (await connect(sandbox)).access_token);
    const me = await api.json('/api/v1/current/Me');
    path = `/api/v1/${String(me.d.results[0]!['CurrentDivision'])}/webhooks/WebhookSubscriptions`;
  });
  beforeEach(() => heard.splice(0));
  afterAll(async () => {
    await sandbox.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const until = async (count: number): Promise<void> => {
    for (let tries = 0; tries < 200 && heard.length < count; tries += 1)
      await new Promise((done) => setTimeout(done, 10));
  };
  const rename = (name: string): unknown => {
    const debtor = (sandbox.state() as { divisions: { debtors: { id: string }[] }[] }).divisions[0]!.debtors[0]!.id;
    return sandbox.applyBookCommand({ kind: 'edit-debtor', debtor, changes: { name } });
  };

  it('drops a subscription whose address does not answer the empty POST', async () => {
    statuses.push(503);
    const refused = await api.post(path, { Topic: 'Accounts', CallbackURL: callback });
    expect([refused.status, await refused.text()]).toEqual([
      500,
      expect.stringContaining('Invalid: Post to callback URL endpoint returns 503'),
    ]);
    expect(heard).toEqual(['']);
    expect((await api.json(path)).d.results).toEqual([]);
  });

  it('signs the raw Content in upper-case hex and tries again when the address fails', async () => {
    expect((await api.post(path, { Topic: 'Accounts', CallbackURL: callback })).status).toBe(201);
    const twice = await api.post(path, { Topic: 'Accounts', CallbackURL: callback });
    expect([twice.status, await twice.text()]).toEqual([500, expect.stringContaining('Gegeven bestaat reeds.')]);
    heard.splice(0);
    statuses.push(500);
    rename('Hernoemd B.V.');
    await until(2);
    expect(heard).toHaveLength(2);
    expect(heard[1]).toBe(heard[0]);
    const match = /^{"Content":(.*),"HashCode":"(.*)"}$/.exec(heard[0]!)!;
    expect(match[2]).toBe(createHmac('sha256', sandbox.webhookSecret).update(match[1]!).digest('hex').toUpperCase());
    expect(JSON.parse(match[1]!)).toMatchObject({ Topic: 'Accounts', Action: 'Update' });
  });

  it('is silent after the subscription is deleted', async () => {
    const { results } = (await api.json(path)).d;
    expect((await api.send('DELETE', `${path}(guid'${String(results[0]!['ID'])}')`)).status).toBe(204);
    rename('Nog een naam');
    await new Promise((done) => setTimeout(done, 50));
    expect(heard).toEqual([]);
  });
});
