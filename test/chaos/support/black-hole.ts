import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server that takes the call and says nothing: whoever rings it has not handed over a single byte of a message. */
export class BlackHole {
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });

  static async open(): Promise<BlackHole> {
    const hole = new BlackHole();
    await new Promise<void>((proceed) => hole.server.listen(0, '127.0.0.1', proceed));
    return hole;
  }

  get smtpUrl(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get calls(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((proceed) => this.server.close(() => proceed()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
