import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export interface Floor {
  readonly rows: number;
  readonly pages: number;
  readonly seconds: number;
}

interface FloorOptions {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  /** The very calls that the pull made. */
  readonly paths: readonly string[];
  readonly token: string;
}

/**
 * The least that any pull must do: fetch the same pages and COPY every record as it is into a plain table, one commit
 * per page. The next page is fetched while one is copied, as the product does.
 */
export async function measureFloor(options: FloorOptions): Promise<Floor> {
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  await client.query('create table bench_floor (record text not null)');
  const started = performance.now();
  const rows = await copyPages(client, options);
  const seconds = (performance.now() - started) / 1000;
  await client.query('drop table bench_floor');
  await client.end();
  return { rows, pages: options.paths.length, seconds };
}

async function copyPages(client: Client, { baseUrl, paths, token }: FloorOptions): Promise<number> {
  let rows = 0;
  let fetching = fetchPage(`${baseUrl}${paths[0]}`, token);
  for (let index = 0; index < paths.length; index += 1) {
    const records = await fetching;
    if (index + 1 < paths.length) fetching = fetchPage(`${baseUrl}${paths[index + 1]}`, token);
    await copyRecords(client, records);
    rows += records.length;
  }
  return rows;
}

const agent = new Agent({ keepAlive: true });

async function fetchPage(url: string, token: string): Promise<readonly unknown[]> {
  const request = get(url, { agent, headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  if (response.statusCode !== 200) throw new Error(`the stand-in answered ${response.statusCode}`);
  const { d } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { d: { results?: unknown[] } };
  return d.results ?? [d];
}

async function copyRecords(client: Client, records: readonly unknown[]): Promise<void> {
  if (records.length === 0) return;
  const stream = client.query(copyFrom('copy bench_floor from stdin'));
  stream.end(records.map((record) => `${JSON.stringify(record).replaceAll('\\', '\\\\')}\n`).join(''));
  await once(stream, 'finish');
}
