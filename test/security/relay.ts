import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What passed through, as far as it is secret. */
interface Overheard {
  readonly tokens: Set<string>;
  readonly codes: Set<string>;
}

/** Answers a call instead of the server behind; null lets it through. */
export type Intrusion = (call: {
  method: string;
  path: string;
  body: string;
  authorization: string;
}) => { status: number; body: string } | null;

/** Stands between the product and the stand-in: hears every token that is granted, and can answer in its place. */
export class Relay {
  readonly heard: Overheard = { tokens: new Set(), codes: new Set() };
  intrusion: Intrusion | null = null;

  private constructor(
    readonly baseUrl: string,
    readonly close: () => Promise<void>,
  ) {}

  static async open(target: string): Promise<Relay> {
    const holder: { relay?: Relay } = {};
    const server = createServer((incoming, outgoing) => {
      holder.relay!.pass(target, incoming, outgoing).catch((error: Error) => outgoing.destroy(error));
    });
    await new Promise<void>((proceed) => server.listen(0, '127.0.0.1', proceed));
    const { port } = server.address() as AddressInfo;
    holder.relay = new Relay(`http://127.0.0.1:${port}`, async () => {
      const closed = new Promise<void>((proceed) => server.close(() => proceed()));
      server.closeAllConnections();
      await closed;
    });
    return holder.relay;
  }

  private async pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const code = new URLSearchParams(body).get('code');
    if (code !== null) this.heard.codes.add(code);
    const instead = this.intrusion?.({ method, path, body, authorization: headers.authorization ?? '' }) ?? null;
    if (instead !== null) {
      outgoing.writeHead(instead.status, { 'content-type': 'application/json' }).end(instead.body);
      return;
    }
    const answer = await forward(target, incoming, body);
    const text = await textOf(answer);
    if (path.startsWith('/api/oauth2/token')) this.overhear(text);
    const { 'transfer-encoding': _, ...kept } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, kept).end(text);
  }

  private overhear(text: string): void {
    const granted = JSON.parse(text) as { access_token?: string; refresh_token?: string };
    for (const token of [granted.access_token, granted.refresh_token])
      if (token !== undefined) this.heard.tokens.add(token);
  }
}

function forward(target: string, incoming: IncomingMessage, body: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(target);
  const { method = 'GET', url: path = '/', headers } = incoming;
  return new Promise((proceed, fail) => {
    const call = request({ hostname, port, method, path, headers }, proceed);
    call.on('error', fail).end(body);
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
