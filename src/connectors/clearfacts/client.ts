import { isRecord, type JsonRecord } from '../../kernel/index.js';
import { randomBytes } from 'node:crypto';
import { SourceError, type ConnectorContext, type ConnectorSettings, type SourceRequest, type SourceResponse } from '../contract/index.js'; // prettier-ignore
import { errorOf } from './errors.js';

const API_URL = 'https://api.clearfacts.be/graphql';

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function apiUrl({ extra }: ConnectorSettings): string {
  return extra['apiUrl'] ?? API_URL;
}

/** A query: exactly one call. Answers `data`. Throws SourceError for everything that is not a whole answer. */
export async function read(context: ConnectorContext, { query, variables }: Question): Promise<JsonRecord> {
  const request: SourceRequest = {
    method: 'POST',
    url: apiUrl(context.settings),
    body: { query, variables },
    isRead: true,
  };
  const response = await context.http.request(request);
  const error = errorOf(response, context.clock);
  if (error !== null) throw error;
  const data = isRecord(response.body) ? response.body['data'] : undefined;
  if (isRecord(data)) return data;
  throw new SourceError('contract_changed', 'The answer of ClearFacts has no data.', { status: response.status });
}

/** The list in a field of an answer. */
export async function readList(
  context: ConnectorContext,
  field: string,
  question: Question,
): Promise<readonly unknown[]> {
  const list = (await read(context, question))[field];
  if (Array.isArray(list)) return list;
  throw new SourceError('contract_changed', `The answer of ClearFacts has no list of ${field}.`, { status: 200 });
}

/** A mutation. Any status is an answer. */
export function write(context: ConnectorContext, { query, variables }: Question): Promise<SourceResponse> {
  return context.http.request({ method: 'POST', url: apiUrl(context.settings), body: { query, variables } });
}

/** A mutation with a file, as the documentation has it: the parts `query`, `variables` and `file`, no `operations`. */
export function upload(
  context: ConnectorContext,
  { query, variables }: Question,
  file: { readonly fileName: string; readonly file: Buffer },
): Promise<SourceResponse> {
  const boundary = `openpost-${randomBytes(12).toString('hex')}`;
  const name = file.fileName.replaceAll(/["\r\n]/g, '_');
  const body = Buffer.concat([
    Buffer.from(part(boundary, 'name="query"', query)),
    Buffer.from(part(boundary, 'name="variables"', JSON.stringify(variables))),
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n`), // prettier-ignore
    file.file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
  return context.http.request({ method: 'POST', url: apiUrl(context.settings), headers, body });
}

function part(boundary: string, name: string, text: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; ${name}\r\n\r\n${text}\r\n`;
}
