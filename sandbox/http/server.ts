import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RunningServer {
  /** `http://host:port`, without a trailing slash. */
  readonly baseUrl: string;
  readonly port: number;
  /** Stops at once: open connections are cut. */
  close(): Promise<void>;
}

/** Listens with keep-alive on a free port of the loopback address unless told otherwise. */
export async function startServer(
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  where: { port?: number | undefined; hostName?: string | undefined },
): Promise<RunningServer> {
  const server = createServer({ keepAlive: true, keepAliveTimeout: 65_000 }, (request, response) => {
    handler(request, response).catch((error: unknown) => {
      console.error('sandbox:', error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const host = where.hostName ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where.port ?? 0, host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
