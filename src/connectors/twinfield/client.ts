import { SourceError, type BudgetSeen, type ConnectorContext, type SourceResponse } from '../contract/index.js';
import { rowsIn } from './browse-rows.js';
import { forgetCluster, resolveCluster } from './cluster.js';
import { errorOf, WRONG_CLUSTER } from './errors.js';
import {
  deletedCall,
  findFault,
  openEnvelope,
  processCall,
  refusalIn,
  resultIn,
  searchCall,
  type Search,
  type SoapCall,
} from './soap.js';
import { COLUMNS, CUSTOMER_TRANSACTIONS, type BrowseRow, type DeletedTransaction, type Filters } from './wire.js';
import { stampOf } from './wire-values.js';
import {
  attributeOf,
  childOf,
  childrenOf,
  element,
  MalformedXml,
  parseXml,
  textOf,
  walk,
  type XmlNode,
} from './xml.js';

/** An answer of the XML service, with what its headers say is left. */
export interface Answer {
  readonly root: { readonly name: string; readonly node: XmlNode };
  readonly budgets: readonly BudgetSeen[];
}

/**
 * One request of the XML service. A refusal inside the answer is left in it. Throws SourceError: a read that comes back
 * as half an answer is `source_down`, a write `outcome_unknown`.
 */
export async function processXml(
  context: ConnectorContext,
  office: string | null,
  request: string,
  effect: 'read' | 'write' = 'read',
): Promise<Answer> {
  const { text, budgets } = await ask(context, office, request, effect);
  return { root: whole(effect, () => parseXml(text)), budgets };
}

/** The inner text of an answer, unread. */
async function ask(
  context: ConnectorContext,
  office: string | null,
  request: string,
  effect: 'read' | 'write',
): Promise<{ readonly text: string; readonly budgets: readonly BudgetSeen[] }> {
  const { body, budgets } = await post(context, processCall(request, office), effect);
  return { text: whole(effect, () => resultIn(body)), budgets };
}

/** A read whose refusal is an error: the office is not reached, or a field is unknown. */
export async function read(context: ConnectorContext, office: string | null, request: string): Promise<Answer> {
  const answer = await processXml(context, office, request);
  return { ...answer, root: accepted(answer.root) };
}

function accepted(root: Answer['root']): Answer['root'] {
  const refusal = refusalIn(root);
  if (refusal === null) return root;
  const kind = refusal.fields.includes('office') ? 'scope_missing' : 'contract_changed';
  throw new SourceError(kind, `Twinfield: ${refusal.message}`, { fields: refusal.fields });
}

/** Rows of browse 100. There is no paging: an answer holds everything that the filters let through. */
export async function browse(
  context: ConnectorContext,
  office: string,
  filters: Filters,
): Promise<{ readonly rows: readonly BrowseRow[]; readonly budgets: readonly BudgetSeen[] }> {
  const { text, budgets } = await ask(context, office, columnsOf(filters), 'read');
  const rows = rowsIn(text);
  if (rows !== null) return { rows, budgets };
  const root = accepted(whole('read', () => parseXml(text)));
  if (root.name !== 'browse') throw new SourceError('contract_changed', `Twinfield answered a browse with "${root.name}".`); // prettier-ignore
  return { rows: childrenOf(root.node, 'tr').map(toRow), budgets };
}

function columnsOf(filters: Filters): string {
  const columns = COLUMNS.map((column) => {
    const [from, to] = filters[column] ?? [];
    const asked =
      from === undefined
        ? [element('ask', 'false'), element('operator', 'none')]
        : [
            element('ask', 'true'),
            element('operator', to === undefined ? 'equal' : 'between'),
            element('from', from),
            element('to', to ?? ''),
          ];
    return element('column', [element('field', `fin.trs.${column}`), element('label', column), element('visible', 'true'), ...asked]); // prettier-ignore
  });
  return `<columns code="${CUSTOMER_TRANSACTIONS}">${columns.join('')}</columns>`;
}

const PREFIX = 'fin.trs.';

function toRow(row: XmlNode): BrowseRow {
  const key = childOf(row, 'key');
  const cells: Record<string, string> = {};
  for (const cell of childrenOf(row, 'td')) {
    const field = attributeOf(cell, 'field') ?? '';
    cells[field.startsWith(PREFIX) ? field.slice(PREFIX.length) : field] = textOf(cell).trim();
  }
  const part = (name: string): string => textOf(childOf(key, name)).trim();
  return { key: { office: part('office'), code: part('code'), number: part('number'), line: part('line') }, cells };
}

