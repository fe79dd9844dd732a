import { createServer, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { SourceError, type Connector, type ConnectorSettings, type TokenGrant } from '../contract/index.js';

export interface LoginRequest {
  readonly connector: Connector;
  readonly settings: ConnectorSettings;
  /** Port on this machine to which the source sends the person back; 0: a free one. */
  readonly port: number;
  /** Shows the address to open. */
  readonly onAddress: (address: string) => Promise<void>;
}

/**
 * Lets a person log in at the source with a browser, and answers the tokens. The source sends them back to
 * `http://localhost:PORT/oauth/callback`, which has to be registered as the app's redirect address there.
 */
export async function logIn({ connector, settings, port, onAddress }: LoginRequest): Promise<TokenGrant> {
  const auth = connector.auth(settings);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const redirectUri = `http://localhost:${typeof address === 'object' ? address?.port : port}/oauth/callback`;
  const state = randomUUID();
  try {
    const back = new Promise<string>((resolve, reject) => {
      server.on('request', (request, response) => {
        const url = new URL(request.url ?? '/', redirectUri);
        if (url.pathname !== '/oauth/callback' || url.searchParams.get('state') !== state)
          return void say(response, 404, 'This is not what was asked for.');
        const code = url.searchParams.get('code');
        say(response, 200, code === null ? 'The source said no.' : 'Thank you. You can close this window.');
        if (code === null)
          reject(new SourceError('rejected', `The login ended with ${url.searchParams.get('error')}.`));
        else resolve(code);
      });
    });
    await onAddress(auth.authorizeUrl({ redirectUri, state, forceLogin: false }));
    return await auth.exchange({ code: await back, redirectUri });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end(`${text}\n`);
}
