import { isRecord } from '../../kernel/index.js';
import { SourceError, type ConnectorContext, type SubscribeRequest, type Subscribed } from '../contract/index.js';
import { create, listPath, readAll, removeRecord } from './client.js';
import { errorOf, exactText } from './errors.js';
import { HINT_PROFILE } from './hint-profile.js';
import { SUBSCRIPTION_FIELDS } from './wire.js';
import { readGuid, readText } from './wire-values.js';

const RESOURCE = 'webhooks/WebhookSubscriptions';

interface Subscription {
  readonly id: string;
  readonly topic: string;
}

/**
 * One subscription per topic, for this administration alone. What is there already stays: Exact refuses a second one
 * as "exists already", with a 500. Each new one makes Exact POST nothing at all to the address before it answers, so
 * the address must be reachable by then. Throws SourceError; `scope_missing` without the scope Organization
 * administration (Manage), `rejected` with Exact's words when it could not reach the address.
 */
export async function subscribe(context: ConnectorContext, request: SubscribeRequest): Promise<Subscribed> {
  const found = await ours(context, request);
  const there = new Set(found.map(({ topic }) => topic));
  const added: string[] = [];
  for (const topic of HINT_PROFILE.topics.filter((each) => !there.has(each))) {
    if (await add(context, request, topic)) added.push(topic);
    there.add(topic);
  }
  return { topics: HINT_PROFILE.topics.filter((topic) => there.has(topic)), added };
}

/** Deletes what goes to the address, and nothing else that the app may have subscribed. */
export async function unsubscribe(context: ConnectorContext, request: SubscribeRequest): Promise<void> {
  for (const { id } of await ours(context, request)) {
    const response = await removeRecord(context, request.administration, { resource: RESOURCE, id });
    // Gone already is as good as deleted.
    const error = response.status === 404 || response.status === 410 ? null : errorOf(response, context.clock);
    if (error !== null) throw error;
  }
}

async function ours(
  context: ConnectorContext,
  { administration, callbackUrl }: SubscribeRequest,
): Promise<readonly Subscription[]> {
  const rows = await readAll(context, listPath(administration, RESOURCE, { select: SUBSCRIPTION_FIELDS }));
  return rows.flatMap((row) => {
    if (!isRecord(row) || readText(row, 'CallbackURL') !== callbackUrl) return [];
    const [id, topic] = [readGuid(row, 'ID'), readText(row, 'Topic')];
    return id === null || topic === null ? [] : [{ id, topic }];
  });
}

/** false: it existed already, though the list did not show it. */
async function add(
  context: ConnectorContext,
  { administration, callbackUrl }: SubscribeRequest,
  topic: string,
): Promise<boolean> {
  const body = { CallbackURL: callbackUrl, Topic: topic };
  const response = await create(context, administration, { resource: RESOURCE, body });
  if (response.status >= 200 && response.status < 300) return true;
  const text = exactText(response.body);
  if (response.status === 500 && text !== null && EXISTS.test(text)) return false;
  // A business refusal wears the status of an outage here; asking again would not help.
  if (text !== null && (response.status === 400 || (response.status === 500 && REFUSED.test(text))))
    throw new SourceError('rejected', `Exact Online took no subscription to ${topic}: ${text}`, { status: response.status }); // prettier-ignore
  throw errorOf(response, context.clock) ?? new SourceError('bug', `No meaning for status ${response.status}.`);
}

/** "Data already exists", in the languages of the sites. */
const EXISTS = /bestaat reeds|already exists|existe d[ée]j[àa]|existiert bereits|ya existe/i;
const REFUSED = /^invalid|callback|ongeldig/i;
