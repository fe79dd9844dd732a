import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  ADMIN,
  allItems,
  applyRunOnce,
  connectExact,
  eventually,
  planRunOnce,
  startProduct,
  syncOnce,
  type Product,
} from '../support/product.js';
import { startTestRedis, type TestRedis } from '../support/redis.js';
import { buildOnce } from './support/build-once.js';

const ENTRY = fileURLToPath(new URL('support/entry.mjs', import.meta.url));
const redis: TestRedis | null = await startTestRedis();
if (redis === null) console.warn('roles over Bull not run: no REDIS_URL and no redis-server on this machine');

/** As production runs it: each role in a process of its own, with Bull on a real Redis between them. */
(redis === null ? describe.skip : describe)('api, two workers and two schedulers over Redis', () => {
  let product: Product;
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    await buildOnce();
    product = await startProduct({ size: 2466, debtors: 100, start: false });
    await Promise.all(['api', 'worker', 'worker', 'scheduler', 'scheduler'].map((role) => start(role)));
  }, 240_000);
  afterAll(async () => {
    for (const child of processes) child.kill('SIGTERM');
    await Promise.all(processes.map(ended));
    redis?.stop();
    await product.close();
  });

  async function start(role: string): Promise<void> {
    const environment = {
      ...product.environment,
      PATH: process.env['PATH'] ?? '',
      REDIS_URL: redis!.url,
      OPENPOST_ADMIN_EMAIL: ADMIN.email,
      OPENPOST_ADMIN_PASSWORD: ADMIN.password,
    };
    const child = spawn(process.execPath, [ENTRY, role], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    processes.push(child);
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await new Promise<void>((proceed, fail) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (/^ready /m.test(output)) proceed();
      });
      child.once('exit', (code) => fail(new Error(`role ${role} ended with ${code}:\n${output}`)));
    });
  }

  const ended = (child: ChildProcess): Promise<unknown> =>
    child.exitCode !== null ? Promise.resolve() : new Promise((proceed) => child.once('exit', proceed));

  it('does the main job: pull, plan, approve, send, write back, each thing once', async () => {
    const api = await product.api();
    const { administrationId } = await connectExact(product, api);
    expect(await syncOnce(api, administrationId, true)).toMatchObject({ state: 'complete' });
    const run = await planRunOnce(api, administrationId);
    expect(run).toMatchObject({ state: 'awaiting_approval' });
    expect(await applyRunOnce(api, run.id)).toMatchObject({ state: 'applied' });
    const written = await eventually(
      () => allItems<{ state: string }>(api, `/administrations/${administrationId}/writebacks`),
      (items) => items.length > 0 && items.every(({ state }) => state === 'applied'),
      90_000,
    );
    expect(written).toHaveLength(run.summary.messages * 2);
    expect(product.smtp.messages()).toHaveLength(run.summary.messages);
    const { divisions } = product.exact.state() as { divisions: { notes: unknown[]; documents: unknown[] }[] };
    expect(divisions[0]!.notes).toHaveLength(run.summary.messages);
    expect(divisions[0]!.documents).toHaveLength(run.summary.messages);
  }, 180_000);

  it('stops in order when asked to', async () => {
    for (const child of processes) child.kill('SIGTERM');
    await Promise.all(processes.map(ended));
    expect(processes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
  }, 60_000);
});
