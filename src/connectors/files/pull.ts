import { isKnownCurrency } from '../../kernel/index.js';
import type { SourceAdministration } from '../../ledger/domain/index.js';
import {
  SourceError,
  type CheckResult,
  type ConnectorContext,
  type Page,
  type PullRequest,
} from '../contract/index.js';
import { declaration, PAGE_SIZE } from './declaration.js';
import { parsePosition, type ChangePosition, type ListPosition } from './position.js';

type Answer = Readonly<Record<string, unknown>>;

/** The stored rows answer like a host; what they answer is ours, so another shape is a fault of ours too. */
async function ask({ http }: ConnectorContext, url: string): Promise<Answer> {
  const { status, body } = await http.request({ method: 'GET', url });
  const answer = typeof body === 'object' && body !== null ? (body as Answer) : {};
  if (status === 200) return answer;
  throw new SourceError('contract_changed', String(answer['message'] ?? 'The stored files do not answer.'), { status });
}

/** The one administration that was named when the connection was made. */
export async function check(context: ConnectorContext): Promise<CheckResult> {
  const { items } = await ask(context, '/administrations');
  const administrations = (Array.isArray(items) ? (items as Answer[]) : []).map(toAdministration);
  return { user: administrations[0]?.name ?? '', administrations };
}

function toAdministration({ id, name, country, currency }: Answer): SourceAdministration {
  if (!isKnownCurrency(String(currency)))
    throw new SourceError('rejected', `Books in "${String(currency)}" cannot be kept.`, { fields: ['currency'] });
  return {
    sourceId: String(id),
    name: String(name),
    country: String(country),
    currency: String(currency),
    rebaseMarkers: {},
  };
}

/** Who may read the files may read all of them. */
export async function rights(): Promise<readonly { object: string; allowed: boolean; message: string | null }[]> {
  return declaration.pullOrder.map((object) => ({ object, allowed: true, message: null }));
}

/** One page: changes in the order of their versions, or the open items in the order of their names. */
export async function pull(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const { object, limit } = request;
  const position = parsePosition(object, request.position);
  const size = Math.min(limit, PAGE_SIZE);
  const query = { ...placeIn(position), ...(position.family === 'list' ? {} : { object }), limit: String(size) };
  const path = position.family === 'list' ? '/open-items' : '/records';
  const { records, total } = await ask(context, `${path}?${new URLSearchParams(query).toString()}`);
  if (!Array.isArray(records)) throw new SourceError('contract_changed', 'The stored files answer without records.');
  const more = records.length >= size;
  return {
    records,
    next: behind(position, records.at(-1) as Answer | undefined, more),
    more,
    total: typeof total === 'number' ? total : null,
    budgets: [],
  };
}

function placeIn(position: ChangePosition | ListPosition): Record<string, string> {
  return position.family === 'list' ? { id: position.id } : { after: position.after, id: position.id };
}

function behind(
  position: ChangePosition | ListPosition,
  last: Answer | undefined,
  more: boolean,
): ChangePosition | ListPosition {
  // A list is read from its start every time.
  if (position.family === 'list') return { ...position, id: more && last ? String(last['sourceId']) : '' };
  if (last === undefined) return position;
  return { ...position, after: String(last['version']), id: String(last['sourceId']) };
}