/** Codes of the Finder's first column, up to `search.maxRows`, and how many there are in all. */
export async function search(
  context: ConnectorContext,
  office: string,
  wanted: Search,
): Promise<{
  readonly rows: readonly (readonly string[])[];
  readonly total: number;
  readonly budgets: readonly BudgetSeen[];
}> {
  const { body, budgets } = await post(context, searchCall(wanted, office), 'read');
  const content = contentOf(body);
  const answer = childOf(content, 'SearchResponse');
  if (answer === null) throw new SourceError('source_down', 'Twinfield answered a search with something else.');
  const problem = childrenOf(childOf(answer, 'SearchResult'), 'MessageOfErrorCodes').find((each) => textOf(childOf(each, 'Type')) === 'Error'); // prettier-ignore
  if (problem !== undefined) throw searchError(problem);
  const data = childOf(answer, 'data');
  const rows = childrenOf(childOf(data, 'Items'), 'ArrayOfString').map((row) =>
    childrenOf(row, 'string').map((each) => textOf(each).trim()),
  );
  return { rows, total: Number(textOf(childOf(data, 'TotalRows'))) || rows.length, budgets };
}

function searchError(problem: XmlNode): SourceError {
  const code = textOf(childOf(problem, 'Code')).trim();
  const text = `Twinfield: ${textOf(childOf(problem, 'Text')).trim() || code}`;
  return new SourceError(/^(NoAccessToOffice|AccessDenied)$/.test(code) ? 'scope_missing' : 'contract_changed', text);
}

/** Transactions that were deleted; those whose moment cannot be read come with an empty one. */
export async function deletedTransactions(
  context: ConnectorContext,
  office: string,
  dateFrom: string | null,
): Promise<{ readonly rows: readonly DeletedTransaction[]; readonly budgets: readonly BudgetSeen[] }> {
  const { body, budgets } = await post(context, deletedCall(office, dateFrom), 'read');
  const content = contentOf(body);
  const found = [...walk('Body', content)];
  if (!found.some(([name]) => name === 'Result' || name === 'DeletedTransactions'))
    throw new SourceError('source_down', 'Twinfield answered the question for deletions with something else.');
  const rows = found
    .filter(([name]) => name === 'DeletedTransaction')
    .map(([, each]) => ({
      daybook: textOf(childOf(each, 'Daybook')).trim(),
      number: textOf(childOf(each, 'TransactionNumber')).trim(),
      deletedAt: stampOf(textOf(childOf(each, 'DeletionDate'))) ?? '',
    }));
  return { rows, budgets };
}

async function post(
  context: ConnectorContext,
  { path, action, body }: SoapCall,
  effect: 'read' | 'write',
): Promise<{ readonly body: string; readonly budgets: readonly BudgetSeen[] }> {
  const { cluster } = await resolveCluster(context);
  const headers = { Accept: 'text/xml', 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: `"${action}"` };
  const isRead = effect === 'read';
  const response = await context.http.request({ method: 'POST', url: `${cluster}${path}`, headers, body, isRead, token: 'placed' }); // prettier-ignore
  const error = isAnswered(response) ? null : errorOf(response, context.clock);
  const text = typeof response.body === 'string' ? response.body : '';
  if (error === null) return { body: text, budgets: readBudgets(response, context.clock.now()) };
  if (findFault(response.body)?.code === WRONG_CLUSTER) forgetCluster(context);
  throw error;
}

/** A refusal in its own words may come with a 500: what says whether it was done counts, and not the status. */
function isAnswered({ status, body }: SourceResponse): boolean {
  return (
    status === 500 && typeof body === 'string' && body.includes('ProcessXmlStringResult') && findFault(body) === null
  );
}

function contentOf(body: string): XmlNode {
  const opened = whole('read', () => openEnvelope(body));
  return 'content' in opened ? opened.content : '';
}

/** Half an answer to a read may be asked for again; half an answer to a write does not say what was done. */
function whole<Value>(effect: 'read' | 'write', open: () => Value): Value {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof MalformedXml)) throw error;
    throw new SourceError(effect === 'read' ? 'source_down' : 'outcome_unknown', `Twinfield: ${error.message}`);
  }
}

/** Credits left, when the headers say so. Where the minute ends is not told: a whole one from now is surely enough. */
export function readBudgets({ headers }: SourceResponse, now: Date): readonly BudgetSeen[] {
  const remaining = readCount(headers['x-ratelimit-remaining']);
  if (remaining === null) return [];
  const resetsAt = new Date(now.getTime() + 60_000);
  return [{ scope: 'minute', limit: readCount(headers['x-ratelimit-limit']), remaining, resetsAt }];
}

function readCount(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,9}$/.test(value.trim()) ? Number(value) : null;
}
