import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A worker's own way to the database: bytes go through unchanged, but the test knows which server processes belong to
 * which worker (by the port they see), whatever names the connections carry.
 */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private readonly seen = new Set<number>();

  private constructor(
    private readonly server: Server,
    /** The database's address through this relay. */
    readonly url: string,
  ) {}

  static async open(databaseUrl: string): Promise<Relay> {
    const target = new URL(databaseUrl);
    const server = createServer();
    await new Promise<void>((proceed) => server.listen(0, '127.0.0.1', proceed));
    const url = new URL(databaseUrl);
    url.port = String((server.address() as AddressInfo).port);
    const relay = new Relay(server, url.href);
    server.on('connection', (inner) => relay.join(inner, { host: target.hostname, port: Number(target.port) }));
    return relay;
  }

  /** The ports from which the database saw this worker come. */
  ports(): number[] {
    return [...this.seen];
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((proceed) => this.server.close(() => proceed()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(inner: Socket, target: { host: string; port: number }): void {
    const outer = connect(target, () => this.seen.add((outer.address() as AddressInfo).port));
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
