import { request, type IncomingHttpHeaders } from 'node:http';

export interface Heard {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Said {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One HTTP exchange with nothing added to it: only the headers that are given and the length of the body. */
export function say(method: string, url: string, { headers = {}, body }: Said = {}): Promise<Heard> {
  // Node leaves the length out for some verbs, and a body without one is no HTTP.
  const length: Record<string, string> =
    body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, ...length }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, statusMessage = '' } = response;
        resolve({ status: statusCode, reason: statusMessage, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }); // prettier-ignore
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const HOLES: Readonly<Record<string, string>> = {
  guid: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  int: '-?\\d+',
  money: '-?\\d+\\.\\d\\d',
  date: '\\d{8}',
  text: '[^"<>&]+',
  chars: '[^<]*',
  any: '.*?',
};

/** Expected bytes with holes: `«guid»`, `«int»`, `«money»`, `«date»`, `«text»`, `«chars»`, `«any»`. Everything else is literal. */
export function bytes(template: string): RegExp {
  const parts = template.split(/«(\w+)»/);
  const source = parts.map((part, index) =>
    index % 2 === 1 ? HOLES[part]! : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
  );
  return new RegExp(`^${source.join('')}$`, 's');
}

export function form(fields: Readonly<Record<string, string>>): Said {
  return {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  };
}
