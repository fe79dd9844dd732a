import { spawn, spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

export interface TestRedis {
  readonly url: string;
  stop(): void;
}

/** REDIS_URL, else a redis-server of this machine on a free port, else null: then the suite says that it did not run. */
export async function startTestRedis(): Promise<TestRedis | null> {
  const given = process.env['REDIS_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: () => undefined };
  if (spawnSync('redis-server', ['--version']).error !== undefined) return null;
  const port = await new Promise<number>((proceed) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => proceed(free));
    });
  });
  const options = ['--port', String(port), '--save', '', '--bind', '127.0.0.1'];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  return { url: `redis://127.0.0.1:${port}`, stop: () => void server.kill() };
}
